//! `ApiError` and `Error` are small, keep what the caller adds, and are found in a chain of errors.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use errtable::{
    ApiError, ApiErrorParts, Code, CommonError, Envelope, Error, Malformed, Retries, Retry, Step, Success, UnknownCode,
    error_table, from_response, from_slice,
};

#[error_table("fixtures/tables/storage.json")]
enum Storage {}

const FAILURE: &[u8] = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded", "Message": "m"}}}"#;

/// Reads a failure without a request id.
fn failure(status: u16) -> Error<CommonError> {
    from_response::<(), CommonError>(status, &(), FAILURE).unwrap_err()
}

#[test]
fn errors_are_small() {
    assert_eq!(size_of::<Code<CommonError>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Code<Storage>>(), 2 * size_of::<usize>());
    assert!(size_of::<ApiError<CommonError>>() <= 80);
    assert!(size_of::<Error<CommonError>>() <= 80);
}

#[test]
fn errors_and_responses_cross_threads() {
    fn check<T: Clone + fmt::Debug + Send + Sync + 'static>() {}
    check::<ApiError<CommonError>>();
    check::<ApiErrorParts<CommonError>>();
    check::<Code<CommonError>>();
    check::<Envelope<String, CommonError>>();
    check::<Error<CommonError>>();
    check::<Malformed>();
    check::<Retries>();
    check::<Step>();
    check::<Success<String>>();
    check::<UnknownCode>();
}

#[test]
fn failure_keeps_the_status() {
    let error = failure(429);
    assert_eq!((error.status(), error.api().unwrap().status()), (Some(429), Some(429)));
    assert_eq!(error.clone().recode::<Storage>().status(), Some(429));
    assert_ne!(error, failure(200));
    assert_eq!(from_slice::<(), CommonError>(FAILURE).unwrap_err().status(), None);
    // A failure before which `T` was rejected.
    let body = br#"{"Response": {"A": 1, "Error": {"Code": "X"}}}"#;
    assert_eq!(from_response::<Vec<u8>, CommonError>(400, &(), body).unwrap_err().status(), Some(400));
}

#[test]
fn unknown_code_has_the_class_of_the_status() {
    let read = |status, code| {
        let body = format!(r#"{{"Response": {{"Error": {{"Code": "{code}", "Message": "m"}}}}}}"#);
        from_response::<(), CommonError>(status, &(), body.as_bytes()).unwrap_err()
    };
    let retry = |status, code| read(status, code).retry();
    assert_eq!((retry(503, "New.Code"), retry(429, "")), (Retry::Transient, Retry::Throttled));
    assert_eq!((retry(200, "New.Code"), retry(400, "New.Code")), (Retry::Never, Retry::Never));
    // The class of a known code is that of the table.
    assert_eq!((retry(503, "LimitExceeded"), retry(400, "InternalError")), (Retry::Never, Retry::Transient));
    // The class of an ancestor does not apply. The caller can set another one.
    let Error::Api(error) = read(200, "RequestLimitExceeded.New") else { panic!("expected a failure") };
    assert_eq!(error.retry(), Retry::Never);
    assert_eq!(error.with_retry(Retry::Conflict).retry(), Retry::Conflict);
}

#[test]
fn known_code_is_found_by_is() {
    let error = failure(429);
    assert!(error.is(CommonError::RequestLimitExceeded) && error.api().unwrap().is(CommonError::RequestLimitExceeded));
    assert!(!error.is(CommonError::InternalError));
    assert!(!from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err().is(CommonError::InternalError));
}

#[test]
fn known_is_a_code_of_the_table() {
    let known = |status, body| from_response::<(), CommonError>(status, &(), body).unwrap_err().known();
    assert_eq!(known(200, FAILURE), Some(CommonError::RequestLimitExceeded));
    assert_eq!(known(200, br#"{"Response": {"Error": {"Code": "RequestLimitExceeded.New"}}}"#), None);
    assert_eq!(known(404, b"{}"), None);
    assert_eq!(known(502, b"<html>"), None);
}

#[test]
fn class_of_the_caller_replaces_those_of_table_and_status() {
    let malformed = |status, body| from_response::<(), CommonError>(status, &(), body).unwrap_err();
    for error in [failure(200), malformed(502, b"<html>"), malformed(200, b""), malformed(404, b"")] {
        for retry in Retry::ALL.iter().copied() {
            let error = error.clone().with_retry(retry);
            assert_eq!((error.retry(), error.retry_action(true)), (retry, retry.retry_action(true)), "{error}");
            assert_eq!(error.recode::<Storage>().retry(), retry);
        }
    }
    assert_ne!(failure(200).with_retry(Retry::Never), failure(200));
    assert_ne!(malformed(502, b"").with_retry(Retry::Never), malformed(502, b""));
}

#[test]
fn header_id_is_used_if_the_body_has_none() {
    let malformed = || from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    for error in [failure(200), malformed()] {
        assert_eq!(error.clone().or_request_id(None).request_id(), None);
        assert_eq!(error.clone().or_request_id("").request_id(), None);
        let error = error.or_request_id(Some("header"));
        assert_eq!(error.request_id(), Some("header"));
        assert_eq!(error.or_request_id("other").request_id(), Some("header"));
    }
    assert!(malformed().or_request_id("header").to_string().ends_with("(status 502, request id header)"));
    let success = Success::new(1).or_request_id("").or_request_id("header").or_request_id("other");
    assert_eq!(success, Success::new(1).with_request_id("header"));
}

#[test]
fn wait_of_the_service_replaces_the_table() {
    let of_table = ApiError::<Storage>::new("RequestLimitExceeded.Upload", "");
    assert!(of_table.retry_after().is_some());
    for wait in [Duration::ZERO, Duration::new(7, 999_999_999), Duration::from_secs(u32::MAX.into())] {
        assert_eq!(of_table.clone().with_retry_after(wait).retry_after(), Some(wait));
        assert_eq!(failure(429).with_retry_after(wait).retry_after(), Some(wait));
        let malformed = from_response::<(), CommonError>(503, &(), b"").unwrap_err();
        assert_eq!(malformed.with_retry_after(wait).recode::<Storage>().retry_after(), Some(wait));
    }
    let long = failure(429).with_retry_after(Duration::MAX).retry_after().unwrap();
    assert_eq!(long.as_secs(), u64::from(u32::MAX));
    assert_ne!(failure(429).with_retry_after(long), failure(429));
}

#[test]
fn parts_are_complete() {
    let error = failure(429).or_request_id("id").with_retry_after(Duration::from_secs(1));
    let Error::Api(error) = error else { panic!("{error}") };
    let parts = error.into_parts();
    assert_eq!((parts.code, &*parts.message), (CommonError::RequestLimitExceeded.into(), "m"));
    assert_eq!((parts.request_id.as_deref(), parts.status), (Some("id"), Some(429)));
    assert_eq!(parts.retry_after, Some(Duration::from_secs(1)));
}

/// An error of a user, with any source.
#[derive(Debug)]
struct Wrapper<E>(E);

impl<E> fmt::Display for Wrapper<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the upload failed")
    }
}

impl<E: StdError + 'static> StdError for Wrapper<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn error_is_found_in_its_wrappers() {
    let error = failure(429);
    assert_eq!(Error::find(&error), Some(&error));
    assert_eq!(Error::find(&Wrapper(Wrapper(error.clone()))), Some(&error));
    assert_eq!(Error::find(&Wrapper(Box::new(error.clone()))), Some(&error));
    assert_eq!(ApiError::find(&Wrapper(error.clone())), error.api());
    assert_eq!(ApiError::find(&Wrapper(error.api().unwrap().clone())), error.api());
    // Another table, or another error.
    assert_eq!(ApiError::<Storage>::find(&error), None);
    assert_eq!(Error::<CommonError>::find(&Wrapper(fmt::Error)), None);
    let malformed = from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    assert_eq!(ApiError::<CommonError>::find(&malformed), None);
}

#[test]
fn error_is_found_in_anyhow() {
    let error = anyhow::Error::new(failure(429)).context("upload").context("sync");
    assert_eq!(Error::find(error.as_ref()), Some(&failure(429)));
    assert_eq!(ApiError::find(error.as_ref()), failure(429).api());
}

/// An error that is its own source.
#[derive(Debug)]
struct Circle;

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("circle")
    }
}

impl StdError for Circle {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self)
    }
}

#[test]
fn search_in_a_circle_ends() {
    assert_eq!(Error::<CommonError>::find(&Circle), None);
    assert_eq!(ApiError::<CommonError>::find(&Circle), None);
}
