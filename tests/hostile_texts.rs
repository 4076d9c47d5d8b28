//! Text from the wire cannot forge a line of a log, or write to a terminal.

use std::collections::HashMap;
use std::fmt::{Debug, Display};

use errtable::{ApiError, Code, CommonError, Error, from_response, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Line breaks, terminal sequences, separators, overrides, zero-width characters and NUL.
const HOSTILE: &str = "A\n\r\t\u{1b}]0;t\u{7}\u{7f}\u{85}\u{9b}31m\u{61c}\u{200b}\u{200d}\u{200f}\u{2028}\u{2029}\
    \u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\0B";

/// Prints an error in each way, and checks that the text is visible.
fn check_printed(error: &(impl Display + Debug)) {
    check_escaped(error);
    assert!(error.to_string().contains("31m"), "the text is printed: {error}");
}

/// Prints an error in each way, and checks that it has no more lines than its layout.
fn check_escaped(error: &(impl Display + Debug)) {
    let on_one_line = [
        error.to_string(),
        format!("{error:#}"),
        format!("{error:>300}"),
        format!("{error:.3}"),
        format!("{error:?}"),
        format!("{error:300?}"),
    ];
    // The layout of `{:#?}` has line breaks.
    let texts = on_one_line.iter().cloned().chain([format!("{error:#?}").replace('\n', "")]);
    for text in texts {
        assert!(!text.chars().any(|c| c != ' ' && !c.is_ascii_graphic() && HOSTILE.contains(c)), "{text:?}");
    }
}

/// Reads a body without a status and with two, and checks what the errors print.
fn check_body<T: DeserializeOwned + Debug>(body: impl AsRef<[u8]>) {
    let body = body.as_ref();
    let without_status = from_slice::<T, CommonError>(body).unwrap_err();
    // With status 500, any JSON is a failure, which does not print the data.
    check_escaped(&from_response::<T, CommonError>(500, &(), body).unwrap_err());
    for error in [without_status, from_response::<T, CommonError>(200, &(), body).unwrap_err()] {
        check_printed(&error);
        match error {
            Error::Api(failure) => check_printed(&failure),
            Error::Malformed(malformed) => check_printed(&malformed),
        }
    }
}

type Numbers = HashMap<String, u64>;

#[test]
fn code_is_escaped() {
    check_printed(&Code::<CommonError>::from(HOSTILE));
}

#[test]
fn unknown_code_is_escaped() {
    check_printed(&HOSTILE.parse::<CommonError>().unwrap_err());
    // A hint follows the text.
    check_printed(&format!("InternalError{HOSTILE}").parse::<CommonError>().unwrap_err());
}

#[test]
fn code_of_a_failure_is_escaped() {
    check_body::<()>(json!({"Response": {"Error": {"Code": HOSTILE}}}).to_string());
    check_body::<()>(json!({"code": 1, "codeDesc": HOSTILE}).to_string());
}

#[test]
fn message_of_a_failure_is_escaped() {
    check_body::<()>(json!({"Response": {"Error": {"Code": "X", "Message": HOSTILE}}}).to_string());
    check_body::<()>(json!({"code": 1, "codeDesc": "X", "message": HOSTILE}).to_string());
    check_body::<()>(json!({"Response": {"Error": {"Message": HOSTILE}}}).to_string());
    let error = from_response::<(), CommonError>(500, &(), json!({"A": HOSTILE}).to_string().as_bytes()).unwrap_err();
    check_escaped(&error);
    assert!(format!("{error:?}").contains("31m"), "the body is printed: {error:?}");
}

#[test]
fn request_id_of_a_failure_is_escaped() {
    check_body::<()>(json!({"Response": {"Error": {"Code": "X"}, "RequestId": HOSTILE}}).to_string());
    check_body::<()>(json!({"Response": {"Error": {"Code": "X"}}, "RequestId": HOSTILE}).to_string());
    check_printed(&ApiError::<CommonError>::new("X", "").or_request_id(HOSTILE));
}

#[test]
fn request_id_of_a_malformed_body_is_escaped() {
    check_body::<Numbers>(json!({"Response": {"A": "x", "RequestId": HOSTILE}}).to_string());
    let error = from_slice::<(), CommonError>(b"<html>").unwrap_err();
    check_printed(&error.or_request_id(HOSTILE));
}

#[test]
fn path_of_invalid_data_is_escaped() {
    check_body::<Numbers>(json!({"Response": {HOSTILE: "x"}}).to_string());
    check_body::<HashMap<String, Numbers>>(json!({"Response": {HOSTILE: {HOSTILE: "x"}}}).to_string());
}

#[test]
fn invalid_value_is_escaped() {
    check_body::<Numbers>(json!({"Response": {"A": HOSTILE}}).to_string());
}

#[test]
fn unknown_names_are_escaped() {
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {}

    #[derive(Debug, Deserialize)]
    enum Kind {
        A,
    }

    check_body::<Strict>(json!({"Response": {HOSTILE: 1}}).to_string());
    check_body::<HashMap<String, Vec<Kind>>>(json!({"Response": {"A": [HOSTILE]}}).to_string());
    check_body::<Kind>(json!({"Response": {HOSTILE: null}}).to_string());
    assert!(
        from_slice::<Kind, CommonError>(br#"{"Response": {"A": null}}"#).is_ok_and(|kind| matches!(kind.data, Kind::A))
    );
}

#[test]
fn message_of_the_data_type_is_escaped() {
    #[derive(Debug)]
    struct Failing;

    impl<'de> Deserialize<'de> for Failing {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Value::deserialize(deserializer)?;
            Err(serde::de::Error::custom(HOSTILE))
        }
    }

    check_body::<Failing>(br#"{"Response": {}}"#);
    check_body::<HashMap<String, Vec<Failing>>>(br#"{"Response": {"A": [1]}}"#);
}

#[test]
fn body_of_another_program_is_escaped() {
    check_body::<Value>(HOSTILE);
    check_body::<Value>([HOSTILE.as_bytes(), b"\xff"].concat());
    check_body::<Value>(format!("{{\"{HOSTILE}\": 1}}").replace(['\n', '\r', '\t', '\u{1b}', '\u{7}', '\0'], ""));
    check_body::<Value>(json!({ HOSTILE: HOSTILE }).to_string());
}
