//! An integer `Code` is read as its text: `{"Code": 4400}` is the code `4400`.
//! This also holds with the `arbitrary_precision` feature of `serde_json`, which passes numbers
//! as maps.

mod scratch;

use errtable::{CommonError, Error, from_response, from_slice};
use scratch::Scratch;

/// Reads a failure with this `Code`. Returns `None` if it is not a usable code.
fn read_code(json: &str) -> Option<String> {
    let body = format!(r#"{{"Response":{{"Error":{{"Code":{json}}}}}}}"#);
    match from_slice::<(), CommonError>(body.as_bytes()) {
        Err(Error::Api(error)) => Some(error.code().to_string()).filter(|code| !code.is_empty()),
        other => panic!("expected a failure for {json}, found {other:?}"),
    }
}

#[test]
fn only_integers_are_read_as_text() {
    for number in ["5", "-5", "4400", "18446744073709551615", "-9223372036854775808"] {
        assert_eq!(read_code(number).as_deref(), Some(number));
    }
    for wrong in ["1.5", "true", "[1]", r#"{"a":1}"#] {
        assert_eq!(read_code(wrong), None, "{wrong}");
    }
    for out_of_range in ["18446744073709551616", "-9223372036854775809", "1e3", "1e999"] {
        assert_eq!(read_code(out_of_range), None, "{out_of_range}");
    }
}

#[test]
fn map_with_the_key_of_a_number_is_not_a_number() {
    for text in ["4400", "0", "", "1.5"] {
        assert_eq!(read_code(&format!(r#"{{"$serde_json::private::Number":"{text}"}}"#)), None, "{text}");
    }
}

#[test]
fn zero_code_is_a_failure_with_a_message_or_a_status() {
    let error = from_slice::<(), CommonError>(br#"{"Response":{"Error":{"Code":0,"Message":"m"}}}"#).unwrap_err();
    assert_eq!(error.to_string(), "0: m");
    let body = br#"{"Response":{"Error":{"Code":0}}}"#;
    let error = from_response::<(), CommonError>(500, &(), body).unwrap_err();
    assert_eq!(error.to_string(), "0");
    assert!(from_response::<(), CommonError>(200, &(), body).is_ok());
}

const MAIN: &str = r##"
use errtable::{CommonError, Envelope, Error, from_slice};

fn main() {
    for (number, is_code) in [("5", true), ("-5", true), ("18446744073709551615", true), ("18446744073709551616", false), ("1.5", false), ("1e3", false)] {
        let body = format!(r#"{{"Response":{{"Error":{{"Code":{number}}},"RequestId":5}}}}"#);
        match from_slice::<(), CommonError>(body.as_bytes()) {
            Err(Error::Api(error)) => {
                assert_eq!(error.code(), &if is_code { number } else { "" }, "{number}");
                assert_eq!(error.request_id(), Some("5"));
            }
            other => panic!("{number}: {other:?}"),
        }
    }
    for zero in ["0", "-0", "0.0", "0e9", r#"{"Code":0}"#, r#"{"Code":-0.0}"#] {
        let body = format!(r#"{{"Response":{{"Error":{zero}}}}}"#);
        assert!(from_slice::<(), CommonError>(body.as_bytes()).is_ok(), "{zero}");
    }
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
