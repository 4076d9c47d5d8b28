//! The keys that the envelope recognizes.

use core::fmt;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, Visitor};

/// A key that the envelope recognizes, or any other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownKey {
    Response,
    RequestId,
    /// `Code` of an `Error`.
    Code,
    /// `Message` of an `Error`.
    Message,
    /// The key of a number that `serde_json` represents as a map.
    Number,
    /// Any other key, which is not always a string in formats such as CBOR.
    Other,
}

impl<'de> Deserialize<'de> for KnownKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KnownKeyVisitor)
    }
}

/// A seed that reads a key as bytes, which `serde_json` does not validate: `{"\ud83d": 1}`.
pub(crate) struct KnownKeyOfBytes;

impl<'de> DeserializeSeed<'de> for KnownKeyOfBytes {
    type Value = KnownKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<KnownKey, D::Error> {
        deserializer.deserialize_bytes(KnownKeyVisitor)
    }
}

struct KnownKeyVisitor;

/// Defines methods that return [`KnownKey::Other`].
macro_rules! visit_as_other {
    ($($method:ident $type:ty,)*) => {$(
        fn $method<E: Error>(self, _: $type) -> Result<KnownKey, E> {
            Ok(KnownKey::Other)
        }
    )*};
}

impl<'de> Visitor<'de> for KnownKeyVisitor {
    type Value = KnownKey;

    visit_as_other! { visit_bool bool, visit_u64 u64, visit_i64 i64, visit_u128 u128, visit_i128 i128, visit_f64 f64, }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<KnownKey, E> {
        self.visit_bytes(key.as_bytes())
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<KnownKey, E> {
        Ok(match key {
            b"Response" => KnownKey::Response,
            b"RequestId" => KnownKey::RequestId,
            b"Code" => KnownKey::Code,
            b"Message" => KnownKey::Message,
            b"$serde_json::private::Number" => KnownKey::Number,
            _ => KnownKey::Other,
        })
    }

    fn visit_none<E: Error>(self) -> Result<KnownKey, E> {
        Ok(KnownKey::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<KnownKey, E> {
        Ok(KnownKey::Other)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<KnownKey, D::Error> {
        deserializer.deserialize_any(self)
    }
}
