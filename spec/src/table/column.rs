//! Columns, their types and their values.

use crate::packed::write::text_map::TextMap;
use crate::table::report::suggest::one_of_list;

/// A column that a table declares.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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
    /// Whether exports and pages omit the column.
    pub private: bool,
}

impl Column {
    /// Returns whether the enum has a method with this name for the column: `errno`, and
    /// `from_errno` if the column is unique.
    pub(super) fn has_method(&self, name: &str) -> bool {
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

/// The types that `type` names. An enum is declared by `enum`.
pub(super) const COLUMN_TYPES: [(&str, ColumnType); 9] = [
    ("bool", ColumnType::Bool),
    ("u16", ColumnType::U16),
    ("u32", ColumnType::U32),
    ("u64", ColumnType::U64),
    ("i64", ColumnType::I64),
    ("f64", ColumnType::F64),
    ("str", ColumnType::Str),
    ("duration_ms", ColumnType::DurationMs),
    ("http_status", ColumnType::HttpStatus),
];

impl ColumnType {
    /// Returns whether the values can identify rows.
    pub(super) fn can_be_unique(&self) -> bool {
        *self != Self::DurationMs && self.integer_range().is_some()
    }

    /// Returns the name, as tables write it, and `enum` for an enum column.
    ///
    /// ```
    /// use errtable_spec::ColumnType;
    ///
    /// assert_eq!(ColumnType::DurationMs.name(), "duration_ms");
    /// assert_eq!(ColumnType::Enum(Vec::new()).name(), "enum");
    /// ```
    #[must_use]
    pub fn name(&self) -> &'static str {
        COLUMN_TYPES.iter().find(|(_, ty)| ty == self).map_or("enum", |(name, _)| name)
    }

    /// Describes a valid value, for a message.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::U16 | Self::U32 | Self::U64 | Self::I64 | Self::DurationMs | Self::HttpStatus => {
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
    pub(super) fn integer_range(&self) -> Option<(i128, i128)> {
        let max = match self {
            Self::U16 => u16::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::U64 | Self::DurationMs => u64::MAX.into(),
            Self::I64 => return Some((i64::MIN.into(), i64::MAX.into())),
            Self::HttpStatus => return Some((100, 599)),
            Self::Bool | Self::F64 | Self::Str | Self::Enum(_) => return None,
        };
        Some((0, max))
    }

    /// Returns the positions of the values of an enum by their texts.
    pub(super) fn positions(&self) -> TextMap<String, usize> {
        let Self::Enum(values) = self else { return TextMap::default() };
        values.iter().map(|value| (value.text.clone(), value.index)).collect()
    }

    /// Parses the JSON text of a number or a boolean.
    pub(super) fn scalar(&self, text: &str) -> Option<Value> {
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

    /// Returns a placeholder for a value that is invalid or missing. An enum may have none.
    pub(crate) fn any_value(&self) -> Option<Value> {
        Some(match self {
            Self::Bool => Value::Bool(false),
            Self::U16 | Self::U32 | Self::U64 => Value::Unsigned(0),
            Self::DurationMs => Value::DurationMs(0),
            Self::HttpStatus => Value::Unsigned(500),
            Self::I64 => Value::Signed(0),
            Self::F64 => Value::Float(0.0),
            Self::Str => Value::Str(String::new()),
            Self::Enum(values) => return values.first().cloned().map(Value::Enum),
        })
    }
}

/// A value of an enum column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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

/// Returns the texts of the values of an enum.
pub(super) fn texts(values: &[EnumValue]) -> Vec<&str> {
    values.iter().map(|value| value.text.as_str()).collect()
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
            (ColumnType::HttpStatus, "100", Some(Unsigned(100))),
            (ColumnType::HttpStatus, "599", Some(Unsigned(599))),
            (ColumnType::HttpStatus, "99", None),
            (ColumnType::HttpStatus, "600", None),
            (ColumnType::HttpStatus, "404.0", None),
            (ColumnType::I64, "-0", Some(Signed(0))),
            (ColumnType::I64, "-9223372036854775808", Some(Signed(i64::MIN))),
            (ColumnType::I64, "9223372036854775808", None),
            (ColumnType::U64, "true", None),
        ] {
            assert_eq!(ty.scalar(text), value, "{ty:?} {text}");
        }
    }
}
