//! What the samples find in a response: the code, message, request id and wait.

#[cfg(test)]
mod tests;

use alloc::borrow::Cow;
use core::time::Duration;

use errtable_spec::__private::{Failure, Field, Header, Place, Shape, Slot};

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
    /// Adds a value unless there is one.
    #[inline]
    fn add(
        &mut self,
        field: Field,
        text: impl FnOnce() -> Option<Cow<'a, str>>,
        wait: impl FnOnce() -> Option<Duration>,
    ) {
        let found = match field {
            Field::Code => &mut self.code,
            Field::Message => &mut self.message,
            Field::RequestId => &mut self.request_id,
            Field::RetryAfter | Field::RetryAfterMs => {
                if self.wait.is_none() {
                    self.wait = wait();
                }
                return;
            }
        };
        if found.is_none() {
            *found = text();
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

/// Returns the request id in a header, by the first or by the second choices.
#[inline]
pub(super) fn header_id<'h>(shape: &Shape, headers: &'h dyn Headers, is_second: bool) -> Option<Cow<'h, str>> {
    let is_id = |slot: &Slot| slot.field == Field::RequestId && slot.is_second_choice == is_second;
    let mut headers_of_ids = shape.headers.iter().filter(|header| is_id(&header.slot));
    headers_of_ids.find_map(|Header { name, slot }| value::header_text(slot, headers.header(name)?))
}

impl<'de> Values<'_, 'de> {
    /// Finds the values of a failure. `code` is `None` if neither the body nor a header has one.
    ///
    /// The first sample that yields a code decides, else the first that yields a message. Without
    /// one, the request id and the wait may come from any sample.
    pub(super) fn find(self) -> Found<'de> {
        let mut by_message = None;
        let failures = self.tape.samples.shape.failures.iter();
        for failure in failures.filter(|failure| self.has_required(failure)) {
            let mut found = Found::default();
            self.add(&mut found, failure.places, false);
            let may_decide =
                |field| choices(failure.places, true).any(|place| place.slot.field == field && self.has(place));
            if found.code.is_some() || may_decide(Field::Code) {
                return self.complete(found, [failure.places].into_iter());
            }
            if by_message.is_none() && (found.message.is_some() || may_decide(Field::Message)) {
                by_message = Some((found, failure.places));
            }
        }
        if let Some((found, places)) = by_message {
            return self.complete(found, [places].into_iter());
        }
        self.find_in(|failure| self.has_required(failure))
    }

    /// Finds the request id in a body that is malformed.
    pub(super) fn find_id(self) -> Option<Cow<'de, str>> {
        self.find_in(|_| true).request_id
    }

    /// Finds the values of several samples of failures, and of the success.
    fn find_in(self, is_read: impl Fn(&Failure) -> bool) -> Found<'de> {
        let shape = self.tape.samples.shape;
        let failures = || shape.failures.iter().filter(|failure| is_read(failure)).map(|failure| failure.places);
        let mut found = Found::default();
        failures().chain([shape.success_ids]).for_each(|places| self.add(&mut found, places, false));
        self.complete(found, failures().chain([shape.success_ids]))
    }

    /// Adds the values of headers, then those of second choices.
    fn complete(self, mut found: Found<'de>, places: impl Iterator<Item = &'static [Place]>) -> Found<'de> {
        self.add_headers(&mut found, false);
        places.for_each(|places| self.add(&mut found, places, true));
        self.add_headers(&mut found, true);
        found
    }

    /// Returns whether each `"{_}"` of a failure is something.
    fn has_required(self, failure: &Failure) -> bool {
        failure.required.iter().all(|node| self.tape.is_something(self.tape.find_from(0, *node)))
    }

    fn has(self, place: &Place) -> bool {
        self.tape.value(place.node).is_some_and(|json| value::has_value(&place.slot, json))
    }

    /// Adds the values at some places.
    fn add(self, found: &mut Found<'de>, places: &[Place], is_second: bool) {
        for Place { node, slot } in choices(places, is_second) {
            let json = || self.tape.value(*node);
            let text = || value::text(slot, json()?);
            found.add(slot.field, text, || value::wait(slot, json()?));
        }
    }

    /// Adds the values of headers.
    fn add_headers(self, found: &mut Found<'de>, is_second: bool) {
        let headers = self.tape.samples.shape.headers.iter();
        for Header { name, slot } in headers.filter(|header| header.slot.is_second_choice == is_second) {
            let header = || self.headers.header(name);
            let wait = || value::header_wait(slot, header()?, self.headers.header("date"));
            found.add(slot.field, || value::header_text(slot, header()?), wait);
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
            id = id.or_else(|| header_id(shape, self.headers, is_second));
        }
        Ok(id)
    }
}
