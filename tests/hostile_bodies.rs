//! No body panics, exhausts the stack or writes to a terminal.

mod refusing;

use std::collections::HashMap;

use errtable::{CommonError, MalformedKind, from_response, from_slice};
use refusing::{FAILURE, SUCCESS, code, malformed};
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
fn a_hostile_body_does_not_write_to_the_terminal() {
    let esc = "\u{1b}[31m\u{202e}";
    for body in [
        format!("{esc}\nINFO forged"),
        format!(r#"{{"Response": {{"{esc}\u001b": 1, "RequestId": "\u001b\n{}"}}}}"#, "\u{2028}"),
        format!(r#"{{"Response": {{"A": "\u001b[31m\n", "RequestId": "{}"}}}}"#, "\u{202e}"),
        format!(r#"{{"Response": {{"\u001b\u202e": "x", "RequestId": "{}"}}}}"#, "\u{2066}"),
    ] {
        let with_status = from_response::<HashMap<String, u64>, CommonError>(500, body.as_bytes()).unwrap_err();
        for text in [malformed::<HashMap<String, u64>>(&body).to_string(), with_status.to_string()] {
            assert!(!text.contains(|c: char| c.is_control() || "\u{2028}\u{202e}\u{2066}".contains(c)), "{text:?}");
        }
    }
}

#[test]
fn a_message_about_a_long_text_stays_short_and_keeps_its_end() {
    let body = format!(r#"{{"Response": {{"{}": "{}"}}}}"#, "名".repeat(3000), "é".repeat(100_000));
    let malformed = malformed::<HashMap<String, u64>>(&body);
    let path = format!("Response.{} … {}…", "名".repeat(82), "名".repeat(84));
    let message = format!("invalid type: string \"{} … {}\", expected u64", "é".repeat(117), "é".repeat(120));
    let column = body.len() - "}}".len();
    assert_eq!(malformed.to_string(), format!("invalid data at {path} (line 1 column {column}): {message}"));
    assert!(malformed.path().unwrap().len() > 9000);
}

#[test]
fn a_body_cut_at_any_byte_is_truncated_and_never_panics() {
    let whole = r#"{"Response": {"Rows": [{"Id": 1, "Names": ["\u00e9é\"", "\\"], "Float": -1.5e+3, "Any": [null, true]}], "RequestId": "id-1"}, "x": 0}"#;
    assert!(from_slice::<Rows, CommonError>(whole.as_bytes()).is_ok());
    let ids = whole.find(r#""id-1""#).unwrap() + r#""id-1""#.len();
    for body in [whole, SUCCESS.trim_end(), FAILURE.trim_end()] {
        for end in 0..body.len() {
            for malformed in [malformed::<Rows>(&body.as_bytes()[..end]), malformed::<()>(&body.as_bytes()[..end])] {
                let kinds: &[_] = match end {
                    0 => &[MalformedKind::Empty],
                    _ if std::str::from_utf8(&body.as_bytes()[..end]).is_err() => &[MalformedKind::Encoding],
                    _ => &[MalformedKind::Truncated],
                };
                assert!(kinds.contains(&malformed.kind()), "{malformed:?}");
                if body == whole && end >= ids {
                    assert_eq!(malformed.request_id(), Some("id-1"));
                }
            }
        }
    }
}

#[test]
fn bytes_in_disorder_never_panic() {
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

#[test]
fn ten_thousand_levels_are_malformed_where_t_reads_them_and_skipped_elsewhere() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = open.repeat(10_000) + "0" + &close.repeat(10_000);
        let in_t = malformed::<Value>(format!(r#"{{"Response": {{"A": {deep}, "RequestId": "id-1"}}}}"#));
        assert_eq!((in_t.kind(), in_t.request_id()), (MalformedKind::Data, Some("id-1")));
        assert!(in_t.to_string().contains("recursion limit exceeded"), "{in_t}");
        assert!(in_t.path().unwrap().starts_with("Response.A"), "{in_t}");

        let in_code = malformed::<Value>(format!(r#"{{"Response": {{"Error": {{"Code": {deep}}}}}}}"#));
        assert_eq!((in_code.kind(), in_code.path()), (MalformedKind::Envelope, Some("Response.Error.Code")));

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
            assert_eq!(code(&format!(r#"{{"Response": {{{keys}}}}}"#)), "X");
        }
        let cut = malformed::<Value>(format!(r#"{{"A": {}"#, open.repeat(10_000)));
        assert_eq!(cut.kind(), MalformedKind::Truncated);
    }
}
