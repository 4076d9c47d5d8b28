//! Decides what a response is if the first pass could not.

#[cfg(test)]
mod tests;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;

use serde_core::de::IgnoredAny;

use crate::malformed::{Malformed, MalformedKind};
use crate::response::data::{Attempt, Rejection};
use crate::response::diagnose::Finding;
use crate::response::found::{Found, Values, header_id};
use crate::response::headers::Headers;
use crate::response::locate::Clue;
use crate::response::reading::Reading;
use crate::response::salvage::salvage;
use crate::response::scanner::text_of;
use crate::response::tape::{Duplicate, Samples, Tape};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

const NOT_FOUND: &str = "neither the data nor an error code was found";

/// A response, with the envelope in which it is read.
pub(super) struct Response<'r, 'de> {
    pub(super) samples: Samples,
    pub(super) status: Option<u16>,
    pub(super) headers: &'r dyn Headers,
    pub(super) body: &'de [u8],
}

/// What a response is.
pub(super) enum Verdict<'r> {
    /// A success whose data is null.
    Null {
        request_id: Option<Cow<'r, str>>,
        /// What is wrong if `T` rejects null, and the request id of any sample.
        missing: Finding,
        any_id: Option<Cow<'r, str>>,
    },
    /// The service reported an error.
    Failure(Found<'r>),
    /// The body cannot be read.
    Malformed(Malformed),
}

impl<'r, 'de: 'r> Response<'r, 'de> {
    /// Returns whether the status allows a success.
    #[inline]
    pub(super) fn may_succeed(&self) -> bool {
        self.status.is_none_or(|status| (200..=299).contains(&status))
    }

    pub(super) fn values<'t>(&self, tape: &'t Tape<'r>) -> Values<'t, 'r> {
        Values { tape, headers: self.headers }
    }

    /// Returns whether the whole body is the data, whatever its members are.
    #[inline]
    pub(super) fn expects_only_data(&self) -> bool {
        self.samples.is_whole_body() && self.status.is_some() && self.may_succeed()
    }

    /// Returns the failure, if a body that `T` has read as the data contains a code.
    ///
    /// # Errors
    ///
    /// A member that may have the code occurs twice.
    pub(super) fn reported(&self, json: &'de str) -> Result<Option<Found<'r>>, Duplicate<'de>> {
        let reading = Reading::of(self.samples, json)?;
        Ok(Some(self.values(&reading.tape).find()).filter(|found| found.code.is_some()))
    }

    /// Returns the request id in a header.
    #[inline]
    pub(super) fn header_id(&self) -> Option<Cow<'r, str>> {
        [false, true].into_iter().find_map(|is_second| header_id(self.samples.shape, self.headers, is_second))
    }

    /// Returns the error of a `T` that rejects null where there is no data.
    pub(super) fn without_data(
        &self,
        missing: Finding,
        error: &serde_json::Error,
        request_id: Option<Cow<'r, str>>,
    ) -> Malformed {
        self.malformed(missing.with_error(error), |_| None, request_id)
    }

    /// Returns the error of a body, with the wait of a header.
    fn malformed(&self, finding: Finding, attempt: Attempt<'de>, request_id: Option<Cow<'_, str>>) -> Malformed {
        let problem = finding.locate(self.body, attempt);
        let malformed = Malformed::of(problem, self.body, self.status, request_id.map(Box::from));
        match self.of_headers().wait {
            Some(wait) => malformed.with_retry_after(wait),
            None => malformed,
        }
    }

    /// Returns what headers contain.
    fn of_headers(&self) -> Found<'r> {
        self.values(&Tape::new(self.samples, "")).find()
    }

    /// Returns the request id in a body that cannot be read.
    fn salvaged_id(&self) -> Option<Cow<'r, str>> {
        self.values(&salvage(self.samples, self.body)).find_id()
    }
}

/// Examines a response that is not a success, or whose data `T` rejected.
///
/// Not generic, to keep the code of a program small.
#[cold]
pub(super) fn examine<'r, 'de: 'r>(
    response: &Response<'r, 'de>,
    rejection: Option<Rejection>,
    attempt: Attempt<'de>,
) -> Verdict<'r> {
    match read_json(response.body) {
        Ok(json) => examine_json(response, json, rejection, attempt),
        Err(finding) => {
            let found = Found { request_id: response.salvaged_id(), ..response.of_headers() };
            // A 204 has no content, whatever `success` says (RFC 9110, section 15.3.5).
            let may_be_empty = response.expects_only_data() || response.status == Some(204);
            if finding.kind == MalformedKind::Empty && may_be_empty {
                let Found { request_id, .. } = found;
                return Verdict::Null { any_id: request_id.clone(), request_id, missing: finding };
            }
            if found.code.is_some() {
                return Verdict::Failure(found);
            }
            Verdict::Malformed(response.malformed(finding, attempt, found.request_id))
        }
    }
}

/// Returns a body as text, or why it is not JSON.
fn read_json(body: &[u8]) -> Result<&str, Finding> {
    if body.trim_ascii().is_empty() {
        return Err(Finding::new(MalformedKind::Empty, "", Clue::Body(body.len())));
    }
    let text = core::str::from_utf8(body).map_err(|error| {
        let message = format!("invalid byte at offset {}", error.valid_up_to());
        Finding::new(MalformedKind::Encoding, message, Clue::Body(error.valid_up_to() + 1))
    })?;
    if body.starts_with(BYTE_ORDER_MARK) {
        return Err(Finding::new(MalformedKind::Syntax, "unexpected byte order mark", Clue::Body(1)));
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(text),
        Err(error) => Err(Finding::of_syntax(&error, body)),
    }
}

fn examine_json<'r, 'de: 'r>(
    response: &Response<'r, 'de>,
    json: &'de str,
    rejection: Option<Rejection>,
    attempt: Attempt<'de>,
) -> Verdict<'r> {
    let Duplicate(key) = match Reading::of(response.samples, json) {
        Ok(reading) => return judge(response, &reading, json, rejection, attempt),
        Err(duplicate) => duplicate,
    };
    let finding = match rejection {
        Some(rejection) if response.expects_only_data() => Finding::of_data(rejection),
        _ => {
            let message = format!("duplicate field `{}`", text_of(key).unwrap_or_default());
            Finding::new(MalformedKind::Envelope, message, Clue::Token(end_of(key, json)))
        }
    };
    Verdict::Malformed(response.malformed(finding, attempt, response.salvaged_id()))
}

/// Decides what a scanned body is.
fn judge<'r, 'de: 'r>(
    response: &Response<'r, 'de>,
    reading: &Reading<'de>,
    json: &'de str,
    rejection: Option<Rejection>,
    attempt: Attempt<'de>,
) -> Verdict<'r> {
    let values = response.values(&reading.tape);
    let found = values.find();
    let is_success = response.may_succeed() && reading.is_success();
    // Without a status, a code tells a failure from data.
    let is_reported = response.status.is_none() && response.samples.is_whole_body() && found.code.is_some();
    if !is_success || is_reported {
        return Verdict::Failure(found);
    }
    let is_null = response.samples.shape.constants > 0 && is_data_absent(reading);
    let finding = match (values.success_id(), rejection) {
        _ if !is_null && !has_data(reading) => {
            if found.code.is_some() {
                return Verdict::Failure(found);
            }
            missing_data(MalformedKind::Envelope, NOT_FOUND, reading, json)
        }
        (Err(id), _) => {
            let message = "unpaired surrogate in the request id";
            Finding::new(MalformedKind::Envelope, message, Clue::Token(end_of(id, json)))
        }
        (Ok(request_id), _) if is_null => {
            let missing = missing_data(MalformedKind::Data, "the data is missing", reading, json);
            return Verdict::Null { request_id, missing, any_id: values.find_id() };
        }
        (Ok(_), Some(rejection)) => Finding::of_data(rejection),
        // `T` has read the data, and nothing else is wrong.
        (Ok(_), None) => missing_data(MalformedKind::Envelope, NOT_FOUND, reading, json),
    };
    Verdict::Malformed(response.malformed(finding, attempt, values.find_id()))
}

/// Returns whether a body contains the data, which may be null.
fn has_data(reading: &Reading<'_>) -> bool {
    let shape = reading.tape.samples.shape;
    reading.tape.value(shape.data).is_some_and(|json| !shape.is_mixed || json.starts_with('{'))
}

/// Returns whether the place of the data is missing, or null where the data must be an object.
fn is_data_absent(reading: &Reading<'_>) -> bool {
    let shape = reading.tape.samples.shape;
    reading.tape.value(shape.data).is_none_or(|json| shape.is_mixed && json == "null")
}

/// Describes a body without data, at the last object on the path to it.
fn missing_data(kind: MalformedKind, message: &str, reading: &Reading<'_>, json: &str) -> Finding {
    let path = 0..=reading.tape.samples.shape.data;
    let last = path.rev().find_map(|node| reading.tape.value(node)).unwrap_or_default();
    let start = end_of(last, json).saturating_sub(last.len());
    Finding::new(kind, message, Clue::Token(start + 1))
}

/// Returns the end of a slice of a body.
fn end_of(slice: &str, body: &str) -> usize {
    (slice.as_ptr().addr() + slice.len()).saturating_sub(body.as_ptr().addr())
}
