//! An envelope is written as the documented bytes, and reads back as it was.

use std::collections::{BTreeMap, HashMap};

use errtable::{ApiError, CommonError, Envelope, Success};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Value, json};

const SUCCESS: &str = include_str!("fixtures/success.json");
const FAILURE: &str = include_str!("fixtures/failure.json");

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Instances {
    total_count: u64,
    instance_status_set: Vec<Value>,
}

/// JSON with the four spaces of the documentation.
fn pretty<T: Serialize>(value: &T) -> String {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "))).unwrap();
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap()
}

fn success<T>(data: T) -> Envelope<T, CommonError> {
    Envelope::success(data, Some("id-1".into()))
}

fn written<T: Serialize>(data: T) -> String {
    serde_json::to_string(&success(data)).unwrap()
}

fn refused<T: Serialize>(data: T) -> String {
    let envelope = success(data);
    let error = serde_json::to_string(&envelope).unwrap_err().to_string();
    assert_eq!(serde_json::to_value(&envelope).unwrap_err().to_string(), error);
    error
}

#[test]
fn a_success_is_written_as_documented() {
    let data = Instances { total_count: 0, instance_status_set: Vec::new() };
    let envelope: Envelope<_, CommonError> =
        Envelope::success(data, Some("b5b41468-520d-4192-b42f-595cc34b6c1c".into()));
    assert_eq!(pretty(&envelope), SUCCESS);
    let compact =
        r#"{"Response":{"TotalCount":0,"InstanceStatusSet":[],"RequestId":"b5b41468-520d-4192-b42f-595cc34b6c1c"}}"#;
    assert_eq!(serde_json::to_string(&envelope).unwrap(), compact);
    assert_eq!(serde_json::to_value(&envelope).unwrap(), serde_json::from_str::<Value>(compact).unwrap());
}

#[test]
fn a_failure_is_written_as_documented() {
    let message = "The provided credentials could not be validated. Please ensure your signature is correct.";
    let id = Some("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6".into());
    let envelope = Envelope::<(), _>::failure(CommonError::AuthFailureSignatureFailure, message, id);
    assert_eq!(pretty(&envelope), FAILURE);
    let read: Envelope<(), CommonError> = serde_json::from_str(FAILURE).unwrap();
    assert_eq!(read, envelope);
}

#[test]
fn no_request_id_is_no_key() {
    let none: Envelope<_, CommonError> = Envelope::success((), None);
    assert_eq!(serde_json::to_string(&none).unwrap(), r#"{"Response":{}}"#);
    let empty: Envelope<_, CommonError> = Envelope::success((), Some("".into()));
    assert_eq!(empty, none);
    let failure = Envelope::<(), _>::failure(CommonError::InternalError, "", Some("".into()));
    assert_eq!(
        serde_json::to_string(&failure).unwrap(),
        r#"{"Response":{"Error":{"Code":"InternalError","Message":""}}}"#
    );
}

#[test]
fn data_of_every_object_shape_writes_its_keys_into_response() {
    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    struct Newtype<T>(T);
    #[derive(Serialize)]
    #[serde(tag = "Type")]
    enum Internal {
        Disk { size: u64 },
        Nested(BTreeMap<&'static str, u8>),
        Cpu,
    }
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Untagged {
        Disk { size: u64 },
    }
    #[derive(Serialize)]
    enum External {
        Cores(u64),
    }
    #[derive(Serialize)]
    struct Flat {
        a: u8,
        #[serde(flatten)]
        rest: BTreeMap<&'static str, u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        skipped: Option<u8>,
    }

    let id = r#""RequestId":"id-1""#;
    let nothing = format!(r#"{{"Response":{{{id}}}}}"#);
    assert_eq!(written(()), nothing);
    assert_eq!(written(Unit), nothing);
    assert_eq!(written(None::<Unit>), nothing);
    assert_eq!(written(Value::Null), nothing);
    let with = |keys: &str| format!(r#"{{"Response":{{{keys},{id}}}}}"#);
    let map = BTreeMap::from([("b", 2)]);
    assert_eq!(written(&map), with(r#""b":2"#));
    assert_eq!(written(Some(Newtype(&map))), with(r#""b":2"#));
    assert_eq!(written(HashMap::from([(7, 'x')])), with(r#""7":"x""#));
    assert_eq!(written(json!({"b": [2]})), with(r#""b":[2]"#));
    assert_eq!(written(Internal::Disk { size: 5 }), with(r#""Type":"Disk","size":5"#));
    assert_eq!(written(Internal::Nested(map.clone())), with(r#""Type":"Nested","b":2"#));
    assert_eq!(written(Internal::Cpu), with(r#""Type":"Cpu""#));
    assert_eq!(written(Untagged::Disk { size: 5 }), with(r#""size":5"#));
    assert_eq!(written(External::Cores(5)), with(r#""Cores":5"#));
    assert_eq!(written(Flat { a: 1, rest: map, skipped: None }), with(r#""a":1,"b":2"#));
}

#[test]
fn data_that_is_no_object_is_refused() {
    #[derive(Serialize)]
    enum External {
        Unit,
        Pair(u8, u8),
        Disk { size: u64 },
    }

    let start = "the data of a response must be a struct or a map, found ";
    assert_eq!(refused([1].as_slice()), format!("{start}a sequence"));
    assert_eq!(refused((1, 2)), format!("{start}a tuple"));
    assert_eq!(refused("x"), format!("{start}a string"));
    assert_eq!(refused(1.5), format!("{start}a number"));
    assert_eq!(refused(true), format!("{start}a bool"));
    assert_eq!(refused(External::Unit), format!("{start}a unit variant"));
    assert_eq!(refused(External::Pair(1, 2)), format!("{start}a tuple variant"));
    assert!(refused(External::Disk { size: 1 }).starts_with(&format!("{start}a struct variant")));
}

#[test]
fn where_the_data_writes_request_id_the_envelope_does_not() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct WithId {
        request_id: &'static str,
        name: &'static str,
    }

    let with = r#"{"Response":{"RequestId":"own","Name":"n"}}"#;
    assert_eq!(written(WithId { request_id: "own", name: "n" }), with);
    assert_eq!(written(json!({"RequestId": "own"})), r#"{"Response":{"RequestId":"own"}}"#);
}

#[test]
fn an_error_key_that_would_read_back_as_more_than_none_is_refused() {
    for (error, is_fine) in [
        (json!(null), true),
        (json!({}), true),
        (json!({"Code": ""}), true),
        (json!({"Code": null, "Message": ""}), true),
        (json!({"Message": 5}), true),
        (json!({"Message": ["words"]}), true),
        (json!({"Other": {"Code": "X"}}), true),
        (json!({"Code": "X"}), false),
        (json!({"Code": 5}), false),
        (json!({"Code": true}), false),
        (json!({"Code": {}}), false),
        (json!({"Message": "words"}), false),
        (json!({"Code": "", "Message": "words"}), false),
        (json!(""), false),
        (json!("words"), false),
        (json!([]), false),
        (json!(0), false),
        (json!(true), false),
    ] {
        let data = json!({"A": 1, "Error": error});
        // The same rule as the reader's.
        let body = json!({ "Response": data }).to_string();
        let reads_back = matches!(serde_json::from_str(&body), Ok(Envelope::<Value, CommonError>::Success(_)));
        assert_eq!(reads_back, is_fine, "{body}");
        if is_fine {
            assert!(written(&data).contains(r#""Error":"#));
        } else {
            assert_eq!(refused(&data), "the data contains an `Error` that would be read as a failure");
        }
    }
}

#[test]
fn an_error_field_of_a_struct_follows_the_same_rule() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Failed {
        code: &'static str,
        message: Option<&'static str>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Job {
        error: Option<Failed>,
    }

    assert_eq!(written(Job { error: None }), r#"{"Response":{"Error":null,"RequestId":"id-1"}}"#);
    written(Job { error: Some(Failed { code: "", message: None }) });
    refused(Job { error: Some(Failed { code: "X", message: None }) });
    refused(Job { error: Some(Failed { code: "", message: Some("words") }) });
}

#[test]
fn an_error_with_a_key_twice_is_refused() {
    #[derive(Serialize)]
    struct Twice {
        #[serde(rename = "Code")]
        code: (),
        #[serde(flatten)]
        rest: BTreeMap<&'static str, Option<u8>>,
    }

    let twice = |rest| BTreeMap::from([("Error", Twice { code: (), rest: BTreeMap::from([(rest, None)]) })]);
    assert_eq!(written(twice("Other")), r#"{"Response":{"Error":{"Code":null,"Other":null},"RequestId":"id-1"}}"#);
    refused(twice("Code"));
}

#[test]
fn an_error_that_may_be_written_as_a_number_is_refused() {
    for error in
        [json!({"$serde_json::private::Number": "5"}), json!({"$serde_json::private::Number": "5", "Code": ""})]
    {
        assert_eq!(refused(json!({"Error": error})), "the data contains an `Error` that would be read as a failure");
    }
}

#[test]
fn a_failure_without_a_code_is_refused() {
    let failure: Envelope<(), CommonError> = Envelope::Failure(ApiError::new("", "words"));
    assert_eq!(
        serde_json::to_string(&failure).unwrap_err().to_string(),
        "a failure with an empty code would be read as a success"
    );
}

#[test]
fn an_unknown_code_is_written_as_it_was_read() {
    let body = r#"{"Response":{"Error":{"Code":"New.Code","Message":"\u001b[31m"},"RequestId":"id"}}"#;
    let envelope: Envelope<(), CommonError> = serde_json::from_str(body).unwrap();
    assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
}

#[test]
fn a_result_makes_an_envelope_and_an_envelope_a_result() {
    let result: Result<_, ApiError<CommonError>> = Ok(Success::new(5).with_request_id("id-1"));
    assert_eq!(Envelope::from(result.clone()).into_result(), result);
    let result: Result<Success<u8>, _> = Err(ApiError::new(CommonError::InternalError, "no"));
    assert_eq!(Envelope::from(result.clone()).into_result(), result);
}

#[test]
fn envelopes_and_errors_are_equal_where_they_say_the_same() {
    let error = |code: &str, message: &str, id: &str| ApiError::<CommonError>::new(code, message).with_request_id(id);
    let failures = [error("A", "m", "id"), error("B", "m", "id"), error("A", "n", "id"), error("A", "m", "")];
    for (at, a) in failures.iter().enumerate() {
        for (other, b) in failures.iter().enumerate() {
            assert_eq!(a == b, at == other, "{a}, {b}");
        }
    }
    let [a, b, ..] = failures.map(Envelope::Failure);
    let envelopes = [a, b, success(1), success(2), Envelope::success(1, None)];
    for (at, a) in envelopes.iter().enumerate() {
        for (other, b) in envelopes.iter().enumerate() {
            assert_eq!(a == b, at == other, "{a:?}, {b:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_success_reads_back(count: u64, id in prop::option::of(".{0,9}")) {
        let data = Instances { total_count: count, instance_status_set: vec![json!({"Error": {"Code": "X"}})] };
        let envelope: Envelope<_, CommonError> = Envelope::success(data, id.map(Into::into));
        let json = serde_json::to_string(&envelope).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Envelope<Instances, CommonError>>(&json).unwrap(), &envelope);
        let value = serde_json::to_value(&envelope).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Envelope<Instances, CommonError>>(value).unwrap(), &envelope);
    }

    #[test]
    fn a_failure_reads_back(code in ".{1,9}", message in ".{0,9}", id in ".{0,9}") {
        let envelope: Envelope<Instances, CommonError> =
            Envelope::Failure(ApiError::new(code.as_str(), message).with_request_id(id));
        let json = serde_json::to_string(&envelope).unwrap();
        prop_assert_eq!(serde_json::from_str::<Envelope<Instances, CommonError>>(&json).unwrap(), envelope);
    }
}

#[test]
fn a_request_id_that_the_data_does_not_know_is_left_to_the_envelope() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Data {
        request_id: Option<&'static str>,
    }
    let write = |own, id: Option<&str>| {
        let envelope = Envelope::<_, CommonError>::success(Data { request_id: own }, id.map(Box::from));
        let map = BTreeMap::from([("RequestId", own)]);
        let of_map = Envelope::<_, CommonError>::success(map, id.map(Box::from));
        let json = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::to_string(&of_map).unwrap(), json);
        json
    };
    assert_eq!(write(None, Some("id")), r#"{"Response":{"RequestId":"id"}}"#);
    assert_eq!(write(Some("own"), Some("id")), r#"{"Response":{"RequestId":"own"}}"#);
    assert_eq!(write(None, None), r#"{"Response":{}}"#);
}
