//! A body without `Response` is a failure of the legacy form, or malformed.

mod failing;

use errtable::{CommonError, MalformedKind, from_response, from_slice};
use failing::{read_code, read_malformed};
use serde_json::Value;

#[test]
fn foreign_success_is_malformed() {
    let malformed = read_malformed::<Value>(r#"{"code":"SUCCESS","data":{}}"#);
    assert_eq!(malformed.kind(), MalformedKind::Envelope);
    assert_eq!(
        malformed.to_string(),
        "the body is not a valid response envelope (line 1 column 1): \
         neither the data nor an error code was found; \
         the body starts with `{\"code\":\"SUCCESS\",\"data\":{}}`",
    );
}

#[test]
fn legacy_failure_is_read() {
    for body in [
        r#"{"code": 4400, "message": "m", "codeDesc": "InvalidParameter"}"#,
        r#"{"codeDesc": "InvalidParameter", "code": "4400"}"#,
        r#"{"code": "X", "codeDesc": "InvalidParameter"}"#,
        r#"{"code": 0.5, "codeDesc": "InvalidParameter"}"#,
        r#"{"code": [0], "codeDesc": "InvalidParameter"}"#,
        r#"{"code": {"code": null}, "codeDesc": "InvalidParameter"}"#,
        r#"{"code": 1, "codeDesc": "InvalidParameter", "Response": 5}"#,
        r#"{"Response": {"Error": {"New": 1}}, "code": 1, "codeDesc": "InvalidParameter"}"#,
    ] {
        assert_eq!(read_code(body), "InvalidParameter", "{body}");
    }
    let body = br#"{"code": 4400, "message": "m", "codeDesc": "InternalError", "RequestId": "id-1"}"#;
    let error = from_slice::<(), CommonError>(body).unwrap_err();
    assert_eq!(error.to_string(), "InternalError: m (request id id-1)");
    assert_eq!(error.code().unwrap().known(), Some(CommonError::InternalError));
}

#[test]
fn integer_code_desc_is_its_digits() {
    assert_eq!(read_code(r#"{"code": 4400, "codeDesc": 5}"#), "5");
}

#[test]
fn code_of_nothing_is_malformed() {
    for code in ["null", "false", "0", "-0", "0.0", r#""""#, r#""0""#, "[]", "{}"] {
        let malformed = read_malformed::<Value>(format!(r#"{{"code": {code}, "codeDesc": "X"}}"#));
        assert_eq!(malformed.kind(), MalformedKind::Envelope, "{code}");
    }
}

#[test]
fn code_without_text_is_malformed() {
    for body in [
        r#"{"code": 4400, "message": "m"}"#,
        r#"{"code": "InvalidParameter"}"#,
        r#"{"code": "InvalidParameter", "codeDesc": ""}"#,
        r#"{"code": 4400, "codeDesc": null}"#,
        r#"{"code": {"code": 1}, "message": "m"}"#,
        r#"{"codeDesc": "InvalidParameter"}"#,
        r#"{"code": 4400, "codeDesc": 0.5}"#,
        r#"{"code": 0, "codeDesc": "Success"}"#,
        r#"{"codeDesc": "Success", "code": "0"}"#,
        r#"{"codeDesc": "Success", "code": 0.0}"#,
    ] {
        let malformed = read_malformed::<Value>(body);
        assert_eq!(malformed.kind(), MalformedKind::Envelope);
        assert!(malformed.to_string().contains("neither the data nor an error code was found"), "{malformed}");
    }
}

#[test]
fn duplicate_legacy_key_is_malformed() {
    for (body, key) in [
        (r#"{"codeDesc": "X", "codeDesc": "Y"}"#, "codeDesc"),
        (r#"{"code": 1, "codeDesc": "X", "code": 1}"#, "code"),
        (r#"{"code": 1, "message": "m", "codeDesc": "X", "message": null}"#, "message"),
    ] {
        let malformed = read_malformed::<Value>(body);
        assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, Some(key)), "{malformed}");
        assert!(malformed.to_string().contains(&format!("duplicate field `{key}`")), "{malformed}");
    }
}

#[test]
fn legacy_keys_beside_response_are_skipped() {
    assert!(from_slice::<(), CommonError>(br#"{"Response": {}, "code": "X", "codeDesc": "X"}"#).is_ok());
    assert!(from_slice::<(), CommonError>(br#"{"Response": {}, "message": 1, "message": 1}"#).is_ok());
}

#[test]
fn legacy_failure_has_the_request_id_beside_it() {
    let body = br#"{"code": 1, "codeDesc": "X", "RequestId": "a", "Response": {"RequestId": "b"}}"#;
    let error = from_response::<(), CommonError>(500, &(), body).unwrap_err();
    assert_eq!((error.code().unwrap().as_str(), error.request_id()), ("X", Some("a")));
    // With another status it is a success.
    let success = from_response::<(), CommonError>(200, &(), body).unwrap();
    assert_eq!(success.request_id.as_deref(), Some("b"));
}

#[test]
fn message_without_a_code_is_read_with_a_status() {
    let body = br#"{"code": 4400, "message": "m", "RequestId": "a"}"#;
    let error = from_response::<(), CommonError>(400, &(), body).unwrap_err();
    assert_eq!(error.to_string(), "status 400: m (request id a)");
}
