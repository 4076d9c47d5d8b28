//! Serialization of the keys of `T` into the `Response` object.

use serde_core::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::envelope::known::KnownKey;
use crate::envelope::ser::probe::{Shape, probe};

/// The `RequestId` that `T` writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DataId {
    /// None, or an empty string.
    Missing,
    Null,
    Written,
}

/// A serializer that writes the keys of a struct or a map into another map.
pub(super) struct FlattenSerializer<'a, M> {
    pub(super) map: &'a mut M,
    pub(super) data_id: &'a mut DataId,
    pub(super) human_readable: bool,
}

impl<M: SerializeMap> FlattenSerializer<'_, M> {
    /// Writes an entry whose key the envelope reserves.
    fn reserved<T: Serialize + ?Sized>(&mut self, key: KnownKey, value: &T) -> Result<(), M::Error> {
        match (key, probe(value, self.human_readable)) {
            (KnownKey::Error, Shape::Null) => {}
            (KnownKey::Error, _) => {
                return Err(M::Error::custom("the data of a response contains an `Error` that is not null"));
            }
            (_, Shape::Null) if *self.data_id == DataId::Missing => *self.data_id = DataId::Null,
            (_, Shape::Null | Shape::Empty) => {}
            // A field, and an entry of a `#[serde(flatten)]` map.
            (_, _) if *self.data_id == DataId::Written => {
                return Err(M::Error::custom("the data of a response contains `RequestId` twice"));
            }
            (_, _) => {
                *self.data_id = DataId::Written;
                self.map.serialize_entry("RequestId", value)?;
            }
        }
        Ok(())
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
        self.serialize_field(variant, value)
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
        Ok(FlattenMap { flatten: self, key: KnownKey::Other })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, M::Error> {
        match name {
            "$serde_json::private::RawValue" => reject("a `RawValue`"),
            "$serde_json::private::Number" => reject("a number"),
            _ => Ok(self),
        }
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
        let known = KnownKey::from_bytes(key.as_bytes());
        if known.is_reserved() { self.reserved(known, value) } else { self.map.serialize_entry(key, value) }
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// A serializer of the entries of a map.
pub(super) struct FlattenMap<'a, M> {
    flatten: FlattenSerializer<'a, M>,
    /// The current key.
    key: KnownKey,
}

impl<M: SerializeMap> SerializeMap for FlattenMap<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), M::Error> {
        self.key = match probe(key, self.flatten.human_readable) {
            Shape::Text(key) => key,
            _ => KnownKey::Other,
        };
        // `serialize_value` decides whether to write a reserved key.
        if self.key.is_reserved() { Ok(()) } else { self.flatten.map.serialize_key(key) }
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), M::Error> {
        if self.key.is_reserved() {
            self.flatten.reserved(self.key, value)
        } else {
            self.flatten.map.serialize_value(value)
        }
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}
