//! A failure keeps the body, and reads its details from it.

use errtable::{ApiError, CommonError, Error, ErrorCode, from_response, from_slice};
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
#[error_code(envelope = "nested", rename_all = "snake_case")]
enum ShopError {
    CartEmpty,
}

/// Reads a failure.
fn fail(body: &[u8]) -> ApiError<ShopError> {
    match from_response::<(), ShopError>(400, &(), body) {
        Err(Error::Api(failure)) => failure,
        other => panic!("expected a failure, found {other:?}"),
    }
}

#[test]
fn body_is_kept_as_sent() {
    for body in [r#" {"error": {"code": "cart_empty"}} "#, r#"{"error": {"code": "x\ud83d"}}"#, "{}", "5"] {
        assert_eq!(fail(body.as_bytes()).body(), body.as_bytes());
    }
    let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    let error = from_slice::<(), CommonError>(body).unwrap_err();
    assert_eq!(error.api().unwrap().body(), body);
    assert_eq!(ApiError::<ShopError>::new("cart_empty", "").body(), b"");
}

#[test]
fn body_of_more_than_64_kib_is_not_kept() {
    let body = |len: usize| {
        let body = br#"{"error": {"code": "cart_empty"}}"#;
        [body as &[u8], &vec![b' '; len - body.len()]].concat()
    };
    for (len, kept) in [(65_535, 65_535), (65_536, 65_536), (65_537, 0), (1_000_000, 0)] {
        let failure = fail(&body(len));
        assert_eq!((failure.is(ShopError::CartEmpty), failure.body().len()), (true, kept));
        assert_eq!(failure.details::<serde_json::Value>().is_ok(), kept > 0);
    }
}

#[test]
fn body_is_not_compared() {
    let [spaced, compact] = [br#"{"error": {"code": "x"}}"# as &[u8], br#"{"error":{"code":"x"}}"#].map(fail);
    assert_eq!(spaced, compact);
    assert_eq!(spaced, ApiError::new("x", "").with_status(400));
    assert_ne!(spaced.body(), compact.body());
}

#[test]
fn body_is_kept_by_conversions() {
    let body = br#"{"error": {"code": "x"}}"#;
    let failure = fail(body).with_status(500).with_request_id("id-1").recode::<CommonError>();
    assert_eq!(failure.clone().body(), body);
    let error = Error::from(failure).recode::<ShopError>().or_request_id("id-2");
    assert_eq!(error.api().unwrap().body(), body);
}

#[test]
fn body_is_shown_as_text_for_debugging() {
    let shown = format!("{:?}", fail(b"{\"error\": {\"code\": \"\xc3\xa9\"}}\n"));
    assert!(shown.contains(r#"body: "{\"error\": {\"code\": \"\xc3\xa9\"}}\n""#), "{shown}");
}

#[test]
fn details_are_read_from_the_body() {
    #[derive(Debug, Deserialize)]
    struct Details<'a> {
        #[serde(borrow)]
        error: Invalid<'a>,
    }

    #[derive(Debug, Deserialize)]
    struct Invalid<'a> {
        #[serde(borrow)]
        fields: Vec<&'a str>,
    }

    let failure = fail(br#"{"error": {"code": "cart_empty", "fields": ["items", "total"]}}"#);
    let details: Details<'_> = failure.details().unwrap();
    assert_eq!(details.error.fields, ["items", "total"]);
    // A borrowed text is a part of the body.
    assert!(failure.body().as_ptr_range().contains(&details.error.fields[0].as_ptr()));

    let error = fail(br#"{"error": {"code": "cart_empty", "fields": 5}}"#);
    let message = error.details::<Details<'_>>().unwrap_err().to_string();
    assert!(message.starts_with("invalid type: integer `5`, expected a sequence at line 1 column"), "{message}");
    ApiError::<ShopError>::new("cart_empty", "").details::<Details<'_>>().unwrap_err();
}

#[test]
fn details_of_an_error_are_those_of_its_failure() {
    let error = Error::from(fail(br#"{"error": {"code": "x"}, "fields": ["items"]}"#));
    assert_eq!(error.details::<serde_json::Value>().unwrap()["fields"][0], "items");
    let malformed = from_response::<(), ShopError>(502, &(), b"<html>").unwrap_err();
    let message = malformed.details::<serde_json::Value>().unwrap_err().to_string();
    assert_eq!(message, "the service reported no failure");
}
