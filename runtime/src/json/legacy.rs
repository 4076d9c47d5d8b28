//! The legacy form of a response: `{"code": 4400, "codeDesc": "…", "message": "…"}`.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::code::Code;
use crate::envelope::de::key::known::KnownKey;
use crate::envelope::de::value::{TextOrNone, number_of};
use crate::error_code::ErrorCode;

/// A response without `Response`.
pub(super) enum Legacy<C> {
    /// A failure: code and message.
    Failure(Code<C>, Box<str>),
    /// A success: `code` is 0.
    Success,
    /// Neither. `{"code": 4400}` alone may be from another program.
    Neither,
}

/// Reads a response without `Response`.
pub(super) fn read<C: ErrorCode>(json: &[u8]) -> Legacy<C> {
    let keys = serde_json::from_slice::<LegacyKeys>(json).unwrap_or_default();
    let code = match (keys.code, keys.description) {
        (Some(LegacyCode::Zero), _) => return Legacy::Success,
        (_, Some(description)) => description,
        (Some(LegacyCode::Text(code)), None) => code,
        _ => return Legacy::Neither,
    };
    Legacy::Failure(Code::from(String::from(code)), keys.message.unwrap_or_default())
}

#[derive(Default)]
struct LegacyKeys {
    code: Option<LegacyCode>,
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
        Ok(LegacyKeys { code, description: description.flatten(), message: message.flatten() })
    }
}

/// `code` of the legacy form.
enum LegacyCode {
    /// 0 or "0": a success.
    Zero,
    /// Another string that is not empty.
    Text(Box<str>),
    /// Any other value.
    Other,
}

impl<'de> Deserialize<'de> for LegacyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LegacyCodeVisitor)
    }
}

struct LegacyCodeVisitor;

impl<'de> Visitor<'de> for LegacyCodeVisitor {
    type Value = LegacyCode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, code: &str) -> Result<LegacyCode, E> {
        Ok(match code {
            "0" => LegacyCode::Zero,
            "" => LegacyCode::Other,
            _ => LegacyCode::Text(code.into()),
        })
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<LegacyCode, E> {
        Ok(LegacyCode::Other)
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<LegacyCode, E> {
        Ok(if code == 0 { LegacyCode::Zero } else { LegacyCode::Other })
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<LegacyCode, E> {
        Ok(LegacyCode::Other)
    }

    fn visit_f64<E: Error>(self, code: f64) -> Result<LegacyCode, E> {
        Ok(if code == 0.0 { LegacyCode::Zero } else { LegacyCode::Other })
    }

    fn visit_unit<E: Error>(self) -> Result<LegacyCode, E> {
        Ok(LegacyCode::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<LegacyCode, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| LegacyCode::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LegacyCode, A::Error> {
        let number = number_of(map)?.and_then(|number| number.parse().ok());
        number.map_or(Ok(LegacyCode::Other), |number: f64| self.visit_f64(number))
    }
}
