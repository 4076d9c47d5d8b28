//! `Serialize` and `Deserialize` of error code enums, as the code.

use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{Error, Unexpected, Visitor};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error_code::ErrorCode;

/// Deserializes a known code.
///
/// # Errors
///
/// The deserializer failed, or the code is unknown.
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
        // Not `UnknownCode`, because some formats render the error immediately. That would search
        // for the most similar code.
        C::from_code(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
