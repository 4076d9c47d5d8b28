//! Columns of the table owner's own: how they are declared, and the values that rows give them.

use crate::Rule;
use crate::json::Json;
use crate::reader::Reader;
use crate::rows::ROW_KEYS;
use crate::source::Located;
use crate::text::{check_column_name, check_variant_name, variant_name};
use crate::words::{did_you_mean, quoted_list, shown};

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
    /// One of these words.
    Enum(Vec<Word>),
}

/// A word of an enum column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as it stands in the table.
    pub text: String,
    /// The name of its variant.
    pub variant: String,
}

/// The value of a row in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of [`ColumnKind::Bool`].
    Bool(bool),
    /// Of an unsigned kind, or milliseconds.
    Unsigned(u64),
    /// Of [`ColumnKind::I64`].
    Signed(i64),
    /// Of [`ColumnKind::F64`]; finite.
    Float(f64),
    /// Of [`ColumnKind::Str`].
    Text(String),
    /// Of [`ColumnKind::Enum`]: the position of the word.
    Word(usize),
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
        match self {
            Self::Bool => "a boolean".to_owned(),
            Self::U16 => format!("a whole number from 0 to {}", u16::MAX),
            Self::U32 => format!("a whole number from 0 to {}", u32::MAX),
            Self::U64 => format!("a whole number from 0 to {}", u64::MAX),
            Self::I64 => format!("a whole number from {} to {}", i64::MIN, i64::MAX),
            Self::F64 => "a number of 64-bit floating point".to_owned(),
            Self::Str => "a string".to_owned(),
            Self::DurationMs => format!("whole milliseconds, from 0 to {}", u64::MAX),
            Self::Enum(words) => format!("one of the words {}", quoted_list(&texts(words))),
        }
    }
}

fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

impl<'a> Reader<'a, '_> {
    /// The declared columns; a wrong one is a problem and left out.
    pub(crate) fn columns(&mut self, json: Json<'a>) -> Vec<Located<Column>> {
        let Some(fields) = self.any_object(json, "`columns`") else { return Vec::new() };
        let mut columns = Vec::new();
        for (name, declaration) in fields.into_iter() {
            let name = Located { value: name.value.into_owned(), span: name.span };
            let is_name = self.check(&name, |name| check_column_name(name, ROW_KEYS));
            let declared = self.column(declaration, &name.value);
            if let Some((kind, default)) = declared.filter(|_| is_name) {
                columns.push(Located { value: Column { name: name.value, kind, default }, span: name.span });
            }
        }
        columns
    }

    /// A declaration: a kind, or an object with a kind and a default.
    fn column(&mut self, json: Json<'a>, name: &str) -> Option<(ColumnKind, Option<Value>)> {
        if json.kind() == "a string" {
            return Some((self.kind(json)?, None));
        }
        let fields = self.object(json, "a column", &["type", "enum", "default"])?;
        let kind = match (fields.get("type"), fields.get("enum")) {
            (Some(kind), None) => self.kind(kind)?,
            (None, Some(words)) => ColumnKind::Enum(self.words(words)?),
            (Some(_), Some(words)) => {
                let help = "an enum is declared by its words alone: take `type` out";
                self.problems
                    .report(Rule::ColumnTypeTwice, words.span, "the column has a `type` and an `enum`")
                    .help(help);
                return None;
            }
            (None, None) => {
                self.missing(json, "type", "such as `\"type\": \"u16\"`, or `enum` with the words that a value may be");
                return None;
            }
        };
        let default = fields.get("default").map(|json| self.value(json, name, &kind));
        Some((kind, default.flatten()))
    }

    fn kind(&mut self, json: Json<'a>) -> Option<ColumnKind> {
        let position =
            self.one_of(json, "the type of a column", "column type", &KINDS.each_ref().map(|(word, _)| *word))?;
        KINDS.into_iter().nth(position).map(|(_, kind)| kind)
    }

    /// The words of an enum column, which become variants.
    fn words(&mut self, json: Json<'a>) -> Option<Vec<Word>> {
        let texts = self.texts(json, "enum")?;
        if texts.is_empty() {
            self.problems
                .report(Rule::ColumnWithoutWords, json.span, "the enum has no words")
                .help("list the words that a value may be");
            return None;
        }
        let mut words: Vec<Word> = Vec::new();
        for text in &texts {
            let variant = variant_name(&text.value);
            if let Err(why) = check_variant_name(&variant) {
                let message = format!("the word `{}` makes the variant `{variant}`, which {why}", shown(&text.value));
                self.problems
                    .report(Rule::ColumnWordName, text.span, message)
                    .help("use a word of letters and digits that starts with a letter");
            } else if let Some(other) = words.iter().find(|word| word.variant == variant) {
                let message = if other.text == text.value {
                    format!("the word `{}` stands twice", other.text)
                } else {
                    format!("the words `{}` and `{}` make one variant, `{variant}`", other.text, text.value)
                };
                self.problems
                    .report(Rule::ColumnWordTaken, text.span, message)
                    .help("take one of them out, or word it otherwise");
            } else {
                words.push(Word { text: text.value.clone(), variant });
            }
        }
        Some(words)
    }

    /// A value of a column of this kind.
    pub(crate) fn value(&mut self, json: Json<'a>, name: &str, kind: &ColumnKind) -> Option<Value> {
        let number = json.number();
        let value = match kind {
            ColumnKind::Bool => json.boolean().map(Value::Bool),
            ColumnKind::U16 => number.and_then(|number| number.parse::<u16>().ok()).map(u64::from).map(Value::Unsigned),
            ColumnKind::U32 => number.and_then(|number| number.parse::<u32>().ok()).map(u64::from).map(Value::Unsigned),
            ColumnKind::U64 | ColumnKind::DurationMs => number.and_then(|n| n.parse().ok()).map(Value::Unsigned),
            ColumnKind::I64 => number.and_then(|number| number.parse().ok()).map(Value::Signed),
            ColumnKind::F64 => {
                let float = number.and_then(|number| number.parse().ok());
                float.filter(|float: &f64| float.is_finite()).map(Value::Float)
            }
            ColumnKind::Str => return self.text(json, &format!("`{name}`")).map(|text| Value::Text(text.value)),
            ColumnKind::Enum(words) if json.kind() == "a string" => return self.enum_value(json, name, words),
            ColumnKind::Enum(_) => None,
        };
        if value.is_none() {
            self.wrong_kind(json, &format!("`{name}`"), &kind.expected());
        }
        value
    }

    fn enum_value(&mut self, json: Json<'a>, name: &str, words: &[Word]) -> Option<Value> {
        let text = self.text(json, name)?.value;
        let position = words.iter().position(|word| word.text == text);
        if position.is_none() {
            let help = did_you_mean(&text, &texts(words), "the words are");
            let message = format!("unknown word `{}` in the column `{name}`", shown(&text));
            self.problems.report(Rule::UnknownWord, json.span, message).help(help);
        }
        position.map(Value::Word)
    }
}
