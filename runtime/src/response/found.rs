//! What the samples find in a response: the code, message, request id and wait.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::time::Duration;

use errtable_spec::{Failure, Field, Header, Place};

use crate::response::headers::Headers;
use crate::response::scanner::has_unpaired_surrogate;
use crate::response::tape::Tape;
use crate::response::value;

/// What a response contains at the places that samples name.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) code: Option<Cow<'a, str>>,
    pub(super) message: Option<Cow<'a, str>>,
    pub(super) request_id: Option<Cow<'a, str>>,
    pub(super) wait: Option<Duration>,
}

impl<'a> Found<'a> {
    /// Returns a text, or else the wait.
    fn slot(&mut self, field: Field) -> Result<&mut Option<Cow<'a, str>>, &mut Option<Duration>> {
        match field {
            Field::Code => Ok(&mut self.code),
            Field::Message => Ok(&mut self.message),
            Field::RequestId => Ok(&mut self.request_id),
            Field::RetryAfter | Field::RetryAfterMs => Err(&mut self.wait),
        }
    }
}

/// The values of a response.
#[derive(Clone, Copy)]
pub(super) struct Values<'t, 'de> {
    pub(super) tape: &'t Tape<'de>,
    pub(super) headers: &'de dyn Headers,
}

/// Returns the places of the first choices, `{code}`, or those of the second ones: `{code?}`.
fn choices(places: &[Place], is_second: bool) -> impl Iterator<Item = &Place> {
    places.iter().filter(move |place| place.slot.is_second_choice == is_second)
}

impl<'de> Values<'_, 'de> {
    /// Finds the values of a failure. `code` is `None` if neither the body nor a header has one.
    ///
    /// The first sample that yields a code decides, else the first that yields a message. Without
    /// one, the request id and the wait may come from any sample.
    pub(super) fn find(self) -> Found<'de> {
        let mut by_message = None;
        let failures = self.tape.samples.shape.failures.iter();
        for failure in failures.filter(|failure| self.is_complete(failure)) {
            let mut found = Found::default();
            self.add(&mut found, failure.places, false);
            let may_decide =
                |field| choices(failure.places, true).any(|place| place.slot.field == field && self.has(place));
            if found.code.is_some() || may_decide(Field::Code) {
                return self.complete(found, &[failure.places]);
            }
            if by_message.is_none() && (found.message.is_some() || may_decide(Field::Message)) {
                by_message = Some((found, failure.places));
            }
        }
        if let Some((found, places)) = by_message {
            return self.complete(found, &[places]);
        }
        self.find_in(|failure| self.is_complete(failure))
    }

    /// Finds the request id in a body that is malformed.
    pub(super) fn find_id(self) -> Option<Cow<'de, str>> {
        self.find_in(|_| true).request_id
    }

    /// Finds the values of several samples of failures, and of the success.
    fn find_in(self, is_read: impl Fn(&Failure) -> bool) -> Found<'de> {
        let shape = self.tape.samples.shape;
        let failures = shape.failures.iter().filter(|failure| is_read(failure));
        let mut places: Vec<&[Place]> = failures.map(|failure| failure.places).collect();
        places.push(shape.success_ids);
        let mut found = Found::default();
        for places in &places {
            self.add(&mut found, places, false);
        }
        self.complete(found, &places)
    }

    /// Returns whether each `"{_}"` of a failure is something.
    fn is_complete(self, failure: &Failure) -> bool {
        failure.required.iter().all(|node| self.tape.is_something(self.tape.find_from(0, *node)))
    }

    /// Adds the values of headers, then those of second choices.
    fn complete(self, mut found: Found<'de>, places: &[&[Place]]) -> Found<'de> {
        self.add_headers(&mut found, false);
        for places in places {
            self.add(&mut found, places, true);
        }
        self.add_headers(&mut found, true);
        found
    }

    fn has(self, place: &Place) -> bool {
        self.tape.value(place.node).is_some_and(|json| value::has_value(&place.slot, json))
    }

    /// Adds the values at some places. Those that are found already stay.
    fn add(self, found: &mut Found<'de>, places: &[Place], is_second: bool) {
        for Place { node, slot } in choices(places, is_second) {
            let json = || self.tape.value(*node);
            match found.slot(slot.field) {
                Ok(text @ None) => *text = json().and_then(|json| value::text(slot, json)),
                Err(wait @ None) => *wait = json().and_then(|json| value::wait(slot, json)),
                Ok(Some(_)) | Err(Some(_)) => {}
            }
        }
    }

    /// Finds the request id of a success.
    ///
    /// # Errors
    ///
    /// Returns an id with an unpaired surrogate, as the body writes it: `"\\ud83d"`.
    #[inline]
    pub(super) fn success_id(self) -> Result<Option<Cow<'de, str>>, &'de str> {
        let shape = self.tape.samples.shape;
        let mut id: Option<Cow<'_, str>> = None;
        for is_second in [false, true] {
            for Place { node, slot } in choices(shape.success_ids, is_second) {
                let Some(json) = self.tape.value(*node).filter(|_| id.is_none()) else { continue };
                id = value::text(slot, json);
                if !matches!(id, Some(Cow::Borrowed(_))) && has_unpaired_surrogate(json) {
                    return Err(json);
                }
            }
            if id.is_none() && !shape.headers.is_empty() {
                let mut found = Found::default();
                self.add_headers(&mut found, is_second);
                id = found.request_id;
            }
        }
        Ok(id)
    }

    /// Adds the values of headers. Those that are found already stay.
    fn add_headers(self, found: &mut Found<'de>, is_second: bool) {
        let headers = self.tape.samples.shape.headers.iter();
        for Header { name, slot } in headers.filter(|header| header.slot.is_second_choice == is_second) {
            let value = || self.headers.header(name);
            match found.slot(slot.field) {
                Ok(text @ None) => {
                    let inner = value().map(|value| value::inner(slot, value));
                    *text = inner.filter(|value| !value.is_empty()).map(Cow::Borrowed);
                }
                Err(wait @ None) => {
                    let read = |value| value::header_wait(slot, value, self.headers.header("date"));
                    *wait = value().and_then(read);
                }
                Ok(Some(_)) | Err(Some(_)) => {}
            }
        }
    }
}
