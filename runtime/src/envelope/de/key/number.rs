//! Numbers that `serde_json` represents as maps.

use alloc::borrow::Cow;
use alloc::string::String;

use serde_core::de::value::MapAccessDeserializer;
use serde_core::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;

use crate::envelope::de::key::known::KnownKey;
use crate::envelope::de::key::text::{Text, TextKey};

/// Reads the number that a map represents; `None` for any other map.
///
/// With feature `arbitrary_precision`, `serde_json` reads `4400` as the map
/// `{"$serde_json::private::Number": "4400"}`.
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

/// The deserializer of a map, which may represent a number; see [`number_of`].
pub(crate) struct MapOrNumber<A>(pub(crate) A);

/// Defines methods that parse the number which the map represents.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
            match number_of(self.0)? {
                Some(number) => TextKey::new(Text::Kept(Cow::Owned(number))).$method(visitor),
                None => Err(A::Error::invalid_type(Unexpected::Map, &visitor)),
            }
        }
    )*};
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for MapOrNumber<A> {
    type Error = A::Error;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self.0)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_enum(MapAccessDeserializer::new(self.0))
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct
        map struct identifier ignored_any
    }
}
