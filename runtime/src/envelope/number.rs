//! A number as `serde_json` hands it over with `arbitrary_precision`, which any crate of a build can turn on.

use alloc::string::String;

use serde_core::de::{IgnoredAny, MapAccess, Visitor};

use super::known_key::KnownKey;

/// Reads a map: the text of the number that it stands for; `None` for any other map, which is skipped.
///
/// Without that feature a body can hold such a map itself, and it is taken for the number that it pretends to be.
pub(crate) fn number_of<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<String>, A::Error> {
    match map.next_key()? {
        Some(KnownKey::Number) => map.next_value().map(Some),
        Some(_) => {
            map.next_value::<IgnoredAny>()?;
            IgnoredAny.visit_map(map).map(|_| None)
        }
        None => Ok(None),
    }
}

/// Whether a text is a whole number.
pub(crate) fn is_whole(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
