//! Values of responses by several samples.

use alloc::format;
use alloc::string::String;

use super::*;
use crate::response::tape::Samples;

/// Returns the code, message, request id and wait in seconds.
fn found(samples: Samples, headers: &dyn Headers, body: &str) -> String {
    let mut tape = Tape::new(samples, body);
    assert!(tape.record(0, body).is_ok());
    let found = Values { tape: &tape, headers }.find();
    let [code, message, id] = [found.code, found.message, found.request_id].map(|text| text.unwrap_or("-".into()));
    format!("{code} {message} {id} {}", found.wait.map_or("-".into(), |wait| format!("{}", wait.as_secs())))
}

#[test]
fn value_of_the_body_goes_before_one_of_a_header() {
    let samples = Samples::made(
        r#"{
            "failure": {"code": "{code}", "first": "{request_id}", "second": "{request_id}", "wait": "{retry_after}"},
            "headers": {"code": "{code}", "id": "{request_id}", "id2": "{request_id}", "retry-after": "{retry_after}"}
        }"#,
    );
    let headers = [("code", "h"), ("id2", "h2"), ("id", "h1"), ("retry-after", "7")];
    for (body, expected) in [
        (r#"{"second": "b2", "first": "b1", "wait": 1, "code": "b"}"#, "b - b1 1"),
        (r#"{"second": "b2", "first": "", "wait": "", "code": "b"}"#, "b - b2 7"),
        (r#"{"code": "b", "first": null}"#, "b - h1 7"),
        ("{}", "h - h1 7"),
        ("[]", "h - h1 7"),
    ] {
        assert_eq!(found(samples, &headers, body), expected, "{body}");
    }
    assert_eq!(found(samples, &&headers[..1], "{}"), "h - - -");
    assert_eq!(found(samples, &(), "{}"), "- - - -");
}

#[test]
fn second_choice_counts_if_nothing_else_has_a_value() {
    let samples = Samples::made(
        r#"{
            "failure": {"a": "{code?}", "b": "{code}", "c": "{message?}"},
            "headers": {"h": "{code}", "h2": "{code?}", "m": "{message}"}
        }"#,
    );
    for (body, headers, expected) in [
        (r#"{"a": "A", "b": "B", "c": "C"}"#, &[("h", "H"), ("h2", "H2"), ("m", "M")][..], "B M - -"),
        (r#"{"a": "A", "c": "C"}"#, &[("h", "H"), ("h2", "H2")], "H C - -"),
        (r#"{"a": "A"}"#, &[("h2", "H2")], "A - - -"),
        ("{}", &[("h2", "H2")], "H2 - - -"),
    ] {
        assert_eq!(found(samples, &headers, body), expected, "{body}");
    }
}

#[test]
fn first_sample_with_a_code_decides() {
    let samples = Samples::made(
        r#"{"failure": [
            {"a": "{code}", "m": "{message}", "i": "{request_id}"},
            {"b": "{code}", "n": "{message}", "j": "{request_id}", "w": "{retry_after}"},
            {"c": "{code?}", "k": "{request_id}", "must": "{_}"}
        ]}"#,
    );
    for (body, expected) in [
        (r#"{"a": "A", "b": "B", "n": "N", "j": "J", "w": 1}"#, "A - - -"),
        (r#"{"b": "B", "m": "M", "i": "I", "j": "J", "w": 1}"#, "B - J 1"),
        // A second choice decides, too.
        (r#"{"c": "C", "m": "M", "i": "I", "k": "K", "must": 1}"#, "C - K -"),
        (r#"{"c": "C", "m": "M", "i": "I", "k": "K", "must": 0}"#, "- M I -"),
        // Without a code, the first sample with a message.
        (r#"{"n": "N", "j": "J", "i": "I"}"#, "- N J -"),
        (r#"{"m": "M", "n": "N", "j": "J"}"#, "- M - -"),
        // Without a message, all samples.
        (r#"{"j": "J", "w": 1, "k": "K"}"#, "- - J 1"),
        (r#"{"k": "K", "must": true}"#, "- - K -"),
        (r#"{"k": "K"}"#, "- - - -"),
    ] {
        assert_eq!(found(samples, &(), body), expected, "{body}");
    }
}

#[test]
fn second_choice_of_a_message_decides() {
    let samples = Samples::made(
        r#"{"failure": [{"a": "{code}", "m": "{message?}", "i": "{request_id}"}, {"b": "{code}", "n": "{message}"}]}"#,
    );
    assert_eq!(found(samples, &(), r#"{"m": "M", "n": "N", "i": "I"}"#), "- M I -");
    assert_eq!(found(samples, &(), r#"{"m": 5, "n": "N", "i": "I"}"#), "- N - -");
}

const SUCCESS: &str = r#"{
    "success": {"a": "{request_id}", "b": "{request_id?}", "...": "{data}"},
    "failure": {"error": {"code": "{code}", "id": "{request_id}"}},
    "headers": {"h": "{request_id}", "h2": "{request_id?}"}
}"#;

#[test]
fn id_of_a_success_is_that_of_its_sample() {
    let samples = Samples::made(SUCCESS);
    for (body, headers, expected) in [
        (r#"{"b": "B", "a": "A"}"#, &[("h", "H")][..], Ok(Some("A"))),
        (r#"{"b": "B", "a": 7}"#, &[("h", "H")], Ok(Some("7"))),
        (r#"{"b": "B", "a": ""}"#, &[("h2", "H2"), ("h", "H")], Ok(Some("H"))),
        (r#"{"b": "B"}"#, &[("h2", "H2")], Ok(Some("B"))),
        ("{}", &[("h2", "H2")], Ok(Some("H2"))),
        (r#"{"error": {"id": "E"}}"#, &[], Ok(None)),
        // An unpaired surrogate, unless nothing reads it.
        (r#"{"a": "\ud83d", "b": "B"}"#, &[], Err(r#""\ud83d""#)),
        (r#"{"a": "\u0041"}"#, &[], Ok(Some("A"))),
        (r#"{"a": "A", "b": "\ud83d"}"#, &[], Ok(Some("A"))),
        (r#"{"b": "\ud83d"}"#, &[], Err(r#""\ud83d""#)),
        (r#"{"b": "\ud83d"}"#, &[("h", "H")], Ok(Some("H"))),
    ] {
        let mut tape = Tape::new(samples, body);
        assert!(tape.record(0, body).is_ok());
        let id = Values { tape: &tape, headers: &headers }.success_id();
        assert_eq!(id.as_ref().map(Option::as_deref).map_err(|json| *json), expected, "{body}");
    }
}

#[test]
fn id_of_a_malformed_body_may_come_from_any_sample() {
    let samples = Samples::made(SUCCESS);
    for (body, headers, expected) in [
        (r#"{"a": "A", "b": "B", "error": {"id": "E"}}"#, &[("h", "H")][..], Some("E")),
        (r#"{"a": "A", "b": "B"}"#, &[("h", "H")], Some("A")),
        (r#"{"b": "B"}"#, &[("h", "H")], Some("H")),
        (r#"{"b": "B"}"#, &[], Some("B")),
    ] {
        let mut tape = Tape::new(samples, body);
        assert!(tape.record(0, body).is_ok());
        assert_eq!(Values { tape: &tape, headers: &headers }.find_id().as_deref(), expected, "{body}");
    }
}

#[test]
fn choices_of_headers_are_separate() {
    let shape = Samples::made(SUCCESS).shape;
    let headers = [("h2", "H2"), ("h", "H")];
    assert_eq!(header_id(shape, &headers, false).as_deref(), Some("H"));
    assert_eq!(header_id(shape, &headers, true).as_deref(), Some("H2"));
    assert_eq!(header_id(shape, &[("h", "")], false), None);
}
