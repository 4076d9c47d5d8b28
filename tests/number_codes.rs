//! An integer `Code` is read as its text: `{"Code": 4400}` is the code `4400`.
//! This also holds with the `arbitrary_precision` feature of `serde_json`, which passes numbers
//! as maps.

mod scratch;

use errtable::{CommonError, Error, from_slice};
use scratch::Scratch;

/// Reads a failure with this `Code`. A malformed body gives `None`.
fn read_code(json: &str) -> Option<String> {
    let body = format!(r#"{{"Response":{{"Error":{{"Code":{json}}}}}}}"#);
    match from_slice::<(), CommonError>(body.as_bytes()) {
        Err(Error::Api(error)) => Some(error.code().to_string()),
        Err(Error::Malformed(_)) => None,
        Ok(_) => panic!("expected an error for {json}"),
    }
}

#[test]
fn only_integers_are_read_as_text() {
    for number in ["5", "-5", "0", "4400", "18446744073709551615", "-9223372036854775808"] {
        assert_eq!(read_code(number).as_deref(), Some(number));
    }
    for wrong in ["1.5", "true", "[]", "{}", r#"{"a":1}"#] {
        assert_eq!(read_code(wrong), None, "{wrong}");
    }
    for out_of_range in ["18446744073709551616", "-9223372036854775809", "1e3", "-0"] {
        assert_eq!(read_code(out_of_range), None, "{out_of_range}");
    }
}

#[test]
fn private_number_map_must_be_integer() {
    for text in ["4400", "-1", "18446744073709551615", "-9223372036854775808"] {
        assert_eq!(read_code(&format!(r#"{{"$serde_json::private::Number":"{text}"}}"#)).as_deref(), Some(text));
    }
    for text in ["", "-", "--5", "5-", "1.5", "a", "+5", "05", "-0", "18446744073709551616", "-9223372036854775809"] {
        assert_eq!(read_code(&format!(r#"{{"$serde_json::private::Number":"{text}"}}"#)), None, "{text}");
    }
}

const MAIN: &str = r##"
use errtable::{CommonError, Envelope, Error, from_slice};

fn main() {
    for (number, is_code) in [("5", true), ("-5", true), ("18446744073709551615", true), ("18446744073709551616", false), ("1.5", false), ("1e3", false), ("-0", false)] {
        let body = format!(r#"{{"Response":{{"Error":{{"Code":{number}}},"RequestId":5}}}}"#);
        match from_slice::<(), CommonError>(body.as_bytes()) {
            Err(Error::Api(error)) => assert!(is_code && error.code() == &number, "{number}: {error}"),
            other => assert!(!is_code, "{number}: {other:?}"),
        }
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
