//! Inspection of keys and values before they are written: is a key reserved, is a value null.

use core::fmt;

use serde_core::ser::{Error, Impossible, Serialize, Serializer};

use crate::envelope::known::KnownKey;

/// The form of a key or value on the wire.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Null,
    Empty,
    /// A string with the name of this key.
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

impl Serializer for Probe {
    type Ok = Shape;
    type Error = fmt::Error;
    type SerializeMap = Impossible<Shape, fmt::Error>;
    type SerializeStruct = Impossible<Shape, fmt::Error>;

    unwrap_or_reject! {}

    reject! {
        serialize_map(Option<usize>) -> SerializeMap, "a map";
        serialize_struct(&'static str, usize) -> SerializeStruct, "a struct";
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

    fn serialize_unit(self) -> Result<Shape, fmt::Error> {
        Ok(Shape::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Shape, fmt::Error> {
        Ok(Shape::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Shape, fmt::Error> {
        self.serialize_str(variant)
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
