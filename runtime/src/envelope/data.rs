//! The keys of `Response` as T sees them: an object without `Error`, and without `RequestId` unless T declares it.

use core::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess};

use super::first_key::{FirstKey, KeepKey};
use super::key::{DataKey, Reserved, Step};
use super::noted::Noted;
use super::request_id::Shared;
use crate::ErrorCode;

/// Hands the format's keys and values to T as they come, and keeps the envelope's own.
pub(super) struct Data<'de, A, C> {
    map: A,
    at: At,
    /// The first key for T, read before T was called.
    first: Option<FirstKey<'de>>,
    shares_request_id: fn() -> bool,
    noted: Noted<C>,
}

/// Where the reader stands in the object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Key,
    Value,
    /// Before the value of a `RequestId` that T declares.
    SharedValue,
    End,
    /// Somewhere inside a key or a value that could not be read.
    Lost,
}

impl<'de, A: MapAccess<'de>, C: ErrorCode> Data<'de, A, C> {
    pub(super) fn new(map: A, shares_request_id: fn() -> bool) -> Self {
        Self { map, at: At::Key, first: None, shares_request_id, noted: Noted::new() }
    }

    /// Reads on to the first key for T.
    pub(super) fn read_on(&mut self) -> Result<(), A::Error> {
        self.first = self.next_key_seed(KeepKey)?;
        Ok(())
    }

    /// Whether T has not read the first key that waits for it.
    pub(super) fn is_untouched(&self) -> bool {
        self.first.is_some()
    }

    /// Whether the object told a failure and was read to its end.
    pub(super) fn has_failed(&self) -> bool {
        self.noted.failure.is_some() && self.at == At::End
    }

    /// Reads what T has left, for the envelope's own keys.
    pub(super) fn finish(&mut self) -> Result<(), A::Error> {
        self.first = None;
        match self.at {
            At::End => return Ok(()),
            At::Lost => return Err(A::Error::custom("the data was left in the middle of a value")),
            At::Key => {}
            At::Value | At::SharedValue => {
                self.next_value_seed(PhantomData::<IgnoredAny>)?;
            }
        }
        self.read_rest()
    }

    fn read_rest(&mut self) -> Result<(), A::Error> {
        self.at = At::Lost;
        self.noted.read_rest(&mut self.map)?;
        self.at = At::End;
        Ok(())
    }

    pub(super) fn into_noted(self) -> Noted<C> {
        self.noted
    }
}

impl<'de, A: MapAccess<'de>, C: ErrorCode> MapAccess<'de> for Data<'de, A, C> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, mut seed: K) -> Result<Option<K::Value>, A::Error> {
        if let Some(first) = self.first.take() {
            return first.hand_to(seed).map(Some);
        }
        while self.at == At::Key {
            self.at = At::Lost;
            match self.map.next_key_seed(DataKey { seed, shares_request_id: self.shares_request_id })? {
                Some(Step::Data(key)) => {
                    self.at = At::Value;
                    return Ok(Some(key));
                }
                Some(Step::RequestId(key)) => {
                    self.noted.meet(Reserved::RequestId)?;
                    self.at = At::SharedValue;
                    return Ok(Some(key));
                }
                Some(Step::Reserved(key, unserved)) => {
                    self.noted.read(key, &mut self.map)?;
                    self.at = At::Key;
                    seed = unserved;
                    if self.noted.failure.is_some() {
                        self.read_rest()?;
                    }
                }
                None => {
                    self.at = At::End;
                    break;
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        let at = core::mem::replace(&mut self.at, At::Lost);
        let value = if at == At::SharedValue {
            self.map.next_value_seed(Shared { seed, request_id: &mut self.noted.request_id })?
        } else {
            self.map.next_value_seed(seed)?
        };
        self.at = At::Key;
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint().map(|rest| rest + usize::from(self.first.is_some()))
    }
}
