//! Inspection of keys and values before they are written: what is a key, is a value null.

use core::fmt;

use errtable_spec::Constant;
use serde_core::ser::{Error, Impossible, Serialize, Serializer};

/// A key or value as the data writes it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(&'a str),
    /// Not a scalar, or its `Serialize` fails.
    Other,
}

impl Scalar<'_> {
    /// Returns whether the value is the constant of a sample.
    pub(super) fn equals(self, constant: Constant) -> bool {
        match (constant, self) {
            (Constant::Bool(expected), Self::Bool(value)) => value == expected,
            (Constant::Str(expected), Self::Text(text)) => text == expected,
            (Constant::Number(digits), Self::Unsigned(value)) => digits.parse() == Ok(value),
            (Constant::Number(digits), Self::Signed(value)) => digits.parse() == Ok(value),
            (Constant::Number(digits), Self::Float(value)) => digits.contains('.') && digits.parse() == Ok(value),
            _ => false,
        }
    }
}

/// Returns whether a reader takes a value as null.
pub(super) fn is_nothing(value: Scalar<'_>) -> bool {
    match value {
        Scalar::Null | Scalar::Bool(false) | Scalar::Unsigned(0) | Scalar::Signed(0) | Scalar::Text("" | "0") => true,
        Scalar::Float(value) => value == 0.0,
        Scalar::Bool(true) | Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Text(_) | Scalar::Other => false,
    }
}

/// Examines a key or value.
pub(super) fn probe<T: Serialize + ?Sized, R>(value: &T, human_readable: bool, examine: impl Fn(Scalar<'_>) -> R) -> R {
    let probed = value.serialize(Probe { human_readable, examine: &examine });
    probed.unwrap_or_else(|_| examine(Scalar::Other))
}

struct Probe<'f, F> {
    human_readable: bool,
    examine: &'f F,
}

/// Defines the methods of numbers.
macro_rules! numbers {
    ($($method:ident $type:ty, $variant:ident;)*) => {$(
        fn $method(self, value: $type) -> Result<R, fmt::Error> {
            Ok((self.examine)(Scalar::$variant(value.into())))
        }
    )*};
}

impl<R, F: Fn(Scalar<'_>) -> R> Serializer for Probe<'_, F> {
    type Ok = R;
    type Error = fmt::Error;
    type SerializeMap = Impossible<R, fmt::Error>;
    type SerializeStruct = Impossible<R, fmt::Error>;

    unwrap_or_reject! {}

    reject! {
        serialize_map(Option<usize>) -> SerializeMap, "a map";
        serialize_struct(&'static str, usize) -> SerializeStruct, "a struct";
    }

    numbers! {
        serialize_u8 u8, Unsigned;
        serialize_u16 u16, Unsigned;
        serialize_u32 u32, Unsigned;
        serialize_u64 u64, Unsigned;
        serialize_i8 i8, Signed;
        serialize_i16 i16, Signed;
        serialize_i32 i32, Signed;
        serialize_i64 i64, Signed;
        serialize_f32 f32, Float;
        serialize_f64 f64, Float;
    }

    fn serialize_bool(self, value: bool) -> Result<R, fmt::Error> {
        Ok((self.examine)(Scalar::Bool(value)))
    }

    // CBOR has keys of bytes.
    fn serialize_bytes(self, bytes: &[u8]) -> Result<R, fmt::Error> {
        Ok((self.examine)(core::str::from_utf8(bytes).map_or(Scalar::Other, Scalar::Text)))
    }

    fn serialize_str(self, text: &str) -> Result<R, fmt::Error> {
        Ok((self.examine)(Scalar::Text(text)))
    }

    fn serialize_none(self) -> Result<R, fmt::Error> {
        Ok((self.examine)(Scalar::Null))
    }

    fn serialize_unit(self) -> Result<R, fmt::Error> {
        Ok((self.examine)(Scalar::Null))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<R, fmt::Error> {
        Ok((self.examine)(Scalar::Null))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<R, fmt::Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<R, fmt::Error> {
        Err(fmt::Error)
    }
}
