//! Which members of a failure `errtable envelope` reads, by their names, values and places.

use std::fs;

use errtable_cli::envelope::{EnvelopeOptions, Proposal, envelope};
use errtable_cli::input::Input;
use tempfile::TempDir;

fn propose(body: &str) -> Proposal {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("body");
    fs::write(&path, body).unwrap();
    envelope(&[Input::Path(path)], &EnvelopeOptions::default()).unwrap()
}

/// Checks what the proposal reads from each body: "" if nothing is proposed.
fn check(cases: &[(&str, &str)]) {
    for (body, expected) in cases {
        let readings = propose(body).readings;
        let reading = readings.first().map(|(_, reading)| reading.as_str()).unwrap_or_default();
        assert_eq!(reading, *expected, "{body}");
    }
}

#[test]
fn most_likely_code_is_read() {
    check(&[
        (r#"{"errorName": "A_B", "message": "m m"}"#, "code `A_B`, message `m m`"),
        (r#"{"errorKey": "A_B", "message": "m m"}"#, "code `A_B`, message `m m`"),
        (r#"{"reason": "C_D", "__type": "A_B", "message": "m m"}"#, "code `A_B`, message `m m`"),
        (r#"{"meta": {"code": "C_D"}, "error": {"code": "A_B", "message": "m m"}}"#, "code `A_B`, message `m m`"),
        (r#"{"cause": {"code": "C_D"}, "result": {"code": "A_B", "message": "m m"}}"#, "code `A_B`, message `m m`"),
        // An id of an error is not a code.
        (r#"{"code": "123e4567-e89b-12d3-a456-426614174000", "message": "m m"}"#, "message `m m`"),
    ]);
}

#[test]
fn most_likely_message_is_read() {
    check(&[
        (r#"{"error": "A_B", "detail": "d d", "error_description": "m m"}"#, "code `A_B`, message `m m`"),
        (r#"{"error": "Not there.", "description": "m m"}"#, "message `m m`"),
        (r#"{"code": "A_B", "text": "m m"}"#, "code `A_B`, message `m m`"),
        (r#"{"code": "A_B", "info": "m m"}"#, "code `A_B`, message `m m`"),
    ]);
}

#[test]
fn word_is_not_a_message() {
    check(&[
        (r#"{"code": "A_B", "info": "word"}"#, "code `A_B`"),
        (r#"{"code": "A_B", "error": "word"}"#, "code `A_B`"),
        (r#"{"code": "A_B", "reason": "word"}"#, "code `A_B`"),
    ]);
}

#[test]
fn request_id_has_no_spaces() {
    check(&[
        (r#"{"code": "A_B", "request_id": "r"}"#, "code `A_B`, request id `r`"),
        (r#"{"code": "A_B", "request_id": "some text"}"#, "code `A_B`"),
    ]);
}

#[test]
fn wait_is_a_number_of_at_least_0() {
    check(&[
        (r#"{"code": "A_B", "retry_after": 0}"#, "code `A_B`, wait 0 ms"),
        (r#"{"code": "A_B", "retry_after": "5s"}"#, "code `A_B`, wait 5000 ms"),
    ]);
    for body in [
        r#"{"code": "A_B", "retry_after": -1}"#,
        r#"{"code": "A_B", "retry_after": "inf"}"#,
        // The unit contradicts the name.
        r#"{"code": "A_B", "retry_after_ms": "5s"}"#,
    ] {
        let text = propose(body).text.unwrap();
        assert!(!text.contains("retry_after"), "{text}");
    }
}

#[test]
fn element_of_the_matching_type_is_read() {
    check(&[
        (
            r#"{"code": "A_B", "details": [{"@type": "example/Other", "retryDelay": "1s"},
                {"@type": "example/RetryInfo", "retryDelay": "2s"}]}"#,
            "code `A_B`, wait 2000 ms",
        ),
        (
            r#"{"code": "A_B", "details": [{"@type": "example/Other", "requestId": "r"},
                {"@type": "example/RequestInfo", "requestId": "s"}]}"#,
            "code `A_B`, request id `s`",
        ),
    ]);
}

#[test]
fn member_that_a_sample_cannot_name_is_not_read() {
    check(&[
        (r#"{"...": {"code": "A_B", "message": "m m"}}"#, ""),
        (r#"{"a{b}": {"code": "A_B", "message": "m m"}}"#, ""),
    ]);
}

#[test]
fn value_below_the_depth_of_a_sample_is_not_read() {
    let code = r#"{"code": "A_B"}"#;
    let in_objects = |depth: usize| format!("{}{code}{}", r#"{"error": "#.repeat(depth), "}".repeat(depth));
    let in_arrays = |depth: usize| format!(r#"{{"error": {}{code}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    check(&[(&in_objects(7), "code `A_B`"), (&in_objects(8), ""), (&in_arrays(6), "code `A_B`"), (&in_arrays(7), "")]);
}

#[test]
fn general_code_is_a_second_choice_to_a_code_in_a_selected_element() {
    let details = r#""details": [{"@type": "example/ErrorInfo", "reason": "C_D"}]"#;
    let text = propose(&format!(r#"{{"error": {{"status": "A_B", {details}}}}}"#)).text.unwrap();
    assert!(text.contains(r#""status": "{code?}""#), "{text}");
    let text = propose(r#"{"status": "A_B", "error": {"code": "C_D", "message": "m m"}}"#).text.unwrap();
    assert!(!text.contains("{code?}"), "{text}");
}

#[test]
fn other_codes_are_noted_with_the_most_likely_first() {
    for (body, expected) in [
        (
            r#"{"code": "A_B", "type": "C_D", "reason": "E_F", "message": "m m"}"#,
            [
                "`reason` (`E_F`) may be a code, too, but its key is less specific: `code` is taken",
                "`type` (`C_D`) may be a code, too, but its key is less specific: `code` is taken",
            ]
            .as_slice(),
        ),
        (
            r#"{"code": "A_B", "type": "A_B", "inner": {"code": "C_D"}, "message": "m m"}"#,
            &[
                "`inner.code` (`C_D`) may be a code, too, but is nested deeper: `code` is taken",
                "`type` (`A_B`) may be a code, too, and is the same here: `code` is taken",
            ],
        ),
        (
            r#"{"status": "A_B", "details": [{"@type": "ErrorInfo", "code": "C_D", "reason": "E_F"}]}"#,
            &["`details[].reason` (`E_F`) may be a code, too, but its key is less specific: `details[].code` is taken"],
        ),
    ] {
        let notes = propose(body).notes;
        let notes: Vec<_> = notes.iter().filter(|note| note.contains("may be a code")).collect();
        assert_eq!(notes, expected.iter().collect::<Vec<_>>(), "{body}");
    }
}
