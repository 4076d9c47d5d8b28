//! Columns of a table owner's own: a packed number as what the column declares.

use core::fmt;
use core::time::Duration;

use errtable_spec::OptionalInts;

use super::nth;
use crate::parse_value_error::ParseValueError;

/// Readers whose value is made of a column's number.
macro_rules! readers {
    ($($(#[$doc:meta])* $name:ident: $type:ty = |$number:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(column: &OptionalInts, row: usize) -> Option<$type> {
            match column.get(row) {
                Some($number) => Some($value),
                None => None,
            }
        }
    )*};
}

readers! {
    /// Of a column of `bool`.
    bool: bool = |number| number != 0;
    /// Of a column of `u16`.
    #[expect(clippy::cast_possible_truncation, reason = "packed from a `u16`")]
    u16: u16 = |number| number as u16;
    /// Of a column of `u32`.
    #[expect(clippy::cast_possible_truncation, reason = "packed from a `u32`")]
    u32: u32 = |number| number as u32;
    /// Of a column of `u64`.
    u64: u64 = |number| number;
    /// Of a column of `i64`.
    i64: i64 = |number| i64::from_le_bytes(number.to_le_bytes());
    /// Of a column of `f64`.
    f64: f64 = |number| f64::from_bits(number);
    /// Of a column of `duration_ms`.
    duration: Duration = |number| Duration::from_millis(number);
}

/// Of an enum column; `all` is the enum's `ALL`.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "packed from a position")]
pub const fn enum_value<T: Copy>(column: &OptionalInts, all: &[T], row: usize) -> Option<T> {
    match column.get(row) {
        Some(position) => nth(all, position as usize),
        None => None,
    }
}

/// The text of a value of an enum column.
#[must_use]
pub const fn enum_text(values: &[&'static str], position: usize) -> &'static str {
    match nth(values, position) {
        Some(value) => value,
        None => "",
    }
}

/// Reads a value of an enum column.
///
/// # Errors
///
/// The text is none of the values.
pub fn parse_enum<T: Copy>(values: &'static [&'static str], all: &[T], text: &str) -> Result<T, ParseValueError> {
    let position = values.iter().position(|value| *value == text);
    position.and_then(|position| nth(all, position)).ok_or(ParseValueError::new(values))
}

/// Writes a value; honours width.
///
/// # Errors
///
/// The formatter's own.
pub fn display_enum(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.pad(value)
}
