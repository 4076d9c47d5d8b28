//! The deserializer of a key that was read before `T` asked for it.

use alloc::borrow::Cow;
use core::marker::PhantomData;
use core::str::FromStr;

use serde_core::de::value::CowStrDeserializer;
use serde_core::de::{Deserializer, Error, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;

/// A deserializer of a key. Reads what `serde_json` would read: `{"1": …}` for `HashMap<u8, _>`.
pub(super) struct KeyDeserializer<'de, E> {
    text: Cow<'de, str>,
    error: PhantomData<E>,
}

impl<'de, E> KeyDeserializer<'de, E> {
    #[inline]
    pub(super) fn new(text: Cow<'de, str>) -> Self {
        Self { text, error: PhantomData }
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
    // `f64::from_str` also reads `1.` and `1.e5`.
    number(text).filter(|_| serde_json::from_str::<f64>(text).is_ok())
}

fn boolean(text: &str) -> Option<bool> {
    text.parse().ok()
}

/// Defines methods that parse the text of a key.
macro_rules! parse {
    ($parse:ident: $($method:ident $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match $parse(&self.text) {
                Some(value) => visitor.$visit(value),
                None => Err(E::invalid_value(Unexpected::Str(&self.text), &visitor)),
            }
        }
    )*};
}

impl<'de, E: Error> Deserializer<'de> for KeyDeserializer<'de, E> {
    type Error = E;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
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

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.text {
            Cow::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Cow::Owned(text) => visitor.visit_byte_buf(text.into_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(CowStrDeserializer::new(self.text))
    }

    forward_to_deserialize_any! {
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
