//! `from_slice`, `from_response` and plain serde agree with the independent reading.

use std::fmt::Debug;

use errtable::{CommonError, Envelope, Error, Success, from_response, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::model::{Rejection, read};
use crate::reading::{Instances, WithId};

/// Data with one key.
#[derive(Debug, Deserialize, PartialEq)]
enum Variant {
    TotalCount(u8),
    Name(String),
}

/// Checks a body with data types that take any key, one key or certain keys, and that take the id.
pub(crate) fn check_body(body: &[u8]) {
    check::<Map<String, Value>>(body, false);
    check::<Variant>(body, false);
    check::<Instances>(body, false);
    check::<WithId>(body, true);
}

/// Reads a body in each way, and compares with the independent reading.
///
/// Panics if they differ.
fn check<T: DeserializeOwned + Debug + PartialEq>(body: &[u8], declares_request_id: bool) {
    let result = from_slice::<T, CommonError>(body);
    match read::<T>(body, declares_request_id) {
        Some(reading) => {
            match (&result, reading.outcome) {
                (Ok(success), Ok(data)) => assert_eq!(success.data, data),
                (Err(Error::Api(error)), Err(Rejection::Failure { code, message })) => {
                    assert_eq!((error.code().as_str(), error.message()), (&*code, &*message));
                }
                (Err(Error::Malformed(_)), Err(Rejection::Malformed)) => {}
                (result, expected) => panic!("expected {expected:?}, found {result:?}"),
            }
            assert_eq!(request_id(&result), reading.request_id.as_deref());
        }
        None => assert!(matches!(result, Err(Error::Malformed(_))), "{result:?}"),
    }
    let with_status = from_response::<T, CommonError>(503, body);
    assert_eq!(request_id(&with_status), request_id(&result));
    match (&with_status, &result) {
        (Ok(with_status), Ok(success)) => assert_eq!(with_status, success),
        (Err(with_status), Err(error)) => {
            assert_eq!(with_status.status(), Some(503));
            assert_eq!(with_status.code(), error.code());
            // Messages are rendered from any input.
            assert!(!format!("{with_status} {with_status:?} {error:#}").is_empty());
        }
        _ => panic!("with a status {with_status:?}, without {result:?}"),
    }
    // `serde_json` also accepts values that it skips and that are not UTF-8, so it reads a `str`.
    let plain = str::from_utf8(body).ok().and_then(|body| serde_json::from_str::<Envelope<T, CommonError>>(body).ok());
    if let Some(envelope) = plain {
        assert_eq!(envelope.into_result().map_err(Error::Api), result);
    }
}

fn request_id<T>(result: &Result<Success<T>, Error<CommonError>>) -> Option<&str> {
    match result {
        Ok(success) => success.request_id.as_deref(),
        Err(error) => error.request_id(),
    }
}
