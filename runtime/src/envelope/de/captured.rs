//! The keys of `Response` that belong to the envelope.

use alloc::boxed::Box;
use alloc::string::String;
use core::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess};

use crate::code::Code;
use crate::envelope::de::received::{NoMap, NoSeq, Received};
use crate::envelope::de::scalar::{BytesKey, EnvelopeKey, ReadScalar, Scalar, ScalarSeed};
use crate::envelope::de::value::{FailureOrNone, TextOrNone};
use crate::envelope::known::KnownKey;
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
    /// Reads a key that `T` does not receive.
    pub(super) fn next_key<'de, A: MapAccess<'de>>(self, map: &mut A) -> Result<Option<KnownKey>, A::Error> {
        match self {
            Self::Unknown => map.next_key_seed(ScalarSeed(EnvelopeKey)),
            Self::Known { .. } => map.next_key_seed(BytesKey),
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
pub(super) struct Captured<'a, C> {
    values: EnvelopeValues<'a>,
    /// The code and message, if `Error` is a failure.
    pub(super) failure: Option<(Code<C>, Box<str>)>,
    /// `RequestId`, if it is a string and not empty.
    pub(super) request_id: Option<Box<str>>,
    has_error: bool,
    has_request_id: bool,
}

impl<'a, C: ErrorCode> Captured<'a, C> {
    pub(super) fn new(values: EnvelopeValues<'a>) -> Self {
        Self { values, failure: None, request_id: None, has_error: false, has_request_id: false }
    }

    /// Reads the value of a reserved key.
    pub(super) fn read<'de, A: MapAccess<'de>>(&mut self, key: KnownKey, map: &mut A) -> Result<(), A::Error> {
        if key == KnownKey::Error {
            mark_seen(&mut self.has_error, "Error")?;
            self.failure = self.values.read(ScalarSeed(FailureOrNone(PhantomData)), map)?;
        } else {
            mark_seen(&mut self.has_request_id, "RequestId")?;
            self.request_id = self.values.read(ScalarSeed(TextOrNone), map)?;
        }
        Ok(())
    }

    /// Reads the value of a `RequestId` that `T` declares.
    pub(super) fn read_shared<'de, S, A>(&mut self, seed: S, map: &mut A) -> Result<S::Value, A::Error>
    where
        S: DeserializeSeed<'de>,
        A: MapAccess<'de>,
    {
        mark_seen(&mut self.has_request_id, "RequestId")?;
        match self.values {
            EnvelopeValues::Unknown => {
                map.next_value_seed(ScalarSeed(SharedRequestId { seed, request_id: &mut self.request_id }))
            }
            EnvelopeValues::Known { request_id: Some(id) } => {
                map.next_value::<IgnoredAny>()?;
                seed.deserialize(Received::<NoSeq<_>, A>::Scalar(Scalar::Text(String::from(id).into())))
            }
            EnvelopeValues::Known { request_id: None } => map.next_value_seed(seed),
        }
    }

    /// Reads the rest of the object without `T`.
    pub(super) fn read_rest<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while let Some(key) = self.values.next_key(map)? {
            if key.is_reserved() {
                self.read(key, map)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Marks a reserved key as seen, and rejects a duplicate.
fn mark_seen<E: Error>(seen: &mut bool, key: &'static str) -> Result<(), E> {
    if core::mem::replace(seen, true) { Err(E::duplicate_field(key)) } else { Ok(()) }
}

/// A reader that passes the value of `RequestId` on to a field of `T`, and captures a string.
struct SharedRequestId<'a, S> {
    seed: S,
    request_id: &'a mut Option<Box<str>>,
}

impl<'de, S: DeserializeSeed<'de>> ReadScalar<'de> for SharedRequestId<'_, S> {
    type Value = S::Value;
    const EXPECTED: &'static str = "a request id";

    fn scalar<E: Error>(self, scalar: Scalar<'de>) -> Result<S::Value, E> {
        if let Scalar::Text(text) = &scalar {
            *self.request_id = Some(&**text).filter(|text| !text.is_empty()).map(Box::from);
        }
        self.seed.deserialize(Received::<NoSeq<E>, NoMap<'de, E>>::Scalar(scalar))
    }

    fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S::Value, A::Error> {
        self.seed.deserialize(Received::<_, NoMap<'de, _>>::Seq(seq))
    }

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
        self.seed.deserialize(Received::<NoSeq<_>, _>::Map(map))
    }
}
