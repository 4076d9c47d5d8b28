//! The values of the envelope: `Error`, `Code`, and texts such as `RequestId`.

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use crate::code::Code;
use crate::envelope::de::key::known::KnownKey;
use crate::envelope::de::key::number::number_of;
use crate::error_code::ErrorCode;

/// Defines visitor methods that return `None`.
macro_rules! visit_as_none {
    ($($method:ident $($type:ty)?,)*) => {$(
        fn $method<E: Error>(self $(, _: $type)?) -> Result<Self::Value, E> {
            Ok(None)
        }
    )*};
}

/// A seed that reads `Error` as code and message, or `None`.
///
/// `null`, `{}` and `{"Code": "", "Message": ""}` are `None`.
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

    visit_as_none! { visit_none, visit_unit, }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::invalid_type(Unexpected::Other("number"), &self))
    }

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
                // `1.5` with feature `arbitrary_precision`, as in `number_of`.
                KnownKey::Number => return Err(A::Error::invalid_type(Unexpected::Other("number"), &self)),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match (code.flatten(), message.flatten()) {
            (Some(code), message) => Ok(Some((code, message.unwrap_or_default()))),
            (None, Some(_)) => Err(A::Error::custom("`Error` has a `Message`, but its `Code` is missing or empty")),
            (None, None) => Ok(None),
        }
    }
}

/// A seed that reads `Code`, or `None`. An integer is read as its text.
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

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::invalid_type(Unexpected::Other("fraction"), &self))
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

    visit_as_none! { visit_none, visit_unit, }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        match number_of(map)? {
            Some(number) if is_integer(&number) => Ok(Some(number.into())),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Other("fraction"), &self)),
            None => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// A seed that reads a string. An empty string and other types are `None`.
pub(crate) struct TextOrNone;

impl<'de> DeserializeSeed<'de> for TextOrNone {
    type Value = Option<Box<str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextOrNone {
    type Value = Option<Box<str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text).filter(|text| !text.is_empty()).map(Box::from))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text).filter(|text| !text.is_empty()).map(String::into_boxed_str))
    }

    visit_as_none! {
        visit_bool bool, visit_i64 i64, visit_i128 i128, visit_u64 u64, visit_u128 u128, visit_f64 f64, visit_bytes &[u8],
        visit_none, visit_unit,
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(map).map(|_| None)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_enum(data).map(|_| None)
    }
}

/// Returns whether a text is an integer.
fn is_integer(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
