//! An integer `{code}` is read as its digits: `{"Code": 4400}` is the code `4400`.
//!
//! This also holds with the `arbitrary_precision` feature of `serde_json`, which passes numbers
//! as maps.

mod scratch;

use errtable::{CommonError, Error, from_slice};
use scratch::Scratch;

/// Reads a body with this `Code`. Returns the code of the failure, or `None` for a success.
fn read_code(json: &str) -> Option<String> {
    let body = format!(r#"{{"Response":{{"Error":{{"Code":{json}}}}}}}"#);
    match from_slice::<(), CommonError>(body.as_bytes()) {
        Err(Error::Api(error)) => Some(error.code().to_string()),
        Err(Error::Malformed(malformed)) => panic!("{json}: {malformed}"),
        Ok(_) => None,
    }
}

#[test]
fn integers_are_read_as_text() {
    for number in ["5", "-5", "4400", "18446744073709551615", "-9223372036854775808"] {
        assert_eq!(read_code(number).as_deref(), Some(number));
    }
}

#[test]
fn other_values_are_failures_without_a_code() {
    for other in ["1.5", "true", "[1]", r#"{"a":1}"#, r#"{"$serde_json::private::Number":"5"}"#] {
        assert_eq!(read_code(other).as_deref(), Some(""), "{other}");
    }
    for out_of_range in ["18446744073709551616", "-9223372036854775809", "1e3", "1e999"] {
        assert_eq!(read_code(out_of_range).as_deref(), Some(""), "{out_of_range}");
    }
}

/// `"Error": null` of the table matches all of these.
#[test]
fn nothing_is_a_success() {
    for nothing in ["0", "-0", "0.0", "0e5", "\"\"", "\"0\"", "false", "null", "[]", "{}"] {
        assert_eq!(read_code(nothing), None, "{nothing}");
    }
}

const MAIN: &str = r##"
use errtable::{CommonError, Envelope, Error, from_slice};

fn main() {
    for (number, code) in [("5", "5"), ("-5", "-5"), ("18446744073709551615", "18446744073709551615"), ("18446744073709551616", ""), ("1.5", ""), ("1e3", "")] {
        let body = format!(r#"{{"Response":{{"Error":{{"Code":{number}}},"RequestId":5}}}}"#);
        match from_slice::<(), CommonError>(body.as_bytes()) {
            Err(Error::Api(error)) => assert!(error.code() == &code && error.request_id() == Some("5"), "{number}: {error}"),
            other => panic!("{number}: {other:?}"),
        }
    }
    assert!(from_slice::<(), CommonError>(br#"{"Response":{"Error":{"Code":-0}}}"#).is_ok());
    let legacy = br#"{"code":0,"codeDesc":"Success"}"#;
    assert!(from_slice::<(), CommonError>(legacy).unwrap_err().api().is_none());
    let data = serde_json::json!({ "Error": 5 });
    let success = Envelope::<_, CommonError>::success(data);
    assert!(serde_json::to_string(&success).is_err(), "the data would not read back");
    println!("ok");
}
"##;

#[test]
fn arbitrary_precision_has_no_effect() {
    let serde_json = "serde_json = { version = \"1\", features = [\"arbitrary_precision\"] }";
    assert_eq!(Scratch::with_dependencies("precision", serde_json, MAIN).run(), "ok\n");
}
