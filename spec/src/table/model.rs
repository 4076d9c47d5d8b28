//! The checked table, from which an enum is generated.

use crate::table::envelope::Envelope;
use crate::vocabulary::{Fault, Retry};

/// A table with everything it extends. All codes and variants are valid and distinct.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The name, in kebab-case.
    pub name: String,
    /// What the table lists, or `""`.
    pub description: String,
    /// Where the rows come from, or `""`.
    pub source: String,
    /// The version of the API, or `""`.
    pub version: String,
    /// Whether codes can also be looked up ignoring ASCII case.
    pub ignore_case: bool,
    /// What a response looks like.
    pub envelope: Option<Envelope>,
    /// The columns, those of the bases first.
    pub columns: Vec<Column>,
    /// The rows, those of the bases first.
    pub rows: Vec<Row>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The code as sent on the wire.
    pub code: String,
    /// The name of the variant.
    pub variant: String,
    /// The description, or `""`.
    pub description: String,
    /// How the request may be retried.
    pub retry: Retry,
    /// How long to wait before the next attempt, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Who must act on the error.
    pub fault: Fault,
    /// The reason for `retry` and `fault`, or `""`.
    pub evidence: String,
    /// Other spellings of the code on the wire.
    pub aliases: Vec<String>,
    /// The note of a deprecated code.
    pub deprecated: Option<String>,
    /// The name of the first table that contains the code.
    pub table: String,
    /// The values of the columns, in their order. `None` if there is neither a value nor a default.
    pub values: Vec<Option<Value>>,
}

impl Row {
    /// Creates a row with only a code and a variant.
    #[must_use]
    pub fn new(code: String, variant: String) -> Self {
        Self {
            code,
            variant,
            description: String::new(),
            retry: Retry::Never,
            retry_after_ms: None,
            fault: Fault::Client,
            evidence: String::new(),
            aliases: Vec::new(),
            deprecated: None,
            table: String::new(),
            values: Vec::new(),
        }
    }
}

/// A column that a table declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The key in rows, and the method of the enum.
    pub name: String,
    /// The type of the values.
    pub ty: ColumnType,
    /// The value of a row that has none.
    pub default: Option<Value>,
    /// Whether every row has a value.
    pub required: bool,
    /// Whether the values are distinct.
    pub unique: bool,
}

impl Column {
    /// Returns whether the enum has a method with this name for the column: `number`, and
    /// `from_number` if the column is unique.
    ///
    /// ```
    /// let column = errtable_spec::Column {
    ///     name: "number".to_owned(),
    ///     ty: errtable_spec::ColumnType::U16,
    ///     default: None,
    ///     required: true,
    ///     unique: true,
    /// };
    /// assert!(column.has_method("number") && column.has_method("from_number"));
    /// ```
    #[must_use]
    pub fn has_method(&self, name: &str) -> bool {
        name == self.name || self.unique && name.strip_prefix("from_") == Some(&self.name)
    }
}

/// The type of a column's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnType {
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
    /// `str`, a string.
    Str,
    /// `duration_ms`, a duration in whole milliseconds.
    DurationMs,
    /// `http_status`, an HTTP status from 100 to 599. A table has at most one column of this type.
    HttpStatus,
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
    /// A value of [`ColumnType::Bool`].
    Bool(bool),
    /// A value of an unsigned integer type.
    Unsigned(u64),
    /// A value of [`ColumnType::DurationMs`], in milliseconds.
    DurationMs(u64),
    /// A value of [`ColumnType::I64`].
    Signed(i64),
    /// A value of [`ColumnType::F64`], which is finite.
    Float(f64),
    /// A value of [`ColumnType::Str`].
    Str(String),
    /// A value of [`ColumnType::Enum`].
    Enum(EnumValue),
}

impl Value {
    /// Returns the number that represents the value in a packed column. A string has none.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Bool(value) => Some(u64::from(*value)),
            Self::Unsigned(value) | Self::DurationMs(value) => Some(*value),
            Self::Signed(value) => Some(u64::from_le_bytes(value.to_le_bytes())),
            Self::Float(value) => Some(value.to_bits()),
            Self::Enum(value) => Some(value.index as u64),
            Self::Str(_) => None,
        }
    }
}
