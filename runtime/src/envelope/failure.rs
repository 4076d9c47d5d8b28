//! The value of `Error`: a failure, none, or a broken envelope.

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor};

use super::absent::absent;
use super::known_key::KnownKey;
use super::number::{is_whole, number_of};
use super::request_id::TextOrNone;
use crate::{Code, ErrorCode};

/// Reads `Error`: code and message of a failure; none for null, `{}`, or no code and no words.
pub(super) struct FailureOrNone<C>(PhantomData<C>);

impl<C> FailureOrNone<C> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, C: ErrorCode> DeserializeSeed<'de> for FailureOrNone<C> {
    type Value = Option<(Code<C>, Box<str>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, C: ErrorCode> Visitor<'de> for FailureOrNone<C> {
    type Value = Option<(Code<C>, Box<str>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `Code` and `Message` as `Error`, or null")
    }

    absent! { visit_none, visit_unit, }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut code = None;
        let mut message = None;
        while let Some(key) = map.next_key()? {
            match key {
                KnownKey::Code if code.is_some() => return Err(A::Error::duplicate_field("Code")),
                KnownKey::Code => code = Some(map.next_value_seed(CodeOrNone(PhantomData))?),
                KnownKey::Message if message.is_some() => return Err(A::Error::duplicate_field("Message")),
                KnownKey::Message => message = Some(map.next_value_seed(TextOrNone)?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match (code.flatten(), message.flatten()) {
            (Some(code), message) => Ok(Some((code, message.unwrap_or_default()))),
            (None, Some(_)) => Err(A::Error::custom("`Error` has a `Message` but no `Code`")),
            (None, None) => Ok(None),
        }
    }
}

/// Reads `Code`: a known one without a copy of its text; a whole number as its text.
struct CodeOrNone<C>(PhantomData<C>);

impl<'de, C: ErrorCode> DeserializeSeed<'de> for CodeOrNone<C> {
    type Value = Option<Code<C>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, C: ErrorCode> Visitor<'de> for CodeOrNone<C> {
    type Value = Option<Code<C>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string as `Code`")
    }

    fn visit_str<E: Error>(self, code: &str) -> Result<Self::Value, E> {
        Ok(Some(code).filter(|code| !code.is_empty()).map(Code::from))
    }

    fn visit_string<E: Error>(self, code: String) -> Result<Self::Value, E> {
        Ok(Some(code).filter(|code| !code.is_empty()).map(Code::from))
    }

    fn visit_i64<E: Error>(self, code: i64) -> Result<Self::Value, E> {
        Ok(Some(code.to_string().into()))
    }

    fn visit_i128<E: Error>(self, code: i128) -> Result<Self::Value, E> {
        Ok(Some(code.to_string().into()))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<Self::Value, E> {
        Ok(Some(code.to_string().into()))
    }

    fn visit_u128<E: Error>(self, code: u128) -> Result<Self::Value, E> {
        Ok(Some(code.to_string().into()))
    }

    absent! { visit_none, visit_unit, }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        match number_of(map)? {
            Some(number) if is_whole(&number) => Ok(Some(number.into())),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Other("fraction"), &self)),
            None => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}
