//! The keys beside `Response`.

use core::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};

/// A key of the outermost object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TopKey {
    Response,
    RequestId,
    /// `code` of the legacy form.
    Code,
    /// `codeDesc` of the legacy form.
    CodeDesc,
    /// `message` of the legacy form.
    Message,
    Other,
}

impl<'de> Deserialize<'de> for TopKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TopKeyVisitor)
    }
}

struct TopKeyVisitor;

impl Visitor<'_> for TopKeyVisitor {
    type Value = TopKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<TopKey, E> {
        self.visit_bytes(key.as_bytes())
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<TopKey, E> {
        Ok(match key {
            b"Response" => TopKey::Response,
            b"RequestId" => TopKey::RequestId,
            b"code" => TopKey::Code,
            b"codeDesc" => TopKey::CodeDesc,
            b"message" => TopKey::Message,
            _ => TopKey::Other,
        })
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<TopKey, E> {
        Ok(TopKey::Other)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<TopKey, E> {
        Ok(TopKey::Other)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<TopKey, E> {
        Ok(TopKey::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<TopKey, E> {
        Ok(TopKey::Other)
    }
}
