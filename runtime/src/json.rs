//! Parsing of JSON response bodies.

mod body;
mod clean;
mod diagnose;
mod legacy;
mod locate;
mod path;
mod position;
mod request_id;
mod tokens;

use serde_core::de::{Deserialize, IgnoredAny};
use serde_json::Deserializer;
use serde_json::de::StrRead;

pub use self::body::Body;
use self::diagnose::{Form, diagnose};
use crate::envelope::{Envelope, Success};
use crate::error::Error;
use crate::error_code::ErrorCode;

/// Parses the JSON body of a response.
///
/// `T` is the type of the data, and may borrow from the body; see [`Envelope`]. `C` is the enum of
/// the error codes. The result does not depend on the order of keys.
///
/// A valid body is parsed in one pass. If the data is invalid, the body is read again without `T`,
/// to find a failure that follows. Prefixes of the body are then parsed again to find the invalid
/// field. The request id is recovered from any body that contains it, even a truncated one.
///
/// A body without `Response` may be a failure of the legacy form:
/// `{"code": 4400, "codeDesc": "…", "message": "…"}`. Its `codeDesc` must be a string that is not
/// empty, and its `code` neither 0 nor "0". Any other body without `Response` is malformed.
///
/// # Errors
///
/// Returns [`Error::Api`] if the service reported an error. Returns [`Error::Malformed`] if the
/// body is not a valid envelope, or its data is not a valid `T`.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use errtable::{CommonError, from_slice};
///
/// let body = br#"{"Response": {"TotalCount": 0, "RequestId": "b5b41468"}}"#;
/// let success = from_slice::<BTreeMap<&str, u32>, CommonError>(body)?;
/// assert_eq!(success.data["TotalCount"], 0);
/// assert_eq!(success.request_id.as_deref(), Some("b5b41468"));
///
/// let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
/// let error = from_slice::<(), CommonError>(body).unwrap_err();
/// assert_eq!(error.code(), Some(&CommonError::InternalError.into()));
/// # Ok::<(), errtable::Error<CommonError>>(())
/// ```
pub fn from_slice<'de, T, C>(body: &'de [u8]) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: ErrorCode,
{
    read::<Envelope<T, C>>(body, None)
}

/// Parses the JSON body of a response, as [`from_slice`] does, with its HTTP status.
///
/// A valid envelope is read without the status. For a malformed body, it determines how the
/// request may be retried; see [`Malformed::retry`](crate::Malformed::retry).
///
/// # Errors
///
/// Returns the errors of [`from_slice`]. Both contain the status.
///
/// ```
/// use errtable::{CommonError, Retry, from_response};
///
/// let error = from_response::<(), CommonError>(503, b"<html>").unwrap_err();
/// assert_eq!(error.status(), Some(503));
/// assert_eq!(error.retry(), Retry::Transient);
/// ```
pub fn from_response<'de, T, C>(status: u16, body: &'de [u8]) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: ErrorCode,
{
    from_response_as::<Envelope<T, C>>(status, body)
}

/// Parses the JSON body of a response in any envelope, with its HTTP status.
///
/// `B` is the type of the body; see [`Body`]. The error for a body that is not a valid `B` has the
/// path of the field, the request id and the status, as with [`from_response`].
///
/// # Errors
///
/// Returns [`Error::Api`] if the service reported an error. Returns [`Error::Malformed`] if the
/// body is not a valid `B`.
///
/// ```
/// use errtable::{CommonError, Envelope, from_response_as};
///
/// // The envelope of the reference API, which `from_response` parses.
/// let body = br#"{"Response": {"RequestId": "b5b41468"}}"#;
/// let success = from_response_as::<Envelope<(), CommonError>>(200, body)?;
/// assert_eq!(success.request_id.as_deref(), Some("b5b41468"));
/// # Ok::<(), errtable::Error<CommonError>>(())
/// ```
pub fn from_response_as<'de, B: Body<'de>>(status: u16, body: &'de [u8]) -> Result<Success<B::Data>, Error<B::Code>> {
    read::<B>(body, Some(status))
}

#[inline]
fn read<'de, B: Body<'de>>(body: &'de [u8], status: Option<u16>) -> Result<Success<B::Data>, Error<B::Code>> {
    // `serde_json` parses a `str` faster than bytes, because it does not check for UTF-8.
    let failure = match core::str::from_utf8(body) {
        Ok(text) => match parse(text, |deserializer| B::deserialize(deserializer)) {
            Ok(parsed) => return parsed.into_result().map_err(|error| Error::Api(error.with_status(status))),
            Err(failure) => Ok(failure),
        },
        Err(error) => Err(error),
    };
    let mut parsed = None;
    let mut reparse = |end, request_id: Option<&str>| {
        let start = body.get(..end).and_then(|start| core::str::from_utf8(start).ok())?;
        match parse(start, |deserializer| B::deserialize_data(deserializer, request_id)) {
            // A prefix may be a valid body if the data type ignores an error inside a value.
            Ok(_) if end < body.len() => None,
            Ok(whole) => {
                parsed = Some(whole);
                None
            }
            Err(failure) => Some(failure),
        }
    };
    let error = diagnose(&Form::of::<B>(), body, status, failure, &mut reparse);
    match parsed.map(B::into_result) {
        Some(Ok(success)) => Ok(success.or_request_id(error.request_id())),
        Some(Err(error)) => Err(Error::Api(error.with_status(status))),
        None => Err(error),
    }
}

/// The error of a pass, and how much of the body it consumed.
struct ParseFailure {
    error: serde_json::Error,
    consumed: usize,
}

/// Parses a body in one pass.
fn parse<'de, B>(
    text: &'de str,
    deserialize: impl FnOnce(&mut Deserializer<StrRead<'de>>) -> serde_json::Result<B>,
) -> Result<B, ParseFailure> {
    let mut deserializer = Deserializer::from_str(text);
    let parsed = deserialize(&mut deserializer).and_then(|parsed| deserializer.end().map(|()| parsed));
    parsed.map_err(|error| {
        let consumed = deserializer.into_iter::<IgnoredAny>().byte_offset();
        ParseFailure { error, consumed }
    })
}
