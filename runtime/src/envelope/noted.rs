//! What the envelope keeps for itself of the keys of `Response`.

use alloc::boxed::Box;

use serde_core::de::{Error, IgnoredAny, MapAccess};

use super::failure::FailureOrNone;
use super::key::{DataKey, Reserved, Step};
use super::request_id::TextOrNone;
use crate::{Code, ErrorCode};

/// The failure and the request id, as far as the object has been read.
pub(crate) struct Noted<C> {
    /// Code and message of the `Error` that is a failure.
    pub(crate) failure: Option<(Code<C>, Box<str>)>,
    /// `RequestId`, where it is a string and not empty.
    pub(crate) request_id: Option<Box<str>>,
    has_error: bool,
    has_request_id: bool,
}

impl<C: ErrorCode> Noted<C> {
    pub(crate) fn new() -> Self {
        Self { failure: None, request_id: None, has_error: false, has_request_id: false }
    }

    /// Notes that a reserved key was met; twice is an error.
    pub(super) fn meet<E: Error>(&mut self, key: Reserved) -> Result<(), E> {
        let (seen, name) = match key {
            Reserved::Error => (&mut self.has_error, "Error"),
            Reserved::RequestId => (&mut self.has_request_id, "RequestId"),
        };
        if core::mem::replace(seen, true) { Err(E::duplicate_field(name)) } else { Ok(()) }
    }

    /// Reads the value of a reserved key that T does not get.
    pub(super) fn read<'de, A: MapAccess<'de>>(&mut self, key: Reserved, map: &mut A) -> Result<(), A::Error> {
        self.meet(key)?;
        match key {
            Reserved::Error => self.failure = map.next_value_seed(FailureOrNone::new())?,
            Reserved::RequestId => self.request_id = map.next_value_seed(TextOrNone)?,
        }
        Ok(())
    }

    /// Reads the rest of the object for the envelope alone.
    pub(crate) fn read_rest<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while let Some(step) = map.next_key_seed(DataKey::for_nobody())? {
            match step {
                Step::Reserved(key, _) => self.read(key, map)?,
                Step::Data(_) | Step::RequestId(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}
