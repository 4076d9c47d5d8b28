//! Detection of a field in `T`.

use core::cell::Cell;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_core::forward_to_deserialize_any;

/// Returns whether `T` is a struct with a field.
///
/// serde's derive calls `deserialize_struct("Rows", &["Rows", "RequestId"], …)` before it reads a
/// value. The key of the request id may come first, so the fields must be known before `T` is read.
pub(super) fn declares<'de, T: Deserialize<'de>>(field: &str) -> bool {
    let declared = Cell::new(false);
    // Always an error, because there is no value.
    let _ = T::deserialize(FieldList { field, declared: &declared });
    declared.get()
}

/// A deserializer that looks for a field, and has no value.
struct FieldList<'a> {
    field: &'a str,
    declared: &'a Cell<bool>,
}

impl<'de> Deserializer<'de> for FieldList<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, NoValue> {
        Err(NoValue)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, NoValue> {
        self.declared.set(fields.contains(&self.field));
        Err(NoValue)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The error of [`FieldList`]. It is zero-sized, so that it does not allocate.
#[derive(Debug)]
struct NoValue;

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl core::error::Error for NoValue {}

impl Error for NoValue {
    fn custom<M: fmt::Display>(_message: M) -> Self {
        Self
    }
}
