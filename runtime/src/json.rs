//! From the bytes of a response to its data, or to the one reason why there is none.

use serde_core::de::{Deserialize, IgnoredAny};

use self::diagnose::diagnose;
use crate::envelope::{Envelope, Success};
use crate::error::Error;
use crate::error_code::ErrorCode;

mod diagnose;
mod legacy;
mod locate;
mod position;
mod request_id;
mod tokens;

/// Reads the JSON body of a response: the data, the service's failure, or what is wrong with the body.
///
/// `T` is the data under `Response`, as [`Envelope`] says; it may borrow from the body. `C` is the enum of the
/// codes. The outcome does not depend on the order of keys. A sound body is read in one pass. One that is not is read once
/// more for the envelope alone, so that a failure is not lost where `T` does not fit, and the request id in no case; then
/// beginnings of the body are read as `T` again, to find the field.
///
/// An answer of the legacy form, `{"code": 4400, "codeDesc": "…", "message": "…"}` without `Response`, is a failure
/// where `codeDesc`, or else `code`, is a string.
///
/// # Errors
///
/// [`Error::Api`] where the service answered with a failure, [`Error::Malformed`] where the body is no valid envelope or its
/// data does not fit `T`.
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
/// let body = br#"{"Response": {"Error": {"Code": "InternalError", "Message": "try again"}, "RequestId": "ed93f3cb"}}"#;
/// let error = from_slice::<BTreeMap<&str, u32>, CommonError>(body).unwrap_err();
/// assert_eq!(error.code().and_then(|code| code.known()), Some(CommonError::InternalError));
/// # Ok::<(), errtable::Error<CommonError>>(())
/// ```
pub fn from_slice<'de, T, C>(body: &'de [u8]) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: ErrorCode,
{
    read(body, None)
}

/// The same as [`from_slice`] for a body that came with an HTTP status.
///
/// A valid envelope is the service's own word, whatever the status. For any other body the status says
/// whether the request may be sent again: see [`Malformed::retry`](crate::Malformed::retry).
///
/// # Errors
///
/// As for [`from_slice`]; a [`Malformed`](crate::Malformed) keeps the status.
///
/// ```
/// use errtable::{CommonError, Retry, from_response};
///
/// let error = from_response::<(), CommonError>(503, b"<html>Service Unavailable</html>").unwrap_err();
/// assert_eq!(error.status(), Some(503));
/// assert_eq!(error.retry(), Retry::Transient);
/// ```
pub fn from_response<'de, T, C>(status: u16, body: &'de [u8]) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: ErrorCode,
{
    read(body, Some(status))
}

fn read<'de, T, C>(body: &'de [u8], status: Option<u16>) -> Result<Success<T>, Error<C>>
where
    T: Deserialize<'de>,
    C: ErrorCode,
{
    // Checked first as a whole: reading text that is known to be UTF-8 is the faster way.
    let failure = match core::str::from_utf8(body) {
        Ok(text) => match parse::<T, C>(text) {
            Ok(envelope) => return envelope.into_result().map_err(Error::Api),
            Err(failure) => Ok(failure),
        },
        Err(error) => Err(error),
    };
    let reparse = |end| {
        let start = body.get(..end).and_then(|start| core::str::from_utf8(start).ok())?;
        parse::<T, C>(start).err()
    };
    Err(diagnose(body, status, failure, &reparse))
}

/// The error of a pass, and how much of the body it consumed.
struct ParseFailure {
    error: serde_json::Error,
    consumed: usize,
}

/// Parses a body in one pass.
fn parse<'de, T, C>(text: &'de str) -> Result<Envelope<T, C>, ParseFailure>
where
    T: Deserialize<'de>,
    C: ErrorCode,
{
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let envelope = Envelope::deserialize(&mut deserializer).and_then(|envelope| deserializer.end().map(|()| envelope));
    envelope.map_err(|error| {
        let consumed = deserializer.into_iter::<IgnoredAny>().byte_offset();
        ParseFailure { error, consumed }
    })
}
