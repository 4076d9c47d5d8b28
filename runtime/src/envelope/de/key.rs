//! The keys of `Response`: reserved for the envelope, or passed on to `T`.

pub(super) mod first;
pub(crate) mod known;
pub(crate) mod number;
mod text;

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::value::{BorrowedBytesDeserializer, BytesDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, Visitor};

use self::text::{Text, TextKey};
use crate::envelope::de::lenient::Lenient;
use crate::envelope::reserved::Reserved;

/// A key that has been read.
pub(super) enum ReadKey<K, S> {
    /// A key of the data, read by the seed of `T`.
    Data(K),
    /// A `RequestId` that `T` declares: both the data and the envelope receive it.
    RequestId(K),
    /// A key of the envelope. The seed of `T` is returned unused.
    Reserved(Reserved, S),
}

/// A seed that reads a key with the seed of `T`, unless it is reserved. Does not copy the key.
pub(super) struct DataKey<S> {
    pub(super) seed: S,
    /// Returns whether `T` declares `RequestId`. Called only for that key.
    pub(super) declares_request_id: fn() -> bool,
}

impl DataKey<PhantomData<IgnoredAny>> {
    /// Creates a seed that ignores keys of the data.
    pub(super) fn ignored() -> Self {
        Self { seed: PhantomData, declares_request_id: || false }
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for DataKey<S> {
    type Value = ReadKey<S::Value, S>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // Not `deserialize_identifier`, because CBOR has number keys: `{1: "a"}`.
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> DataKey<S> {
    fn text<E: Error>(self, text: Text<'de, '_>) -> Result<ReadKey<S::Value, S>, E> {
        let Some(reserved) = Reserved::from_bytes(text.as_str().as_bytes()) else {
            return self.data(TextKey::new(text));
        };
        if reserved == Reserved::RequestId && (self.declares_request_id)() {
            return self.seed.deserialize(TextKey::new(text)).map(ReadKey::RequestId);
        }
        Ok(ReadKey::Reserved(reserved, self.seed))
    }

    fn data<D: Deserializer<'de>>(self, key: D) -> Result<ReadKey<S::Value, S>, D::Error> {
        self.seed.deserialize(key).map(ReadKey::Data)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for DataKey<S> {
    type Value = ReadKey<S::Value, S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        self.text(Text::Kept(Cow::Borrowed(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        self.text(Text::Ephemeral(key))
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Self::Value, E> {
        self.text(Text::Kept(Cow::Owned(key)))
    }

    fn visit_borrowed_bytes<E: Error>(self, key: &'de [u8]) -> Result<Self::Value, E> {
        match Reserved::from_bytes(key) {
            Some(reserved) => self.visit_borrowed_str(reserved.as_str()),
            None => self.data(Lenient(BorrowedBytesDeserializer::new(key))),
        }
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<Self::Value, E> {
        match Reserved::from_bytes(key) {
            Some(reserved) => self.visit_borrowed_str(reserved.as_str()),
            None => self.data(Lenient(BytesDeserializer::new(key))),
        }
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<Self::Value, E> {
        self.data(Lenient(key.into_deserializer()))
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<Self::Value, E> {
        self.data(Lenient(key.into_deserializer()))
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<Self::Value, E> {
        self.data(Lenient(key.into_deserializer()))
    }

    fn visit_f64<E: Error>(self, key: f64) -> Result<Self::Value, E> {
        self.data(Lenient(key.into_deserializer()))
    }
}
