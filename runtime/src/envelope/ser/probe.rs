//! Inspection of keys and values before they are written: is a key reserved, is a value null.

use core::fmt;

use serde_core::ser::{Impossible, Serialize, Serializer};

use crate::envelope::known::KnownKey;

/// The form of a key or value on the wire.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Null,
    Empty,
    /// A string, and the key with this name.
    Text(KnownKey),
    Other,
}

/// Returns the shape of a key or value, or [`Shape::Other`] if its `Serialize` fails.
pub(super) fn probe<T: Serialize + ?Sized>(value: &T, human_readable: bool) -> Shape {
    value.serialize(Probe { human_readable }).unwrap_or(Shape::Other)
}

struct Probe {
    human_readable: bool,
}

/// Defines methods for values that are neither null nor a string.
macro_rules! serialize_as_other {
    ($($method:ident($($type:ty),*) $(-> $compound:ty)?;)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<serialize_as_other!(@ $($compound)?), fmt::Error> {
            Err(fmt::Error)
        }
    )*};
    (@) => { Shape };
    (@ $compound:ty) => { $compound };
}

type Never = Impossible<Shape, fmt::Error>;

impl Serializer for Probe {
    type Ok = Shape;
    type Error = fmt::Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    serialize_as_other! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }

    fn is_human_readable(&self) -> bool {
        self.human_readable
    }

    fn serialize_char(self, _: char) -> Result<Shape, fmt::Error> {
        Ok(Shape::Text(KnownKey::Other))
    }

    // CBOR has keys of bytes, which are read as their text.
    fn serialize_bytes(self, bytes: &[u8]) -> Result<Shape, fmt::Error> {
        Ok(Shape::Text(KnownKey::from_bytes(bytes)))
    }

    fn serialize_str(self, text: &str) -> Result<Shape, fmt::Error> {
        Ok(if text.is_empty() { Shape::Empty } else { Shape::Text(KnownKey::from_bytes(text.as_bytes())) })
    }

    fn serialize_none(self) -> Result<Shape, fmt::Error> {
        Ok(Shape::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Shape, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Shape, fmt::Error> {
        Ok(Shape::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Shape, fmt::Error> {
        Ok(Shape::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Shape, fmt::Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Shape, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Shape, fmt::Error> {
        Err(fmt::Error)
    }
}
