//! Reads the declarations of columns.

use std::rc::Rc;

use crate::packed::write::text_map::TextMap;
use crate::table::column::{COLUMN_TYPES, Column, ColumnType, EnumValue, Value};
use crate::table::names::reserved::METHODS;
use crate::table::names::{check_column_name, check_enum_value, variant_name};
use crate::table::parse::json::{Json, JsonType};
use crate::table::parse::{Fields, Reader};
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, one_of_list};
use crate::table::source::Spanned;

/// The declaration of a column in a file.
#[derive(Clone, Debug)]
pub(crate) struct ColumnDecl {
    pub(crate) column: Column,
    /// The name of the column, shared by the values of all rows.
    pub(crate) name: Rc<str>,
    /// The positions of enum values by their texts.
    pub(crate) positions: Rc<TextMap<String, usize>>,
    /// Whether the declaration is invalid. Values in the column are then not read, so that one
    /// mistake is one message.
    pub(crate) is_flawed: bool,
}

impl ColumnDecl {
    /// Returns whether two declarations are equal, or may be once they are valid.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        self.is_flawed || other.is_flawed || self.column == other.column
    }
}

impl Reader<'_> {
    /// Reads the declared columns, and returns whether one was dropped because its name is invalid.
    /// Any other invalid column is kept as flawed, so that its values and uses are not reported.
    pub(super) fn columns(&mut self, json: Json<'_>) -> (Vec<Spanned<ColumnDecl>>, bool) {
        let Some(fields) = self.any_object(json, "`columns`") else { return (Vec::new(), true) };
        let mut columns = Vec::new();
        let mut lacks_columns = false;
        for (name, (span, declaration)) in fields.entries.iter() {
            let name = Spanned { value: name.clone().into_owned(), span: *span };
            let is_valid_name = self.check(&name, check_column_name);
            let diagnostics_before = self.report.len();
            let column = self.column(*declaration, &name.value);
            let is_flawed = self.report.len() > diagnostics_before;
            lacks_columns |= !is_valid_name;
            if is_valid_name {
                let positions = Rc::new(column.ty.positions());
                let declaration = ColumnDecl { column, name: name.value.into(), positions, is_flawed };
                columns.push(Spanned { value: declaration, span: name.span });
            }
        }
        (columns, lacks_columns)
    }

    /// Reads a declaration: `"u16"`, or an object with a type.
    fn column(&mut self, json: Json<'_>, name: &str) -> Column {
        let what = format!("column `{}`", excerpt(name));
        let mut column = Column {
            name: name.to_owned(),
            ty: ColumnType::Str,
            default: None,
            required: false,
            unique: false,
            private: false,
        };
        match json.ty() {
            JsonType::String => column.ty = self.column_type(json, &what).unwrap_or(ColumnType::Str),
            JsonType::Object => {
                const KEYS: &[&str] = &["type", "enum", "default", "required", "unique", "private"];
                let Some(fields) = self.object(json, &what, KEYS, "") else { return column };
                let diagnostics_before = self.report.len();
                column.ty = self.declared_type(json, &fields, &what).unwrap_or(ColumnType::Str);
                let is_known = self.report.len() == diagnostics_before;
                column.required = self.flag(&fields, "required");
                column.unique = self.flag(&fields, "unique");
                column.private = self.flag(&fields, "private");
                column.default = fields.get("default").and_then(|json| self.default_value(json, &column, is_known));
                if let (true, Some(unique)) = (column.unique, fields.get("unique")) {
                    column.unique = is_known && self.check_unique(&column, unique);
                }
                // An enum without values is an error, and cannot have a required value.
                column.required &= column.ty.any_value().is_some();
            }
            _ => self.invalid_value(json, &what, "a type such as `\"u16\"`, or an object", None),
        }
        column
    }

    /// Reads `type` or `enum`.
    fn declared_type(&mut self, json: Json<'_>, fields: &Fields<'_>, what: &str) -> Option<ColumnType> {
        match (fields.get("type"), fields.get("enum")) {
            (Some(ty), None) => self.column_type(ty, what),
            (None, Some(values)) => Some(ColumnType::Enum(self.enum_values(values, what))),
            (Some(_), Some(values)) => {
                let message = format!("{what} has both `type` and `enum`");
                self.report.error(Rule::TypeAndEnum, values.span, message).add_help("remove `type`");
                Some(ColumnType::Enum(self.enum_values(values, what)))
            }
            (None, None) => {
                let meaning = "such as `\"type\": \"u16\"`, or add `enum`: the values of the column";
                self.missing_key(json, fields, "type", meaning);
                None
            }
        }
    }

    /// Reads the default. It is not checked if the type is unknown: one mistake is one message.
    fn default_value(&mut self, json: Json<'_>, column: &Column, is_known: bool) -> Option<Value> {
        let (key, help) = match column {
            Column { required: true, .. } => ("required", "remove `default`: every row sets the value"),
            Column { unique: true, .. } => ("unique", "remove `default`: two rows without a value would share it"),
            _ if is_known => {
                let value = self.column_value(json, &column.name, &column.ty, &column.ty.positions());
                return value.or_else(|| column.ty.any_value());
            }
            _ => return column.ty.any_value(),
        };
        let message = format!("column `{}` has both `{key}` and `default`", excerpt(&column.name));
        self.report.error(Rule::UnusableDefault, json.span, message).add_help(help);
        None
    }

    /// Checks that a column can have a lookup `from_{column}`.
    fn check_unique(&mut self, column: &Column, json: Json<'_>) -> bool {
        let name = excerpt(&column.name);
        let lookup = format!("from_{}", column.name);
        let (message, help) = if !column.ty.can_be_unique() {
            let unique = COLUMN_TYPES.iter().filter(|(_, ty)| ty.can_be_unique()).map(|(name, _)| *name);
            let message = format!("column `{name}` of type `{}` cannot be unique", column.ty.name());
            (message, format!("use {}, or remove `unique`", one_of_list(&unique.collect::<Vec<_>>())))
        } else if METHODS.contains(&lookup.as_str()) {
            let message = format!("column `{name}` cannot be unique: the generated enum has a method `{lookup}`");
            (message, format!("rename the column, for example to `{name}_value`"))
        } else {
            return true;
        };
        self.report.error(Rule::InvalidUnique, json.span, message).add_help(help);
        false
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
            self.report.error(Rule::EmptyEnum, json.span, message).add_help("list the values of the column");
        }
        let mut values: Vec<EnumValue> = Vec::new();
        let mut spans: TextMap<String, Spanned<String>> = TextMap::default();
        for element in elements {
            let Some(text) = self.string(element, "element of `enum`") else { continue };
            let variant = variant_name(&text.value);
            let value = excerpt(&text.value);
            if !self.check(&text, |text| check_enum_value(text, &variant)) {
                continue;
            }
            if let Some(other) = spans.get(&variant) {
                let message = if other.value == text.value {
                    format!("duplicate enum value `{value}`")
                } else {
                    let other = excerpt(&other.value);
                    format!("enum values `{other}` and `{value}` have the same variant name `{variant}`")
                };
                let note = format!("first defined at {}", self.report.position(other.span));
                let help = "remove one of them or rename it";
                self.report.error(Rule::DuplicateEnumValue, text.span, message).add_note(note).add_help(help);
            } else {
                spans.insert(variant.clone(), text.clone());
                values.push(EnumValue { index: values.len(), text: text.value, variant });
            }
        }
        values
    }
}
