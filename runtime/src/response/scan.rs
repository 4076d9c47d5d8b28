//! The second reading of a JSON body: the envelope alone, whatever the data is.

use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::envelope::{KnownKey, Noted};
use crate::{Code, ErrorCode};

/// What the envelope says.
pub(super) struct Scan<C> {
    pub(super) has_response: bool,
    /// Code and message.
    pub(super) failure: Option<(Code<C>, Box<str>)>,
}

/// Reads JSON for the envelope; the error is a rule of JSON or of the envelope that the body breaks.
pub(super) fn scan<C: ErrorCode>(json: &[u8]) -> serde_json::Result<Scan<C>> {
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
        let mut noted = Noted::new();
        noted.read_rest(&mut map)?;
        Ok(noted.failure)
    }
}
