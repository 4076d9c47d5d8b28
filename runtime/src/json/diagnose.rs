//! Why a body gave no data: read again for the envelope alone, so that nothing it still tells is lost.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;
use core::str::Utf8Error;

use serde_core::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::legacy::{self, Legacy};
use super::locate::{ParseFailure, message_of, offset_of, position_of};
use super::request_id;
use super::tokens::path_of_token_at;
use crate::api_error::ApiError;
use crate::code::Code;
use crate::envelope::de::captured::Captured;
use crate::envelope::de::key::known::KnownKey;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::malformed::{Malformed, MalformedKind, Problem};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decides what a body is that the first reading refused, or that is not UTF-8.
///
/// Not generic over T, whose part is `again`: reading a beginning of the body once more.
#[cold]
pub(super) fn diagnose<C: ErrorCode>(
    body: &[u8],
    status: Option<u16>,
    failure: Result<ParseFailure, Utf8Error>,
    reparse: &dyn Fn(usize) -> Option<ParseFailure>,
) -> Error<C> {
    let json = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    let request_id = request_id::find(json);
    let problem = match (failure, scan(json)) {
        _ if body.trim_ascii().is_empty() => at(MalformedKind::Empty, "", body, body.len()),
        (Err(error), _) => {
            let message = format!("byte {} starts no character", error.valid_up_to());
            at(MalformedKind::Encoding, &message, body, error.valid_up_to() + 1)
        }
        _ if json.len() < body.len() => at(MalformedKind::Syntax, "a byte order mark stands before the JSON", body, 1),
        (Ok(_), Err(error)) => broken(body, error),
        (Ok(failure), Ok(scan)) => match (scan.failure, scan.has_response) {
            (Some((code, message)), _) => return Error::Api(ApiError::from_parts(code, message, request_id)),
            (None, true) => failure.locate(body, reparse),
            (None, false) => match legacy::read(json) {
                Legacy::Failure(code, message) => return Error::Api(ApiError::from_parts(code, message, request_id)),
                Legacy::Success => without_response("`code` 0 is a success of the legacy form", &failure),
                Legacy::Neither => without_response("it has no `Response`", &failure),
            },
        },
    };
    Error::Malformed(Malformed::new(problem, body, status, request_id))
}

/// A problem of the body as a whole.
fn at(kind: MalformedKind, message: &str, body: &[u8], offset: usize) -> Problem {
    let (line, column) = position_of(body, offset);
    Problem { kind, message: message.into(), path: String::new(), line, column }
}

fn without_response(message: &str, failure: &ParseFailure) -> Problem {
    let (line, column) = failure.position();
    Problem { kind: MalformedKind::Envelope, message: message.into(), path: String::new(), line, column }
}

/// The JSON is not sound, or the envelope is not.
fn broken(body: &[u8], error: serde_json::Error) -> Problem {
    // `404 page not found` starts with a sound number: that it is no JSON says more than that it is no object.
    let error = match error.classify() {
        Category::Data => serde_json::from_slice::<IgnoredAny>(body).err().unwrap_or(error),
        _ => error,
    };
    let (line, column) = (error.line(), error.column());
    let offset = offset_of(body, (line, column)).unwrap_or(body.len());
    let kind = match error.classify() {
        Category::Eof => MalformedKind::Truncated,
        Category::Data => MalformedKind::Envelope,
        _ if offset >= body.len() && ends_in_a_number(body) => MalformedKind::Truncated,
        Category::Syntax | Category::Io => MalformedKind::Syntax,
    };
    Problem { kind, message: message_of(&error), path: path_of_token_at(offset, body), line, column }
}

/// Whether one more digit makes an unfinished body of this one: to `serde_json` a `-1.` is wrong, not cut off.
fn ends_in_a_number(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(&[body, b"0"].concat()).is_err_and(|error| error.is_eof())
}

/// What the envelope says.
struct Scan<C> {
    has_response: bool,
    /// Code and message.
    failure: Option<(Code<C>, Box<str>)>,
}

/// Reads JSON for the envelope; the error is a rule of JSON or of the envelope that the body breaks.
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
