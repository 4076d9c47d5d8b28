//! Reads a response: data, or the error that the service reported.
//!
//! A success takes one pass: [`data`] deserializes `T` in place, and records on the [`tape`] what
//! the samples of the envelope name. [`verdict`] decides what any other response is, and
//! [`diagnose`] finds what is wrong with it.

mod data;
mod diagnose;
mod found;
pub(crate) mod headers;
mod in_place;
mod key_seed;
mod locate;
#[cfg(test)]
mod made;
mod path;
mod position;
mod reading;
mod salvage;
mod scanner;
mod tape;
mod tokens;
mod value;
mod verdict;
mod wait;

use alloc::borrow::Cow;
use alloc::boxed::Box;

use serde_core::de::{Deserialize, IgnoredAny};

use self::data::{Rejection, read_data, read_null, read_whole};
use self::found::Found;
use self::headers::Headers;
use self::in_place::read_failure;
use self::reading::{Mode, Reading};
use self::tape::Samples;
use self::verdict::{Response, Verdict, examine};
use crate::api_error::ApiError;
use crate::code::Code;
use crate::enveloped::Enveloped;
use crate::error::Error;
use crate::success::Success;

/// Reads a response from its HTTP status, headers and JSON body.
///
/// `T` is the type of the data, and may borrow from the body. `C` is the enum of the error codes,
/// whose table describes what a response looks like.
///
/// A status other than 2xx is a failure. With 2xx, the sample `success` of the table decides. The
/// order of keys in the body does not matter.
///
/// Without a sample `success`, the whole body is the data, and the request id of a success comes
/// from the headers only. An empty body is then read as null: let `T` be `()` or an `Option`. With
/// a sample `success`, this applies only to status 204, and any other empty body is
/// [`Error::Malformed`].
///
/// # Errors
///
/// Returns [`Error::Api`] if the service reported an error. Returns [`Error::Malformed`] if the
/// body is not JSON, is neither data nor a failure, or its data is not a `T`.
///
/// ```
/// use errtable::{CommonError, Retry, from_response};
///
/// let headers = [("retry-after", "7")];
/// let body = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded"}}}"#;
/// let error = from_response::<(), CommonError>(200, &headers, body).unwrap_err();
/// assert!(error.is(CommonError::RequestLimitExceeded));
///
/// // A gateway answers with its own page.
/// let error = from_response::<(), CommonError>(503, &(), b"<html>").unwrap_err();
/// assert_eq!((error.status(), error.retry()), (Some(503), Retry::Transient));
/// ```
pub fn from_response<'de, T, C>(
    status: u16,
    headers: &(impl Headers + ?Sized),
    body: &'de [u8],
) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: Enveloped,
{
    read(Some(status), &headers, body)
}

/// Reads the JSON body of a response whose status and headers are not known.
///
/// If the table has no sample `success`, a body with a code is a failure, and any other body is the
/// data. Prefer [`from_response`], which knows the status.
///
/// # Errors
///
/// Returns the errors of [`from_response`].
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
    C: Enveloped,
{
    read(None, &(), body)
}

fn read<'de, T, C>(status: Option<u16>, headers: &dyn Headers, body: &'de [u8]) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: Enveloped,
{
    let response = Response { samples: Samples::of::<C>(), status, headers, body };
    let mut rejection = None;
    // `serde_json` parses a `str` faster than bytes, because it does not check for UTF-8.
    if let Ok(text) = core::str::from_utf8(body) {
        match first_pass::<_, C>(&response, text) {
            Pass::Success(data, request_id) => return Ok(success(data, request_id, status)),
            Pass::Failure(found) => return Err(Error::Api(api_error(found, &response))),
            Pass::Rejected(error) => rejection = error,
        }
    }
    match examine(&response, rejection, attempt::<T, C>) {
        Verdict::Null { request_id, missing, any_id } => match read_null() {
            Ok(data) => Ok(success(data, request_id, status)),
            Err(error) => Err(Error::Malformed(response.without_data(missing, &error, any_id))),
        },
        Verdict::Failure(found) => Err(Error::Api(api_error(found, &response))),
        Verdict::Malformed(malformed) => Err(Error::Malformed(malformed)),
    }
}

/// What the first pass found.
enum Pass<'r, T> {
    Success(T, Option<Cow<'r, str>>),
    Failure(Found<'r>),
    /// Not decided yet. Has the error of `T`, if it failed.
    Rejected(Option<Rejection>),
}

#[inline]
fn first_pass<'r, 'de: 'r, T, C>(response: &Response<'r, 'de>, text: &'de str) -> Pass<'r, T>
where
    T: Deserialize<'de>,
    C: Enveloped,
{
    if !response.may_succeed() {
        return match read_failure(text, response.samples) {
            Ok(tape) => Pass::Failure(response.values(&tape).find()),
            Err(_) => Pass::Rejected(None),
        };
    }
    if Samples::of::<C>().is_whole_body() {
        return read_body(response, text);
    }
    let mut reading = Reading::new(response.samples, text);
    let mut read = read_data::<_, C>(text, &mut reading);
    if reading.mode == Mode::MustScan {
        // A scan accepts more than valid JSON.
        if serde_json::from_str::<IgnoredAny>(text).is_err() {
            return Pass::Rejected(None);
        }
        reading = Reading::scanning(response.samples, text);
        read = read_data::<_, C>(text, &mut reading);
    }
    match read {
        Ok(Some(data)) if reading.is_success() => match response.values(&reading.tape).success_id() {
            Ok(request_id) => Pass::Success(data, request_id),
            Err(_) => Pass::Rejected(None),
        },
        Ok(_) if reading.is_partial || reading.is_success() => Pass::Rejected(None),
        Ok(_) => Pass::Failure(response.values(&reading.tape).find()),
        Err(rejection) => Pass::Rejected(Some(rejection)),
    }
}

/// Reads a body that is the data. Without a status, a code in it makes it a failure.
#[inline]
fn read_body<'r, 'de: 'r, T: Deserialize<'de>>(response: &Response<'r, 'de>, text: &'de str) -> Pass<'r, T> {
    match read_whole(text) {
        Ok(data) if response.status.is_some() => Pass::Success(data, response.header_id()),
        Ok(data) => match response.reported(text) {
            Ok(None) => Pass::Success(data, None),
            Ok(Some(found)) => Pass::Failure(found),
            Err(_) => Pass::Rejected(None),
        },
        Err(rejection) => Pass::Rejected(Some(rejection)),
    }
}

/// Reads the data of a body again, and returns the error.
fn attempt<'de, T: Deserialize<'de>, C: Enveloped>(text: &'de str) -> Option<Rejection> {
    let samples = Samples::of::<C>();
    if samples.is_whole_body() {
        read_whole::<T>(text).err()
    } else {
        read_data::<T, C>(text, &mut Reading::scanning(samples, text)).err()
    }
}

fn success<T>(data: T, request_id: Option<Cow<'_, str>>, status: Option<u16>) -> Success<T> {
    Success { data, request_id: request_id.map(Box::from), status }
}

fn api_error<C: Enveloped>(found: Found<'_>, response: &Response<'_, '_>) -> ApiError<C> {
    let Found { code, message, request_id, wait } = found;
    let code = Code::from(&*code.unwrap_or_default());
    let message = message.map(Box::from).unwrap_or_default();
    ApiError::reported(code, message, request_id.map(Box::from), response.status, wait, response.body)
}
