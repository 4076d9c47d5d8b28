//! Scalars: the keys of any format, and the values of the envelope.

#![expect(clippy::inline_always, reason = "a conversion is free where the variant of its scalar is a constant")]

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::envelope::known::KnownKey;

/// A value that is neither an array nor an object, borrowed from the input if possible.
pub(super) enum Scalar<'de> {
    Text(Cow<'de, str>),
    Bytes(Cow<'de, [u8]>),
    Bool(bool),
    U64(u64),
    I64(i64),
    // In a box, so that a scalar stays small.
    U128(Box<u128>),
    I128(Box<i128>),
    F64(f64),
    Null,
}

impl<'de> Scalar<'de> {
    /// Returns the known key with this name.
    #[inline]
    pub(super) fn as_key(&self) -> KnownKey {
        match self {
            Self::Text(key) => KnownKey::from_bytes(key.as_bytes()),
            Self::Bytes(key) => KnownKey::from_bytes(key),
            _ => KnownKey::Other,
        }
    }

    #[inline]
    pub(super) fn visit<V: Visitor<'de>, E: Error>(self, visitor: V) -> Result<V::Value, E> {
        match self {
            Self::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Bytes(Cow::Borrowed(bytes)) => visitor.visit_borrowed_bytes(bytes),
            Self::Bytes(Cow::Owned(bytes)) => visitor.visit_byte_buf(bytes),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::U64(number) => visitor.visit_u64(number),
            Self::U128(number) => visitor.visit_u128(*number),
            Self::I64(number) => visitor.visit_i64(number),
            Self::I128(number) => visitor.visit_i128(*number),
            Self::F64(number) => visitor.visit_f64(number),
            Self::Null => visitor.visit_unit(),
        }
    }

    /// Returns the description in an error.
    pub(super) fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Text(text) => Unexpected::Str(text),
            Self::Bytes(bytes) => Unexpected::Bytes(bytes),
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::U64(number) => Unexpected::Unsigned(*number),
            Self::I64(number) => Unexpected::Signed(*number),
            // Not the value, which may be a replacement of `1e999`.
            Self::U128(_) | Self::I128(_) | Self::F64(_) => Unexpected::Other("number"),
            Self::Null => Unexpected::Unit,
        }
    }
}

/// A reader of a scalar, which rejects other values by default.
pub(super) trait ReadScalar<'de>: Sized {
    type Value;

    const EXPECTED: &'static str;

    fn scalar<E: Error>(self, scalar: Scalar<'de>) -> Result<Self::Value, E>;

    fn seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Seq, &Self::EXPECTED))
    }

    fn map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Map, &Self::EXPECTED))
    }

    fn variant<A: EnumAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Enum, &Self::EXPECTED))
    }
}

/// The seed and visitor of a [`ReadScalar`].
pub(super) struct ScalarSeed<R>(pub(super) R);

impl<'de, R: ReadScalar<'de>> DeserializeSeed<'de> for ScalarSeed<R> {
    type Value = R::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Value, D::Error> {
        // Not `deserialize_identifier`, because CBOR has number keys: `{1: "a"}`.
        deserializer.deserialize_any(self)
    }
}

/// Defines visitor methods that pass on a scalar.
macro_rules! visit_scalar {
    ($($method:ident $type:ty, $variant:ident;)*) => {$(
        #[inline]
        fn $method<E: Error>(self, value: $type) -> Result<R::Value, E> {
            self.0.scalar(Scalar::$variant(value.into()))
        }
    )*};
}

impl<'de, R: ReadScalar<'de>> Visitor<'de> for ScalarSeed<R> {
    type Value = R::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(R::EXPECTED)
    }

    visit_scalar! {
        visit_borrowed_str &'de str, Text;
        visit_string String, Text;
        visit_borrowed_bytes &'de [u8], Bytes;
        visit_byte_buf Vec<u8>, Bytes;
        visit_bool bool, Bool;
        visit_u64 u64, U64;
        visit_u128 u128, U128;
        visit_i64 i64, I64;
        visit_i128 i128, I128;
        visit_f64 f64, F64;
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<R::Value, E> {
        self.visit_string(text.into())
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<R::Value, E> {
        self.visit_byte_buf(bytes.into())
    }

    fn visit_none<E: Error>(self) -> Result<R::Value, E> {
        self.0.scalar(Scalar::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<R::Value, E> {
        self.0.scalar(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<R::Value, A::Error> {
        self.0.seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<R::Value, A::Error> {
        self.0.map(map)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<R::Value, A::Error> {
        self.0.variant(data)
    }
}

/// A reader of any key.
pub(super) struct AnyKey;

impl<'de> ReadScalar<'de> for AnyKey {
    type Value = Scalar<'de>;
    const EXPECTED: &'static str = "a key";

    #[inline(always)]
    fn scalar<E>(self, key: Scalar<'de>) -> Result<Scalar<'de>, E> {
        Ok(key)
    }
}

/// A reader of a key that `T` does not receive.
pub(super) struct EnvelopeKey;

impl<'de> ReadScalar<'de> for EnvelopeKey {
    type Value = KnownKey;
    const EXPECTED: &'static str = AnyKey::EXPECTED;

    #[inline(always)]
    fn scalar<E>(self, key: Scalar<'de>) -> Result<KnownKey, E> {
        Ok(key.as_key())
    }
}

/// A seed that reads a key as bytes, which `serde_json` does not validate: `{"\ud83d": 1}`.
pub(super) struct BytesKey;

impl<'de> DeserializeSeed<'de> for BytesKey {
    type Value = KnownKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<KnownKey, D::Error> {
        deserializer.deserialize_bytes(ScalarSeed(EnvelopeKey))
    }
}
