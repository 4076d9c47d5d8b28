//! Inspection of keys and values before they are written: what is a key, is a value null.

use alloc::string::String;
use core::fmt::{self, Write as _};

use errtable_spec::__private::Constant;
use serde_core::ser::{Error, Impossible, Serialize, SerializeStruct, Serializer};

use crate::envelope::ser::number::{NUMBER, Number};

/// A key or value as the data writes it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    Number(Number),
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
            (Constant::Number(digits), Self::Number(value)) => Number::parse(digits) == value,
            _ => false,
        }
    }
}

/// Returns whether a reader takes a value as null.
pub(super) fn is_nothing(value: Scalar<'_>) -> bool {
    match value {
        Scalar::Null | Scalar::Bool(false) | Scalar::Text("" | "0") => true,
        Scalar::Number(number) => number.is_zero(),
        Scalar::Bool(true) | Scalar::Text(_) | Scalar::Other => false,
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
    ($($method:ident $type:ty as $widest:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<R, fmt::Error> {
            Ok((self.examine)(Scalar::Number(<$widest>::from(value).into())))
        }
    )*};
}

impl<'f, R, F: Fn(Scalar<'_>) -> R> Serializer for Probe<'f, F> {
    type Ok = R;
    type Error = fmt::Error;
    type SerializeMap = Impossible<R, fmt::Error>;
    type SerializeStruct = NumberProbe<'f, F>;

    unwrap_or_reject! {}

    reject! {
        serialize_map(Option<usize>) -> SerializeMap, "a map";
    }

    numbers! {
        serialize_u8 u8 as u64;
        serialize_u16 u16 as u64;
        serialize_u32 u32 as u64;
        serialize_u64 u64 as u64;
        serialize_i8 i8 as i64;
        serialize_i16 i16 as i64;
        serialize_i32 i32 as i64;
        serialize_i64 i64 as i64;
        serialize_f32 f32 as f64;
        serialize_f64 f64 as f64;
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<NumberProbe<'f, F>, fmt::Error> {
        if name == NUMBER { Ok(NumberProbe { number: None, examine: self.examine }) } else { Err(fmt::Error) }
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

/// Examines a number that is a struct with its digits.
struct NumberProbe<'f, F> {
    number: Option<Number>,
    examine: &'f F,
}

impl<R, F: Fn(Scalar<'_>) -> R> SerializeStruct for NumberProbe<'_, F> {
    type Ok = R;
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), fmt::Error> {
        let mut digits = String::new();
        write!(digits, "{}", Digits(value))?;
        self.number = Some(Number::parse(&digits));
        Ok(())
    }

    fn end(self) -> Result<R, fmt::Error> {
        self.number.map(|number| (self.examine)(Scalar::Number(number))).ok_or(fmt::Error)
    }
}

/// A text, whatever its type is.
struct Digits<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> fmt::Display for Digits<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}
