//! Keys and values that were read before `T` asked for them.

use alloc::borrow::Cow;
use alloc::string::String;
use core::iter::Empty;
use core::str::FromStr;

use serde_core::de::value::{CowStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde_core::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;

use crate::envelope::de::scalar::{EnvelopeKey, Scalar, ScalarSeed};
use crate::envelope::known::KnownKey;

/// The deserializer of a key or value that a visitor has received.
pub(super) enum Received<'de, S, M> {
    /// A key. Its text may represent a number or a bool: `{"1": …}` for `HashMap<u8, _>`.
    Key(Scalar<'de>),
    Scalar(Scalar<'de>),
    Seq(S),
    /// An object, or a number; see [`number_of`].
    Map(M),
}

/// The type of the arrays where there is none.
pub(super) type NoSeq<E> = SeqDeserializer<Empty<()>, E>;
/// The type of the objects where there is none.
pub(super) type NoMap<'de, E> = MapDeserializer<'de, Empty<((), ())>, E>;

/// Reads the number that a map represents; `None` for any other map.
///
/// With feature `arbitrary_precision`, `serde_json` reads `4400` as the map
/// `{"$serde_json::private::Number": "4400"}`.
pub(super) fn number_of<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<String>, A::Error> {
    match map.next_key_seed(ScalarSeed(EnvelopeKey))? {
        Some(KnownKey::Number) => map.next_value().map(Some),
        Some(_) => {
            map.next_value::<IgnoredAny>()?;
            IgnoredAny.visit_map(map).map(|_| None)
        }
        None => Ok(None),
    }
}

/// Parses a number. Rejects `+7`, `007` and `inf`, which `FromStr` accepts.
fn number<N: FromStr>(text: &str) -> Option<N> {
    let is_json = match text.strip_prefix('-').unwrap_or(text).as_bytes() {
        [b'0', second, ..] => !second.is_ascii_digit(),
        [first, ..] => first.is_ascii_digit(),
        [] => false,
    };
    if is_json { text.parse().ok() } else { None }
}

fn float(text: &str) -> Option<f64> {
    number(text).filter(|number: &f64| number.is_finite())
}

fn boolean(text: &str) -> Option<bool> {
    text.parse().ok()
}

/// Defines methods that parse the text of a key or a number.
macro_rules! parse {
    ($parse:ident: $($method:ident $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, M::Error> {
            let text = match self {
                Self::Key(Scalar::Text(text)) => text,
                Self::Map(map) => match number_of(map)? {
                    Some(number) => number.into(),
                    None => return Err(M::Error::invalid_type(Unexpected::Map, &visitor)),
                },
                other => return other.deserialize_any(visitor),
            };
            match $parse(&text) {
                Some(value) => visitor.$visit(value),
                None => Err(M::Error::invalid_value(Unexpected::Str(&text), &visitor)),
            }
        }
    )*};
}

impl<'de, M, S> Deserializer<'de> for Received<'de, S, M>
where
    M: MapAccess<'de>,
    S: SeqAccess<'de, Error = M::Error>,
{
    type Error = M::Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, M::Error> {
        match self {
            Self::Key(scalar) | Self::Scalar(scalar) => scalar.visit(visitor),
            Self::Seq(seq) => visitor.visit_seq(seq),
            Self::Map(map) => visitor.visit_map(map),
        }
    }

    parse! { boolean: deserialize_bool visit_bool, }
    parse! { float: deserialize_f32 visit_f64, deserialize_f64 visit_f64, }
    parse! {
        number:
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_i128 visit_i128, deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32,
        deserialize_u64 visit_u64, deserialize_u128 visit_u128,
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, M::Error> {
        match self {
            Self::Key(Scalar::Text(Cow::Borrowed(key))) => visitor.visit_borrowed_bytes(key.as_bytes()),
            Self::Key(Scalar::Text(Cow::Owned(key))) => visitor.visit_byte_buf(key.into_bytes()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, M::Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, M::Error> {
        match self {
            Self::Key(Scalar::Null) | Self::Scalar(Scalar::Null) => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, M::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, M::Error> {
        match self {
            Self::Key(Scalar::Text(text)) | Self::Scalar(Scalar::Text(text)) => {
                visitor.visit_enum(CowStrDeserializer::new(text))
            }
            Self::Map(map) => visitor.visit_enum(MapAccessDeserializer::new(map)),
            other => other.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
