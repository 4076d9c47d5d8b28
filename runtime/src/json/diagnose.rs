//! Diagnosis of a body that the first pass rejected.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::marker::PhantomData;
use core::str::Utf8Error;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use crate::api_error::ApiError;
use crate::code::Code;
use crate::envelope::de::captured::Captured;
use crate::envelope::de::key::known::KnownKey;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::json::ParseFailure;
use crate::json::legacy;
use crate::json::locate::{Clue, Position, locate};
use crate::json::position::{message_of, offset_of};
use crate::json::request_id;
use crate::json::tokens::path_of_token_at;
use crate::malformed::{Malformed, MalformedKind, Problem};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Returns the failure in a body, or the problem and its location.
///
/// Not generic over `T`, to keep the code small: `reparse` parses a prefix of the body as `T`.
#[cold]
pub(super) fn diagnose<C: ErrorCode>(
    body: &[u8],
    status: Option<u16>,
    failure: Result<ParseFailure, Utf8Error>,
    reparse: &dyn Fn(usize) -> Option<ParseFailure>,
) -> Error<C> {
    let request_id = request_id::find(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body));
    let problem = match examine(body, failure) {
        Ok((code, message)) => {
            return Error::Api(ApiError::from_parts(code, message, request_id).with_status(status));
        }
        Err(unlocated) => unlocated.locate(body, reparse),
    };
    Error::Malformed(Malformed::new(problem, body, status, request_id))
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
    fn locate(self, body: &[u8], reparse: &dyn Fn(usize) -> Option<ParseFailure>) -> Problem {
        let Position { line, column, token_end, is_embedded } = locate(body, &self.clue, reparse);
        let message = match self.clue {
            // The position in embedded JSON stays in the message: `… at line 2 column 2`.
            Clue::Data(failure) if is_embedded => failure.error.to_string(),
            _ => self.message,
        };
        let path = token_end.map(|end| path_of_token_at(end, body)).unwrap_or_default();
        Problem { kind: self.kind, message, path, line, column }
    }
}

/// Returns the code and message of a failure, or the problem in the body.
fn examine<C: ErrorCode>(
    body: &[u8],
    failure: Result<ParseFailure, Utf8Error>,
) -> Result<(Code<C>, Box<str>), Unlocated> {
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
    let scan = scan(body).map_err(|error| classify(body, error))?;
    if let Some(failure) = scan.failure {
        return Ok(failure);
    }
    if scan.has_response {
        return Err(Unlocated::new(MalformedKind::Data, message_of(&failure.error), Clue::Data(failure)));
    }
    legacy::read(body).ok_or_else(|| {
        let end = offset_of(&failure.error, body).unwrap_or(body.len());
        Unlocated::new(MalformedKind::Envelope, "missing field `Response`", Clue::Body(end))
    })
}

/// Classifies an error of [`scan`].
fn classify(body: &[u8], error: serde_json::Error) -> Unlocated {
    // `404 page not found` is not an object, but "not JSON" explains more.
    let error = match error.classify() {
        Category::Data => serde_json::from_slice::<IgnoredAny>(body).err().unwrap_or(error),
        _ => error,
    };
    let end = offset_of(&error, body).unwrap_or(body.len());
    let kind = match error.classify() {
        Category::Eof => MalformedKind::Truncated,
        Category::Data => MalformedKind::Envelope,
        _ if end >= body.len() && ends_in_number(body) => MalformedKind::Truncated,
        Category::Syntax | Category::Io => MalformedKind::Syntax,
    };
    Unlocated::new(kind, message_of(&error), Clue::Token(end))
}

/// Returns whether the body ends inside a number.
///
/// `serde_json` reports `-1.` as an invalid number, not as EOF.
fn ends_in_number(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(&[body, b"0"].concat()).is_err_and(|error| error.is_eof())
}

/// The envelope of a body, without the data.
struct Scan<C> {
    has_response: bool,
    /// Code and message.
    failure: Option<(Code<C>, Box<str>)>,
}

/// Reads the envelope alone. The error is about JSON or the envelope, never about the data.
fn scan<C: ErrorCode>(json: &[u8]) -> serde_json::Result<Scan<C>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let scan = deserializer.deserialize_map(ScanVisitor(PhantomData))?;
    deserializer.end().map(|()| scan)
}

struct ScanVisitor<C>(PhantomData<C>);

impl<'de, C: ErrorCode> Visitor<'de> for ScanVisitor<C> {
    type Value = Scan<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `Response`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scan<C>, A::Error> {
        let mut scan = Scan { has_response: false, failure: None };
        let mut has_id = false;
        while let Some(key) = map.next_key()? {
            match key {
                KnownKey::Response if scan.has_response => return Err(A::Error::duplicate_field("Response")),
                KnownKey::Response => {
                    scan.has_response = true;
                    scan.failure = map.next_value_seed(ResponseScan(PhantomData))?;
                }
                KnownKey::RequestId if has_id => return Err(A::Error::duplicate_field("RequestId")),
                key => {
                    has_id |= key == KnownKey::RequestId;
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(scan)
    }
}

struct ResponseScan<C>(PhantomData<C>);

impl<'de, C: ErrorCode> DeserializeSeed<'de> for ResponseScan<C> {
    type Value = Option<(Code<C>, Box<str>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, C: ErrorCode> Visitor<'de> for ResponseScan<C> {
    type Value = Option<(Code<C>, Box<str>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the `Response` object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut captured = Captured::new();
        captured.read_rest(&mut map)?;
        Ok(captured.failure)
    }
}
