//! Hostile bodies cause no panic, no stack overflow and no long messages.

mod failing;

use std::collections::HashMap;

use errtable::{CommonError, Enveloped, ErrorCode, MalformedKind, error_table, from_response, from_slice};
use failing::{FAILURE, SUCCESS, read_code, read_malformed};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Row {
    id: u64,
    names: Vec<String>,
    float: f64,
    any: Value,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Rows {
    rows: Vec<Row>,
}

#[test]
fn long_texts_are_shortened_in_messages() {
    let body = format!(r#"{{"Response": {{"{}": "{}"}}}}"#, "名".repeat(3000), "é".repeat(100_000));
    let malformed = read_malformed::<HashMap<String, u64>>(&body);
    let path = format!("Response.{} … {}…", "名".repeat(82), "名".repeat(84));
    let message = format!("invalid type: string \"{} … {}\", expected u64", "é".repeat(117), "é".repeat(120));
    let column = body.len() - "}}".len();
    assert_eq!(malformed.to_string(), format!("invalid data at {path} (line 1 column {column}): {message}"));
    assert!(malformed.path().unwrap().len() > 9000);
}

#[test]
fn body_cut_at_any_byte_is_malformed() {
    let whole = r#"{"Response": {"Rows": [{"Id": 1, "Names": ["\u00e9é\"", "\\"], "Float": -1.5e+3, "Any": [null, true]}], "RequestId": "id-1"}, "x": 0}"#;
    assert!(from_slice::<Rows, CommonError>(whole.as_bytes()).is_ok());
    let id_end = whole.find(r#""id-1""#).unwrap() + r#""id-1""#.len();
    for body in [whole, SUCCESS.trim_end(), FAILURE.trim_end()] {
        for end in 0..body.len() {
            for malformed in
                [read_malformed::<Rows>(&body.as_bytes()[..end]), read_malformed::<()>(&body.as_bytes()[..end])]
            {
                let kinds: &[_] = match end {
                    0 => &[MalformedKind::Empty],
                    _ if std::str::from_utf8(&body.as_bytes()[..end]).is_err() => &[MalformedKind::Encoding],
                    _ => &[MalformedKind::Truncated],
                };
                assert!(kinds.contains(&malformed.kind()), "{malformed:?}");
                if body == whole && end >= id_end {
                    assert_eq!(malformed.request_id(), Some("id-1"));
                }
            }
        }
    }
}

#[test]
fn replaced_byte_never_panics() {
    let whole = FAILURE.as_bytes();
    for at in 0..whole.len() {
        for byte in *b"\"{}[],: \\0n\xff" {
            let mut body = whole.to_vec();
            body[at] = byte;
            let _ = from_slice::<Rows, CommonError>(&body).map_err(|error| error.to_string());
            body.truncate(at + 1);
            let _ = from_slice::<Rows, CommonError>(&body).map_err(|error| error.to_string());
        }
    }
}

#[error_table("fixtures/tables/slack.json")]
enum Slack {}

#[error_table("fixtures/tables/json-rpc.json")]
enum JsonRpc {}

#[error_table("fixtures/tables/waits.json")]
enum Waits {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
#[error_code(envelope = "google")]
enum Google {
    A,
}

/// Reads changed and truncated forms of a body.
fn read_damaged<C: Enveloped>(whole: &str) {
    let headers = [("retry-after", whole), ("date", whole), ("x-error", whole), ("x-trace", whole)];
    let check = |body: &[u8]| {
        for status in [200, 500] {
            let _ = from_response::<Value, C>(status, &headers, body).map_err(|error| error.to_string());
            let _ = from_response::<Vec<u8>, C>(status, &(), body).map_err(|error| error.to_string());
        }
        let _ = from_slice::<Option<Rows>, C>(body).map_err(|error| error.to_string());
    };
    for at in 0..whole.len() {
        for byte in *b"\"{}[],: \\0n-\xff" {
            let mut body = whole.as_bytes().to_vec();
            body[at] = byte;
            check(&body);
            body.truncate(at + 1);
            check(&body);
        }
        check(&whole.as_bytes()[at..]);
    }
}

#[test]
fn damaged_body_of_another_envelope_never_panics() {
    read_damaged::<Slack>(r#"{"ok": false, "error": "ratelimited", "a": {"ok": [1]}}"#);
    read_damaged::<JsonRpc>(r#"{"jsonrpc": "2.0", "error": {"code": -32601, "message": "\ud83d"}, "id": 7}"#);
    read_damaged::<JsonRpc>(r#"{"jsonrpc": "2.0", "error": null, "id": "a", "result": [1, 2e9]}"#);
    read_damaged::<Waits>(r#"{"fault": "urn:fault:slow_down", "delay": "1.5s", "wait": 7, "code": {}}"#);
    read_damaged::<Google>(
        r#"{"error": {"details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"}]}}"#,
    );
    read_damaged::<Google>(
        r#"{"error": {"details": [[], {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "A"}]}}"#,
    );
}

#[test]
fn deep_nesting_is_malformed_or_skipped() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = open.repeat(10_000) + "0" + &close.repeat(10_000);
        let in_data = read_malformed::<Value>(format!(r#"{{"Response": {{"A": {deep}, "RequestId": "id-1"}}}}"#));
        assert_eq!((in_data.kind(), in_data.request_id()), (MalformedKind::Data, Some("id-1")));
        assert!(in_data.to_string().contains("recursion limit exceeded"), "{in_data}");
        assert!(in_data.path().unwrap().starts_with("Response.A"), "{in_data}");

        for error in [deep.clone(), format!(r#"{{"Code": {deep}}}"#), format!(r#"{{"Message": {deep}}}"#)] {
            assert_eq!(read_code(&format!(r#"{{"Response": {{"Error": {error}}}}}"#)), "");
        }
        assert_eq!(read_code(&format!(r#"{{"code": {deep}, "codeDesc": "X", "message": {deep}}}"#)), "X");

        for body in [
            format!(r#"{{"A": {deep}, "Response": {{"Rows": []}}, "RequestId": {deep}}}"#),
            format!(r#"{{"Response": {{"Rows": [], "A": {deep}, "RequestId": {deep}}}}}"#),
            format!(r#"{{"Response": {{"RequestId": {deep}, "A": {deep}, "Rows": []}}}}"#),
        ] {
            assert!(from_slice::<Rows, CommonError>(body.as_bytes()).is_ok());
        }
        for keys in [
            format!(r#""Error": {{"Code": "X", "A": {deep}}}, "A": {deep}"#),
            format!(r#""A": {deep}, "Error": {{"Code": "X"}}"#),
        ] {
            assert_eq!(read_code(&format!(r#"{{"Response": {{{keys}}}}}"#)), "X");
        }
        let cut = read_malformed::<Value>(format!(r#"{{"A": {}"#, open.repeat(10_000)));
        assert_eq!(cut.kind(), MalformedKind::Truncated);
    }
}
