//! What the samples find in a response: the code, message, request id and wait.

use alloc::borrow::Cow;
use core::time::Duration;

use errtable_spec::{Failure, Field, Place, Slot};

use crate::response::headers::Headers;
use crate::response::tape::Tape;
use crate::response::value::{Value, read, read_header};

/// What a response contains at the places that samples name.
pub(super) struct Found<'a> {
    pub(super) code: Option<Cow<'a, str>>,
    pub(super) message: Option<Cow<'a, str>>,
    pub(super) request_id: Option<Cow<'a, str>>,
    pub(super) wait: Option<Duration>,
}

/// The values of a response.
#[derive(Clone, Copy)]
pub(super) struct Values<'t, 'de> {
    pub(super) tape: &'t Tape<'de>,
    pub(super) headers: &'de dyn Headers,
}

type IsField = fn(Field) -> bool;

const IS_CODE: IsField = |field| field == Field::Code;
const IS_MESSAGE: IsField = |field| field == Field::Message;
const IS_REQUEST_ID: IsField = |field| field == Field::RequestId;
const IS_WAIT: IsField = |field| matches!(field, Field::RetryAfter | Field::RetryAfterMs);

impl<'de> Values<'_, 'de> {
    /// Finds the values of a failure. `code` is `None` if neither the body nor a header has one.
    ///
    /// The first sample that yields a code decides, else the first that yields a message. Without
    /// one, the request id and the wait may come from any sample.
    pub(super) fn find(self) -> Found<'de> {
        let failures = || self.tape.samples.shape.failures.iter().filter(|failure| self.is_complete(failure));
        let yields = |is_field| move |failure: &&Failure| self.body(failure.places, is_field, None).is_some();
        let decides = failures().find(yields(IS_CODE)).or_else(|| failures().find(yields(IS_MESSAGE)));
        let text = |is_field| Value::into_text(self.first(decides, is_field)?);
        Found {
            code: text(IS_CODE),
            message: text(IS_MESSAGE),
            request_id: text(IS_REQUEST_ID),
            wait: self.first(decides, IS_WAIT).and_then(Value::into_wait),
        }
    }

    /// Returns the request id of a success.
    pub(super) fn success_id(self) -> Option<Cow<'de, str>> {
        let ids = self.tape.samples.shape.success_ids;
        let of = |second| self.body(ids, IS_REQUEST_ID, Some(second)).or_else(|| self.header(IS_REQUEST_ID, second));
        of(false).or_else(|| of(true)).and_then(Value::into_text)
    }

    /// Returns whether each `"{_}"` of a failure is something.
    fn is_complete(self, failure: &Failure) -> bool {
        failure.required.iter().all(|node| self.tape.is_something(self.tape.find_from(0, *node)))
    }

    /// Returns the first choice of the body, else of a header, else the second choices.
    fn first(self, decides: Option<&Failure>, is_field: IsField) -> Option<Value<'de>> {
        let of = |second| {
            let in_body = match decides {
                Some(failure) => self.body(failure.places, is_field, Some(second)),
                None => self.anywhere(is_field, second),
            };
            in_body.or_else(|| self.header(is_field, second))
        };
        of(false).or_else(|| of(true))
    }

    /// Returns the value of any sample.
    fn anywhere(self, is_field: IsField, second: bool) -> Option<Value<'de>> {
        let shape = self.tape.samples.shape;
        let mut failures = shape.failures.iter().filter(|failure| self.is_complete(failure));
        let of_failures = failures.find_map(|failure| self.body(failure.places, is_field, Some(second)));
        of_failures.or_else(|| self.body(shape.success_ids, is_field, Some(second)))
    }

    /// Returns the first value of a body. `None` as `second` allows both choices.
    fn body(self, places: &[Place], is_field: IsField, second: Option<bool>) -> Option<Value<'de>> {
        let is_wanted =
            |slot: &Slot| is_field(slot.field) && second.is_none_or(|second| slot.is_second_choice == second);
        let mut wanted = places.iter().filter(|place| is_wanted(&place.slot));
        wanted.find_map(|place| read(&place.slot, self.tape.value(place.node)?))
    }

    /// Returns the first value of a header.
    fn header(self, is_field: IsField, second: bool) -> Option<Value<'de>> {
        let is_wanted = |slot: &Slot| is_field(slot.field) && slot.is_second_choice == second;
        let mut wanted = self.tape.samples.shape.headers.iter().filter(|header| is_wanted(&header.slot));
        wanted.find_map(|header| {
            let text = self.headers.header(header.name)?;
            read_header(&header.slot, text, self.headers.header("date"))
        })
    }
}
