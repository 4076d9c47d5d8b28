//! Verdicts of responses, where no `T` reads the data.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use core::time::Duration;

use self::Outcome::{Failure, Null};
use super::*;
use crate::response::data::read_whole;
use crate::response::position::line_and_column;

const ENVELOPE: &str = r#"{
    "success": {"ok": true, "id": "{request_id}", "result": {"rows": "{data}"}},
    "failure": {"ok": false, "error": "{code}", "message": "{message}"},
    "headers": {"code": "{code}", "retry-after": "{retry_after}"}
}"#;

const DEFAULT: &str = r#"{"failure": {"code": "{code}", "id": "{request_id}"}, "headers": {"code": "{code}"}}"#;

/// What a response is, without the data.
#[derive(Debug, PartialEq)]
enum Outcome {
    Null,
    Failure(String),
    Malformed(MalformedKind),
}

fn failure(code: &str) -> Outcome {
    Failure(code.into())
}

fn examined(samples: Samples, status: Option<u16>, headers: &dyn Headers, body: &[u8]) -> Outcome {
    match examine(&Response { samples, status, headers, body }, None, |_| None) {
        Verdict::Null { .. } => Null,
        Verdict::Failure(found) => Failure(found.code.unwrap_or_default().into()),
        Verdict::Malformed(malformed) => Outcome::Malformed(malformed.kind()),
    }
}

const ENVELOPE_PROBLEM: Outcome = Outcome::Malformed(MalformedKind::Envelope);

#[test]
fn status_and_constants_tell_a_success() {
    let samples = Samples::made(ENVELOPE);
    for (status, body, expected) in [
        (Some(200), r#"{"ok": false, "error": "E"}"#, failure("E")),
        (Some(200), "{}", failure("")),
        (Some(200), "[]", failure("")),
        (Some(199), r#"{"ok": true, "result": {"rows": 1}}"#, failure("")),
        (Some(300), r#"{"ok": true, "error": "E"}"#, failure("E")),
        // The data is absent, or null.
        (Some(200), r#"{"ok": true}"#, Null),
        (Some(299), r#"{"ok": true, "result": {}}"#, Null),
        (None, r#"{"ok": true, "result": null}"#, Null),
        // The first pass has read the data.
        (None, r#"{"ok": true, "result": {"rows": null}}"#, ENVELOPE_PROBLEM),
        // A code matters only if the status is not known and the body is the data.
        (None, r#"{"ok": true, "error": "E", "result": {"rows": 1}}"#, ENVELOPE_PROBLEM),
        // Duplicates, and an id that is not Unicode.
        (Some(200), r#"{"ok": true, "ok": true}"#, ENVELOPE_PROBLEM),
        (Some(500), r#"{"error": "E", "error": "E"}"#, ENVELOPE_PROBLEM),
        (Some(200), r#"{"ok": true, "id": "\ud83d", "result": {"rows": 1}}"#, ENVELOPE_PROBLEM),
    ] {
        assert_eq!(examined(samples, status, &(), body.as_bytes()), expected, "{status:?} {body}");
    }
}

#[test]
fn code_tells_a_failure_if_there_is_no_status() {
    let samples = Samples::made(DEFAULT);
    let body = br#"{"code": "E"}"#;
    assert_eq!(examined(samples, None, &(), body), failure("E"));
    // The first pass has read the data.
    assert_eq!(examined(samples, None, &(), br#"{"id": 1}"#), ENVELOPE_PROBLEM);
    assert_eq!(examined(samples, Some(200), &(), body), ENVELOPE_PROBLEM);
    assert_eq!(examined(samples, Some(400), &(), body), failure("E"));
    assert_eq!(examined(samples, Some(400), &(), b"[]"), failure(""));
}

#[test]
fn code_in_a_header_tells_a_failure() {
    let samples = Samples::made(ENVELOPE);
    let headers = [("code", "H")];
    for body in ["<html>", "", "{", "\u{feff}{}"] {
        assert_eq!(examined(samples, Some(200), &headers, body.as_bytes()), failure("H"), "{body}");
    }
    assert_eq!(examined(samples, None, &headers, b"\xff"), failure("H"));
    // An empty body is data, whatever the headers are.
    assert_eq!(examined(Samples::made(DEFAULT), Some(200), &headers, b" "), Null);
}

#[test]
fn body_that_is_not_json_is_malformed() {
    let samples = Samples::made(ENVELOPE);
    for (body, kind, offset) in [
        (&b""[..], MalformedKind::Empty, 0),
        (b" \r\n", MalformedKind::Empty, 3),
        (b"{\"a\": \"\xff\"", MalformedKind::Encoding, 8),
        (b"\xff", MalformedKind::Encoding, 1),
        // A character that is cut off.
        (b"{\"a\": \"\xc3", MalformedKind::Encoding, 8),
        (b"\xEF\xBB\xBF{}", MalformedKind::Syntax, 1),
        (b"{", MalformedKind::Truncated, 1),
        (b"{]", MalformedKind::Syntax, 2),
    ] {
        let Err(finding) = read_json(body) else { panic!("{body:?}") };
        assert_eq!(finding.kind, kind, "{body:?}");
        assert_eq!(examined(samples, Some(200), &(), body), Outcome::Malformed(kind), "{body:?}");
        let problem = finding.locate(body, |_| None);
        let expected = line_and_column(offset, body);
        assert_eq!((problem.line, problem.column), expected, "{body:?}");
    }
    assert_eq!(read_json(b" [1] ").ok(), Some(" [1] "));
}

#[test]
fn empty_body_is_null_where_it_may_be_empty() {
    for (envelope, status, is_null) in [
        (DEFAULT, Some(200), true),
        (DEFAULT, Some(299), true),
        (DEFAULT, Some(300), false),
        (DEFAULT, Some(199), false),
        (DEFAULT, None, false),
        (ENVELOPE, Some(200), false),
        (ENVELOPE, Some(204), true),
        (ENVELOPE, Some(205), false),
        (ENVELOPE, None, false),
    ] {
        let outcome = examined(Samples::made(envelope), status, &(), b"\n");
        assert_eq!(outcome == Null, is_null, "{status:?} {outcome:?}");
    }
}

#[test]
fn malformed_body_keeps_the_id_and_the_wait() {
    let samples = Samples::made(ENVELOPE);
    let headers = [("Retry-After", "7")];
    for body in
        [r#"{"id": "a", "#, r#"{"id": "a", "ok": 1, "ok": 2}"#, r#"{"ok": true, "id": "a", "result": {"rows": 1}}"#]
    {
        let response = Response { samples, status: Some(200), headers: &headers, body: body.as_bytes() };
        let Verdict::Malformed(malformed) = examine(&response, None, |_| None) else { panic!("{body}") };
        assert_eq!(malformed.request_id(), Some("a"), "{body}");
        assert_eq!(malformed.retry_after(), Some(Duration::from_secs(7)), "{body}");
    }
}

#[test]
fn missing_data_is_located_at_the_last_object() {
    let samples = Samples::made(ENVELOPE);
    for (body, path, column) in [
        (r#"{"ok": true}"#, "", 1),
        (r#"{"ok": true, "result": {}}"#, "result", 24),
        (r#"{"ok": true, "result": null}"#, "result", 24),
    ] {
        let response = Response { samples, status: None, headers: &(), body: body.as_bytes() };
        let Verdict::Null { missing, .. } = examine(&response, None, |_| None) else { panic!("{body}") };
        let problem = missing.locate(body.as_bytes(), |_| None);
        assert_eq!((&*problem.path, problem.column), (path, column), "{body}");
    }
}

#[test]
fn duplicate_is_located_at_the_second_key() {
    let samples = Samples::made(ENVELOPE);
    let body = br#"{"ok": true, "\u006fk": true}"#;
    let response = Response { samples, status: None, headers: &(), body };
    let Verdict::Malformed(malformed) = examine(&response, None, |_| None) else { panic!("a duplicate") };
    assert_eq!(malformed.column(), r#"{"ok": true, "\u006fk""#.len());
    assert!(malformed.to_string().contains("duplicate field `ok`"));
}

#[test]
fn data_is_absent_or_of_another_type() {
    for (success, body, expected) in [
        // Where no constant was compared, absent data is not null.
        (r#"{"result": "{data}"}"#, "{}", ENVELOPE_PROBLEM),
        (r#"{"result": "{data}"}"#, r#"{"error": "E"}"#, failure("E")),
        (r#"{"result": {"...": "{data}"}}"#, r#"{"result": null}"#, ENVELOPE_PROBLEM),
        (r#"{"ok": true, "result": {"...": "{data}"}}"#, r#"{"ok": true, "result": null}"#, Null),
        (r#"{"ok": true, "result": {"...": "{data}"}}"#, r#"{"ok": true}"#, Null),
        (r#"{"ok": true, "result": {"...": "{data}"}}"#, r#"{"ok": true, "result": []}"#, ENVELOPE_PROBLEM),
        (r#"{"ok": true, "result": {"...": "{data}"}}"#, r#"{"ok": true, "result": [], "error": "E"}"#, failure("E")),
    ] {
        let envelope = format!(r#"{{"success": {success}, "failure": {{"ok": false, "error": "{{code}}"}}}}"#);
        let outcome = examined(Samples::made(&envelope), Some(200), &(), body.as_bytes());
        assert_eq!(outcome, expected, "{success} {body}");
    }
}

#[test]
fn rejected_data_is_malformed() {
    type Data = BTreeMap<String, u8>;
    let samples = Samples::made(DEFAULT);
    // A success may repeat a member that only failures read.
    for (status, body, kind) in [
        (Some(200), r#"{"a": "x"}"#, MalformedKind::Data),
        (None, r#"{"a": "x"}"#, MalformedKind::Data),
        (Some(200), r#"{"code": 1, "code": "x"}"#, MalformedKind::Data),
        (None, r#"{"code": 1, "code": "x"}"#, MalformedKind::Envelope),
    ] {
        let response = Response { samples, status, headers: &(), body: body.as_bytes() };
        let rejection = read_whole::<Data>(body).err();
        let verdict = examine(&response, rejection, |text| read_whole::<Data>(text).err());
        let Verdict::Malformed(malformed) = verdict else { panic!("{body}") };
        assert_eq!(malformed.kind(), kind, "{status:?} {body}");
    }
}

#[test]
fn code_is_reported_beside_data() {
    let response = |body| Response { samples: Samples::made(DEFAULT), status: None, headers: &(), body };
    let reported =
        |json: &'static str| response(json.as_bytes()).reported(json).map(|found| found.map(|found| found.code));
    assert!(reported(r#"{"code": "E"}"#).is_ok_and(|code| code == Some(Some("E".into()))));
    assert!(reported(r#"{"id": "a"}"#).is_ok_and(|code| code.is_none()));
    assert!(reported(r#"{"code": 1, "code": 2}"#).is_err());
}

#[test]
fn id_of_a_header_may_be_a_second_choice() {
    let samples = Samples::made(
        r#"{"failure": {"code": "{code}"}, "headers": {"a": "{request_id?}", "b": "{request_id}", "c": "{code}"}}"#,
    );
    for (headers, expected) in
        [(&[("a", "A"), ("b", "B")][..], Some("B")), (&[("a", "A"), ("b", "")], Some("A")), (&[("c", "C")], None)]
    {
        let response = Response { samples, status: None, headers: &headers, body: b"" };
        assert_eq!(response.header_id().as_deref(), expected);
    }
}

#[test]
fn null_that_is_rejected_is_malformed() {
    let response = Response { samples: Samples::made(ENVELOPE), status: None, headers: &(), body: br#"{"ok": true}"# };
    let Verdict::Null { missing, .. } = examine(&response, None, |_| None) else { panic!("no data") };
    let error = serde_json::from_str::<u8>("null").unwrap_err();
    let malformed = response.without_data(missing, &error, Some("a".into()));
    assert_eq!((malformed.kind(), malformed.request_id()), (MalformedKind::Data, Some("a")));
    let message = "the data is missing: invalid type: null, expected u8";
    assert!(malformed.to_string().contains(message), "{malformed}");
}
