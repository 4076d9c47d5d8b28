//! Forms of bodies that services document, which other tests do not contain.

mod failing;

use errtable::{CommonError, Error, MalformedKind, Retry, Success, from_response, from_slice};
use serde::Deserialize;
use serde_json::{Value, json};

use failing::read_code;

/// Reads a success. Returns its data and its request id.
fn read(body: &str) -> (Value, Option<String>) {
    let Success { data, request_id, .. } = from_slice::<Value, CommonError>(body.as_bytes()).unwrap();
    (data, request_id.map(String::from))
}

/// Reads a failure. Returns its code and its message.
fn fail(body: &str) -> (String, String) {
    match from_slice::<Value, CommonError>(body.as_bytes()) {
        Err(Error::Api(error)) => (error.code().to_string(), error.message().to_owned()),
        other => panic!("{body}: expected a failure, found {other:?}"),
    }
}

#[test]
fn null_error_beside_response_is_skipped() {
    let body = r#"{"Response": {"A": 1, "RequestId": "a1"}, "Error": null, "RequestId": null}"#;
    assert_eq!(read(body), (json!({"A": 1}), Some("a1".into())));
}

#[test]
fn failure_beside_response_is_skipped() {
    let body = r#"{"Error": {"Code": "InternalError"}, "Response": {"A": 1, "RequestId": "a1"}}"#;
    assert_eq!(read(body), (json!({"A": 1}), Some("a1".into())));
}

#[test]
fn keys_beside_response_are_skipped() {
    let body = r#"{"retcode": 5, "retmsg": "failed", "code": 4400, "reqId": "b2", "Response": {"A": 1}}"#;
    assert_eq!(read(body), (json!({"A": 1}), None));
    let body = r#"{"Response": {"Error": {"Code": "InternalError"}}, "retcode": 0, "retmsg": "ok", "code": 0}"#;
    assert_eq!(read_code(body), "InternalError");
}

#[test]
fn business_fields_of_a_success_are_data() {
    let data = json!({"Code": "InternalError", "Message": "no", "ErrorCode": "X", "ErrorMessage": "no"});
    let body = r#"{"Response": {"Code": "InternalError", "Message": "no", "ErrorCode": "X", "ErrorMessage": "no"}}"#;
    assert_eq!(read(body), (data, None));
}

#[test]
fn codes_of_items_are_data() {
    let status = json!([{"Code": "Ok"}, {"Code": "LimitExceeded", "Error": {"Code": "InternalError"}}]);
    let body = format!(r#"{{"Response": {{"SendStatusSet": {status}, "RequestId": "a1"}}}}"#);
    assert_eq!(read(&body), (json!({ "SendStatusSet": status }), Some("a1".into())));
}

#[test]
fn escaped_keys_are_read() {
    let body = r#"{"\u0052esponse": {"\u0045rror": {"\u0043ode": "LimitExceeded", "\u004dessage": "m"}}}"#;
    assert_eq!(fail(body), ("LimitExceeded".into(), "m".into()));
    let body = r#"{"Response": {"\u0052equestId": "a1", "\u0041": 1}}"#;
    assert_eq!(read(body), (json!({"A": 1}), Some("a1".into())));
}

#[test]
fn messages_are_kept_as_sent() {
    for message in ["%E4%BD%A0%E5%A5%BD+%", "签名已过期，请检查系统时间。", " padded \n", "{{1}} `", "\u{8}"]
    {
        let body = json!({"Response": {"Error": {"Code": "LimitExceeded", "Message": message}}}).to_string();
        assert_eq!(fail(&body), ("LimitExceeded".into(), message.into()));
    }
}

#[test]
fn white_space_of_a_code_is_kept() {
    let body = r#"{"Response": {"Error": {"Code": "InternalError ", "Message": ""}}}"#;
    assert_eq!(fail(body).0, "InternalError ");
    let error = from_slice::<Value, CommonError>(body.as_bytes()).unwrap_err();
    assert_eq!((error.code().unwrap().known(), error.retry()), (None, Retry::Never));
}

#[test]
fn extreme_integer_codes_are_texts() {
    for code in ["-9223372036854775808", "18446744073709551615", "1"] {
        let body = format!(r#"{{"Response": {{"Error": {{"Code": {code}}}}}}}"#);
        assert_eq!(read_code(&body), code);
    }
}

#[test]
fn invalid_nested_data_keeps_the_request_id() {
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Job {
        #[expect(dead_code, reason = "the test does not read the field")]
        result: Nested,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    struct Nested {
        #[expect(dead_code, reason = "the test does not read the field")]
        total: u128,
    }

    let nested = r#"{"Error": {"Code": "X"}, "RequestId": "no", "Total": "1"}"#;
    let body = format!(r#"{{"Response": {{"Result": {nested}, "RequestId": "a1"}}}}"#);
    let error = from_response::<Job, CommonError>(200, &(), body.as_bytes()).unwrap_err();
    assert_eq!((error.api(), error.request_id()), (None, Some("a1")));
    let Error::Malformed(malformed) = error else { panic!("expected a malformed body") };
    assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Data, Some("Response.Result.Error")));
}
