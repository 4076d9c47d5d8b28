//! A body without `Response` is a failure of the legacy form, or malformed.

mod failing;

use errtable::{CommonError, MalformedKind, from_slice};
use failing::{read_code, read_malformed};
use serde_json::Value;

#[test]
fn foreign_success_is_malformed() {
    let malformed = read_malformed::<Value>(r#"{"code":"SUCCESS","data":{}}"#);
    assert_eq!(malformed.kind(), MalformedKind::Envelope);
    assert_eq!(
        malformed.to_string(),
        "the body is not a valid response envelope (line 1 column 28): missing field `Response`; \
         the body starts with `{\"code\":\"SUCCESS\",\"data\":{}}`",
    );
}

#[test]
fn legacy_failure_is_read() {
    for body in [
        r#"{"code": 4400, "message": "m", "codeDesc": "InvalidParameter"}"#,
        r#"{"codeDesc": "InvalidParameter", "code": "4400"}"#,
        r#"{"codeDesc": "InvalidParameter"}"#,
        r#"{"code": null, "codeDesc": "InvalidParameter"}"#,
        r#"{"code": "X", "codeDesc": "InvalidParameter"}"#,
        r#"{"code": 0.5, "codeDesc": "InvalidParameter"}"#,
    ] {
        assert_eq!(read_code(body), "InvalidParameter", "{body}");
    }
    let body = br#"{"code": 4400, "message": "m", "codeDesc": "InternalError", "RequestId": "id-1"}"#;
    let error = from_slice::<(), CommonError>(body).unwrap_err();
    assert_eq!(error.to_string(), "InternalError: m (request id id-1)");
    assert_eq!(error.code().unwrap().known(), Some(CommonError::InternalError));
}

#[test]
fn code_without_text_is_malformed() {
    for body in [
        r#"{"code": 4400, "message": "m"}"#,
        r#"{"code": "InvalidParameter"}"#,
        r#"{"code": "InvalidParameter", "codeDesc": ""}"#,
        r#"{"code": 4400, "codeDesc": null}"#,
        r#"{"code": 4400, "codeDesc": 5}"#,
        r#"{"code": {"code": 1}, "message": "m"}"#,
        r#"{"codeDesc": "X", "codeDesc": "Y"}"#,
        r#"{"code": 0, "codeDesc": "Success"}"#,
        r#"{"codeDesc": "Success", "code": "0"}"#,
        r#"{"codeDesc": "Success", "code": 0.0}"#,
    ] {
        let malformed = read_malformed::<Value>(body);
        assert_eq!(malformed.kind(), MalformedKind::Envelope);
        assert!(malformed.to_string().contains("missing field `Response`"), "{malformed}");
    }
}

#[test]
fn legacy_keys_beside_response_are_skipped() {
    assert!(from_slice::<(), CommonError>(br#"{"Response": {}, "code": "X", "codeDesc": "X"}"#).is_ok());
}
