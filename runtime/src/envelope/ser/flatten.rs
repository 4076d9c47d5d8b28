//! Writing T's keys straight into the `Response` object.

use serde_core::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use super::probe::{Shape, Word, shape_of, word};

/// Writes the keys of a struct or a map into a map that is open already.
pub(super) struct Splice<'a, M> {
    pub(super) map: &'a mut M,
    /// Set where T writes `RequestId` itself.
    pub(super) wrote_request_id: &'a mut bool,
    pub(super) human_readable: bool,
}

impl<M: SerializeMap> Splice<'_, M> {
    /// Says whether to write an entry, and refuses an `Error` that would not read back as part of a success.
    ///
    /// A `RequestId` that T does not know is left to the envelope, which may.
    fn admits<T: Serialize + ?Sized>(&mut self, key: Word, value: &T) -> Result<bool, M::Error> {
        match key {
            Word::RequestId if shape_of(value, self.human_readable) == Shape::Null => return Ok(false),
            Word::RequestId => *self.wrote_request_id = true,
            Word::Error => match shape_of(value, self.human_readable) {
                Shape::Null | Shape::Object { fails: false } => {}
                _ => return Err(M::Error::custom("the data writes an `Error` that would read back as a failure")),
            },
            _ => {}
        }
        Ok(true)
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        if self.admits(word(key), value)? { self.map.serialize_entry(key, value) } else { Ok(()) }
    }
}

fn refuse<T, E: Error>(found: &str) -> Result<T, E> {
    Err(E::custom(format_args!("the data of a response must be a struct or a map, found {found}")))
}

macro_rules! refuse {
    ($($method:ident $type:ty, $found:literal;)*) => {$(
        fn $method(self, _: $type) -> Result<(), M::Error> {
            refuse($found)
        }
    )*};
}

impl<'a, M: SerializeMap> Serializer for Splice<'a, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeSeq = Impossible<(), M::Error>;
    type SerializeTuple = Impossible<(), M::Error>;
    type SerializeTupleStruct = Impossible<(), M::Error>;
    type SerializeTupleVariant = Impossible<(), M::Error>;
    type SerializeMap = SpliceMap<'a, M>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), M::Error>;

    refuse! {
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
        refuse("a variant without data")
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
        refuse("a sequence")
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, M::Error> {
        refuse("a tuple")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, M::Error> {
        refuse("a tuple struct")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, M::Error> {
        refuse("a tuple variant")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<SpliceMap<'a, M>, M::Error> {
        Ok(SpliceMap { splice: self, key: Word::Other })
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
        refuse("a struct variant, which a newtype variant of a struct can replace")
    }
}

impl<M: SerializeMap> SerializeStruct for Splice<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.entry(key, value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

/// Writes the entries of a map.
pub(super) struct SpliceMap<'a, M> {
    splice: Splice<'a, M>,
    key: Word,
}

impl<M: SerializeMap> SpliceMap<'_, M> {
    fn word<K: Serialize + ?Sized>(&self, key: &K) -> Word {
        match shape_of(key, self.splice.human_readable) {
            Shape::Text(word) => word,
            _ => Word::Other,
        }
    }
}

impl<M: SerializeMap> SerializeMap for SpliceMap<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), M::Error> {
        self.key = self.word(key);
        // Written with its value, if at all.
        if self.key == Word::RequestId { Ok(()) } else { self.splice.map.serialize_key(key) }
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), M::Error> {
        match self.key {
            Word::RequestId => self.splice.entry("RequestId", value),
            key => {
                self.splice.admits(key, value)?;
                self.splice.map.serialize_value(value)
            }
        }
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}
