//! Codes of numeric tables in serde formats: an integer, and in JSON also a name or digits.

use std::collections::BTreeMap;

use errtable::{Code, CommonError, error_table};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[error_table("fixtures/tables/kafka.json")]
enum Kafka {}

/// Writes a value in each format.
fn write<T: Serialize>(value: &T) -> BTreeMap<&'static str, Result<Vec<u8>, String>> {
    let mut cbor = Vec::new();
    BTreeMap::from([
        ("JSON", serde_json::to_vec(value).map_err(|error| error.to_string())),
        ("RON", ron::to_string(value).map(String::into_bytes).map_err(|error| error.to_string())),
        ("CBOR", ciborium::into_writer(value, &mut cbor).map(|()| cbor).map_err(|error| error.to_string())),
        ("MessagePack", rmp_serde::to_vec(value).map_err(|error| error.to_string())),
        ("postcard", postcard::to_allocvec(value).map_err(|error| error.to_string())),
    ])
}

/// Reads a value of a format.
fn read<T: DeserializeOwned>(format: &str, bytes: &[u8]) -> Option<T> {
    match format {
        "JSON" => serde_json::from_slice(bytes).ok(),
        "RON" => ron::de::from_bytes(bytes).ok(),
        "CBOR" => ciborium::from_reader(bytes).ok(),
        "MessagePack" => rmp_serde::from_slice(bytes).ok(),
        _ => postcard::from_bytes(bytes).ok(),
    }
}

/// Checks a number in each format: it is written as an `i64`, and read exactly.
fn check_number(number: i64) {
    let written = write(&number);
    let code = Code::<Kafka>::from_number(number);
    assert_eq!(write(&code), written);
    if let Some(known) = code.known() {
        assert_eq!(write(&known), written);
    }
    for (format, bytes) in written {
        let bytes = bytes.unwrap();
        assert_eq!(read::<Code<Kafka>>(format, &bytes), Some(code.clone()), "{format}");
        assert_eq!(read::<Kafka>(format, &bytes), code.known(), "{format}");
    }
    let value = serde_json::to_value(&code).unwrap();
    assert_eq!((serde_json::from_value::<Code<Kafka>>(value.clone()).unwrap(), value), (code, json!(number)));
}

#[test]
fn known_numbers_round_trip_in_any_format() {
    for code in Kafka::ALL {
        check_number(code.number());
    }
}

proptest! {
    #[test]
    fn any_number_round_trips_in_any_format(number: i64, small: i16) {
        check_number(number);
        check_number(small.into());
    }

    #[test]
    fn any_text_round_trips_in_readable_formats(text: String) {
        let code = Code::<Kafka>::from(text);
        for (format, bytes) in write(&code) {
            match bytes {
                Ok(bytes) => prop_assert_eq!(read(format, &bytes), Some(code.clone())),
                Err(_) => prop_assert!(code.number().is_none() && !["JSON", "RON"].contains(&format)),
            }
        }
    }
}

#[test]
fn names_and_digits_are_read_from_json() {
    for json in [r#""REQUEST_TIMED_OUT""#, r#""7""#, "7"] {
        assert_eq!(serde_json::from_str::<Kafka>(json).unwrap(), Kafka::RequestTimedOut, "{json}");
        assert_eq!(serde_json::from_str::<Code<Kafka>>(json).unwrap(), Kafka::RequestTimedOut, "{json}");
    }
    assert_eq!(ron::from_str(r#""REQUEST_TIMED_OUT""#), Ok(Kafka::RequestTimedOut));
    let unknown = serde_json::from_str::<Code<Kafka>>(r#""999""#).unwrap();
    assert_eq!(serde_json::to_string(&unknown).unwrap(), "999");
}

#[test]
fn unknown_name_has_no_number_to_write() {
    let unknown = Code::<Kafka>::from("NEW_ERROR");
    let written = write(&unknown);
    assert_eq!(written["JSON"].as_deref(), Ok(&br#""NEW_ERROR""#[..]));
    assert_eq!(written["MessagePack"].as_deref(), Err(&"code `NEW_ERROR` has no number".to_owned()));
    let text = rmp_serde::to_vec("REQUEST_TIMED_OUT").unwrap();
    assert_eq!(read::<Kafka>("MessagePack", &text), None, "not an `i64`");
}

#[test]
fn other_values_are_not_codes() {
    let message = |json| serde_json::from_str::<Kafka>(json).unwrap_err().to_string();
    assert!(message("999").starts_with("invalid value: integer `999`, expected a code of `Kafka`"));
    assert!(message(r#""03""#).starts_with(r#"invalid value: string "03", expected a code of `Kafka`"#));
    assert!(message(r#"{"a": 1}"#).starts_with("invalid type: map, expected a code of `Kafka`"));
    for json in ["3.0", "3e0", "-0", "true", "null", "[3]", "{}", "9223372036854775808", "-9223372036854775809"] {
        assert!(serde_json::from_str::<Kafka>(json).is_err(), "{json}");
        assert!(serde_json::from_str::<Code<Kafka>>(json).is_err(), "{json}");
    }
}

#[test]
fn keys_of_maps_are_digits() {
    let counts = BTreeMap::from([(Code::from(Kafka::RequestTimedOut), 1), (Code::from_number(999), 2)]);
    let json = serde_json::to_string(&counts).unwrap();
    assert_eq!(json, r#"{"999":2,"7":1}"#);
    assert_eq!(serde_json::from_str::<BTreeMap<Code<Kafka>, i32>>(&json).unwrap(), counts);
    assert_eq!(serde_json::from_value::<BTreeMap<Code<Kafka>, i32>>(json!({"7": 1, "999": 2})).unwrap(), counts);
}

#[test]
fn buffered_values_are_read() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Response {
        #[serde(flatten)]
        error: Failure,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Failure {
        error_code: Code<Kafka>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Code(Kafka),
        Other(i64),
    }

    let response = Response { error: Failure { error_code: Kafka::RequestTimedOut.into() } };
    let json = serde_json::to_string(&response).unwrap();
    assert_eq!(json, r#"{"error_code":7}"#);
    assert_eq!(serde_json::from_str::<Response>(&json).unwrap(), response);
    let mut cbor = Vec::new();
    ciborium::into_writer(&response, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<Response, _>(&cbor[..]).unwrap(), response);
    let either: Vec<Either> = serde_json::from_str("[7, 999]").unwrap();
    assert_eq!(either, [Either::Code(Kafka::RequestTimedOut), Either::Other(999)]);
}

#[test]
fn tables_without_numbers_are_strings() {
    fn check<T: DeserializeOwned>(code: &impl Serialize) {
        assert_eq!(write(code), write(&"InternalError"));
        for (format, bytes) in write(&7) {
            assert!(read::<T>(format, &bytes.unwrap()).is_none(), "{format}");
        }
    }
    check::<CommonError>(&CommonError::InternalError);
    check::<Code<CommonError>>(&Code::from(CommonError::InternalError));
    assert_eq!(write(&Code::<CommonError>::from("7")), write(&"7"));
}
