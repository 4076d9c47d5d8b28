//! The value of a row in a column, as an envelope writes it.

/// The value of a column, of any type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnValue {
    /// A value of a `bool` column.
    Bool(bool),
    /// An unsigned integer, or a duration in milliseconds.
    Unsigned(u64),
    /// A signed integer.
    Signed(i64),
    /// A floating-point number.
    Float(f64),
    /// A string, or the text of a value of an enum column.
    Str(&'static str),
}
