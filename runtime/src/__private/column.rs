//! Readers of declared columns, which expand packed numbers to the declared type.

use core::fmt;
use core::time::Duration;

use errtable_spec::__private::{ColumnValue, OptionalInts, PackedInts, UniqueInts, parse_digits};

use crate::__private::{nth, or};
use crate::error_code::ErrorCode;
use crate::parse_value_error::ParseValueError;

/// Defines readers that convert the number in a column.
macro_rules! readers {
    ($($(#[$attribute:meta])* $name:ident: $type:ty = |$number:ident| $value:expr;)*) => {
        $(
            #[doc = concat!("Reads a column of type `", stringify!($type), "`.")]
            #[must_use]
            pub const fn $name(column: &OptionalInts, row: usize) -> Option<$type> {
                match column.get(row) {
                    Some(number) => Some(required::$name(number)),
                    None => None,
                }
            }
        )*

        /// Converters of the numbers in required columns.
        pub mod required {
            use core::time::Duration;

            $(
                #[doc = concat!("Converts to `", stringify!($type), "`.")]
                $(#[$attribute])*
                #[inline]
                #[must_use]
                pub const fn $name($number: u64) -> $type {
                    $value
                }
            )*
        }
    };
}

readers! {
    bool: bool = |number| number != 0;
    #[expect(clippy::cast_possible_truncation, reason = "packed from a `u16`")]
    u16: u16 = |number| number as u16;
    #[expect(clippy::cast_possible_truncation, reason = "packed from a `u32`")]
    u32: u32 = |number| number as u32;
    u64: u64 = |number| number;
    i64: i64 = |number| i64::from_le_bytes(number.to_le_bytes());
    f64: f64 = |number| f64::from_bits(number);
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

/// The value of a column's method, which an envelope can write.
pub trait ToColumnValue {
    /// Returns the value, if the row has one.
    fn value(self) -> Option<ColumnValue>;
}

impl<T: ToColumnValue> ToColumnValue for Option<T> {
    #[inline]
    fn value(self) -> Option<ColumnValue> {
        self.and_then(T::value)
    }
}

/// Implements `ToColumnValue` for the types of columns. The text of an enum column is a `str`.
macro_rules! column_values {
    ($($type:ty = |$value:ident| $variant:ident($written:expr);)*) => {
        $(
            impl ToColumnValue for $type {
                #[inline]
                fn value(self) -> Option<ColumnValue> {
                    let $value = self;
                    Some(ColumnValue::$variant($written))
                }
            }
        )*
    };
}

column_values! {
    bool = |value| Bool(value);
    u16 = |value| Unsigned(value.into());
    u32 = |value| Unsigned(value.into());
    u64 = |value| Unsigned(value);
    i64 = |value| Signed(value);
    f64 = |value| Float(value);
    &'static str = |value| Str(value);
    // A table has whole milliseconds in a `u64`.
    Duration = |value| Unsigned(value.as_millis().try_into().unwrap_or(u64::MAX));
}

/// Looks up a code by its number in a unique column. `values` has the variant of each slot.
#[expect(clippy::inline_always, reason = "a lookup is fast where its table is a constant")]
#[inline(always)]
#[must_use]
pub const fn from_number<C: ErrorCode>(column: &UniqueInts, values: &[Option<C>], number: u64) -> Option<C> {
    or(nth(values, column.slot(number)), None)
}

/// Looks up a code by its number in a unique column. `rows` has the row of each slot, and `all`
/// lists the variants in table order.
#[expect(clippy::inline_always, reason = "a lookup is fast where its table is a constant")]
#[expect(clippy::cast_possible_truncation, reason = "a row has two bytes")]
#[inline(always)]
#[must_use]
pub const fn from_number_by_row<C: ErrorCode>(
    column: &UniqueInts,
    rows: &PackedInts,
    all: &[C],
    number: u64,
) -> Option<C> {
    nth(all, rows.get(column.slot(number)) as usize)
}

/// Returns `code`, which was looked up by `text`, or else the code whose number `text` is.
#[expect(clippy::cast_sign_loss, reason = "packed as its bits")]
#[inline]
#[must_use]
pub const fn or_digits<C: ErrorCode>(
    column: &UniqueInts,
    values: &[Option<C>],
    code: Option<C>,
    text: &str,
) -> Option<C> {
    match (code, parse_digits(text)) {
        (None, Some(number)) => from_number(column, values, number as u64),
        _ => code,
    }
}

/// [`or_digits`], with the data of [`from_number_by_row`].
#[expect(clippy::cast_sign_loss, reason = "packed as its bits")]
#[inline]
#[must_use]
pub const fn or_digits_by_row<C: ErrorCode>(
    column: &UniqueInts,
    rows: &PackedInts,
    all: &[C],
    code: Option<C>,
    text: &str,
) -> Option<C> {
    match (code, parse_digits(text)) {
        (None, Some(number)) => from_number_by_row(column, rows, all, number as u64),
        _ => code,
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

#[cfg(all(test, feature = "common"))]
mod tests {
    use crate::__private::by_slot_or_none;
    use crate::CommonError;

    use super::*;

    #[test]
    fn slot_selects_a_variant_or_its_row() {
        let column = UniqueInts::new(10, 3, None);
        let [first, second, ..] = CommonError::ALL else { panic!("expected codes") };
        let rows = b"\x01\0\xFF\xFF\0\0\xFF\xFF";
        let values: [_; 4] = by_slot_or_none(CommonError::ALL, rows);
        let rows = PackedInts::new(2, rows);
        for (number, digits, code) in
            [(9, "9", None), (10, "10", Some(*second)), (11, "11", None), (12, "12", Some(*first)), (13, "13", None)]
        {
            assert_eq!(from_number(&column, &values, number), code, "{number}");
            assert_eq!(from_number_by_row(&column, &rows, CommonError::ALL, number), code, "{number}");
            for found in [None, Some(CommonError::InternalError)] {
                assert_eq!(or_digits(&column, &values, found, digits), found.or(code), "{number}");
                assert_eq!(
                    or_digits_by_row(&column, &rows, CommonError::ALL, found, digits),
                    found.or(code),
                    "{number}"
                );
            }
        }
        assert_eq!(or_digits_by_row(&column, &rows, CommonError::ALL, None, "text"), None);
    }
}
