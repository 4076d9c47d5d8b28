//! `Serialize` and `Deserialize` of codes: a string, or in a numeric table an integer.

use core::fmt;

use serde_core::de::{Error, Unexpected, Visitor};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error_code::{ErrorCode, is_numeric};

/// Serializes a known code.
///
/// # Errors
///
/// The serializer failed.
pub fn serialize<C: ErrorCode, S: Serializer>(code: C, serializer: S) -> Result<S::Ok, S::Error> {
    match code.number() {
        Some(number) => serializer.serialize_i64(number),
        None => serializer.serialize_str(code.as_str()),
    }
}

/// Deserializes a known code.
///
/// # Errors
///
/// The deserializer failed, or the code is unknown.
pub fn deserialize<'de, C: ErrorCode, D: Deserializer<'de>>(
    enum_name: &'static str,
    deserializer: D,
) -> Result<C, D::Error> {
    deserialize_code::<C, _, _>(
        deserializer,
        CodeVisitor {
            expecting: format_args!("a code of `{enum_name}`"),
            from_text: C::from_code,
            from_number: C::from_number,
        },
    )
}

/// Deserializes a code of the table `C`, known or not.
///
/// In a human-readable format, a numeric table also reads a name, and digits as a string.
pub(crate) fn deserialize_code<'de, C: ErrorCode, T, D: Deserializer<'de>>(
    deserializer: D,
    visitor: CodeVisitor<'_, T>,
) -> Result<T, D::Error> {
    match (is_numeric::<C>(), deserializer.is_human_readable()) {
        (false, _) => deserializer.deserialize_str(visitor),
        (true, true) => deserializer.deserialize_any(visitor),
        (true, false) => deserializer.deserialize_i64(visitor),
    }
}

/// A visitor of a code, which is a `C` or a `Code<C>`.
pub(crate) struct CodeVisitor<'a, T> {
    pub(crate) expecting: fmt::Arguments<'a>,
    /// Returns the code of a text, or `None` if it is unknown.
    pub(crate) from_text: fn(&str) -> Option<T>,
    /// Returns the code of a number, or `None` if it is unknown.
    pub(crate) from_number: fn(i64) -> Option<T>,
}

impl<T> Visitor<'_> for CodeVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_fmt(self.expecting)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        // Not `UnknownCode`, because some formats render the error immediately. That would search
        // for the most similar code.
        (self.from_text)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        (self.from_number)(number).ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let code = i64::try_from(number).ok().and_then(self.from_number);
        code.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}
