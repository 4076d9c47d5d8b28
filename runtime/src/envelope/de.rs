//! Deserialization of an envelope.

use alloc::boxed::Box;

use serde_core::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde_json::value::RawValue;

use crate::envelope::Envelope;
use crate::enveloped::Enveloped;
use crate::error::Error;
use crate::response::from_slice;

/// Reads the JSON of an envelope; see [`Envelope`].
impl<'de, T: DeserializeOwned, C: Enveloped> Deserialize<'de> for Envelope<T, C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        match from_slice(json.get().as_bytes()) {
            Ok(success) => Ok(Self::Success(success)),
            Err(Error::Api(failure)) => Ok(Self::Failure(failure)),
            Err(Error::Malformed(malformed)) => Err(D::Error::custom(malformed)),
        }
    }
}
