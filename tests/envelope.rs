//! Reading an envelope gives the data or the failure, and the request id.

use std::collections::BTreeMap;

use errtable::{ApiError, Code, CommonError, Envelope, from_slice};
use serde::Deserialize;
use serde_json::{Value, json};

use reading::{ID, Instances, permutations, read, read_data};

mod reading;

const SUCCESS: &str = include_str!("fixtures/success.json");
const FAILURE: &str = include_str!("fixtures/failure.json");

#[test]
fn documented_success_is_read() {
    let success = from_slice::<Instances, CommonError>(SUCCESS.as_bytes()).unwrap();
    assert_eq!(success.data, Instances { total_count: 0, instance_status_set: Vec::new() });
    assert_eq!(success.request_id.as_deref(), Some("b5b41468-520d-4192-b42f-595cc34b6c1c"));
}

#[test]
fn documented_failure_is_read() {
    let error = from_slice::<Instances, CommonError>(FAILURE.as_bytes()).unwrap_err();
    assert_eq!(error.code().unwrap().known(), Some(CommonError::AuthFailureSignatureFailure));
    assert_eq!(error.request_id(), Some("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6"));
    assert_eq!(
        error.api().unwrap().message(),
        "The provided credentials could not be validated. Please ensure your signature is correct."
    );
}

#[test]
fn error_fields_are_read_leniently() {
    for (error, code) in [
        (r#"{"Code": "X"}"#, "X"),
        (r#"{"Code": "X", "Message": null}"#, "X"),
        (r#"{"Code": "X", "Message": {"a": [1]}}"#, "X"),
        (r#"{"Code": "X", "Message": 7}"#, "X"),
        (r#"{"Code": "X", "$serde_json::private::Number": 1}"#, "X"),
        (r#"{"$serde_json::private::Number": "1", "Code": "X"}"#, "X"),
        (r#"{"Code": 4400}"#, "4400"),
        (r#"{"Code": -1}"#, "-1"),
        (r#"{"Code": "InternalErro\u0072"}"#, "InternalError"),
    ] {
        let failure = read::<Value>(&format!(r#"{{"Error": {error}}}"#)).unwrap_err();
        assert_eq!((failure.code().unwrap().as_str(), failure.api().unwrap().message()), (code, ""), "{error}");
    }
}

#[test]
fn error_of_nothings_is_a_success() {
    for error in [
        "null",
        "false",
        "0",
        "-0",
        "0.0",
        "0e9",
        r#""""#,
        r#""0""#,
        r#""\u0030""#,
        "[]",
        "[ ]",
        "{}",
        "{ }",
        r#"{"Code": null}"#,
        r#"{"Code": ""}"#,
        r#"{"Code": "0"}"#,
        r#"{"Code": 0, "Message": ""}"#,
        r#"{"Message": []}"#,
        r#"{"Code": {}, "Message": false}"#,
        r#"{"\u0043ode": null}"#,
    ] {
        let keys = [&*format!(r#""Error": {error}"#), ID, r#""TotalCount": 1"#, r#""InstanceStatusSet": []"#];
        assert_eq!(read_data::<Instances>(&keys).total_count, 1, "{error}");
    }
}

#[test]
fn error_without_a_usable_code_is_a_failure() {
    for (error, message) in [
        (r#""words""#, ""),
        ("true", ""),
        ("5", ""),
        ("1.5", ""),
        ("1e999", ""),
        (r#"["X"]"#, ""),
        ("[null]", ""),
        ("[{}]", ""),
        (r#"{"Code": true}"#, ""),
        (r#"{"Code": 1.5}"#, ""),
        (r#"{"Code": 1e3}"#, ""),
        (r#"{"Code": 18446744073709551616}"#, ""),
        (r#"{"Code": ["X"]}"#, ""),
        (r#"{"Code": {"Code": null}}"#, ""),
        (r#"{"Message": 5}"#, ""),
        (r#"{"Message": "words"}"#, "words"),
        (r#"{"Code": null, "Message": "words"}"#, "words"),
        (r#"{"Message": "words", "Code": ""}"#, "words"),
        (r#"{"Code": true, "Message": "words"}"#, "words"),
        (r#"{"New": null}"#, ""),
        (r#"{"code": "X"}"#, ""),
        // As `serde_json` passes a number with the feature `arbitrary_precision`.
        (r#"{"$serde_json::private::Number": "0"}"#, ""),
    ] {
        for keys in permutations(&[&*format!(r#""Error": {error}"#), ID, r#""TotalCount": "x""#]) {
            let failure = ApiError::new("", message).with_request_id("id-1");
            let response = format!("{{{}}}", keys.join(", "));
            assert_eq!(read::<Value>(&response), Err(failure.clone().into()), "{response}");
            assert_eq!(read::<Instances>(&response), Err(failure.into()), "{response}");
        }
    }
}

#[test]
fn integer_request_id_is_its_digits() {
    for id in ["7", "0", "-1", "18446744073709551615", "-9223372036854775808"] {
        let success = read::<Value>(&format!(r#"{{"A": 1, "RequestId": {id}}}"#)).unwrap();
        assert_eq!((success.data, success.request_id.as_deref()), (json!({"A": 1}), Some(id)));
        let error = read::<Value>(&format!(r#"{{"RequestId": {id}, "Error": {{"Code": "X"}}}}"#)).unwrap_err();
        assert_eq!(error.request_id(), Some(id));
        let error = read::<Instances>(&format!(r#"{{"TotalCount": "x", "RequestId": {id}}}"#)).unwrap_err();
        assert_eq!((error.api(), error.request_id()), (None, Some(id)));
        let body = format!(r#"{{"Response": {{}}, "RequestId": {id}}}"#);
        let success = from_slice::<(), CommonError>(body.as_bytes()).unwrap();
        assert_eq!(success.request_id.as_deref(), Some(id));
    }
}

#[test]
fn invalid_request_id_is_ignored() {
    for id in ["", "null", r#""""#, "1.5", "1e3", "-0", "1e999", "18446744073709551616", "true", "[7]", r#"{"a": [1]}"#]
    {
        let id = if id.is_empty() { String::new() } else { format!(r#", "RequestId": {id}"#) };
        let success = read::<Value>(&format!(r#"{{"A": 1{id}}}"#)).unwrap();
        assert_eq!((success.data, success.request_id), (json!({"A": 1}), None), "{id}");
    }
    assert_eq!(read::<Value>(r#"{"RequestId": {"a": [1]}, "A": 1}"#).unwrap().data, json!({"A": 1}));
}

#[test]
fn request_id_beside_response_is_fallback() {
    let failure = r#""Response": {"Error": {"Code": "InternalError"}}"#;
    let with_id = r#""Response": {"Error": {"Code": "InternalError"}, "RequestId": "in"}"#;
    for (keys, id) in [
        ([r#""Response": {}"#, r#""RequestId": "out""#], Some("out")),
        ([r#""Response": {"RequestId": ""}"#, r#""RequestId": "out""#], Some("out")),
        ([r#""Response": {"RequestId": "in"}"#, r#""RequestId": "out""#], Some("in")),
        ([r#""Response": {}"#, r#""RequestId": null"#], None),
        ([failure, r#""RequestId": "out""#], Some("out")),
        ([with_id, r#""RequestId": "out""#], Some("in")),
    ] {
        for keys in permutations(&keys) {
            let body = format!("{{{}, \"retcode\": [0]}}", keys.join(","));
            let found = match from_slice::<(), CommonError>(body.as_bytes()) {
                Ok(success) => success.request_id.map(String::from),
                Err(error) => error.request_id().map(String::from),
            };
            assert_eq!(found.as_deref(), id, "{body}");
            let plain: Envelope<(), CommonError> = serde_json::from_str(&body).unwrap();
            let plain = plain
                .into_result()
                .map_or_else(|e| e.request_id().map(String::from), |s| s.request_id.map(String::from));
            assert_eq!(plain.as_deref(), id, "{body}");
        }
    }
}

#[test]
fn duplicate_envelope_keys_are_rejected() {
    for response in [
        r#"{"RequestId": "a", "RequestId": "a"}"#,
        r#"{"RequestId": "a", "A": 1, "RequestId": null}"#,
        r#"{"Error": null, "Error": null}"#,
        r#"{"Error": {"Code": "X"}, "Error": null}"#,
        r#"{"A": 1, "Error": {"Code": "X"}, "B": 1, "Error": null}"#,
        r#"{"Error": {"Code": "X"}, "RequestId": "a", "RequestId": "a"}"#,
        r#"{"Error": {"Code": "X", "Code": "X"}}"#,
        r#"{"Error": {"Message": "X", "Code": "X", "Message": 1}}"#,
    ] {
        for error in [read::<()>(response).unwrap_err(), read::<Value>(response).unwrap_err()] {
            assert!(error.to_string().contains("duplicate field `"), "{error}");
        }
        assert!(read::<BTreeMap<String, Value>>(response).is_err());
    }
    assert!(serde_json::from_str::<Envelope<(), CommonError>>(r#"{"Response": {}, "Response": {}}"#).is_err());
    assert!(
        serde_json::from_str::<Envelope<(), CommonError>>(r#"{"RequestId": "", "RequestId": "", "Response": {}}"#)
            .is_err()
    );
}

#[test]
fn envelope_reads_keys_left_by_data() {
    #[derive(Debug, PartialEq)]
    struct FirstKey(String);

    impl<'de> Deserialize<'de> for FirstKey {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct FirstKeyVisitor;
            impl<'de> serde::de::Visitor<'de> for FirstKeyVisitor {
                type Value = FirstKey;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<FirstKey, A::Error> {
                    Ok(FirstKey(map.next_key()?.unwrap_or_default()))
                }
            }
            deserializer.deserialize_map(FirstKeyVisitor)
        }
    }

    let success = read::<FirstKey>(r#"{"A": {"Error": {"Code": "X"}}, "B": 1, "RequestId": "id-1"}"#).unwrap();
    assert_eq!((success.data.0.as_str(), success.request_id.as_deref()), ("A", Some("id-1")));
    let failure = read::<FirstKey>(r#"{"A": {}, "B": 1, "Error": {"Code": "X"}, "RequestId": "id-1"}"#).unwrap_err();
    assert_eq!((failure.code().unwrap().as_str(), failure.request_id()), ("X", Some("id-1")));
}

/// A response with the keys of the envelope inside its data.
const NESTED: &str = r#"{"A": {"B": 5, "Error": {"Code": "X"}, "RequestId": "no"}, "RequestId": "id-1"}"#;

#[test]
fn nested_envelope_keys_are_ignored() {
    let error = read::<BTreeMap<String, BTreeMap<String, String>>>(NESTED).unwrap_err();
    assert_eq!((error.api(), error.request_id()), (None, Some("id-1")));
}

/// Data that ignores an invalid value and reads no further.
#[derive(Debug, PartialEq)]
struct Lenient;

impl<'de> Deserialize<'de> for Lenient {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LenientVisitor;
        impl<'de> serde::de::Visitor<'de> for LenientVisitor {
            type Value = Lenient;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Lenient, A::Error> {
                map.next_key::<String>()?;
                let _ = map.next_value::<BTreeMap<String, String>>();
                Ok(Lenient)
            }
        }
        deserializer.deserialize_map(LenientVisitor)
    }
}

#[test]
fn data_stopping_inside_value_is_rejected() {
    let error = read::<Lenient>(NESTED).unwrap_err();
    let message = "invalid data at Response.A.B (line 1 column 26): \
                   the data type ignored an error inside a value (request id id-1)";
    assert_eq!(error.to_string(), message);
}

#[test]
fn data_receives_no_keys_after_error() {
    let body = r#"{"Response": {"A": true, "Error": {"Code": "X"}, "B": "no bool", "RequestId": "id-1"}}"#;
    let envelope: Envelope<BTreeMap<String, bool>, CommonError> = serde_json::from_str(body).unwrap();
    let failure = envelope.into_result().unwrap_err();
    assert_eq!((failure.code().as_str(), failure.request_id()), ("X", Some("id-1")));
}

#[test]
fn failure_is_found_if_data_takes_no_key() {
    fn parse<T: for<'de> Deserialize<'de>>(json: &str) -> Result<Envelope<T, CommonError>, serde_json::Error> {
        serde_json::from_str(json)
    }
    for keys in [r#""Error": {"Code": "InternalError"}"#, r#""Count": 1, "Error": {"Code": "InternalError"}"#] {
        let json = format!(r#"{{"Response": {{{keys}}}}}"#);
        assert!(matches!(parse::<u32>(&json), Ok(Envelope::Failure(_))), "{json}");
        assert!(matches!(parse::<Option<u32>>(&json), Ok(Envelope::Failure(_))), "{json}");
    }
}

#[test]
fn code_works_in_any_struct() {
    #[derive(Deserialize)]
    struct SendStatus {
        #[serde(rename = "Code")]
        code: Code<CommonError>,
    }

    let body = br#"{"Response": {"SendStatusSet": [{"Code": "LimitExceeded.PhoneNumberDailyLimit"}, {"Code": "InternalError"}]}}"#;
    let sent = from_slice::<BTreeMap<String, Vec<SendStatus>>, CommonError>(body).unwrap().data;
    assert_eq!(sent["SendStatusSet"][0].code.known(), None);
    assert_eq!(sent["SendStatusSet"][1].code, CommonError::InternalError);
}

#[test]
fn error_of_plain_serde_is_that_of_the_body() {
    for (json, start) in [
        ("5", "the body is not a valid response envelope (line 1 column 1): neither the data nor an error code"),
        (r#"{"Response": 5}"#, "the body is not a valid response envelope at Response (line 1 column 14): neither"),
        (r#"{"Response": {"A": 5}}"#, "invalid data at Response.A (line 1 column 20): invalid type: integer `5`"),
    ] {
        let error = serde_json::from_str::<Envelope<BTreeMap<String, bool>, CommonError>>(json).unwrap_err();
        assert!(error.to_string().starts_with(start), "{error}");
    }
}
