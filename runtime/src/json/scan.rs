//! [`Envelope`] as a body, and its envelope alone.

use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::api_error::ApiError;
use crate::code::Code;
use crate::envelope::de::captured::Captured;
use crate::envelope::de::key::known::KnownKey;
use crate::envelope::{Envelope, Success};
use crate::error_code::ErrorCode;
use crate::json::body::Body;
use crate::json::legacy;

impl<'de, T: Deserialize<'de>, C: ErrorCode> Body<'de> for Envelope<T, C> {
    type Data = T;
    type Code = C;
    const REQUEST_ID: &'static [&'static str] = &["Response", "RequestId"];
    const FALLBACK_REQUEST_ID: &'static [&'static str] = &["RequestId"];

    fn into_result(self) -> Result<Success<T>, ApiError<C>> {
        self.into_result()
    }

    fn recover(body: &[u8]) -> Option<ApiError<C>> {
        Self::examine(body).ok().flatten()
    }

    fn examine(body: &[u8]) -> serde_json::Result<Option<ApiError<C>>> {
        let scan = scan(body)?;
        let failure = if scan.has_response { scan.failure } else { legacy::read(body) };
        Ok(failure.map(|(code, message)| ApiError::from_parts(code, message, None)))
    }
}

/// The envelope of a body, without the data.
struct Scan<C> {
    has_response: bool,
    /// Code and message.
    failure: Option<(Code<C>, Box<str>)>,
}

/// Reads the envelope alone. The error is about JSON or the envelope, never about the data.
fn scan<C: ErrorCode>(json: &[u8]) -> serde_json::Result<Scan<C>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let scan = deserializer.deserialize_map(ScanVisitor(PhantomData))?;
    deserializer.end().map(|()| scan)
}

struct ScanVisitor<C>(PhantomData<C>);

impl<'de, C: ErrorCode> Visitor<'de> for ScanVisitor<C> {
    type Value = Scan<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scan<C>, A::Error> {
        let mut scan = Scan { has_response: false, failure: None };
        let mut has_id = false;
        while let Some(key) = map.next_key()? {
            match key {
                KnownKey::Response if scan.has_response => return Err(A::Error::duplicate_field("Response")),
                KnownKey::Response => {
                    scan.has_response = true;
                    scan.failure = map.next_value_seed(ResponseScan(PhantomData))?;
                }
                KnownKey::RequestId if has_id => return Err(A::Error::duplicate_field("RequestId")),
                key => {
                    has_id |= key == KnownKey::RequestId;
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(scan)
    }
}

struct ResponseScan<C>(PhantomData<C>);

impl<'de, C: ErrorCode> DeserializeSeed<'de> for ResponseScan<C> {
    type Value = Option<(Code<C>, Box<str>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, C: ErrorCode> Visitor<'de> for ResponseScan<C> {
    type Value = Option<(Code<C>, Box<str>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the `Response` object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut captured = Captured::new();
        captured.read_rest(&mut map)?;
        Ok(captured.failure)
    }
}
