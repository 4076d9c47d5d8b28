//! The seed of a key.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Visitor};

/// A seed that reads a key.
pub(super) struct KeySeed {
    /// Whether a key may contain an unpaired surrogate, which `serde_json` reads as bytes only.
    pub(super) is_lenient: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.is_lenient { deserializer.deserialize_bytes(self) } else { deserializer.deserialize_str(self) }
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.into()))
    }

    fn visit_borrowed_bytes<E>(self, key: &'de [u8]) -> Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(key))
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(String::from_utf8_lossy(key).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, is_lenient: bool) -> Option<Cow<'_, str>> {
        KeySeed { is_lenient }.deserialize(&mut serde_json::Deserializer::from_str(json)).ok()
    }

    #[test]
    fn keys_are_unescaped() {
        for is_lenient in [false, true] {
            assert!(matches!(read(r#""é""#, is_lenient), Some(Cow::Borrowed("é"))));
            assert_eq!(read(r#""\u00e9\n""#, is_lenient).as_deref(), Some("é\n"));
            assert_eq!(read("1", is_lenient), None);
        }
    }

    #[test]
    fn only_a_lenient_seed_reads_unpaired_surrogates() {
        assert_eq!(read(r#""a\ud83d""#, false), None);
        let key = read(r#""a\ud83d""#, true).unwrap();
        assert!(key.starts_with("a\u{fffd}"), "{key}");
    }
}
