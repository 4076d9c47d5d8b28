//! Readers of declared columns, which expand packed numbers to the declared type.

use core::fmt;
use core::time::Duration;

use errtable_spec::OptionalInts;

use crate::__private::nth;
use crate::parse_value_error::ParseValueError;

/// Defines readers that convert the number in a column.
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
    /// Reads a `bool` column.
    bool: bool = |number| number != 0;
    /// Reads a `u16` column.
    #[expect(clippy::cast_possible_truncation, reason = "packed from a `u16`")]
    u16: u16 = |number| number as u16;
    /// Reads a `u32` column.
    #[expect(clippy::cast_possible_truncation, reason = "packed from a `u32`")]
    u32: u32 = |number| number as u32;
    /// Reads a `u64` column.
    u64: u64 = |number| number;
    /// Reads a `i64` column.
    i64: i64 = |number| i64::from_le_bytes(number.to_le_bytes());
    /// Reads a `f64` column.
    f64: f64 = |number| f64::from_bits(number);
    /// Reads a `duration_ms` column.
    duration: Duration = |number| Duration::from_millis(number);
}

/// Reads an enum column. `all` lists the variants in the order of the values.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "packed from a position")]
pub const fn enum_value<T: Copy>(column: &OptionalInts, all: &[T], row: usize) -> Option<T> {
    match column.get(row) {
        Some(position) => nth(all, position as usize),
        None => None,
    }
}

/// Returns the text of an enum value.
#[must_use]
pub const fn enum_text(values: &[&'static str], position: usize) -> &'static str {
    match nth(values, position) {
        Some(value) => value,
        None => "",
    }
}

/// Parses an enum value.
///
/// # Errors
///
/// The column does not declare the value.
pub fn parse_enum<T: Copy>(values: &'static [&'static str], all: &[T], text: &str) -> Result<T, ParseValueError> {
    let position = values.iter().position(|value| *value == text);
    position.and_then(|position| nth(all, position)).ok_or(ParseValueError::new(values))
}

/// Writes an enum value; honours width.
///
/// # Errors
///
/// The formatter failed.
pub fn display_enum(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.pad(value)
}
