//! Serialization of the members of `T` into the object of a sample.

use alloc::borrow::ToOwned as _;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use errtable_spec::__private::Role;
use serde_core::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::envelope::ser::number::NUMBER;
use crate::envelope::ser::probe::{Scalar, probe};

/// The request ids that `T` writes, by key. An empty one does not count.
pub(super) type DataIds = BTreeMap<String, DataId>;

/// A request id that `T` writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DataId {
    Null,
    Written,
}

/// A serializer that writes the members of a struct or a map into another map.
pub(super) struct FlattenSerializer<'a, M> {
    pub(super) map: &'a mut M,
    pub(super) data_ids: &'a mut DataIds,
    /// Returns what the sample says about a member.
    pub(super) role: fn(&str) -> Role,
    pub(super) human_readable: bool,
}

impl<M: SerializeMap> FlattenSerializer<'_, M> {
    /// Writes an entry, unless the sample writes it.
    fn write_entry<T: Serialize + ?Sized>(&mut self, key: &str, role: Role, value: &T) -> Result<(), M::Error> {
        let is = |test: &dyn Fn(Scalar<'_>) -> bool| probe(value, self.human_readable, test);
        let is_null = || is(&|value| value == Scalar::Null);
        match role {
            Role::Unnamed => self.map.serialize_entry(key, value),
            Role::RequestId if is_null() => {
                self.data_ids.entry(key.to_owned()).or_insert(DataId::Null);
                Ok(())
            }
            Role::RequestId if is(&|value| value == Scalar::Text("")) => Ok(()),
            Role::RequestId => match self.data_ids.insert(key.to_owned(), DataId::Written) {
                // Written by a field and by an entry of a `#[serde(flatten)]` map.
                Some(DataId::Written) => {
                    Err(M::Error::custom(format!("the data of a response contains `{key}` twice")))
                }
                _ => self.map.serialize_entry(key, value),
            },
            Role::Constant(_) | Role::Other if is_null() => Ok(()),
            Role::Constant(constant) if is(&|value| value.equals(constant)) => Ok(()),
            Role::Constant(_) | Role::Other => {
                let message = format!("the data of a response contains `{key}`, which the envelope writes");
                Err(M::Error::custom(message))
            }
        }
    }
}

impl<'a, M: SerializeMap> Serializer for FlattenSerializer<'a, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeMap = FlattenMap<'a, M>;
    type SerializeStruct = Self;

    unwrap_or_reject! {}

    reject! {
        serialize_bool(bool), "a bool";
        serialize_i8(i8), "a number";
        serialize_i16(i16), "a number";
        serialize_i32(i32), "a number";
        serialize_i64(i64), "a number";
        serialize_u8(u8), "a number";
        serialize_u16(u16), "a number";
        serialize_u32(u32), "a number";
        serialize_u64(u64), "a number";
        serialize_f32(f32), "a number";
        serialize_f64(f64), "a number";
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
        Ok(FlattenMap { flatten: self, named: None })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, M::Error> {
        match name {
            "$serde_json::private::RawValue" => Err(reject!("a `RawValue`")),
            NUMBER => Err(reject!("a number")),
            _ => Ok(self),
        }
    }
}

impl<M: SerializeMap> SerializeStruct for FlattenSerializer<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.write_entry(key, (self.role)(key), value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// A serializer of the entries of a map.
pub(super) struct FlattenMap<'a, M> {
    flatten: FlattenSerializer<'a, M>,
    /// The current key, if the sample names it.
    named: Option<(String, Role)>,
}

impl<M: SerializeMap> SerializeMap for FlattenMap<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), M::Error> {
        let role = self.flatten.role;
        self.named = probe(key, self.flatten.human_readable, |key| match key {
            Scalar::Text(key) => Some((key.to_owned(), role(key))).filter(|(_, role)| *role != Role::Unnamed),
            _ => None,
        });
        // `serialize_value` decides whether to write a named key.
        if self.named.is_some() { Ok(()) } else { self.flatten.map.serialize_key(key) }
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), M::Error> {
        match self.named.take() {
            Some((key, role)) => self.flatten.write_entry(&key, role, value),
            None => self.flatten.map.serialize_value(value),
        }
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}
