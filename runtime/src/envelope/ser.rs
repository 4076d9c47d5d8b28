//! Serialization of an envelope.

/// Defines the methods of a serializer that rejects a type.
macro_rules! reject {
    ($($method:ident($($type:ty),*) $(-> $compound:ident)?, $found:literal;)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<reject!(@ $($compound)?), Self::Error> {
            Err(reject!($found))
        }
    )*};
    (@) => { Self::Ok };
    (@ $compound:ident) => { Self::$compound };
    ($found:literal) => {
        Self::Error::custom(concat!("the data of a response must be a struct or a map, found ", $found))
    };
}

/// Defines what the serializers of this module have in common: they unwrap `Some` and newtypes, and
/// reject what is neither text, null, a struct nor a map.
macro_rules! unwrap_or_reject {
    () => {
        type SerializeSeq = Impossible<Self::Ok, Self::Error>;
        type SerializeTuple = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleStruct = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleVariant = Impossible<Self::Ok, Self::Error>;
        type SerializeStructVariant = Impossible<Self::Ok, Self::Error>;

        fn is_human_readable(&self) -> bool {
            self.human_readable
        }

        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Self::Error> {
            value.serialize(self)
        }

        fn serialize_newtype_struct<T>(self, _: &'static str, value: &T) -> Result<Self::Ok, Self::Error>
        where
            T: Serialize + ?Sized,
        {
            value.serialize(self)
        }

        reject! {
            serialize_bool(bool), "a bool";
            serialize_i8(i8), "a number";
            serialize_i16(i16), "a number";
            serialize_i32(i32), "a number";
            serialize_i64(i64), "a number";
            serialize_i128(i128), "a number";
            serialize_u8(u8), "a number";
            serialize_u16(u16), "a number";
            serialize_u32(u32), "a number";
            serialize_u64(u64), "a number";
            serialize_u128(u128), "a number";
            serialize_f32(f32), "a number";
            serialize_f64(f64), "a number";
            serialize_char(char), "a string";
            serialize_seq(Option<usize>) -> SerializeSeq, "a sequence";
            serialize_tuple(usize) -> SerializeTuple, "a tuple";
            serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct, "a tuple struct";
            serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant, "a tuple variant";
            serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant,
                "a struct variant (use a newtype variant of a struct)";
        }
    };
}

mod flatten;
mod probe;

use serde_core::ser::{Error, Serialize, SerializeMap, Serializer};

use self::flatten::{DataId, FlattenSerializer};
use crate::api_error::ApiError;
use crate::envelope::Envelope;
use crate::error_code::ErrorCode;
use crate::success::Success;

/// Writes `{"Response": {…}}`; see [`Envelope`].
impl<T: Serialize, C: ErrorCode> Serialize for Envelope<T, C> {
    // Maps, because MessagePack writes structs as arrays, and an envelope is read as a map.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Success(success) => map.serialize_entry("Response", &SuccessBody(success))?,
            Self::Failure(failure) => map.serialize_entry("Response", &FailureBody(failure))?,
        }
        map.end()
    }
}

struct SuccessBody<'a, T>(&'a Success<T>);

impl<T: Serialize> Serialize for SuccessBody<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let human_readable = serializer.is_human_readable();
        let mut map = serializer.serialize_map(None)?;
        let mut data_id = DataId::Missing;
        self.0.data.serialize(FlattenSerializer { map: &mut map, data_id: &mut data_id, human_readable })?;
        match (self.0.request_id.as_deref().filter(|id| !id.is_empty()), data_id) {
            (_, DataId::Written) => {}
            // `{"RequestId": null}` is written as it was read.
            (None, DataId::Null) => map.serialize_entry("RequestId", &())?,
            (request_id, _) => map.serialize_entry("RequestId", request_id.unwrap_or_default())?,
        }
        map.end()
    }
}

struct FailureBody<'a, C>(&'a ApiError<C>);

impl<C: ErrorCode> Serialize for FailureBody<'_, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_nothing = |text| matches!(text, "" | "0");
        if is_nothing(self.0.code().as_str()) && is_nothing(self.0.message()) {
            return Err(S::Error::custom("a failure without code and message would be read as a success"));
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Error", &CodeAndMessage(self.0))?;
        map.serialize_entry("RequestId", self.0.request_id().unwrap_or_default())?;
        map.end()
    }
}

struct CodeAndMessage<'a, C>(&'a ApiError<C>);

impl<C: ErrorCode> Serialize for CodeAndMessage<'_, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Code", self.0.code())?;
        map.serialize_entry("Message", self.0.message())?;
        map.end()
    }
}
