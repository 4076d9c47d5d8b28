//! The data: `Response` as `T` receives it, without the keys of the envelope.

use serde_core::de::value::MapAccessDeserializer;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::forward_to_deserialize_any;

use crate::envelope::de::captured::{Captured, EnvelopeValues};
use crate::envelope::de::deferred::Deferred;
use crate::envelope::de::received::{NoSeq, Received};
use crate::envelope::de::scalar::{AnyKey, Scalar, ScalarSeed};
use crate::envelope::known::KnownKey;
use crate::error_code::ErrorCode;

/// A map that passes keys and values on to `T`, and captures those of the envelope.
pub(super) struct DataMap<'a, 'de, A, C> {
    map: A,
    state: State,
    /// The first key for `T`, if it was read to find out whether there is one.
    first_key: Option<Scalar<'de>>,
    declares_request_id: fn() -> bool,
    pub(super) captured: Captured<'a, C>,
}

/// The next part of the object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A key. `T` has not asked for one.
    Start,
    Key,
    Value,
    /// The value of a `RequestId` that `T` declares.
    SharedValue,
    End,
    /// Unknown: reading a key or a value failed.
    Poisoned,
}

impl<'a, 'de, A: MapAccess<'de>, C: ErrorCode> DataMap<'a, 'de, A, C> {
    pub(super) fn new(map: A, declares_request_id: fn() -> bool, values: EnvelopeValues<'a>) -> Self {
        Self { map, state: State::Start, first_key: None, declares_request_id, captured: Captured::new(values) }
    }

    /// Reads up to the first key for `T`, and returns whether there is one.
    fn has_key(&mut self) -> Result<bool, A::Error> {
        if self.state == State::Start {
            self.first_key = self.next_data_key()?;
        }
        Ok(self.first_key.is_some())
    }

    /// Returns whether `T` has not taken a key.
    pub(super) fn is_unread(&self) -> bool {
        self.state == State::Start || self.first_key.is_some()
    }

    /// Returns whether the object contains a failure and was read to its end.
    pub(super) fn is_failure(&self) -> bool {
        self.captured.failure.is_some() && self.state == State::End
    }

    /// Reads the keys that `T` left, to capture those of the envelope.
    pub(super) fn finish(&mut self) -> Result<(), A::Error> {
        self.first_key = None;
        match self.state {
            State::End => return Ok(()),
            State::Poisoned => return Err(A::Error::custom("the data type ignored an error inside a value")),
            State::Start | State::Key => {}
            State::Value | State::SharedValue => {
                self.next_value::<IgnoredAny>().map_err(Deferred::into_inner)?;
            }
        }
        self.read_rest()
    }

    /// Reads the next key for `T`, and the keys of the envelope before it.
    #[inline]
    fn next_data_key(&mut self) -> Result<Option<Scalar<'de>>, A::Error> {
        while matches!(self.state, State::Start | State::Key) {
            self.state = State::Poisoned;
            let Some(key) = self.map.next_key_seed(ScalarSeed(AnyKey))? else {
                self.state = State::End;
                break;
            };
            let known = key.as_key();
            if known == KnownKey::RequestId && (self.declares_request_id)() {
                self.state = State::SharedValue;
                return Ok(Some(key));
            }
            if !known.is_reserved() {
                self.state = State::Value;
                return Ok(Some(key));
            }
            self.captured.read(known, &mut self.map)?;
            self.state = State::Key;
            if self.captured.failure.is_some() {
                self.read_rest()?;
            }
        }
        Ok(None)
    }

    fn read_rest(&mut self) -> Result<(), A::Error> {
        self.state = State::Poisoned;
        self.captured.read_rest(&mut self.map)?;
        self.state = State::End;
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, C: ErrorCode> MapAccess<'de> for DataMap<'_, 'de, A, C> {
    type Error = Deferred<A::Error>;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let key = match self.first_key.take() {
            None => self.next_data_key()?,
            first_key => first_key,
        };
        Ok(key.map(|key| seed.deserialize(Received::<NoSeq<_>, A>::Key(key))).transpose()?)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        let state = core::mem::replace(&mut self.state, State::Poisoned);
        let value = if state == State::SharedValue {
            self.captured.read_shared(seed, &mut self.map)?
        } else {
            self.map.next_value_seed(seed)?
        };
        self.state = State::Key;
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint().map(|rest| rest + usize::from(self.first_key.is_some()))
    }
}

/// The deserializer of `T`: a map, whatever type `T` asks for.
pub(super) struct DataDeserializer<'a, 'v, 'de, A, C> {
    pub(super) data: &'a mut DataMap<'v, 'de, A, C>,
    pub(super) human_readable: bool,
}

impl<'de, A: MapAccess<'de>, C: ErrorCode> Deserializer<'de> for DataDeserializer<'_, '_, 'de, A, C> {
    type Error = Deferred<A::Error>;

    fn is_human_readable(&self) -> bool {
        self.human_readable
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(self.data)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.data.has_key()? { visitor.visit_some(self) } else { visitor.visit_none() }
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
        self.data.finish()?;
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
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let value = visitor.visit_enum(MapAccessDeserializer::new(&mut *self.data))?;
        match self.data.next_data_key()? {
            None => Ok(value),
            Some(key) => Err(Self::Error::invalid_value(key.unexpected(), &"no key after that of the variant")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf seq tuple tuple_struct map struct identifier
    }
}
