//! An unpaired surrogate or a number out of range in the envelope hides neither data nor a failure.

mod failing;

use std::collections::BTreeMap;

use errtable::{CommonError, Error, MalformedKind, from_response, from_slice};
use failing::read_malformed;
use serde::Deserialize;

type Data<'a> = BTreeMap<&'a str, u64>;

/// Reads a failure, and returns its text.
fn read_failure(body: &str) -> String {
    match from_slice::<Data<'_>, CommonError>(body.as_bytes()) {
        Err(Error::Api(failure)) => failure.to_string(),
        other => panic!("expected a failure, found {other:?}: {body}"),
    }
}

#[test]
fn failure_with_invalid_text_is_read() {
    for (keys, text) in [
        (r#""Error": {"Code": "X", "Message": "cut \ud83d"}"#, "X: cut \u{fffd}"),
        (r#""Error": {"Code": "X", "Message": "\udc00\ud83d\ud83d\ude00"}"#, "X: \u{fffd}\u{fffd}\u{1f600}"),
        (r#""Error": {"Code": "X\ud83d", "Message": "\\ud83d"}"#, "X\u{fffd}: \\ud83d"),
        (r#""Error": {"Message": 1e999, "Code": "X"}"#, "X"),
        (r#""Error": {"\ud83d": 1, "Code": "X"}"#, "X"),
        (r#""Error": {"Code": "X"}, "RequestId": "\ud83d""#, "X (request id \u{fffd})"),
        (r#""RequestId": -1e999, "Error": {"Code": "X"}"#, "X"),
        (r#""A": "\ud83d", "\ud83d": 1e999, "Error": {"Code": "X"}"#, "X"),
    ] {
        assert_eq!(read_failure(&format!(r#"{{"Response": {{{keys}}}}}"#)), text);
    }
    assert_eq!(read_failure(r#"{"RequestId": 1e999, "Response": {"Error": {"Code": "X"}}}"#), "X");
}

#[test]
fn legacy_failure_with_invalid_text_is_read() {
    for (body, text) in [
        (r#"{"code": 1e999, "codeDesc": "X", "message": "cut \ud83d"}"#, "X: cut \u{fffd}"),
        (r#"{"code": 1, "codeDesc": "X\ud83d", "message": 1e999, "\ud83d": 1}"#, "X\u{fffd}"),
        (r#"{"code": "\ud83d", "codeDesc": "X", "RequestId": 1e999}"#, "X"),
    ] {
        assert_eq!(read_failure(body), text);
    }
}

#[test]
fn success_beside_invalid_value_is_read() {
    for (body, id) in [
        (r#"{"Response": {"A": 1}, "RequestId": 1e999}"#, None),
        (r#"{"Response": {"A": 1, "RequestId": 1e999}, "RequestId": "id-1"}"#, Some("id-1")),
        (r#"{"Response": {"Error": 0e999, "A": 1}}"#, None),
        (r#"{"A": "\ud83d", "Response": {"A": 1}, "code": 1e999}"#, None),
    ] {
        let success = from_slice::<Data<'_>, CommonError>(body.as_bytes()).unwrap();
        assert_eq!((success.data, success.request_id.as_deref()), (Data::from([("A", 1)]), id), "{body}");
    }
}

#[test]
fn unpaired_surrogate_in_the_id_of_a_success_is_malformed() {
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct WithId {
        #[expect(dead_code, reason = "the id is never valid")]
        request_id: Option<String>,
    }
    for (body, path) in [
        (r#"{"Response": {"RequestId": "\ud83d", "A": 1}, "RequestId": "id-1"}"#, "Response.RequestId"),
        (r#"{"Response": {"A": 1, "\u0052equestId": "id\ud83d"}}"#, "Response.RequestId"),
        (r#"{"Response": {"A": 1}, "RequestId": "\udc00\ud83d"}"#, "RequestId"),
    ] {
        for malformed in [read_malformed::<BTreeMap<String, u64>>(body), read_malformed::<()>(body)] {
            assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, Some(path)), "{malformed}");
            assert!(malformed.request_id().is_some_and(|id| id.contains('\u{fffd}')), "{malformed}");
            assert!(malformed.to_string().contains(": unpaired surrogate in the request id"), "{malformed}");
        }
        read_malformed::<WithId>(body);
        let failure = from_response::<(), CommonError>(500, &(), body.as_bytes()).unwrap_err();
        assert!(failure.api().and_then(|error| error.request_id()).is_some_and(|id| id.contains('\u{fffd}')));
    }
}

#[test]
fn unpaired_surrogate_in_a_skipped_key_is_ignored() {
    for body in [
        r#"{"\ud83d": 1, "Response": {"A": 1}}"#,
        r#"{"Response": {"A": 1}, "\ud83d": {"\ud83d": 1}}"#,
        r#"{"Response": {"Error": {"\ud83d": 1}, "Error2\udc00": 1}, "code": 1, "codeDesc": "X"}"#,
    ] {
        match from_slice::<Data<'_>, CommonError>(body.as_bytes()) {
            Ok(success) => assert_eq!(success.data, Data::from([("A", 1)]), "{body}"),
            Err(error) => assert_eq!(error.to_string(), "X", "{body}"),
        }
    }
}

#[test]
fn unit_ignores_an_invalid_key() {
    let body = br#"{"Response": {"\ud83d": 1, "RequestId": "id-1"}}"#;
    let success = from_slice::<(), CommonError>(body).unwrap();
    assert_eq!(success.request_id.as_deref(), Some("id-1"));
}

/// The id beside `Response` is read only if there is none in it.
#[test]
fn unpaired_surrogate_in_a_second_choice_is_ignored() {
    let body = br#"{"Response": {"A": 1, "RequestId": "id-1"}, "RequestId": "\ud83d"}"#;
    let success = from_slice::<Data<'_>, CommonError>(body).unwrap();
    assert_eq!(success.request_id.as_deref(), Some("id-1"));
}

#[test]
fn unpaired_surrogate_in_the_id_of_a_legacy_failure_is_replaced() {
    let body = r#"{"code": 1, "codeDesc": "X", "RequestId": "\ud83d"}"#;
    assert_eq!(read_failure(body), "X (request id \u{fffd})");
    // Neither a success nor a failure.
    let malformed = read_malformed::<()>(r#"{"Response": 5, "RequestId": "\ud83d"}"#);
    assert!(malformed.to_string().contains("neither the data nor an error code was found"), "{malformed}");
}

#[test]
fn invalid_data_beside_invalid_value_is_located() {
    for (body, path) in [
        (r#"{"RequestId": 1e999, "Response": {"A": [1]}}"#, "Response.A"),
        (r#"{"Response": {"RequestId": 1e999, "A": 1e999}}"#, "Response.A"),
        (r#"{"RequestId": 1e999, "Response": {"B": 1, "A": "\ud83d"}}"#, "Response.A"),
    ] {
        let malformed = read_malformed::<BTreeMap<String, u64>>(body);
        assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Data, Some(path)), "{malformed}");
    }
}

#[test]
fn number_out_of_range_is_not_a_code() {
    for (error, text) in [
        (r#"{"Code": 1e999}"#, "failure without a code"),
        ("1e999", "failure without a code"),
        (r#"{"Message": "\ud83d"}"#, "failure without a code: \u{fffd}"),
        (r#"{"\ud83d": 1e999}"#, "failure without a code"),
    ] {
        assert_eq!(read_failure(&format!(r#"{{"Response": {{"Error": {error}}}}}"#)), text);
    }
}

/// Data that borrows its own request id.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Borrowed<'a> {
    request_id: &'a str,
    rows: Vec<u8>,
}

#[test]
fn data_may_borrow_the_request_id() {
    let body = br#"{"RequestId": 1e999, "Response": {"RequestId": "a1", "Rows": [7]}}"#;
    let success = from_slice::<Borrowed<'_>, CommonError>(body).unwrap();
    assert_eq!(success.data, Borrowed { request_id: "a1", rows: vec![7] });
    assert_eq!(success.request_id.as_deref(), Some("a1"));

    let body = br#"{"Response": {"RequestId": "a1", "Rows": [7, "x"], "Z": 1}}"#;
    let Err(Error::Malformed(malformed)) = from_slice::<Borrowed<'_>, CommonError>(body) else { panic!() };
    assert_eq!((malformed.path(), malformed.request_id()), (Some("Response.Rows[1]"), Some("a1")));
}
