//! Deserialization of a string key as a string, number, bool or variant.

use alloc::borrow::Cow;
use core::marker::PhantomData;
use core::str::FromStr;

use serde_core::de::value::{BorrowedStrDeserializer, StrDeserializer, StringDeserializer};
use serde_core::de::{Deserializer, Error, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;

/// The text of a key, borrowed if possible.
pub(super) enum Text<'de, 'k> {
    Kept(Cow<'de, str>),
    Ephemeral(&'k str),
}

impl<'de> Text<'de, '_> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Kept(text) => text,
            Self::Ephemeral(text) => text,
        }
    }

    fn visit<V: Visitor<'de>, E: Error>(self, visitor: V) -> Result<V::Value, E> {
        match self {
            Self::Kept(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Kept(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Ephemeral(text) => visitor.visit_str(text),
        }
    }
}

/// The deserializer of a string key, which may represent a number: `{"1": …}` for `HashMap<u8, _>`.
pub(super) struct TextKey<'de, 'k, E> {
    text: Text<'de, 'k>,
    error: PhantomData<E>,
}

impl<'de, 'k, E: Error> TextKey<'de, 'k, E> {
    pub(super) fn new(text: Text<'de, 'k>) -> Self {
        Self { text, error: PhantomData }
    }

    /// Parses the text as a number, by the grammar of JSON.
    fn number<N: FromStr>(&self, visitor: &impl Visitor<'de>) -> Result<N, E> {
        let text = self.text.as_str();
        is_json_number(text)
            .then(|| text.parse().ok())
            .flatten()
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), visitor))
    }
}

/// Returns whether a text starts like a JSON number. `FromStr` also accepts `+7`, `007` and `inf`.
fn is_json_number(text: &str) -> bool {
    match text.strip_prefix('-').unwrap_or(text).as_bytes() {
        [b'0', second, ..] => !second.is_ascii_digit(),
        [first, ..] => first.is_ascii_digit(),
        [] => false,
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            let number = self.number(&visitor)?;
            visitor.$visit(number)
        }
    )*};
}

impl<'de, E: Error> Deserializer<'de> for TextKey<'de, '_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.text.visit(visitor)
    }

    numbers! {
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_i128 visit_i128, deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32,
        deserialize_u64 visit_u64, deserialize_u128 visit_u128,
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        let number: f64 = self.number(&visitor)?;
        if !number.is_finite() {
            return Err(E::invalid_value(Unexpected::Str(self.text.as_str()), &visitor));
        }
        visitor.visit_f64(number)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.text.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            text => Err(E::invalid_type(Unexpected::Str(text), &visitor)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.text {
            Text::Kept(Cow::Borrowed(text)) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Text::Ephemeral(text) => visitor.visit_bytes(text.as_bytes()),
            Text::Kept(Cow::Owned(text)) => visitor.visit_byte_buf(text.into_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.text {
            Text::Kept(Cow::Borrowed(text)) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            Text::Ephemeral(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Text::Kept(Cow::Owned(text)) => visitor.visit_enum(StringDeserializer::new(text)),
        }
    }

    forward_to_deserialize_any! {
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
