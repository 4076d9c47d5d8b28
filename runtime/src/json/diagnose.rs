//! Diagnosis of a body that the first pass rejected.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::str::Utf8Error;

use serde_core::de::IgnoredAny;
use serde_json::error::Category;

use crate::api_error::ApiError;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::json::ParseFailure;
use crate::json::body::Body;
use crate::json::clean::clean;
use crate::json::locate::{Clue, Position, Reparse, locate};
use crate::json::path::path_of_token_at;
use crate::json::position::{message_of, offset_of, text_of};
use crate::json::request_id;
use crate::malformed::{Malformed, MalformedKind, Problem};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What [`diagnose`] needs of a [`Body`], without its type.
pub(super) struct Form<C> {
    request_id: &'static [&'static str],
    fallback_request_id: &'static [&'static str],
    examine: fn(&[u8]) -> serde_json::Result<Option<ApiError<C>>>,
}

impl<C> Form<C> {
    pub(super) fn of<'de, B: Body<'de, Code = C>>() -> Self {
        Self { request_id: B::REQUEST_ID, fallback_request_id: B::FALLBACK_REQUEST_ID, examine: B::examine }
    }
}

/// Returns the failure in a body, or the problem and its location.
///
/// The error is invalid if `reparse` succeeds: the data is valid, and only its envelope was not.
/// Not generic over the body, to keep the code small.
#[cold]
pub(super) fn diagnose<C: ErrorCode>(
    form: &Form<C>,
    body: &[u8],
    status: Option<u16>,
    failure: Result<ParseFailure, Utf8Error>,
    reparse: &mut dyn FnMut(usize, Option<&str>) -> Option<ParseFailure>,
) -> Error<C> {
    let json = clean(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body));
    let own_id = request_id::find(&json, form.request_id);
    // `T` may borrow an id from the body, but not one with replaced text.
    let is_replaced = matches!(json, Cow::Owned(_)) && request_id::find(body, form.request_id) != own_id;
    let replaced_id = own_id.as_deref().filter(|_| is_replaced);
    let mut reparse = |end| reparse(end, replaced_id);
    let examined = examine(form, body, &json, failure, &mut reparse);
    let problem = examined.map_err(|unlocated| unlocated.locate(body, &mut reparse));
    let request_id = own_id.or_else(|| request_id::find(&json, form.fallback_request_id));
    match problem {
        Ok(error) => Error::Api(error.or_request_id(request_id.as_deref()).with_status(status)),
        Err(problem) => Error::Malformed(Malformed::new(problem, body, status, request_id)),
    }
}

/// A problem in a body that has not been located yet.
struct Unlocated {
    kind: MalformedKind,
    message: String,
    clue: Clue,
}

impl Unlocated {
    fn new(kind: MalformedKind, message: impl Into<String>, clue: Clue) -> Self {
        Self { kind, message: message.into(), clue }
    }

    /// Locates the problem: its line and column, then its field.
    fn locate(self, body: &[u8], reparse: Reparse<'_>) -> Problem {
        let Position { line, column, token_end, is_embedded } = locate(body, &self.clue, reparse);
        let message = match self.clue {
            // The position in embedded JSON stays in the message: `… at line 2 column 2`.
            Clue::Data(failure) if is_embedded => text_of(&failure.error),
            _ => self.message,
        };
        let path = token_end.map(|end| path_of_token_at(end, body)).unwrap_or_default();
        // `{"message": "no Route matched"}` is the body of another program, not invalid data.
        let kind =
            if path.is_empty() && self.kind == MalformedKind::Data { MalformedKind::Envelope } else { self.kind };
        Problem { kind, message, path, line, column }
    }
}

/// Returns the failure in a body, or the problem.
fn examine<C: ErrorCode>(
    form: &Form<C>,
    body: &[u8],
    clean: &[u8],
    failure: Result<ParseFailure, Utf8Error>,
    reparse: Reparse<'_>,
) -> Result<ApiError<C>, Unlocated> {
    if body.trim_ascii().is_empty() {
        return Err(Unlocated::new(MalformedKind::Empty, "", Clue::Body(body.len())));
    }
    let failure = failure.map_err(|error| {
        let message = format!("invalid byte at offset {}", error.valid_up_to());
        Unlocated::new(MalformedKind::Encoding, message, Clue::Body(error.valid_up_to() + 1))
    })?;
    if body.starts_with(BYTE_ORDER_MARK) {
        return Err(Unlocated::new(MalformedKind::Syntax, "unexpected byte order mark", Clue::Body(1)));
    }
    let found = serde_json::from_slice::<IgnoredAny>(body).and_then(|_| (form.examine)(clean));
    if let Some(error) = found.map_err(|error| classify(body, &error))? {
        return Ok(error);
    }
    // `locate` looks for the error of this pass. Without one, only the envelope is invalid:
    // `{"Response": {"A": 1}, "RequestId": 1e999}`.
    let Some(failure) = reparse(body.len()) else {
        return Err(Unlocated::new(MalformedKind::Data, message_of(&failure.error), Clue::Body(failure.consumed)));
    };
    Err(Unlocated::new(MalformedKind::Data, message_of(&failure.error), Clue::Data(failure)))
}

/// Classifies an error of JSON or of the envelope.
fn classify(body: &[u8], error: &serde_json::Error) -> Unlocated {
    let end = offset_of(error, body).unwrap_or(body.len());
    let message = message_of(error);
    let kind = match error.classify() {
        Category::Eof => MalformedKind::Truncated,
        Category::Data => MalformedKind::Envelope,
        // `serde_json` reports `-1.` as an invalid number, not as EOF.
        _ if end >= body.len() && message == "invalid number" && ends_in_number(body) => MalformedKind::Truncated,
        Category::Syntax | Category::Io => MalformedKind::Syntax,
    };
    Unlocated::new(kind, message, Clue::Token(end))
}

/// Returns whether a body that ends in an invalid number could continue: `-`, `1.`, `1e` or `1e+`.
fn ends_in_number(body: &[u8]) -> bool {
    match body {
        [.., b'0'..=b'9', b'.' | b'e' | b'E'] | [.., b'e' | b'E', b'+' | b'-'] => true,
        [before @ .., b'-'] => !matches!(before, [.., b'0'..=b'9' | b'.' | b'+' | b'-']),
        _ => false,
    }
}
