//! The legacy form of a response: `{"code": 4400, "codeDesc": "…", "message": "…"}`.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::code::Code;
use crate::envelope::de::key::known::KnownKey;
use crate::envelope::de::value::{TextOrNone, number_of};
use crate::error_code::ErrorCode;

/// Reads the failure in a body without `Response`.
///
/// `{"code": "SUCCESS", "data": {}}` is another service's success, so only `codeDesc` is a code.
pub(super) fn read<C: ErrorCode>(json: &[u8]) -> Option<(Code<C>, Box<str>)> {
    let keys: LegacyKeys = serde_json::from_slice(json).ok()?;
    let description = keys.description.filter(|_| !keys.is_success)?;
    Some((Code::from(String::from(description)), keys.message.unwrap_or_default()))
}

struct LegacyKeys {
    is_success: bool,
    description: Option<Box<str>>,
    message: Option<Box<str>>,
}

impl<'de> Deserialize<'de> for LegacyKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LegacyKeysVisitor)
    }
}

struct LegacyKeysVisitor;

impl<'de> Visitor<'de> for LegacyKeysVisitor {
    type Value = LegacyKeys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LegacyKeys, A::Error> {
        let (mut code, mut description, mut message) = (None, None, None);
        while let Some(key) = map.next_key()? {
            // `{"code": "X", "code": "Y"}` is ambiguous.
            let is_duplicate = match key {
                KnownKey::LegacyCode => code.replace(map.next_value()?).is_some(),
                KnownKey::LegacyCodeDesc => description.replace(map.next_value_seed(TextOrNone)?).is_some(),
                KnownKey::LegacyMessage => message.replace(map.next_value_seed(TextOrNone)?).is_some(),
                _ => map.next_value::<IgnoredAny>().map(|_| false)?,
            };
            if is_duplicate {
                return Err(A::Error::custom("duplicate key"));
            }
        }
        let is_success = matches!(code, Some(IsZero(true)));
        Ok(LegacyKeys { is_success, description: description.flatten(), message: message.flatten() })
    }
}

/// Whether `code` is 0 or "0", as in `{"code": 0, "codeDesc": "Success"}`.
struct IsZero(bool);

impl<'de> Deserialize<'de> for IsZero {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IsZeroVisitor)
    }
}

struct IsZeroVisitor;

impl<'de> Visitor<'de> for IsZeroVisitor {
    type Value = IsZero;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, code: &str) -> Result<IsZero, E> {
        Ok(IsZero(code == "0"))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<IsZero, E> {
        Ok(IsZero(false))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<IsZero, E> {
        Ok(IsZero(code == 0))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<IsZero, E> {
        Ok(IsZero(false))
    }

    fn visit_f64<E: Error>(self, code: f64) -> Result<IsZero, E> {
        Ok(IsZero(code == 0.0))
    }

    fn visit_unit<E: Error>(self) -> Result<IsZero, E> {
        Ok(IsZero(false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<IsZero, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| IsZero(false))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<IsZero, A::Error> {
        let number = number_of(map)?.and_then(|number| number.parse().ok());
        number.map_or(Ok(IsZero(false)), |number: f64| self.visit_f64(number))
    }
}
