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

impl<'a, M: SerializeMap> Serializer for FlattenSerializer<'a, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeMap = FlattenMap<'a, M>;
    type SerializeStruct = Self;

    unwrap_or_reject! {}

    reject! {
        serialize_str(&str), "a string";
        serialize_bytes(&[u8]), "bytes";
        serialize_unit_variant(&'static str, u32, &'static str), "a unit variant";
    }

    fn serialize_none(self) -> Result<(), M::Error> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), M::Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), M::Error> {
        Ok(())
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

    fn serialize_map(self, _: Option<usize>) -> Result<FlattenMap<'a, M>, M::Error> {
        Ok(FlattenMap { flatten: self, key: KnownKey::Other })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, M::Error> {
        match name {
            "$serde_json::private::RawValue" => Err(reject!("a `RawValue`")),
            "$serde_json::private::Number" => Err(reject!("a number")),
            _ => Ok(self),
        }
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
