//! Serialization of an envelope.

mod flatten;
mod probe;

use serde_core::ser::{Error, Serialize, SerializeMap, Serializer};

use self::flatten::{DataId, FlattenSerializer};
use crate::api_error::ApiError;
use crate::envelope::{Envelope, Success};
use crate::error_code::ErrorCode;

/// Writes `{"Response": {…}}`; see [`Envelope`].
impl<T: Serialize, C: ErrorCode> Serialize for Envelope<T, C> {
    // Maps, because MessagePack writes structs as arrays, and an envelope is read as a map.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Success(success) => map.serialize_entry("Response", &SuccessBody(success))?,
            Self::Failure(failure) => map.serialize_entry("Response", &FailureBody(failure))?,
        }
        map.end()
    }
}

struct SuccessBody<'a, T>(&'a Success<T>);

impl<T: Serialize> Serialize for SuccessBody<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let human_readable = serializer.is_human_readable();
        let mut map = serializer.serialize_map(None)?;
        let mut data_id = DataId::Missing;
        self.0.data.serialize(FlattenSerializer { map: &mut map, data_id: &mut data_id, human_readable })?;
        match (self.0.request_id.as_deref().filter(|id| !id.is_empty()), data_id) {
            (_, DataId::Written) => {}
            // `{"RequestId": null}` is written as it was read.
            (None, DataId::Null) => map.serialize_entry("RequestId", &())?,
            (request_id, _) => map.serialize_entry("RequestId", request_id.unwrap_or_default())?,
        }
        map.end()
    }
}

struct FailureBody<'a, C>(&'a ApiError<C>);

impl<C: ErrorCode> Serialize for FailureBody<'_, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.code().as_str().is_empty() {
            return Err(S::Error::custom("a failure with an empty code would be read as a success"));
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Error", &CodeAndMessage(self.0))?;
        map.serialize_entry("RequestId", self.0.request_id().unwrap_or_default())?;
        map.end()
    }
}

struct CodeAndMessage<'a, C>(&'a ApiError<C>);

impl<C: ErrorCode> Serialize for CodeAndMessage<'_, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Code", self.0.code())?;
        map.serialize_entry("Message", self.0.message())?;
        map.end()
    }
}
