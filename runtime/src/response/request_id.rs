//! The request id of a body, whatever else is wrong with it.

use alloc::boxed::Box;
use core::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::envelope::{TextOrNone, TopKey};

/// Finds the request id, that of `Response` first, as far as the body is JSON.
pub(super) fn find(json: &[u8]) -> Option<Box<str>> {
    let mut ids = RequestIds { depth: 0, beside: None, inside: None };
    // From bytes: text that is not UTF-8 stops the search only where a key is read. An error ends it: what was found counts.
    let _ = Object(&mut ids).deserialize(&mut serde_json::Deserializer::from_slice(json));
    ids.inside.or(ids.beside)
}

struct RequestIds {
    depth: usize,
    beside: Option<Box<str>>,
    inside: Option<Box<str>>,
}

/// The body, or the value of `Response`.
struct Object<'a>(&'a mut RequestIds);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            match (key, self.0.depth) {
                (TopKey::RequestId, depth) => {
                    let id = map.next_value_seed(TextOrNone)?;
                    let found = if depth == 0 { &mut self.0.beside } else { &mut self.0.inside };
                    *found = found.take().or(id);
                }
                (TopKey::Response, 0) => {
                    self.0.depth = 1;
                    map.next_value_seed(Object(self.0))?;
                    self.0.depth = 0;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| ())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
