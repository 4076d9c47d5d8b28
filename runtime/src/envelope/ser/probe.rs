//! Inspection of values before they are written: is a key reserved, is an `Error` a failure.

use core::fmt;

use serde_core::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// The form of a value on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Null,
    Text(KnownText),
    Object {
        /// Whether the object, as `Error`, would be read as a failure or be invalid.
        fails: bool,
    },
    Other,
}

/// A text that the envelope recognizes, or any other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum KnownText {
    Empty,
    Error,
    RequestId,
    Code,
    Message,
    /// The key of a number that `serde_json` represents as a struct.
    Number,
    Other,
}

/// Returns the shape of a value, or [`Shape::Other`] if its `Serialize` fails.
pub(super) fn shape_of<T: Serialize + ?Sized>(value: &T, human_readable: bool) -> Shape {
    value.serialize(Probe { human_readable }).unwrap_or(Shape::Other)
}

pub(super) fn known_text(text: &str) -> KnownText {
    match text {
        "" => KnownText::Empty,
        "Error" => KnownText::Error,
        "RequestId" => KnownText::RequestId,
        "Code" => KnownText::Code,
        "Message" => KnownText::Message,
        "$serde_json::private::Number" => KnownText::Number,
        _ => KnownText::Other,
    }
}

#[derive(Clone, Copy)]
struct Probe {
    human_readable: bool,
}

/// Defines methods that return [`Shape::Other`].
macro_rules! serialize_as_other {
    ($($method:ident $type:ty,)*) => {$(
        fn $method(self, _: $type) -> Result<Shape, fmt::Error> {
            Ok(Shape::Other)
        }
    )*};
}

impl Serializer for Probe {
    type Ok = Shape;
    type Error = fmt::Error;
    type SerializeSeq = Skip;
    type SerializeTuple = Skip;
    type SerializeTupleStruct = Skip;
    type SerializeTupleVariant = Skip;
    type SerializeMap = ObjectProbe;
    type SerializeStruct = ObjectProbe;
    type SerializeStructVariant = Impossible<Shape, fmt::Error>;

    serialize_as_other! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128, serialize_f32 f32, serialize_f64 f64, serialize_bytes &[u8],
    }

    fn is_human_readable(&self) -> bool {
        self.human_readable
    }

    fn serialize_char(self, _: char) -> Result<Shape, fmt::Error> {
        Ok(Shape::Text(KnownText::Other))
    }

    fn serialize_str(self, text: &str) -> Result<Shape, fmt::Error> {
        Ok(Shape::Text(known_text(text)))
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

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Shape, fmt::Error> {
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
        variant: &'static str,
        value: &T,
    ) -> Result<Shape, fmt::Error> {
        let mut object = ObjectProbe::new(self);
        object.member(known_text(variant), value);
        Ok(object.shape())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Skip, fmt::Error> {
        Ok(Skip)
    }

    fn serialize_tuple(self, _: usize) -> Result<Skip, fmt::Error> {
        Ok(Skip)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Skip, fmt::Error> {
        Ok(Skip)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Skip, fmt::Error> {
        Ok(Skip)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectProbe, fmt::Error> {
        Ok(ObjectProbe::new(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectProbe, fmt::Error> {
        Ok(ObjectProbe::new(self))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Err(fmt::Error)
    }
}

/// A serializer that inspects the members of an object as if it were `Error`.
struct ObjectProbe {
    probe: Probe,
    key: KnownText,
    code: Option<Shape>,
    message: Option<Shape>,
    has_duplicate: bool,
    is_number: bool,
}

impl ObjectProbe {
    fn new(probe: Probe) -> Self {
        Self { probe, key: KnownText::Other, code: None, message: None, has_duplicate: false, is_number: false }
    }

    fn member<T: Serialize + ?Sized>(&mut self, key: KnownText, value: &T) {
        let member = match key {
            KnownText::Code => &mut self.code,
            KnownText::Message => &mut self.message,
            key => {
                self.is_number |= key == KnownText::Number;
                return;
            }
        };
        self.has_duplicate |= member.replace(shape_of(value, self.probe.human_readable)).is_some();
    }

    fn shape(&self) -> Shape {
        if self.is_number {
            return Shape::Other;
        }
        let no_code = matches!(self.code, None | Some(Shape::Null | Shape::Text(KnownText::Empty)));
        let has_message = matches!(self.message, Some(Shape::Text(text)) if text != KnownText::Empty);
        Shape::Object { fails: self.has_duplicate || !no_code || has_message }
    }
}

impl SerializeMap for ObjectProbe {
    type Ok = Shape;
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        self.key = match shape_of(key, self.probe.human_readable) {
            Shape::Text(text) => text,
            _ => KnownText::Other,
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        self.member(self.key, value);
        Ok(())
    }

    fn end(self) -> Result<Shape, fmt::Error> {
        Ok(self.shape())
    }
}

impl SerializeStruct for ObjectProbe {
    type Ok = Shape;
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), fmt::Error> {
        self.member(known_text(key), value);
        Ok(())
    }

    fn end(self) -> Result<Shape, fmt::Error> {
        Ok(self.shape())
    }
}

/// An array, whose elements are skipped.
struct Skip;

macro_rules! skip {
    ($($trait:ident $method:ident,)*) => {$(
        impl $trait for Skip {
            type Ok = Shape;
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
                Ok(())
            }

            fn end(self) -> Result<Shape, fmt::Error> {
                Ok(Shape::Other)
            }
        }
    )*};
}

skip! {
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}
