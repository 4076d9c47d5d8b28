//! A number as `serde_json` hands it over with `arbitrary_precision`, which any crate of a build can turn on.

use alloc::string::String;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// Reads a map: the text of the number that it stands for; `None` for any other map, which is skipped.
pub(crate) fn number_of<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<String>, A::Error> {
    match map.next_key()? {
        Some(NumberToken(true)) => map.next_value().map(Some),
        Some(NumberToken(false)) => {
            map.next_value::<IgnoredAny>()?;
            IgnoredAny.visit_map(map).map(|_| None)
        }
        None => Ok(None),
    }
}

/// Whether a key is the one that stands for such a number.
struct NumberToken(bool);

impl<'de> Deserialize<'de> for NumberToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(TokenVisitor)
    }
}

struct TokenVisitor;

impl Visitor<'_> for TokenVisitor {
    type Value = NumberToken;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<NumberToken, E> {
        Ok(NumberToken(key == "$serde_json::private::Number"))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<NumberToken, E> {
        Ok(NumberToken(false))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<NumberToken, E> {
        Ok(NumberToken(false))
    }
}
