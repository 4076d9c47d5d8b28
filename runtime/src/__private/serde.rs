//! Serialize and Deserialize of generated enums: as the code.

use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{Error, Unexpected, Visitor};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error_code::ErrorCode;

/// Reads a code that the table knows.
///
/// # Errors
///
/// The format's own, and that the text is no code of the enum.
pub fn deserialize<'de, C: ErrorCode, D: Deserializer<'de>>(
    enum_name: &'static str,
    deserializer: D,
) -> Result<C, D::Error> {
    deserializer.deserialize_str(KnownCode { enum_name, code: PhantomData })
}

struct KnownCode<C> {
    enum_name: &'static str,
    code: PhantomData<C>,
}

impl<C: ErrorCode> Visitor<'_> for KnownCode<C> {
    type Value = C;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a code of `{}`", self.enum_name)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<C, E> {
        // Not `UnknownCode`: a format may display it at once, and unknown codes are normal. The nearest is not worth it here.
        C::from_code(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
