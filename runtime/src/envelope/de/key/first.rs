//! The first key for `T`, which is read before `T`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::value::{BorrowedBytesDeserializer, BytesDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, Visitor};

use crate::envelope::de::key::text::{Text, TextKey};
use crate::envelope::de::lenient::Lenient;

/// A key that `T` has not taken yet.
pub(crate) enum FirstKey<'de> {
    Text(Cow<'de, str>),
    Bytes(Cow<'de, [u8]>),
    Bool(bool),
    U64(u64),
    I64(i64),
    F64(f64),
}

impl<'de> FirstKey<'de> {
    pub(crate) fn deserialize_with<K: DeserializeSeed<'de>, E: Error>(self, seed: K) -> Result<K::Value, E> {
        match self {
            Self::Text(text) => seed.deserialize(TextKey::new(Text::Kept(text))),
            Self::Bytes(Cow::Borrowed(bytes)) => seed.deserialize(Lenient(BorrowedBytesDeserializer::new(bytes))),
            Self::Bytes(Cow::Owned(bytes)) => seed.deserialize(Lenient(BytesDeserializer::new(&bytes))),
            Self::Bool(key) => seed.deserialize(Lenient(key.into_deserializer())),
            Self::U64(key) => seed.deserialize(Lenient(key.into_deserializer())),
            Self::I64(key) => seed.deserialize(Lenient(key.into_deserializer())),
            Self::F64(key) => seed.deserialize(Lenient(key.into_deserializer())),
        }
    }
}

/// A seed that reads a key, borrowed from the input if possible.
pub(crate) struct KeepKey;

impl<'de> DeserializeSeed<'de> for KeepKey {
    type Value = FirstKey<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FirstKey<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for KeepKey {
    type Value = FirstKey<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::Text(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::Text(Cow::Owned(key.into())))
    }

    fn visit_string<E>(self, key: String) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::Text(Cow::Owned(key)))
    }

    fn visit_borrowed_bytes<E>(self, key: &'de [u8]) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::Bytes(Cow::Borrowed(key)))
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::Bytes(Cow::Owned(Vec::from(key))))
    }

    fn visit_bool<E>(self, key: bool) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::Bool(key))
    }

    fn visit_u64<E>(self, key: u64) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::U64(key))
    }

    fn visit_i64<E>(self, key: i64) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::I64(key))
    }

    fn visit_f64<E>(self, key: f64) -> Result<FirstKey<'de>, E> {
        Ok(FirstKey::F64(key))
    }
}
