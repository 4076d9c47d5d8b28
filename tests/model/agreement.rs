//! `from_slice`, `from_response` and plain serde agree with the independent reading.

use std::fmt::Debug;

use errtable::{CommonError, Envelope, Error, Success, from_response, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::model::{Reading, Rejection, read};
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
    check_result(body, &result, read(body, false, declares_request_id));
    let accepted = from_response::<T, CommonError>(200, &(), body);
    match (&accepted, &result) {
        (Ok(accepted), Ok(success)) => {
            assert_eq!((&accepted.data, &accepted.request_id), (&success.data, &success.request_id));
            assert_eq!((accepted.status, success.status), (Some(200), None));
        }
        (Err(accepted), Err(error)) => {
            assert_eq!((accepted.code(), accepted.request_id()), (error.code(), error.request_id()));
            assert_eq!((accepted.status(), error.status()), (Some(200), None));
        }
        _ => panic!("with status 200 {accepted:?}, without {result:?}"),
    }
    let rejected = from_response::<T, CommonError>(503, &(), body);
    check_result(body, &rejected, read(body, true, declares_request_id));
    assert_eq!(rejected.as_ref().err().and_then(Error::status), Some(503));
    for error in [&result, &accepted, &rejected].into_iter().filter_map(|result| result.as_ref().err()) {
        // Messages are rendered from any input.
        assert!(!format!("{error} {error:?} {error:#}").is_empty());
    }
    let plain = serde_json::from_slice::<Envelope<T, CommonError>>(body).ok();
    let expected = match result {
        Err(Error::Malformed(_)) => None,
        result => Some(result),
    };
    assert_eq!(plain.map(|envelope| envelope.into_result().map_err(Error::Api)), expected);
}

/// Compares the result of a body with its independent reading.
fn check_result<T: Debug + PartialEq>(
    body: &[u8],
    result: &Result<Success<T>, Error<CommonError>>,
    reading: Option<Reading<T>>,
) {
    let text = body.escape_ascii();
    let Some(reading) = reading else {
        assert!(matches!(result, Err(Error::Malformed(_))), "{result:?}: {text}");
        return;
    };
    match (result, reading.outcome) {
        (Ok(success), Ok(data)) => assert_eq!(success.data, data, "{text}"),
        (Err(Error::Api(error)), Err(Rejection::Failure { code, message })) => {
            assert_eq!((error.code().as_str(), error.message()), (&*code, &*message), "{text}");
            assert_eq!(error.body(), body);
        }
        (Err(Error::Malformed(_)), Err(Rejection::Malformed)) => {}
        (result, expected) => panic!("expected {expected:?}, found {result:?}: {text}"),
    }
    let request_id = match result {
        Ok(success) => success.request_id.as_deref(),
        Err(error) => error.request_id(),
    };
    assert_eq!(request_id, reading.request_id.as_deref(), "{text}");
}
