//! Reads the declarations of columns, and the values that rows have in them.

use std::rc::Rc;

use crate::invisible::is_invisible;
use crate::table::model::{Column, ColumnType, EnumValue, Value};
use crate::table::names::{check_column_name, check_variant_name, variant_name};
use crate::table::parse::Reader;
use crate::table::parse::json::{Json, JsonType};
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, one_of_list};
use crate::table::source::Spanned;

/// The declaration of a column in a file.
#[derive(Clone, Debug)]
pub(crate) struct ColumnDecl {
    pub(crate) column: Column,
    /// The name of the column, shared by the values of all rows.
    pub(crate) name: Rc<str>,
    /// Whether the declaration is invalid. Values in the column are then not read, so that one
    /// mistake is one message.
    pub(crate) is_flawed: bool,
}

/// The types that `type` names. An enum is declared by `enum`.
pub(super) const COLUMN_TYPES: [(&str, ColumnType); 8] = [
    ("bool", ColumnType::Bool),
    ("u16", ColumnType::U16),
    ("u32", ColumnType::U32),
    ("u64", ColumnType::U64),
    ("i64", ColumnType::I64),
    ("f64", ColumnType::F64),
    ("str", ColumnType::Str),
    ("duration_ms", ColumnType::DurationMs),
];

impl ColumnType {
    /// Describes a valid value, for a message.
    fn expected(&self) -> String {
        match self {
            Self::U16 | Self::U32 | Self::U64 | Self::I64 | Self::DurationMs => {
                let (min, max) = self.integer_range().unwrap_or_default();
                let unit = if *self == Self::DurationMs { " (milliseconds)" } else { "" };
                format!("an integer from {min} to {max}{unit}")
            }
            Self::Bool => "`true` or `false`".to_owned(),
            Self::F64 => "a 64-bit floating-point number".to_owned(),
            Self::Enum(values) => one_of_list(&texts(values)),
            Self::Str => "a string".to_owned(),
        }
    }

    /// Returns the minimum and the maximum of an integer type.
    fn integer_range(&self) -> Option<(i128, i128)> {
        let max = match self {
            Self::U16 => u16::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::U64 | Self::DurationMs => u64::MAX.into(),
            Self::I64 => return Some((i64::MIN.into(), i64::MAX.into())),
            Self::Bool | Self::F64 | Self::Str | Self::Enum(_) => return None,
        };
        Some((0, max))
    }

    /// Parses the JSON text of a number or a boolean.
    fn scalar(&self, text: &str) -> Option<Value> {
        let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        if let (true, Some((min, max))) = (is_number, self.integer_range()) {
            // `i128` includes all kinds and reads `-0` as 0, as JSON Schema does.
            let number: i128 = text.parse().ok().filter(|number| (min..=max).contains(number))?;
            return match self {
                Self::I64 => number.try_into().ok().map(Value::Signed),
                Self::DurationMs => number.try_into().ok().map(Value::DurationMs),
                _ => number.try_into().ok().map(Value::Unsigned),
            };
        }
        match self {
            Self::Bool => text.parse().ok().map(Value::Bool),
            Self::F64 if is_number => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Float),
            _ => None,
        }
    }

    /// A placeholder for an invalid default, so that the column keeps its type.
    fn any_value(&self) -> Option<Value> {
        Some(match self {
            Self::Bool => Value::Bool(false),
            Self::U16 | Self::U32 | Self::U64 => Value::Unsigned(0),
            Self::DurationMs => Value::DurationMs(0),
            Self::I64 => Value::Signed(0),
            Self::F64 => Value::Float(0.0),
            Self::Str => Value::Str(String::new()),
            Self::Enum(values) => return values.first().cloned().map(Value::Enum),
        })
    }
}

fn texts(values: &[EnumValue]) -> Vec<&str> {
    values.iter().map(|value| value.text.as_str()).collect()
}

impl Reader<'_> {
    /// Reads the declared columns, and returns whether one was dropped because its name is invalid.
    /// Other invalid ones are kept as flawed, so that rows and uses are valid.
    pub(super) fn columns(&mut self, json: Json<'_>, row_keys: &[&str]) -> (Vec<Spanned<ColumnDecl>>, bool) {
        let Some(fields) = self.any_object(json, "`columns`") else { return (Vec::new(), true) };
        let mut columns = Vec::new();
        let mut lacks_columns = false;
        for (name, declaration) in fields.into_entries() {
            let name = Spanned { value: name.value.into_owned(), span: name.span };
            let is_valid_name = self.check(&name, |name| check_column_name(name, row_keys));
            let diagnostics_before = self.report.len();
            let (ty, default) = self.column(declaration, &name.value);
            let is_flawed = self.report.len() > diagnostics_before;
            lacks_columns |= !is_valid_name;
            if is_valid_name {
                let column = Column { name: name.value.clone(), ty, default };
                let declaration = ColumnDecl { column, name: name.value.into(), is_flawed };
                columns.push(Spanned { value: declaration, span: name.span });
            }
        }
        (columns, lacks_columns)
    }

    /// Reads a declaration: `"u16"`, or an object with a type and a default.
    fn column(&mut self, json: Json<'_>, name: &str) -> (ColumnType, Option<Value>) {
        const PLACEHOLDER: (ColumnType, Option<Value>) = (ColumnType::Str, None);
        let what = format!("column `{}`", excerpt(name));
        match json.ty() {
            JsonType::String => return (self.column_type(json, &what).unwrap_or(ColumnType::Str), None),
            JsonType::Object => {}
            _ => {
                self.invalid_value(json, &what, "a type such as `\"u16\"`, or an object", None);
                return PLACEHOLDER;
            }
        }
        let Some(fields) = self.object(json, &what, &["type", "enum", "default"], "") else { return PLACEHOLDER };
        let ty = match (fields.get("type"), fields.get("enum")) {
            (Some(ty), None) => self.column_type(ty, &what).unwrap_or(ColumnType::Str),
            (None, Some(values)) => ColumnType::Enum(self.enum_values(values, &what)),
            (Some(_), Some(values)) => {
                let message = format!("{what} has both `type` and `enum`");
                self.report.error(Rule::TypeAndEnum, values.span, message).help("remove `type`");
                ColumnType::Enum(self.enum_values(values, &what))
            }
            (None, None) => {
                let meaning = "such as `\"type\": \"u16\"`, or add `enum`: the values of the column";
                self.missing_key(json, &fields, "type", meaning);
                return PLACEHOLDER;
            }
        };
        let default = fields.get("default");
        let default = default.and_then(|json| self.column_value(json, name, &ty).or_else(|| ty.any_value()));
        (ty, default)
    }

    fn column_type(&mut self, json: Json<'_>, what: &str) -> Option<ColumnType> {
        let names = COLUMN_TYPES.each_ref().map(|(name, _)| *name);
        let unknown = |text: &str| format!("unknown type `{text}` of {what}");
        let index = self.one_of(json, &format!("type of {what}"), unknown, &names)?;
        COLUMN_TYPES.into_iter().nth(index).map(|(_, ty)| ty)
    }

    /// Reads the values of an enum column, which become variants. Leaves invalid ones out.
    fn enum_values(&mut self, json: Json<'_>, what: &str) -> Vec<EnumValue> {
        let Some(elements) = self.array(json, "`enum`") else { return Vec::new() };
        if elements.is_empty() {
            let message = format!("{what} has an empty enum");
            self.report.error(Rule::EmptyEnum, json.span, message).help("list the values of the column");
        }
        let mut values: Vec<Spanned<EnumValue>> = Vec::new();
        for element in elements {
            let Some(text) = self.string(element, "element of `enum`") else { continue };
            let variant = variant_name(&text.value);
            let value = excerpt(&text.value);
            if let Err((message, help)) = check_enum_value(&text.value, &variant) {
                self.report.error(Rule::InvalidEnumValue, text.span, message).help(help);
            } else if let Some(other) = values.iter().find(|value| value.value.variant == variant) {
                let message = if other.value.text == text.value {
                    format!("duplicate enum value `{value}`")
                } else {
                    let other = excerpt(&other.value.text);
                    format!("enum values `{other}` and `{value}` have the same variant name `{variant}`")
                };
                let note = format!("first defined at {}", self.report.position(other.span));
                let help = "remove one of them or rename it";
                self.report.error(Rule::DuplicateEnumValue, text.span, message).note(note).help(help);
            } else {
                let value = EnumValue { index: values.len(), text: text.value, variant };
                values.push(Spanned { value, span: text.span });
            }
        }
        values.into_iter().map(|value| value.value).collect()
    }

    /// Reads a value of a column.
    pub(super) fn column_value(&mut self, json: Json<'_>, name: &str, ty: &ColumnType) -> Option<Value> {
        let what = format!("`{name}`");
        match ty {
            ColumnType::Str => return self.string(json, &what).map(|text| Value::Str(text.value)),
            ColumnType::Enum(values) if json.ty() == JsonType::String => {
                let unknown = |text: &str| format!("unknown value `{text}` of column {what}");
                let index = self.one_of(json, &what, unknown, &texts(values))?;
                return values.get(index).cloned().map(Value::Enum);
            }
            _ => {}
        }
        let value = ty.scalar(json.raw());
        if value.is_none() {
            let is_quoted = ty.scalar(json.raw().trim_matches('"')).is_some();
            let help = is_quoted.then(|| "remove the quotes".to_owned());
            self.invalid_value(json, &what, &ty.expected(), help);
        }
        value
    }
}

/// Checks that an enum value has a usable variant name. Returns a message and a help if not.
fn check_enum_value(value: &str, variant: &str) -> Result<(), (String, &'static str)> {
    if value.is_empty() {
        return Err(("empty enum value".to_owned(), "remove it, or use a name such as `none`"));
    }
    let invalid = |why: &str| format!("invalid enum value `{}`: {why}", excerpt(value));
    if value.chars().any(is_invisible) {
        return Err((invalid("it contains an invisible character"), "remove the character"));
    }
    check_variant_name(variant).map_err(|why| {
        let message = invalid(&format!("its variant name `{variant}` {why}"));
        (message, "use a value whose UpperCamelCase is a free identifier, such as `low`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_range_checked() {
        use Value::{DurationMs, Signed, Unsigned};
        for (ty, text, value) in [
            (ColumnType::U16, "-0", Some(Unsigned(0))),
            (ColumnType::U16, "65535", Some(Unsigned(65_535))),
            (ColumnType::U16, "65536", None),
            (ColumnType::U16, "-1", None),
            (ColumnType::U32, "4294967295", Some(Unsigned(4_294_967_295))),
            (ColumnType::U32, "4294967296", None),
            (ColumnType::U64, "18446744073709551615", Some(Unsigned(u64::MAX))),
            (ColumnType::U64, "18446744073709551616", None),
            (ColumnType::DurationMs, "1000", Some(DurationMs(1000))),
            (ColumnType::DurationMs, "1e3", None),
            (ColumnType::I64, "-0", Some(Signed(0))),
            (ColumnType::I64, "-9223372036854775808", Some(Signed(i64::MIN))),
            (ColumnType::I64, "9223372036854775808", None),
            (ColumnType::U64, "true", None),
        ] {
            assert_eq!(ty.scalar(text), value, "{ty:?} {text}");
        }
    }
}
