//! Reads one response that must fail.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use errtable::{CommonError, Error, Malformed, from_slice};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The body of the documented success.
pub(crate) const SUCCESS: &str = include_str!("../fixtures/success.json");
/// The body of the documented failure.
pub(crate) const FAILURE: &str = include_str!("../fixtures/failure.json");

/// Reads a body that must be malformed, and returns the error.
pub(crate) fn read_malformed<T: DeserializeOwned>(body: impl AsRef<[u8]>) -> Malformed {
    let body = body.as_ref();
    match from_slice::<T, CommonError>(body).map(|success| success.request_id) {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("expected a malformed body, found {other:?}: {}", body.escape_ascii()),
    }
}

/// Reads a failure, and returns its code.
pub(crate) fn read_code(body: &str) -> String {
    match from_slice::<Value, CommonError>(body.as_bytes()) {
        Err(Error::Api(failure)) => failure.code().to_string(),
        other => panic!("expected a failure, found {other:?}: {body}"),
    }
}
