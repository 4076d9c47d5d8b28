//! Serialization of the keys of `T` into the `Response` object.

use serde_core::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::envelope::ser::probe::{KnownText, Shape, known_text, shape_of};

/// A serializer that writes the keys of a struct or a map into another map.
pub(super) struct FlattenSerializer<'a, M> {
    pub(super) map: &'a mut M,
    /// Set if `T` writes `RequestId`.
    pub(super) wrote_request_id: &'a mut bool,
    pub(super) human_readable: bool,
}

impl<M: SerializeMap> FlattenSerializer<'_, M> {
    /// Returns whether to write an entry, and rejects an `Error` that would be read as a failure.
    ///
    /// A null `RequestId` is left to the envelope.
    fn accepts<T: Serialize + ?Sized>(&mut self, key: KnownText, value: &T) -> Result<bool, M::Error> {
        match key {
            KnownText::RequestId if shape_of(value, self.human_readable) == Shape::Null => return Ok(false),
            KnownText::RequestId => *self.wrote_request_id = true,
            KnownText::Error => match shape_of(value, self.human_readable) {
                Shape::Null | Shape::Object { fails: false } => {}
                _ => return Err(M::Error::custom("the data contains an `Error` that would be read as a failure")),
            },
            _ => {}
        }
        Ok(true)
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        if self.accepts(known_text(key), value)? { self.map.serialize_entry(key, value) } else { Ok(()) }
    }
}

fn reject<T, E: Error>(found: &str) -> Result<T, E> {
    Err(E::custom(format_args!("the data of a response must be a struct or a map, found {found}")))
}

/// Defines methods for types that are not objects.
macro_rules! reject {
    ($($method:ident $type:ty, $found:literal;)*) => {$(
        fn $method(self, _: $type) -> Result<(), M::Error> {
            reject($found)
        }
    )*};
}

impl<'a, M: SerializeMap> Serializer for FlattenSerializer<'a, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeSeq = Impossible<(), M::Error>;
    type SerializeTuple = Impossible<(), M::Error>;
    type SerializeTupleStruct = Impossible<(), M::Error>;
    type SerializeTupleVariant = Impossible<(), M::Error>;
    type SerializeMap = FlattenMap<'a, M>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), M::Error>;

    reject! {
        serialize_bool bool, "a bool";
        serialize_i8 i8, "a number";
        serialize_i16 i16, "a number";
        serialize_i32 i32, "a number";
        serialize_i64 i64, "a number";
        serialize_i128 i128, "a number";
        serialize_u8 u8, "a number";
        serialize_u16 u16, "a number";
        serialize_u32 u32, "a number";
        serialize_u64 u64, "a number";
        serialize_u128 u128, "a number";
        serialize_f32 f32, "a number";
        serialize_f64 f64, "a number";
        serialize_char char, "a string";
        serialize_str &str, "a string";
        serialize_bytes &[u8], "bytes";
    }

    fn is_human_readable(&self) -> bool {
        self.human_readable
    }

    fn serialize_none(self) -> Result<(), M::Error> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), M::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), M::Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), M::Error> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), M::Error> {
        reject("a unit variant")
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.entry(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, M::Error> {
        reject("a sequence")
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, M::Error> {
        reject("a tuple")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, M::Error> {
        reject("a tuple struct")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, M::Error> {
        reject("a tuple variant")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<FlattenMap<'a, M>, M::Error> {
        Ok(FlattenMap { flatten: self, key: KnownText::Other })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, M::Error> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, M::Error> {
        reject("a struct variant (use a newtype variant of a struct)")
    }
}

impl<M: SerializeMap> SerializeStruct for FlattenSerializer<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.entry(key, value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// A serializer of the entries of a map.
pub(super) struct FlattenMap<'a, M> {
    flatten: FlattenSerializer<'a, M>,
    key: KnownText,
}

impl<M: SerializeMap> FlattenMap<'_, M> {
    fn known_text<K: Serialize + ?Sized>(&self, key: &K) -> KnownText {
        match shape_of(key, self.flatten.human_readable) {
            Shape::Text(text) => text,
            _ => KnownText::Other,
        }
    }
}

impl<M: SerializeMap> SerializeMap for FlattenMap<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), M::Error> {
        self.key = self.known_text(key);
        // `serialize_value` decides whether to write `RequestId`.
        if self.key == KnownText::RequestId { Ok(()) } else { self.flatten.map.serialize_key(key) }
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), M::Error> {
        match self.key {
            KnownText::RequestId => self.flatten.entry("RequestId", value),
            key => {
                self.flatten.accepts(key, value)?;
                self.flatten.map.serialize_value(value)
            }
        }
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}
