//! Deserialization of an envelope.

pub(crate) mod captured;
mod data;
mod deferred;
mod fields;
mod received;
mod scalar;
mod value;

use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use self::captured::{Captured, EnvelopeValues};
use self::data::{DataDeserializer, DataMap};
use self::deferred::Deferred;
use self::fields::declares_request_id;
use self::scalar::ScalarSeed;
use self::value::TextOrNone;
use crate::api_error::ApiError;
use crate::envelope::known::KnownKey;
use crate::envelope::{Envelope, Success};
use crate::error_code::ErrorCode;

/// Reads `{"Response": {…}}`; see [`Envelope`].
impl<'de, T: Deserialize<'de>, C: ErrorCode> Deserialize<'de> for Envelope<T, C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = EnvelopeVisitor::new(deserializer.is_human_readable(), EnvelopeValues::Unknown);
        deserializer.deserialize_map(visitor)
    }
}

pub(crate) struct EnvelopeVisitor<'a, T, C> {
    human_readable: bool,
    values: EnvelopeValues<'a>,
    types: PhantomData<(T, C)>,
}

impl<'a, T, C> EnvelopeVisitor<'a, T, C> {
    pub(crate) fn new(human_readable: bool, values: EnvelopeValues<'a>) -> Self {
        Self { human_readable, values, types: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>, C: ErrorCode> Visitor<'de> for EnvelopeVisitor<'_, T, C> {
    type Value = Envelope<T, C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut response = None;
        let mut outer_id = None;
        while let Some(key) = self.values.next_key(&mut map)? {
            match key {
                KnownKey::Response if response.is_some() => return Err(A::Error::duplicate_field("Response")),
                KnownKey::Response => {
                    response = Some(map.next_value_seed(ResponseSeed(&self))?);
                }
                KnownKey::RequestId if outer_id.is_some() => return Err(A::Error::duplicate_field("RequestId")),
                KnownKey::RequestId => outer_id = Some(self.values.read(ScalarSeed(TextOrNone), &mut map)?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let envelope = response.ok_or_else(|| A::Error::missing_field("Response"))?;
        Ok(match (envelope, outer_id.flatten()) {
            (Envelope::Success(mut success), Some(id)) => {
                success.request_id.get_or_insert(id);
                Envelope::Success(success)
            }
            (Envelope::Failure(failure), Some(id)) if failure.request_id().is_none() => {
                Envelope::Failure(failure.with_request_id(id))
            }
            (envelope, _) => envelope,
        })
    }
}

struct ResponseSeed<'a, T, C>(&'a EnvelopeVisitor<'a, T, C>);

impl<'de, T: Deserialize<'de>, C: ErrorCode> DeserializeSeed<'de> for ResponseSeed<'_, T, C> {
    type Value = Envelope<T, C>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>, C: ErrorCode> Visitor<'de> for ResponseSeed<'_, T, C> {
    type Value = Envelope<T, C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the `Response` object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut data = DataMap::new(map, declares_request_id::<T>, self.0.values);
        let result = T::deserialize(DataDeserializer { data: &mut data, human_readable: self.0.human_readable });
        if result.is_ok() || data.is_unread() {
            data.finish()?;
        }
        let is_failure = data.is_failure();
        let Captured { failure, request_id, .. } = data.captured;
        match failure {
            Some((code, message)) if is_failure => {
                Ok(Envelope::Failure(ApiError::from_parts(code, message, request_id)))
            }
            _ => Ok(Envelope::Success(Success { data: result.map_err(Deferred::into_inner)?, request_id })),
        }
    }
}
