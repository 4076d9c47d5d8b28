//! The values of the envelope: `Error`, `Code`, and texts such as `RequestId`.

#![expect(clippy::inline_always, reason = "a conversion is free where the variant of its scalar is a constant")]

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::ToString as _;
use core::marker::PhantomData;

use serde_core::de::{EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::code::Code;
use crate::envelope::de::received::number_of;
use crate::envelope::de::scalar::{EnvelopeKey, ReadScalar, Scalar, ScalarSeed};
use crate::envelope::known::KnownKey;
use crate::error_code::ErrorCode;

/// A reader of `Error` as code and message, or `None`.
///
/// `null`, `{}` and `{"Code": "", "Message": ""}` are `None`.
pub(super) struct FailureOrNone<C>(pub(super) PhantomData<C>);

impl<'de, C: ErrorCode> ReadScalar<'de> for FailureOrNone<C> {
    type Value = Option<(Code<C>, Box<str>)>;
    const EXPECTED: &'static str = "an object with `Code` and `Message` as `Error`, or null";

    fn scalar<E: Error>(self, scalar: Scalar<'de>) -> Result<Self::Value, E> {
        match scalar {
            Scalar::Null => Ok(None),
            other => Err(E::invalid_type(other.unexpected(), &Self::EXPECTED)),
        }
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut code = None;
        let mut message = None;
        let mut is_number = false;
        while let Some(key) = map.next_key_seed(ScalarSeed(EnvelopeKey))? {
            match key {
                KnownKey::Code if code.is_some() => return Err(A::Error::duplicate_field("Code")),
                KnownKey::Code => code = Some(map.next_value_seed(ScalarSeed(CodeOrNone(PhantomData)))?),
                KnownKey::Message if message.is_some() => return Err(A::Error::duplicate_field("Message")),
                KnownKey::Message => message = Some(map.next_value_seed(ScalarSeed(TextOrNone))?),
                KnownKey::Number => {
                    is_number = true;
                    map.next_value::<IgnoredAny>()?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match (code.flatten(), message.flatten()) {
            (Some(code), message) => Ok(Some((code, message.unwrap_or_default()))),
            (None, Some(_)) => Err(A::Error::custom("`Error` has a `Message`, but its `Code` is missing or empty")),
            // `1.5` with feature `arbitrary_precision`, as in `number_of`.
            (None, None) if is_number => Err(A::Error::invalid_type(Unexpected::Other("number"), &Self::EXPECTED)),
            (None, None) => Ok(None),
        }
    }
}

const NOT_64_BIT: Unexpected<'_> = Unexpected::Other("number that is not a 64-bit integer");

/// A reader of `Code`, or `None`. An integer is read as its text.
struct CodeOrNone<C>(PhantomData<C>);

impl<'de, C: ErrorCode> ReadScalar<'de> for CodeOrNone<C> {
    type Value = Option<Code<C>>;
    const EXPECTED: &'static str = "a string as `Code`";

    #[inline(always)]
    fn scalar<E: Error>(self, scalar: Scalar<'de>) -> Result<Self::Value, E> {
        Ok(Some(match scalar {
            Scalar::Null => return Ok(None),
            Scalar::Text(code) if code.is_empty() => return Ok(None),
            Scalar::Text(Cow::Borrowed(code)) => code.into(),
            Scalar::Text(Cow::Owned(code)) => code.into(),
            Scalar::U64(code) => code.to_string().into(),
            Scalar::I64(code) => code.to_string().into(),
            Scalar::U128(code) => code.to_string().into(),
            Scalar::I128(code) => code.to_string().into(),
            Scalar::F64(_) => return Err(E::invalid_type(NOT_64_BIT, &Self::EXPECTED)),
            other => return Err(E::invalid_type(other.unexpected(), &Self::EXPECTED)),
        }))
    }

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let unexpected = match number_of(map)? {
            Some(number) if is_64_bit_integer(&number) => return Ok(Some(number.into())),
            Some(_) => NOT_64_BIT,
            None => Unexpected::Map,
        };
        Err(A::Error::invalid_type(unexpected, &Self::EXPECTED))
    }
}

/// A reader of a string. An empty string and other types are `None`.
pub(super) struct TextOrNone;

impl<'de> ReadScalar<'de> for TextOrNone {
    type Value = Option<Box<str>>;
    const EXPECTED: &'static str = "any value";

    #[inline(always)]
    fn scalar<E>(self, scalar: Scalar<'de>) -> Result<Self::Value, E> {
        Ok(match scalar {
            Scalar::Text(text) if !text.is_empty() => Some(text.into()),
            _ => None,
        })
    }

    fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| None)
    }

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(map).map(|_| None)
    }

    fn variant<A: EnumAccess<'de>>(self, data: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_enum(data).map(|_| None)
    }
}

/// Returns whether a number is an integer from `i64::MIN` to `u64::MAX`. `serde_json` reads `-0` as
/// a float.
fn is_64_bit_integer(number: &str) -> bool {
    let integer: i128 = number.parse().unwrap_or(i128::MAX);
    (i64::MIN.into()..=u64::MAX.into()).contains(&integer) && integer.to_string() == number
}
