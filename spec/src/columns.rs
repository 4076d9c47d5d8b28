//! Columns of the table owner's own: how they are declared, and the values that rows give them.

use crate::{Rule, is_invisible};
use std::rc::Rc;

use crate::json::{Json, Kind};
use crate::reader::Reader;
use crate::rows::ROW_KEYS;
use crate::source::Located;
use crate::text::{check_column_name, check_variant_name, variant_name};
use crate::words::{quoted_list, shown};

/// A column that a table declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The key of rows, and the method of the enum.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// The value of a row that gives none.
    pub default: Option<Value>,
}

/// A column as a file declares it.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) column: Column,
    /// The name once more, shared by the values of all rows.
    pub(crate) name: Rc<str>,
    /// Whether a part of the declaration could not be used. That is told once; the values of rows are then not read.
    pub(crate) is_flawed: bool,
}

/// What the values of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// `bool`.
    Bool,
    /// `u16`.
    U16,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `i64`.
    I64,
    /// `f64`.
    F64,
    /// A text.
    Str,
    /// A duration, in whole milliseconds.
    DurationMs,
    /// One of these values.
    Enum(Vec<EnumValue>),
}

/// A value of an enum column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The position in the declaration, from 0.
    pub index: usize,
    /// The value as the table writes it.
    pub text: String,
    /// The name of the generated variant.
    pub variant: String,
}

/// The value of a row in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of [`ColumnKind::Bool`].
    Bool(bool),
    /// Of an unsigned kind.
    Unsigned(u64),
    /// Of [`ColumnKind::DurationMs`], in milliseconds.
    DurationMs(u64),
    /// Of [`ColumnKind::I64`].
    Signed(i64),
    /// Of [`ColumnKind::F64`]; finite.
    Float(f64),
    /// Of [`ColumnKind::Str`].
    Text(String),
    /// Of [`ColumnKind::Enum`].
    Enum(EnumValue),
}

/// The kinds that are a word; an enum is declared by its own words.
const KINDS: [(&str, ColumnKind); 8] = [
    ("bool", ColumnKind::Bool),
    ("u16", ColumnKind::U16),
    ("u32", ColumnKind::U32),
    ("u64", ColumnKind::U64),
    ("i64", ColumnKind::I64),
    ("f64", ColumnKind::F64),
    ("str", ColumnKind::Str),
    ("duration_ms", ColumnKind::DurationMs),
];

impl ColumnKind {
    /// What a value must be, for a message.
    fn expected(&self) -> String {
        match (self, self.whole_numbers()) {
            (Self::DurationMs, Some((first, last))) => {
                format!("a whole number of milliseconds, from {first} to {last}")
            }
            (_, Some((first, last))) => format!("a whole number from {first} to {last}"),
            (Self::Bool, None) => "`true` or `false`".to_owned(),
            (Self::F64, None) => "a number of 64-bit floating point".to_owned(),
            (Self::Enum(words), None) => format!("one of the words {}", quoted_list(&texts(words))),
            (Self::Str | Self::U16 | Self::U32 | Self::U64 | Self::I64 | Self::DurationMs, None) => {
                "a string".to_owned()
            }
        }
    }

    /// The whole numbers that values may be, the first and the last; for kinds that are no whole number, none.
    fn whole_numbers(&self) -> Option<(i128, i128)> {
        let last = match self {
            Self::U16 => u16::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::U64 | Self::DurationMs => u64::MAX.into(),
            Self::I64 => return Some((i64::MIN.into(), i64::MAX.into())),
            Self::Bool | Self::F64 | Self::Str | Self::Enum(_) => return None,
        };
        Some((0, last))
    }

    /// A value of a number or a boolean, from the text that it is in JSON.
    fn scalar(&self, text: &str) -> Option<Value> {
        let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        if let (true, Some((first, last))) = (is_number, self.whole_numbers()) {
            // Wide enough for all kinds; and `-0` is 0, as it is to a schema.
            let number: i128 = text.parse().ok().filter(|number| (first..=last).contains(number))?;
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
            Self::Str => Value::Text(String::new()),
            Self::Enum(values) => return values.first().cloned().map(Value::Enum),
        })
    }
}

fn texts(words: &[EnumValue]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

impl Reader<'_> {
    /// The declared columns, and whether one is missing, because it cannot have its name. One that is wrong otherwise stays, as flawed, so
    /// that rows and uses are not wrong with it.
    pub(crate) fn columns(&mut self, json: Json<'_>) -> (Vec<Located<Declared>>, bool) {
        let Some(fields) = self.any_object(json, "`columns`") else { return (Vec::new(), true) };
        let mut columns = Vec::new();
        let mut lacks_columns = false;
        for (name, declaration) in fields.into_iter() {
            let name = Located { value: name.value.into_owned(), span: name.span };
            let is_name = self.check(&name, |name| check_column_name(name, ROW_KEYS));
            let problems_before = self.problems.len();
            let (kind, default) = self.column(declaration, &name.value);
            let is_flawed = self.problems.len() > problems_before;
            lacks_columns |= !is_name;
            if is_name {
                let column = Column { name: name.value.clone(), kind, default };
                let declared = Declared { column, name: name.value.into(), is_flawed };
                columns.push(Located { value: declared, span: name.span });
            }
        }
        (columns, lacks_columns)
    }

    /// A declaration: a kind, or an object with a kind and a default.
    fn column(&mut self, json: Json<'_>, name: &str) -> (ColumnKind, Option<Value>) {
        const UNKNOWN: (ColumnKind, Option<Value>) = (ColumnKind::Str, None);
        match json.kind() {
            Kind::String => return (self.kind(json).unwrap_or(ColumnKind::Str), None),
            Kind::Object => {}
            _ => {
                self.wrong_value(json, "a column", "a type such as `\"u16\"`, or an object", None);
                return UNKNOWN;
            }
        }
        let Some(fields) = self.object(json, "a column", &["type", "enum", "default"]) else { return UNKNOWN };
        let kind = match (fields.get("type"), fields.get("enum")) {
            (Some(kind), None) => self.kind(kind).unwrap_or(ColumnKind::Str),
            (None, Some(words)) => ColumnKind::Enum(self.words(words)),
            (Some(_), Some(words)) => {
                let help = "an enum is declared by its words alone: take `type` out";
                self.problems
                    .report(Rule::ColumnTypeTwice, words.span, "the column has a `type` and an `enum`")
                    .help(help);
                ColumnKind::Enum(self.words(words))
            }
            (None, None) => {
                self.missing(
                    json,
                    &fields,
                    "type",
                    "such as `\"type\": \"u16\"`, or `enum` with the words that a value may be",
                );
                return UNKNOWN;
            }
        };
        let default = fields.get("default");
        let default = default.and_then(|json| self.value(json, name, &kind).or_else(|| kind.any_value()));
        (kind, default)
    }

    fn kind(&mut self, json: Json<'_>) -> Option<ColumnKind> {
        let names = KINDS.each_ref().map(|(name, _)| *name);
        let position = self.one_of(json, "the type of a column", "column type", &names)?;
        KINDS.into_iter().nth(position).map(|(_, kind)| kind)
    }

    /// The words of an enum column, which become variants; a wrong one is left out.
    fn words(&mut self, json: Json<'_>) -> Vec<EnumValue> {
        let Some(elements) = self.array(json, "`enum`") else { return Vec::new() };
        if elements.is_empty() {
            let help = "list the words that a value may be";
            self.problems.report(Rule::ColumnWithoutWords, json.span, "the enum has no words").help(help);
        }
        let mut words: Vec<EnumValue> = Vec::new();
        for element in elements {
            let Some(text) = self.text(element, "an element of `enum`") else { continue };
            let variant = variant_name(&text.value);
            let word = shown(&text.value);
            if let Some(why) = refusal(&text.value, &variant) {
                let message = format!("the word `{word}` {why}");
                let help = "use a word that a Rust name can be made of: letters and digits, a letter first";
                self.problems.report(Rule::ColumnWordName, text.span, message).help(help);
            } else if let Some(other) = words.iter().find(|word| word.variant == variant) {
                let message = if other.text == text.value {
                    format!("the word `{word}` stands twice")
                } else {
                    format!("the words `{}` and `{word}` make one variant, `{variant}`", shown(&other.text))
                };
                let help = "take one of them out, or word it otherwise";
                self.problems.report(Rule::ColumnWordTaken, text.span, message).help(help);
            } else {
                words.push(EnumValue { index: words.len(), text: text.value, variant });
            }
        }
        words
    }

    /// A value of a column of this kind.
    pub(crate) fn value(&mut self, json: Json<'_>, name: &str, kind: &ColumnKind) -> Option<Value> {
        let what = format!("`{name}`");
        match kind {
            ColumnKind::Str => return self.text(json, &what).map(|text| Value::Text(text.value)),
            ColumnKind::Enum(words) if json.kind() == Kind::String => {
                let position = self.one_of(json, &what, &format!("word of the column {what}:"), &texts(words))?;
                return words.get(position).cloned().map(Value::Enum);
            }
            _ => {}
        }
        let value = kind.scalar(json.text());
        if value.is_none() {
            let is_quoted = kind.scalar(json.text().trim_matches('"')).is_some();
            let help = is_quoted.then(|| "take the quotes off".to_owned());
            self.wrong_value(json, &what, &kind.expected(), help);
        }
        value
    }
}

/// Why a word makes no variant.
fn refusal(word: &str, variant: &str) -> Option<String> {
    if word.chars().any(is_invisible) {
        return Some("holds a character that nobody sees".to_owned());
    }
    check_variant_name(variant).err().map(|why| format!("makes the variant `{variant}`, which {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_read_within_the_bounds_of_its_kind() {
        use Value::{DurationMs, Signed, Unsigned};
        for (kind, text, value) in [
            (ColumnKind::U16, "-0", Some(Unsigned(0))),
            (ColumnKind::U16, "65535", Some(Unsigned(65_535))),
            (ColumnKind::U16, "65536", None),
            (ColumnKind::U16, "-1", None),
            (ColumnKind::U32, "4294967295", Some(Unsigned(4_294_967_295))),
            (ColumnKind::U32, "4294967296", None),
            (ColumnKind::U64, "18446744073709551615", Some(Unsigned(u64::MAX))),
            (ColumnKind::U64, "18446744073709551616", None),
            (ColumnKind::DurationMs, "1000", Some(DurationMs(1000))),
            (ColumnKind::DurationMs, "1e3", None),
            (ColumnKind::I64, "-0", Some(Signed(0))),
            (ColumnKind::I64, "-9223372036854775808", Some(Signed(i64::MIN))),
            (ColumnKind::I64, "9223372036854775808", None),
            (ColumnKind::U64, "true", None),
        ] {
            assert_eq!(kind.scalar(text), value, "{kind:?} {text}");
        }
    }
}
