//! Items that expansions name. Not public API: they may change in any release.

pub mod column;
pub mod parameters;
#[cfg(feature = "serde")]
pub mod serde;

pub use core;
use core::fmt::{self, Write as _};

pub use errtable_spec::__private::{
    ColumnValue, HashScope, HashedInts, Hasher, Index, OptionalInts, OptionalStrs, PackedInts, PackedStrs, UniqueInts,
    Windows,
};
pub use errtable_spec::{Fault, Retry, RetryAction};

pub use crate::__impl_serde as impl_serde;
pub use crate::enveloped::{EnvelopeData, Enveloped};
pub use crate::error_code::{ErrorCode, StdDerives};
pub use crate::parse_value_error::ParseValueError;
pub use crate::unknown_code::UnknownCode;

/// The types of an envelope's samples, which an expansion imports where it writes them.
pub mod envelope {
    pub use errtable_spec::__private::{
        Constant, Element, Failure, Field, Header, Node, Place, Role, Shape, Slot, Writable, Written,
    };
}

/// Copies a code.
///
/// An expansion requires `ErrorCode`, never `Copy`: a missing `#[derive(Copy)]` is one error.
#[expect(clippy::inline_always, reason = "a copy is free, also in a debug build")]
#[inline(always)]
#[must_use]
pub const fn copy<C: ErrorCode>(code: &C) -> C {
    *code
}

/// Looks up a code. `values` lists the variants in the order that `index` requires.
#[expect(clippy::inline_always, reason = "a lookup is fast where its index is a constant")]
#[inline(always)]
#[must_use]
pub const fn from_code<C: ErrorCode>(index: &Index, values: &[C], code: &str) -> Option<C> {
    index.get::<C, false>(code, values)
}

/// Looks up a code, ignoring ASCII case. `index` must be built for that.
#[expect(clippy::inline_always, reason = "a lookup is fast where its index is a constant")]
#[inline(always)]
#[must_use]
pub const fn from_code_ignore_case<C: ErrorCode>(index: &Index, values: &[C], code: &str) -> Option<C> {
    index.get::<C, true>(code, values)
}

/// Sorts the variants into the slot order of an index. `rows` contains the row of each slot.
#[must_use]
pub const fn by_slot<C: ErrorCode, const SLOTS: usize>(all: &[C], rows: &[u8]) -> [C; SLOTS] {
    errtable_spec::__private::by_slot(all, rows)
}

/// Sorts the variants into the slot order of a unique column's lookup. `rows` contains the row of
/// each slot.
#[must_use]
pub const fn by_slot_or_none<C: ErrorCode, const SLOTS: usize>(all: &[C], rows: &[u8]) -> [Option<C>; SLOTS] {
    errtable_spec::__private::by_slot_or_none(all, rows)
}

/// Returns an element of a slice.
#[inline]
const fn nth<T: Copy>(all: &[T], position: usize) -> Option<T> {
    match all.split_at_checked(position) {
        Some((_, [element, ..])) => Some(*element),
        _ => None,
    }
}

/// Returns the retry class of a row.
#[must_use]
pub const fn retry(column: &PackedInts, row: usize) -> Retry {
    or(nth(Retry::ALL, position(column, row)), Retry::Never)
}

/// Returns the fault of a row.
#[must_use]
pub const fn fault(column: &PackedInts, row: usize) -> Fault {
    or(nth(Fault::ALL, position(column, row)), Fault::Client)
}

/// Returns the position of a row's value among all values.
#[expect(clippy::cast_possible_truncation, reason = "packed from a position")]
const fn position(column: &PackedInts, row: usize) -> usize {
    column.get(row) as usize
}

/// Returns the value of a column, or its default.
#[must_use]
pub const fn or<T: Copy>(value: Option<T>, default: T) -> T {
    match value {
        Some(value) => value,
        None => default,
    }
}

/// Returns the code up to the first dot.
#[must_use]
pub const fn family(code: &str) -> &str {
    let bytes = code.as_bytes();
    let mut end = 0;
    while let Some((_, [byte, ..])) = bytes.split_at_checked(end) {
        if *byte == b'.' {
            break;
        }
        end += 1;
    }
    match code.split_at_checked(end) {
        Some((family, _)) => family,
        None => code,
    }
}

/// Returns the code with the most similar spelling. `all` lists the variants of `codes`.
pub fn nearest<C: ErrorCode>(codes: &PackedStrs, all: &[C], text: &str) -> Option<C> {
    let row = errtable_spec::__private::nearest(text, (0..all.len()).map(|row| codes.get(row)))?;
    nth(all, row)
}

/// Parses a code, for `FromStr` and `TryFrom`.
///
/// # Errors
///
/// The code is unknown.
pub fn parse<C: ErrorCode>(enum_name: &'static str, text: &str) -> Result<C, UnknownCode> {
    C::from_code(text).ok_or_else(|| UnknownCode::new::<C>(enum_name, text))
}

/// Converts a number, for `TryFrom`.
///
/// # Errors
///
/// The number is unknown.
pub fn parse_number<C: ErrorCode>(enum_name: &'static str, number: i64) -> Result<C, UnknownCode> {
    C::from_number(number).ok_or_else(|| UnknownCode::new::<C>(enum_name, number))
}

/// Writes a code; `{:#}` adds its description.
///
/// # Errors
///
/// The formatter failed.
pub fn display<C: ErrorCode>(code: C, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match code.meaning() {
        meaning if f.alternate() && !meaning.is_empty() => pad(&[code.as_str(), ": ", meaning], f),
        _ => f.pad(code.as_str()),
    }
}

/// Pads a text in several parts, as `Formatter::pad` does for one part, without allocation.
fn pad(parts: &[&str], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let precision = f.precision().unwrap_or(usize::MAX);
    let characters = || parts.iter().flat_map(|part| part.chars()).take(precision);
    let missing = f.width().unwrap_or_default().saturating_sub(characters().count());
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        Some(fmt::Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    let blanks = |count| core::iter::repeat_n(fill, count);
    blanks(before).chain(characters()).chain(blanks(missing - before)).try_for_each(|c| f.write_char(c))
}

/// Writes the name of a variant: the name in the row, or else the code without dots.
///
/// # Errors
///
/// The formatter failed.
pub fn debug(names: &OptionalStrs, codes: &PackedStrs, row: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match names.get(row) {
        Some(name) => f.write_str(name),
        None => codes.get(row).split('.').try_for_each(|segment| f.write_str(segment)),
    }
}

/// Implements `Serialize` and `Deserialize`, if the runtime's feature `serde` is enabled.
///
/// An expansion cannot test the features of the runtime, so the runtime defines the macro twice.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde {
    ($code:ident) => {
        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $code {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> $crate::__private::core::result::Result<__S::Ok, __S::Error> {
                $crate::__private::serde::serialize($crate::__private::copy(self), serializer)
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $code {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> $crate::__private::core::result::Result<Self, __D::Error> {
                $crate::__private::serde::deserialize($crate::__private::core::stringify!($code), deserializer)
            }
        }
    };
}

/// Expands to nothing without feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde {
    ($code:ident) => {};
}
