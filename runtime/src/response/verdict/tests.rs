//! Verdicts of responses, where no `T` reads the data.

use super::*;

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
    Failure(alloc::string::String),
    Malformed(MalformedKind),
}

use self::Outcome::{Failure, Null};

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
        let expected = crate::response::position::line_and_column(offset, body);
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
        assert_eq!(malformed.retry_after(), Some(core::time::Duration::from_secs(7)), "{body}");
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
    assert!(alloc::string::ToString::to_string(&malformed).contains("duplicate field `ok`"));
}
