//! Reads one response that gives no data, and says why not.

use errtable::{CommonError, Error, Malformed, from_slice};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The success of the documentation.
pub(crate) const SUCCESS: &str = include_str!("../fixtures/success.json");
/// The failure of the documentation.
pub(crate) const FAILURE: &str = include_str!("../fixtures/failure.json");

/// What is wrong with a body.
pub(crate) fn malformed<T: DeserializeOwned>(body: impl AsRef<[u8]>) -> Malformed {
    let body = body.as_ref();
    match from_slice::<T, CommonError>(body).map(|success| success.request_id) {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("{} is {other:?}", body.escape_ascii()),
    }
}

/// The code that a failure carries.
pub(crate) fn code(body: &str) -> String {
    match from_slice::<Value, CommonError>(body.as_bytes()) {
        Err(Error::Api(failure)) => failure.code().to_string(),
        other => panic!("{body} is {other:?}"),
    }
}
