//! The value of `RequestId`: the envelope's copy, and T's where T declares it.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::value::{
    BorrowedBytesDeserializer, BorrowedStrDeserializer, BytesDeserializer, MapAccessDeserializer,
    SeqAccessDeserializer, StrDeserializer, StringDeserializer,
};
use serde_core::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::absent::absent;
use super::loose::{Loose, Null};

/// Reads a string that is not empty; anything else is skipped and none.
pub(crate) struct TextOrNone;

impl<'de> DeserializeSeed<'de> for TextOrNone {
    type Value = Option<Box<str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextOrNone {
    type Value = Option<Box<str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text).filter(|text| !text.is_empty()).map(Box::from))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text).filter(|text| !text.is_empty()).map(String::into_boxed_str))
    }

    absent! {
        visit_bool bool, visit_i64 i64, visit_i128 i128, visit_u64 u64, visit_u128 u128, visit_f64 f64, visit_bytes &[u8],
        visit_none, visit_unit,
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(map).map(|_| None)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_enum(data).map(|_| None)
    }
}

/// Hands the value of `RequestId` to T's seed, and keeps a copy of a string.
pub(super) struct Shared<'a, S> {
    pub(super) seed: S,
    pub(super) request_id: &'a mut Option<Box<str>>,
}

impl<'de, S: DeserializeSeed<'de>> Shared<'_, S> {
    fn keep(&mut self, text: &str) {
        *self.request_id = Some(text).filter(|text| !text.is_empty()).map(Box::from);
    }

    fn hand<D: Deserializer<'de>>(self, value: D) -> Result<S::Value, D::Error> {
        self.seed.deserialize(Loose(value))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Shared<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Shared<'_, S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request id")
    }

    fn visit_borrowed_str<E: Error>(mut self, text: &'de str) -> Result<S::Value, E> {
        self.keep(text);
        self.hand(BorrowedStrDeserializer::new(text))
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<S::Value, E> {
        self.keep(text);
        self.hand(StrDeserializer::new(text))
    }

    fn visit_string<E: Error>(mut self, text: String) -> Result<S::Value, E> {
        self.keep(&text);
        self.hand(StringDeserializer::new(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<S::Value, E> {
        self.hand(value.into_deserializer())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<S::Value, E> {
        self.hand(value.into_deserializer())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<S::Value, E> {
        self.hand(value.into_deserializer())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<S::Value, E> {
        self.hand(value.into_deserializer())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<S::Value, E> {
        self.hand(value.into_deserializer())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<S::Value, E> {
        self.hand(value.into_deserializer())
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<S::Value, E> {
        self.hand(BorrowedBytesDeserializer::new(bytes))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<S::Value, E> {
        self.hand(BytesDeserializer::new(bytes))
    }

    fn visit_none<E: Error>(self) -> Result<S::Value, E> {
        self.seed.deserialize(Null(PhantomData))
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        self.seed.deserialize(Null(PhantomData))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S::Value, A::Error> {
        self.hand(SeqAccessDeserializer::new(seq))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
        self.hand(MapAccessDeserializer::new(map))
    }
}
