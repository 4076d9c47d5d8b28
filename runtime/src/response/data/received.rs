//! What `T` receives of an object: its members, without some that the sample names.

use alloc::borrow::Cow;

use errtable_spec::__private::{Constant, Role};
use serde_core::de::value::MapAccessDeserializer;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;

use crate::response::data::key::KeyDeserializer;
use crate::response::data::stop::Stop;
use crate::response::data::{Members, State};
use crate::response::position::message_of;

/// A deserializer of the object that contains the data: a map, whatever type `T` asks for.
pub(super) struct DataDeserializer<'m, 'a, 'de, A> {
    pub(super) members: &'m mut Members<'a, 'de, A>,
    /// Returns whether `T` declares a field.
    pub(super) declares: fn(&str) -> bool,
    /// Whether `T` receives constants. An enum does not, because each of its keys is a variant.
    pub(super) receives_constants: bool,
}

impl<'de, A: MapAccess<'de>> DataDeserializer<'_, '_, 'de, A> {
    /// Reads up to the first key for `T`, and returns whether there is one.
    fn has_key(&mut self) -> Result<bool, Stop<A::Error>> {
        if self.members.state == State::Start {
            self.members.first_key = self.next_data_key()?;
        }
        Ok(self.members.first_key.is_some())
    }

    /// Reads the next key for `T`, and the members before it that `T` does not receive.
    #[inline]
    fn next_data_key(&mut self) -> Result<Option<Cow<'de, str>>, Stop<A::Error>> {
        let members = &mut *self.members;
        while matches!(members.state, State::Start | State::Key) {
            members.state = State::Poisoned;
            let Some((key, child)) = members.next_key(false)? else {
                members.state = State::End;
                break;
            };
            if child == 0 {
                members.state = State::Value;
                return Ok(Some(key));
            }
            let is_received = match members.reading.role(child) {
                Role::Unnamed => true,
                Role::Constant(constant) => self.receives_constants && constant != Constant::Nothing,
                Role::RequestId => (self.declares)(&key),
                Role::Other => false,
            };
            members.state = if is_received {
                State::Recorded(members.record_text(child)?)
            } else {
                members.skip_value(child)?;
                State::Key
            };
            if members.reading.is_contradicted {
                members.state = State::Key;
                members.finish()?;
                return Err(Stop::Contradicted);
            }
            if is_received {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for DataDeserializer<'_, '_, 'de, A> {
    type Error = Stop<A::Error>;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let key = match self.members.first_key.take() {
            None => self.next_data_key()?,
            first_key => first_key,
        };
        key.map(|key| seed.deserialize(KeyDeserializer::new(key))).transpose()
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        let value = match core::mem::replace(&mut self.members.state, State::Poisoned) {
            State::Recorded(json) => read_recorded::<_, A::Error>(seed, json)?,
            _ => self.members.map.next_value_seed(seed)?,
        };
        self.members.state = State::Key;
        Ok(value)
    }
}

/// Reads a value that a sample names and `T` receives.
fn read_recorded<'de, V: DeserializeSeed<'de>, E: Error>(seed: V, json: &'de str) -> Result<V::Value, E> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    // The position in the value is not one in the body.
    seed.deserialize(&mut deserializer).map_err(|error| E::custom(message_of(&error)))
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for DataDeserializer<'_, '_, 'de, A> {
    type Error = Stop<A::Error>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.has_key()? { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == "$serde_json::private::RawValue" {
            return Err(Self::Error::custom(
                "`RawValue` is not supported as the data of a response; use `Value` or a struct",
            ));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.members.finish()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.receives_constants = false;
        let data = DataDeserializer { members: &mut *self.members, ..self };
        let value = visitor.visit_enum(MapAccessDeserializer::new(data))?;
        match self.next_data_key()? {
            None => Ok(value),
            Some(key) => Err(Self::Error::invalid_value(Unexpected::Str(&key), &"no key after that of the variant")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf seq tuple tuple_struct map struct identifier
    }
}
