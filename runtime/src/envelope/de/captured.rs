//! The keys of `Response` that belong to the envelope.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::value::{
    BorrowedBytesDeserializer, BorrowedStrDeserializer, BytesDeserializer, SeqAccessDeserializer, StrDeserializer,
    StringDeserializer,
};
use serde_core::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use crate::code::Code;
use crate::envelope::de::key::known::{KnownKey, KnownKeyOfBytes};
use crate::envelope::de::key::number::MapOrNumber;
use crate::envelope::de::key::{DataKey, ReadKey};
use crate::envelope::de::lenient::{Lenient, Null};
use crate::envelope::de::value::{FailureOrNone, TextOrNone};
use crate::envelope::reserved::Reserved;
use crate::error_code::ErrorCode;

/// How the values of the envelope are read.
#[derive(Clone, Copy)]
pub(crate) enum EnvelopeValues<'a> {
    Unknown,
    /// They are skipped, because a deserializer may reject them: `{"RequestId": "\ud83d"}` in JSON.
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "other formats are read once"))]
    Known {
        /// `RequestId` in `Response`, if it replaces text that a deserializer rejects.
        request_id: Option<&'a str>,
    },
}

impl EnvelopeValues<'_> {
    /// Reads a key beside `Response`.
    pub(super) fn next_key<'de, A: MapAccess<'de>>(self, map: &mut A) -> Result<Option<KnownKey>, A::Error> {
        match self {
            Self::Unknown => map.next_key(),
            Self::Known { .. } => map.next_key_seed(KnownKeyOfBytes),
        }
    }

    /// Reads the value of a reserved key.
    pub(super) fn read<'de, S, V, A>(self, seed: S, map: &mut A) -> Result<Option<V>, A::Error>
    where
        S: DeserializeSeed<'de, Value = Option<V>>,
        A: MapAccess<'de>,
    {
        match self {
            Self::Unknown => map.next_value_seed(seed),
            Self::Known { .. } => map.next_value::<IgnoredAny>().map(|_| None),
        }
    }
}

/// The failure and the request id in the part of the object that has been read.
pub(crate) struct Captured<'a, C> {
    values: EnvelopeValues<'a>,
    /// The code and message, if `Error` is a failure.
    pub(crate) failure: Option<(Code<C>, Box<str>)>,
    /// `RequestId`, if it is a string and not empty.
    pub(crate) request_id: Option<Box<str>>,
    has_error: bool,
    has_request_id: bool,
}

impl<'a, C: ErrorCode> Captured<'a, C> {
    pub(crate) fn new(values: EnvelopeValues<'a>) -> Self {
        Self { values, failure: None, request_id: None, has_error: false, has_request_id: false }
    }

    /// Marks a reserved key as seen, and rejects a duplicate.
    pub(super) fn mark_seen<E: Error>(&mut self, key: Reserved) -> Result<(), E> {
        let seen = match key {
            Reserved::Error => &mut self.has_error,
            Reserved::RequestId => &mut self.has_request_id,
        };
        if core::mem::replace(seen, true) { Err(E::duplicate_field(key.as_str())) } else { Ok(()) }
    }

    /// Reads the value of a reserved key.
    pub(super) fn read<'de, A: MapAccess<'de>>(&mut self, key: Reserved, map: &mut A) -> Result<(), A::Error> {
        self.mark_seen(key)?;
        match key {
            Reserved::Error => self.failure = self.values.read(FailureOrNone::new(), map)?,
            Reserved::RequestId => self.request_id = self.values.read(TextOrNone, map)?,
        }
        Ok(())
    }

    /// Reads the value of a `RequestId` that `T` declares.
    pub(super) fn read_shared<'de, S, A>(&mut self, seed: S, map: &mut A) -> Result<S::Value, A::Error>
    where
        S: DeserializeSeed<'de>,
        A: MapAccess<'de>,
    {
        match self.values {
            EnvelopeValues::Unknown => map.next_value_seed(SharedRequestId { seed, request_id: &mut self.request_id }),
            EnvelopeValues::Known { request_id: Some(id) } => {
                map.next_value::<IgnoredAny>()?;
                seed.deserialize(Lenient(StrDeserializer::new(id)))
            }
            EnvelopeValues::Known { request_id: None } => map.next_value_seed(seed),
        }
    }

    /// Reads the rest of the object without `T`.
    pub(crate) fn read_rest<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(DataKey::ignored())? {
            match key {
                ReadKey::Reserved(key, _) => self.read(key, map)?,
                ReadKey::Data(_) | ReadKey::RequestId(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A seed that passes the value of `RequestId` on to a field of `T`, and captures a string.
struct SharedRequestId<'a, S> {
    seed: S,
    request_id: &'a mut Option<Box<str>>,
}

impl<'de, S: DeserializeSeed<'de>> SharedRequestId<'_, S> {
    fn capture(&mut self, text: &str) {
        *self.request_id = Some(text).filter(|text| !text.is_empty()).map(Box::from);
    }

    fn forward<D: Deserializer<'de>>(self, value: D) -> Result<S::Value, D::Error> {
        self.seed.deserialize(Lenient(value))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for SharedRequestId<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for SharedRequestId<'_, S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request id")
    }

    fn visit_borrowed_str<E: Error>(mut self, text: &'de str) -> Result<S::Value, E> {
        self.capture(text);
        self.forward(BorrowedStrDeserializer::new(text))
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<S::Value, E> {
        self.capture(text);
        self.forward(StrDeserializer::new(text))
    }

    fn visit_string<E: Error>(mut self, text: String) -> Result<S::Value, E> {
        self.capture(&text);
        self.forward(StringDeserializer::new(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<S::Value, E> {
        self.forward(value.into_deserializer())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<S::Value, E> {
        self.forward(value.into_deserializer())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<S::Value, E> {
        self.forward(value.into_deserializer())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<S::Value, E> {
        self.forward(value.into_deserializer())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<S::Value, E> {
        self.forward(value.into_deserializer())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<S::Value, E> {
        self.forward(value.into_deserializer())
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<S::Value, E> {
        self.forward(BorrowedBytesDeserializer::new(bytes))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<S::Value, E> {
        self.forward(BytesDeserializer::new(bytes))
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
        self.forward(SeqAccessDeserializer::new(seq))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
        self.forward(MapOrNumber(map))
    }
}
