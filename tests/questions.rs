//! The answers of the guide to questions about envelopes are true.

use std::time::Duration;

use errtable::{Error, Malformed, Retry, from_response, from_slice};
use made::{Made, make};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

mod made;
#[path = "model/envelope/mod.rs"]
mod model;

const PAGE: &str = include_str!("../runtime/src/guide/questions.md");
const ENVELOPES: &str = include_str!("../runtime/src/guide/envelopes.md");

#[derive(Debug, PartialEq, Deserialize)]
struct Photo {
    id: u8,
}

/// Makes the envelope in the row of the page that starts with a text. What the row leaves out is
/// that of `flat`.
fn make_answer(question: &str) {
    let row = PAGE.lines().find(|line| line.starts_with(&format!("| {question} |")));
    let row = row.unwrap_or_else(|| panic!("no row for `{question}`"));
    let keys: Vec<_> = row.split('`').filter(|text| text.starts_with('"')).collect();
    assert!(make(&format!(r#"{{"like": "flat", {}}}"#, keys.join(", "))), "{question}");
}

fn data<T: DeserializeOwned>(body: &str) -> T {
    from_response::<T, Made>(200, &(), body.as_bytes()).unwrap().data
}

/// Reads a failure, and returns its code and message.
fn failure(status: u16, headers: &[(&str, &str)], body: &str) -> (String, String) {
    match from_response::<IgnoredAny, Made>(status, headers, body.as_bytes()) {
        Err(Error::Api(error)) => (error.code().as_str().into(), error.message().into()),
        other => panic!("expected a failure, found {other:?}"),
    }
}

fn text(code: &str, message: &str) -> (String, String) {
    (code.into(), message.into())
}

fn malformed(status: u16, body: &str) -> Malformed {
    match from_response::<Photo, Made>(status, &(), body.as_bytes()) {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("expected a malformed body, found {other:?}"),
    }
}

#[test]
fn flag_tells_a_failure_with_status_200() {
    make_answer("sends failures with status 200, and a flag");
    assert_eq!(data::<Photo>(r#"{"ok": true, "id": 7}"#), Photo { id: 7 });
    assert_eq!(failure(200, &[], r#"{"ok": false, "error": "no_photo"}"#), text("no_photo", ""));
}

#[test]
fn zero_tells_a_success() {
    make_answer("sends failures with status 200, and the code 0 with a success");
    assert_eq!(data::<Photo>(r#"{"code": 0, "data": {"id": 7}}"#), Photo { id: 7 });
    assert_eq!(failure(200, &[], r#"{"code": 40, "message": "no photo", "data": null}"#), text("40", "no photo"));
}

#[test]
fn missing_error_tells_a_success() {
    make_answer("sends failures with status 200, and `error` only with a failure");
    assert_eq!(data::<Photo>(r#"{"id": 7}"#), Photo { id: 7 });
    assert_eq!(data::<Photo>(r#"{"id": 7, "error": null}"#), Photo { id: 7 });
    assert_eq!(failure(200, &[], r#"{"error": {"code": "no_photo"}}"#), text("no_photo", ""));
}

#[test]
fn wrapped_data_is_read() {
    make_answer("wraps the data of a success");
    assert_eq!(data::<Vec<u8>>(r#"{"data": [7], "next": "p2"}"#), [7]);
    assert_eq!(failure(404, &[], r#"{"code": "no_photo", "message": "m"}"#), text("no_photo", "m"));
}

#[test]
fn code_of_a_header_is_read() {
    make_answer("sends the code in a header");
    let headers = [("X-Error-Code", "no_photo")];
    assert_eq!(failure(404, &headers, r#"{"message": "m"}"#), text("no_photo", "m"));
    assert_eq!(failure(404, &headers, "not found"), text("no_photo", ""));
}

#[test]
fn code_of_a_list_is_read() {
    make_answer("sends a list of errors");
    let body = r#"{"errors": [{"code": "no_photo", "message": "m"}, {"code": "b"}]}"#;
    assert_eq!(failure(404, &[], body), text("no_photo", "m"));
}

#[test]
fn failure_without_a_code_has_the_class_of_its_status() {
    make_answer("sends a status and a message, but no code");
    let error = from_response::<Photo, Made>(503, &(), br#"{"detail": "try later"}"#).unwrap_err();
    assert_eq!(error.to_string(), "status 503: try later");
    assert_eq!((error.code().unwrap().as_str(), error.status()), ("", Some(503)));
    assert_eq!(error.retry(), Retry::Transient);
}

#[test]
fn both_forms_of_a_failure_are_read() {
    make_answer("has two forms of a failure");
    assert_eq!(failure(400, &[], r#"{"error": {"code": "a", "message": "m"}}"#), text("a", "m"));
    assert_eq!(failure(400, &[], r#"{"error": "b", "error_description": "m"}"#), text("b", "m"));
}

#[test]
fn part_replaces_the_whole_part_of_a_named_envelope() {
    let example = ENVELOPES.lines().find(|line| line.starts_with("`{\"like\":")).unwrap();
    assert!(make(example.trim_matches('`')));
    let read = |headers: &[(&str, &str)]| {
        let error = from_response::<Photo, Made>(429, headers, br#"{"code": "a"}"#).unwrap_err();
        (error.request_id().map(String::from), error.retry_after())
    };
    assert_eq!(read(&[("x-trace", "t"), ("retry-after", "2")]), (Some("t".into()), Some(Duration::from_secs(2))));
    assert_eq!(read(&[("x-request-id", "r")]), (None, None));
}

#[test]
fn first_place_of_the_sample_with_a_value_is_used() {
    assert!(make(
        r#"{"failure": {"z": "{code}", "a": "{code}"}, "headers": {"z-id": "{request_id}", "a-id": "{request_id}"}}"#
    ));
    let read = |z: &str| {
        let body = format!(r#"{{"a": "code-a", "z": "{z}"}}"#);
        let headers = [("a-id", "id-a"), ("z-id", z)];
        let error = from_response::<Photo, Made>(400, &headers, body.as_bytes()).unwrap_err();
        (error.code().unwrap().to_string(), error.request_id().map(String::from))
    };
    assert_eq!(read("z"), ("z".into(), Some("z".into())));
    assert_eq!(read(""), ("code-a".into(), Some("id-a".into())));
}

#[test]
fn plain_text_is_malformed_with_the_class_of_its_status() {
    assert!(make(r#""nested""#));
    let malformed = malformed(429, "slow down");
    assert_eq!((malformed.status(), malformed.retry()), (Some(429), Retry::Throttled));
    assert_eq!(malformed.body_start(), b"slow down");
}

#[test]
fn body_alone_is_read_by_its_code() {
    assert!(make(r#""nested""#));
    assert_eq!(from_slice::<Photo, Made>(br#"{"id": 7}"#).unwrap().data, Photo { id: 7 });
    let error = from_slice::<Photo, Made>(br#"{"error": {"code": "no_photo"}}"#).unwrap_err();
    assert_eq!(error.code().unwrap().as_str(), "no_photo");
}

#[test]
fn rows_are_all_tested() {
    let (_, section) = PAGE.split_once("\n| your API | what to write in `envelope` |\n|---|---|\n").unwrap();
    let rows = section.lines().take_while(|line| line.starts_with("| "));
    assert_eq!(rows.count(), 8);
}
