//! What T is read from: an object, whatever shape T has.

use serde_core::de::value::MapAccessDeserializer;
use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;

use super::data::Data;
use crate::ErrorCode;

macro_rules! refuse {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
            Err(no_object(&visitor))
        }
    )*};
}

/// What T is read from.
pub(super) struct DataDeserializer<'a, 'de, A, C> {
    pub(super) data: &'a mut Data<'de, A, C>,
    pub(super) human_readable: bool,
}

impl<'de, A: MapAccess<'de>, C: ErrorCode> Deserializer<'de> for DataDeserializer<'_, 'de, A, C> {
    type Error = A::Error;

    fn is_human_readable(&self) -> bool {
        self.human_readable
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self.data)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        if self.data.is_untouched() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, A::Error> {
        if name == "$serde_json::private::RawValue" {
            return Err(A::Error::custom("`RawValue` cannot hold the data of a response, `Value` or a struct can"));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        self.data.finish()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, A::Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_enum(MapAccessDeserializer::new(self.data))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, A::Error> {
        Err(no_object(&visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        Err(no_object(&visitor))
    }

    refuse! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier deserialize_seq
    }

    forward_to_deserialize_any! { map struct }
}

/// The data of a response is an object, and T wants something else.
fn no_object<'de, E: Error>(expected: &impl Visitor<'de>) -> E {
    E::invalid_type(Unexpected::Map, expected)
}
