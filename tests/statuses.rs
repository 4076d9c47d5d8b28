//! The HTTP status distinguishes data from a failure, and gives the class of an unknown code.

use std::collections::BTreeMap;

use errtable::{
    ApiError, Code, CommonError, Error, ErrorCode, Fault, MalformedKind, Retry, Success, from_response, from_slice,
};
use serde_json::{Value, json};

/// An enum whose data is the whole body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
#[error_code(envelope = "nested", rename_all = "snake_case")]
enum ShopError {
    #[error_code(retry = "throttled")]
    TooFast,
    CartEmpty,
}

const FAILURE: &[u8] = br#"{"error": {"code": "cart_empty", "message": "no items"}}"#;

#[test]
fn other_statuses_than_2xx_are_failures() {
    let body = br#"{"Response": {"A": 1, "RequestId": "id-1"}}"#;
    for status in [0, 100, 199, 300, 304, 400, 404, 429, 500, 503, 599, 999, u16::MAX] {
        let error = from_response::<Value, CommonError>(status, &(), body).unwrap_err();
        let failure = ApiError::new("", "").with_request_id("id-1").with_status(status);
        assert_eq!(error, Error::Api(failure));
        assert_eq!(error.to_string(), format!("status {status} (request id id-1)"));
        assert_eq!(error.retry(), Retry::from_http_status(status));
        let error = from_response::<Value, ShopError>(status, &(), FAILURE).unwrap_err();
        assert!(error.is(ShopError::CartEmpty), "{status}");
    }
    for status in [200, 201, 202, 204, 226, 299] {
        let success = from_response::<Value, CommonError>(status, &(), body).unwrap();
        assert_eq!((success.data, success.status), (json!({"A": 1}), Some(status)));
        assert_eq!(from_response::<u8, ShopError>(status, &(), b" 7 ").unwrap().status, Some(status));
    }
    assert_eq!(from_slice::<Value, CommonError>(body).unwrap().status, None);
}

#[test]
fn failure_of_any_json_is_read() {
    for body in ["null", "5", r#""words""#, "[1]", "{}", r#"{"error": 5}"#, r#"{"Error": {"Code": "X"}}"#] {
        let error = from_response::<Value, ShopError>(404, &(), body.as_bytes()).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.code()), ("status 404", Some(&Code::from(""))), "{body}");
        assert_eq!(error.api().unwrap().body(), body.as_bytes());
    }
    for (body, text) in [
        (r#"{"error": {"message": "no items"}}"#, "status 404: no items"),
        (r#"{"error": {"code": 5, "message": null}}"#, "5"),
        (r#"{"error": {"code": ["x"], "message": "no items"}}"#, "status 404: no items"),
        (r#"{"message": "beside", "error": {"code": "new"}}"#, "new"),
    ] {
        let error = from_response::<Value, ShopError>(404, &(), body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), text, "{body}");
    }
}

#[test]
fn whole_body_is_the_data() {
    let success = from_response::<Vec<u8>, ShopError>(200, &(), b"[1, 2]").unwrap();
    assert_eq!(success.data, [1, 2]);
    // With a status, a code in the body is data.
    let success = from_response::<Value, ShopError>(200, &(), FAILURE).unwrap();
    assert_eq!(success.data["error"]["code"], "cart_empty");
    assert!(from_slice::<Value, ShopError>(FAILURE).unwrap_err().is(ShopError::CartEmpty));
    // Without a code it is data, also with a message.
    let body = br#"{"error": {"code": null, "message": "no items"}}"#;
    assert!(from_slice::<Value, ShopError>(body).is_ok());
    assert_eq!(from_slice::<BTreeMap<String, u8>, ShopError>(br#"{"error": 1}"#).unwrap().data["error"], 1);
}

#[test]
fn duplicate_code_is_not_data_without_a_status() {
    let body = br#"{"error": {"code": "cart_empty", "code": "cart_empty"}}"#;
    assert!(from_response::<Value, ShopError>(200, &(), body).is_ok());
    let Err(Error::Malformed(malformed)) = from_slice::<Value, ShopError>(body) else { panic!("the code is read") };
    assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, Some("error.code")));
}

#[test]
fn empty_body_of_a_success_is_null() {
    for body in [b"" as &[u8], b" \r\n\t"] {
        for status in [200, 204, 299] {
            assert_eq!(from_response::<(), ShopError>(status, &(), body).unwrap().data, ());
            assert_eq!(from_response::<Option<u8>, ShopError>(status, &(), body).unwrap().data, None);
            assert_eq!(from_response::<Value, ShopError>(status, &(), body).unwrap().data, Value::Null);
            let headers = [("x-request-id", "id-1"), ("retry-after", "7")];
            let success = from_response::<(), ShopError>(status, &headers, body).unwrap();
            assert_eq!((success.request_id.as_deref(), success.status), (Some("id-1"), Some(status)));
        }
    }
}

#[test]
fn empty_body_without_data_is_malformed() {
    fn check<T>(result: Result<Success<T>, Error<impl ErrorCode>>, retry: Retry) {
        let Err(Error::Malformed(malformed)) = result else { panic!("expected a malformed body") };
        assert_eq!((malformed.kind(), malformed.retry()), (MalformedKind::Empty, retry), "{malformed}");
        assert!(malformed.to_string().starts_with("the body is empty"), "{malformed}");
    }
    // The type does not accept null.
    check(from_response::<u8, ShopError>(200, &(), b""), Retry::Transient);
    check(from_response::<BTreeMap<String, u8>, ShopError>(204, &(), b" "), Retry::Transient);
    // The status is not known, or that of a failure.
    check(from_slice::<(), ShopError>(b""), Retry::Transient);
    check(from_response::<(), ShopError>(304, &(), b""), Retry::Never);
    check(from_response::<(), ShopError>(404, &(), b""), Retry::Never);
    check(from_response::<(), ShopError>(429, &(), b""), Retry::Throttled);
    check(from_response::<(), ShopError>(503, &(), b" "), Retry::Transient);
    // The data is a member of the body.
    check(from_response::<(), CommonError>(200, &(), b""), Retry::Transient);
    check(from_response::<u8, CommonError>(204, &(), b""), Retry::Transient);
}

/// Such as that of a `DELETE`. A gateway sends it without the envelope.
#[test]
fn no_content_is_null_in_any_envelope() {
    for body in ["", " \n"] {
        assert_eq!(from_response::<Option<u8>, CommonError>(204, &(), body.as_bytes()).unwrap().data, None);
    }
    let body = br#"{"Response": {"Error": {"Code": "InternalError"}, "RequestId": "a1"}}"#;
    assert!(from_response::<(), CommonError>(204, &(), body).unwrap_err().is(CommonError::InternalError));
}

#[test]
fn class_of_an_unknown_code_is_that_of_the_status() {
    for status in 0..1000 {
        let retry = Retry::from_http_status(status);
        let unknown = ApiError::<ShopError>::new("new", "").with_status(status);
        let none = ApiError::<ShopError>::new("", "words").with_status(status);
        let known = ApiError::new(ShopError::TooFast, "").with_status(status);
        assert_eq!([unknown.retry(), none.retry(), known.retry()], [retry, retry, Retry::Throttled], "{status}");
        let fault = if (500..600).contains(&status) { Fault::Server } else { Fault::Client };
        assert_eq!([unknown.fault(), known.fault()], [fault, Fault::Client], "{status}");
        let error = from_response::<(), ShopError>(status, &(), br#"{"error": {"code": "new"}}"#);
        if !(200..300).contains(&status) {
            assert_eq!(error.unwrap_err(), Error::Api(unknown));
        }
    }
    assert_eq!(ApiError::<ShopError>::new("new", "").retry(), Retry::Never);
    // An unknown code does not take the class of its ancestor.
    let error = ApiError::<CommonError>::new("RequestLimitExceeded.New", "");
    assert_eq!(error.retry(), Retry::Never);
    assert_eq!(error.with_status(503).retry(), Retry::Transient);
}

#[test]
fn class_of_the_caller_outranks_table_and_status() {
    for retry in Retry::ALL.iter().copied() {
        for code in ["cart_empty", "too_fast", "new", ""] {
            let error = ApiError::<ShopError>::new(code, "").with_status(503).with_retry(retry);
            assert_eq!((error.retry(), error.retry_action(true)), (retry, retry.retry_action(true)), "{code:?}");
            assert_eq!(error.is_retryable(), retry.is_retryable());
            assert_eq!(error.recode::<CommonError>().retry(), retry);
        }
    }
}

#[test]
fn body_that_is_not_json_is_malformed_at_any_status() {
    for status in [200, 404, 503] {
        let error = from_response::<Value, ShopError>(status, &(), b"<html>").unwrap_err();
        assert_eq!((error.api(), error.status()), (None, Some(status)));
        let cut = FAILURE.strip_suffix(b"}").unwrap();
        let Err(Error::Malformed(malformed)) = from_response::<Value, ShopError>(status, &(), cut) else {
            panic!("{status}")
        };
        assert_eq!(malformed.kind(), MalformedKind::Truncated);
    }
}
