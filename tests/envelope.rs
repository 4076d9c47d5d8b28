//! An envelope is read in one pass into whatever T is, and a failure is told in whatever order the keys come.

use std::collections::{BTreeMap, HashMap};

use errtable::{ApiError, Code, CommonError, Envelope, Error, MalformedKind, Success, from_slice};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use reading::{ID, Instances, WithId, data, permutations, read};

mod reading;

const SUCCESS: &str = include_str!("fixtures/success.json");
const FAILURE: &str = include_str!("fixtures/failure.json");

#[test]
fn the_documented_success_is_data_and_a_request_id() {
    let success = from_slice::<Instances, CommonError>(SUCCESS.as_bytes()).unwrap();
    assert_eq!(success.data, Instances { total_count: 0, instance_status_set: Vec::new() });
    assert_eq!(success.request_id.as_deref(), Some("b5b41468-520d-4192-b42f-595cc34b6c1c"));
}

#[test]
fn the_documented_failure_is_a_known_code_a_message_and_a_request_id() {
    let error = from_slice::<Instances, CommonError>(FAILURE.as_bytes()).unwrap_err();
    assert_eq!(error.code().unwrap().known(), Some(CommonError::AuthFailureSignatureFailure));
    assert_eq!(error.request_id(), Some("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6"));
    assert_eq!(
        error.api().unwrap().message(),
        "The provided credentials could not be validated. Please ensure your signature is correct."
    );
}

#[test]
fn a_failure_is_told_in_every_order_of_keys_and_whatever_t_is() {
    let error = r#""Error": {"Code": "InternalError", "Message": "no"}"#;
    for keys in permutations(&[error, ID, r#""TotalCount": 3"#, r#""InstanceStatusSet": []"#]) {
        let response = format!("{{{}}}", keys.join(","));
        let failure = Error::Api(ApiError::new(CommonError::InternalError, "no").with_request_id("id-1"));
        assert_eq!(read::<Instances>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<Value>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<()>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<Option<Instances>>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<Vec<u8>>(&response), Err(failure.clone()), "{response}");
        // What T would refuse before the error comes is the second reading's to mend.
        let body = format!(r#"{{"Response": {response}}}"#);
        assert_eq!(
            from_slice::<HashMap<String, bool>, CommonError>(body.as_bytes()),
            Err(failure.clone()),
            "{response}"
        );
    }
}

#[test]
fn code_and_message_come_in_any_order_beside_other_keys() {
    for keys in permutations(&[r#""Code": "New.Code""#, r#""Message": "a \"b\"""#, r#""Detail": [{"Code": 1}]"#]) {
        let error = read::<Value>(&format!(r#"{{"Error": {{{}}}}}"#, keys.join(","))).unwrap_err();
        assert_eq!(error.code(), Some(&Code::from("New.Code")));
        assert_eq!(error.api().unwrap().message(), "a \"b\"");
        assert_eq!(error.request_id(), None);
    }
}

#[test]
fn a_message_that_is_missing_or_no_string_is_empty_and_a_whole_number_is_a_code() {
    for (error, code) in [
        (r#"{"Code": "X"}"#, "X"),
        (r#"{"Code": "X", "Message": null}"#, "X"),
        (r#"{"Code": "X", "Message": {"a": [1]}}"#, "X"),
        (r#"{"Code": "X", "Message": 7}"#, "X"),
        (r#"{"Code": 4400}"#, "4400"),
        (r#"{"Code": -1}"#, "-1"),
        (r#"{"Code": "InternalErro\u0072"}"#, "InternalError"),
    ] {
        let failure = read::<Value>(&format!(r#"{{"Error": {error}}}"#)).unwrap_err();
        assert_eq!((failure.code().unwrap().as_str(), failure.api().unwrap().message()), (code, ""), "{error}");
    }
}

#[test]
fn an_error_without_code_and_words_is_a_success() {
    for error in
        ["null", "{}", r#"{"Code": null}"#, r#"{"Code": "", "Message": ""}"#, r#"{"Message": 5}"#, r#"{"New": 1}"#]
    {
        let keys = [&*format!(r#""Error": {error}"#), ID, r#""TotalCount": 1"#, r#""InstanceStatusSet": []"#];
        assert_eq!(data::<Instances>(&keys).total_count, 1, "{error}");
    }
}

#[test]
fn a_request_id_that_is_absent_empty_or_no_string_is_none() {
    for id in
        ["", r#", "RequestId": """#, r#", "RequestId": null"#, r#", "RequestId": 7"#, r#", "RequestId": {"a": [1]}"#]
    {
        let success = read::<Value>(&format!(r#"{{"A": 1{id}}}"#)).unwrap();
        assert_eq!((success.data, success.request_id), (json!({"A": 1}), None), "{id}");
    }
    assert_eq!(read::<Value>(r#"{"RequestId": {"a": [1]}, "A": 1}"#).unwrap().data, json!({"A": 1}));
}

#[test]
fn a_request_id_beside_response_serves_where_response_has_none() {
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
fn plain_reading_keeps_its_promises_about_keys_that_come_twice() {
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
fn what_t_leaves_unread_is_read_for_the_envelope() {
    #[derive(Debug, PartialEq)]
    struct FirstKeyAlone(String);

    impl<'de> Deserialize<'de> for FirstKeyAlone {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct First;
            impl<'de> serde::de::Visitor<'de> for First {
                type Value = FirstKeyAlone;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<FirstKeyAlone, A::Error> {
                    Ok(FirstKeyAlone(map.next_key()?.unwrap_or_default()))
                }
            }
            deserializer.deserialize_map(First)
        }
    }

    let success = read::<FirstKeyAlone>(r#"{"A": {"Error": {"Code": "X"}}, "B": 1, "RequestId": "id-1"}"#).unwrap();
    assert_eq!((success.data.0.as_str(), success.request_id.as_deref()), ("A", Some("id-1")));
    let failure =
        read::<FirstKeyAlone>(r#"{"A": {}, "B": 1, "Error": {"Code": "X"}, "RequestId": "id-1"}"#).unwrap_err();
    assert_eq!((failure.code().unwrap().as_str(), failure.request_id()), ("X", Some("id-1")));
}

/// One name, and a key of the same name as the envelope's below it.
const BELOW: &str = r#"{"A": {"B": 5, "Error": {"Code": "X"}, "RequestId": "no"}, "RequestId": "id-1"}"#;

#[test]
fn keys_below_a_value_that_t_refused_are_not_taken_for_the_envelopes() {
    let error = read::<BTreeMap<String, BTreeMap<String, String>>>(BELOW).unwrap_err();
    assert_eq!((error.api(), error.request_id()), (None, Some("id-1")));
}

/// Data that forgives a value which does not fit, and stops there.
#[derive(Debug, PartialEq)]
struct Forgiving;

impl<'de> Deserialize<'de> for Forgiving {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forgive;
        impl<'de> serde::de::Visitor<'de> for Forgive {
            type Value = Forgiving;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Forgiving, A::Error> {
                map.next_key::<String>()?;
                let _ = map.next_value::<BTreeMap<String, String>>();
                Ok(Forgiving)
            }
        }
        deserializer.deserialize_map(Forgive)
    }
}

#[test]
fn nothing_is_read_where_t_left_the_reader_inside_a_value() {
    let error =
        serde_json::from_str::<Envelope<Forgiving, CommonError>>(&format!(r#"{{"Response": {BELOW}}}"#)).unwrap_err();
    assert!(error.to_string().starts_with("the data type ignored an error inside a value"), "{error}");
}

#[test]
fn plain_reading_gives_t_no_key_after_a_failure() {
    let body = r#"{"Response": {"A": true, "Error": {"Code": "X"}, "B": "no bool", "RequestId": "id-1"}}"#;
    let envelope: Envelope<BTreeMap<String, bool>, CommonError> = serde_json::from_str(body).unwrap();
    let failure = envelope.into_result().unwrap_err();
    assert_eq!((failure.code().as_str(), failure.request_id()), ("X", Some("id-1")));
}

#[test]
fn a_code_serves_in_any_struct() {
    #[derive(Deserialize)]
    struct Sent {
        #[serde(rename = "Code")]
        code: Code<CommonError>,
    }

    let body = br#"{"Response": {"SendStatusSet": [{"Code": "LimitExceeded.PhoneNumberDailyLimit"}, {"Code": "InternalError"}]}}"#;
    let sent = from_slice::<BTreeMap<String, Vec<Sent>>, CommonError>(body).unwrap().data;
    assert_eq!(sent["SendStatusSet"][0].code.known(), None);
    assert_eq!(sent["SendStatusSet"][1].code, CommonError::InternalError);
}

/// One key of `Response`, with its value, as JSON.
fn member() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,6}".prop_map(|id| format!(r#""RequestId": {}"#, Value::from(id))),
        Just(r#""RequestId": {"a": []}"#.to_owned()),
        Just(r#""Error": null"#.to_owned()),
        (".{0,3}", ".{0,3}")
            .prop_map(|(code, message)| format!(r#""Error": {}"#, json!({"Code": code, "Message": message}))),
        Just(r#""Error": {"Code": true}"#.to_owned()),
        any::<u8>().prop_map(|count| format!(r#""TotalCount": {count}"#)),
        Just(r#""TotalCount": "x""#.to_owned()),
        Just(r#""InstanceStatusSet": []"#.to_owned()),
        Just(r#""InstanceStatusSet": [{"Error": {"Code": "X"}}]"#.to_owned()),
        "[a-z]{1,3}".prop_map(|key| format!(r#"{}: {{"RequestId": "no"}}"#, Value::from(key))),
    ]
}

/// The failure or what is wrong with the body, and the request id.
type Refusal = (Result<ApiError<CommonError>, MalformedKind>, Option<String>);

/// Outcome without the words of a malformed body, which tell the place.
fn outcome<T: DeserializeOwned>(keys: &[String]) -> Result<Success<T>, Refusal> {
    let body = format!(r#"{{"Response": {{{}}}}}"#, keys.join(","));
    from_slice::<T, CommonError>(body.as_bytes()).map_err(|error| {
        let id = error.request_id().map(String::from);
        match error {
            Error::Api(failure) => (Ok(failure), id),
            Error::Malformed(malformed) => (Err(malformed.kind()), id),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_keys_does_not_change_the_outcome(
        (keys, shuffled) in prop::collection::vec(member(), 0..6).prop_flat_map(|keys| (Just(keys.clone()), Just(keys).prop_shuffle()))
    ) {
        // Of two equal keys each order keeps another one.
        let names: std::collections::HashSet<_> = keys.iter().map(|key| key.split(':').next().map(String::from)).collect();
        prop_assume!(names.len() == keys.len());
        prop_assert_eq!(outcome::<Instances>(&keys), outcome::<Instances>(&shuffled));
        prop_assert_eq!(outcome::<WithId>(&keys), outcome::<WithId>(&shuffled));
        prop_assert_eq!(outcome::<Value>(&keys), outcome::<Value>(&shuffled));
        prop_assert_eq!(outcome::<Option<Instances>>(&keys), outcome::<Option<Instances>>(&shuffled));
        prop_assert_eq!(outcome::<()>(&keys), outcome::<()>(&shuffled));
    }
}

#[test]
fn what_is_no_envelope_is_told_what_one_is() {
    for (json, words) in [
        ("5", "invalid type: integer `5`, expected an object with `Response`"),
        (r#"{"Response": 5}"#, "invalid type: integer `5`, expected the `Response` object"),
        (
            r#"{"Response": {"Error": 5}}"#,
            "invalid type: integer `5`, expected an object with `Code` and `Message` as `Error`, or null",
        ),
        (r#"{"Response": {"Error": {"Code": true}}}"#, "invalid type: boolean `true`, expected a string as `Code`"),
    ] {
        let error = serde_json::from_str::<Envelope<(), CommonError>>(json).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
}

#[test]
fn a_code_that_is_null_and_without_words_is_no_failure() {
    for error in [
        "null",
        "{}",
        r#"{"Code": null}"#,
        r#"{"Code": ""}"#,
        r#"{"Code": null, "Message": null}"#,
        r#"{"Message": ""}"#,
    ] {
        let json = format!(r#"{{"Response": {{"Error": {error}}}}}"#);
        let envelope: Envelope<(), CommonError> = serde_json::from_str(&json).unwrap();
        assert!(envelope.into_result().is_ok(), "{error}");
    }
    let json = r#"{"Response": {"Error": {"Code": null, "Message": "words"}}}"#;
    assert!(serde_json::from_str::<Envelope<(), CommonError>>(json).is_err());
}
