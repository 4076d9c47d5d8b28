//! Serializing an envelope gives the documented bytes, or an error if they would not read back.

use std::collections::{BTreeMap, HashMap};

use errtable::{CommonError, Envelope};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};

const SUCCESS: &str = include_str!("fixtures/success.json");
const FAILURE: &str = include_str!("fixtures/failure.json");

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Instances {
    total_count: u64,
    instance_status_set: Vec<Value>,
}

/// Formats JSON with an indent of four spaces, as the documentation does.
fn to_pretty_string<T: Serialize>(value: &T) -> String {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "))).unwrap();
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap()
}

/// Wraps data in a success with a request id.
fn success<T>(data: T) -> Envelope<T, CommonError> {
    Envelope::success(data).with_request_id("id-1")
}

/// Serializes a success.
fn write<T: Serialize>(data: T) -> String {
    serde_json::to_string(&success(data)).unwrap()
}

/// Serializes a success that must be rejected, and returns the error.
fn reject<T: Serialize>(data: T) -> String {
    let envelope = success(data);
    let error = serde_json::to_string(&envelope).unwrap_err().to_string();
    assert_eq!(serde_json::to_value(&envelope).unwrap_err().to_string(), error);
    error
}

#[test]
fn success_is_written_as_documented() {
    let data = Instances { total_count: 0, instance_status_set: Vec::new() };
    let envelope: Envelope<_, CommonError> =
        Envelope::success(data).with_request_id("b5b41468-520d-4192-b42f-595cc34b6c1c");
    assert_eq!(to_pretty_string(&envelope), SUCCESS);
    let compact =
        r#"{"Response":{"TotalCount":0,"InstanceStatusSet":[],"RequestId":"b5b41468-520d-4192-b42f-595cc34b6c1c"}}"#;
    assert_eq!(serde_json::to_string(&envelope).unwrap(), compact);
    assert_eq!(serde_json::to_value(&envelope).unwrap(), serde_json::from_str::<Value>(compact).unwrap());
}

#[test]
fn failure_is_written_as_documented() {
    let message = "The provided credentials could not be validated. Please ensure your signature is correct.";
    let envelope = Envelope::<(), _>::failure(CommonError::AuthFailureSignatureFailure, message)
        .with_request_id("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6");
    assert_eq!(to_pretty_string(&envelope), FAILURE);
    let read: Envelope<(), CommonError> = serde_json::from_str(FAILURE).unwrap();
    assert_eq!(read, envelope);
}

#[test]
fn missing_request_id_is_written_empty() {
    let without_id: Envelope<_, CommonError> = Envelope::success(());
    assert_eq!(serde_json::to_string(&without_id).unwrap(), r#"{"Response":{"RequestId":""}}"#);
    assert_eq!(Envelope::success(()).with_request_id(""), without_id);
    let failure = Envelope::<(), _>::failure(CommonError::InternalError, "no");
    let json = r#"{"Response":{"Error":{"Code":"InternalError","Message":"no"},"RequestId":""}}"#;
    assert_eq!(serde_json::to_string(&failure).unwrap(), json);
    // The empty id reads back as none.
    assert_eq!(serde_json::from_str::<Envelope<(), CommonError>>(json).unwrap(), failure);
}

#[test]
fn unknown_code_is_passed_on() {
    let failure: Envelope<(), CommonError> = Envelope::failure("Disk.Full", "no space");
    let json = r#"{"Response":{"Error":{"Code":"Disk.Full","Message":"no space"},"RequestId":""}}"#;
    assert_eq!(serde_json::to_string(&failure).unwrap(), json);
}

#[test]
fn data_of_any_object_shape_is_written() {
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
    assert_eq!(write(()), nothing);
    assert_eq!(write(Unit), nothing);
    assert_eq!(write(None::<Unit>), nothing);
    assert_eq!(write(Value::Null), nothing);
    let with = |keys: &str| format!(r#"{{"Response":{{{keys},{id}}}}}"#);
    let map = BTreeMap::from([("b", 2)]);
    assert_eq!(write(&map), with(r#""b":2"#));
    assert_eq!(write(Some(Newtype(&map))), with(r#""b":2"#));
    assert_eq!(write(HashMap::from([(7, 'x')])), with(r#""7":"x""#));
    assert_eq!(write(json!({"b": [2]})), with(r#""b":[2]"#));
    assert_eq!(write(Internal::Disk { size: 5 }), with(r#""Type":"Disk","size":5"#));
    assert_eq!(write(Internal::Nested(map.clone())), with(r#""Type":"Nested","b":2"#));
    assert_eq!(write(Internal::Cpu), with(r#""Type":"Cpu""#));
    assert_eq!(write(Untagged::Disk { size: 5 }), with(r#""size":5"#));
    assert_eq!(write(External::Cores(5)), with(r#""Cores":5"#));
    assert_eq!(write(Flat { a: 1, rest: map, skipped: None }), with(r#""a":1,"b":2"#));
}

#[test]
fn other_data_types_are_rejected() {
    #[derive(Serialize)]
    enum External {
        Unit,
        Pair(u8, u8),
        Disk { size: u64 },
    }

    let start = "the data of a response must be a struct or a map, found ";
    assert_eq!(reject([1].as_slice()), format!("{start}a sequence"));
    assert_eq!(reject((1, 2)), format!("{start}a tuple"));
    assert_eq!(reject("x"), format!("{start}a string"));
    assert_eq!(reject(1.5), format!("{start}a number"));
    assert_eq!(reject(json!(5)), format!("{start}a number"));
    assert_eq!(reject(true), format!("{start}a bool"));
    assert_eq!(reject(External::Unit), format!("{start}a unit variant"));
    assert_eq!(reject(External::Pair(1, 2)), format!("{start}a tuple variant"));
    assert_eq!(reject(RawValue::from_string("{}".into()).unwrap()), format!("{start}a `RawValue`"));
    assert!(reject(External::Disk { size: 1 }).starts_with(&format!("{start}a struct variant")));
}

#[test]
fn request_id_of_data_takes_precedence() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct WithId {
        request_id: &'static str,
        name: &'static str,
    }

    let with = r#"{"Response":{"RequestId":"own","Name":"n"}}"#;
    assert_eq!(write(WithId { request_id: "own", name: "n" }), with);
    assert_eq!(write(json!({"RequestId": "own"})), r#"{"Response":{"RequestId":"own"}}"#);
}

const REJECTED: &str = "the data of a response contains `Error`, which the envelope writes";

#[test]
fn null_error_in_data_is_left_out() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Job {
        error: Option<Value>,
        total: u8,
    }

    // The vendor's Python client raises an exception for `"Error":null` next to data.
    let expected = r#"{"Response":{"Total":1,"RequestId":"id-1"}}"#;
    assert_eq!(write(Job { error: None, total: 1 }), expected);
    assert_eq!(write(Job { error: Some(Value::Null), total: 1 }), expected);
    assert_eq!(write(json!({"Error": null, "Total": 1})), expected);
    assert_eq!(reject(Job { error: Some(json!({})), total: 1 }), REJECTED);
}

#[test]
fn other_error_in_data_is_rejected() {
    for error in [
        json!({}),
        json!({"Code": ""}),
        json!({"Code": "X"}),
        json!({"$serde_json::private::Number": "5"}),
        json!(""),
        json!("words"),
        json!([]),
        json!(0),
        json!(true),
    ] {
        assert_eq!(reject(json!({"A": 1, "Error": error})), REJECTED, "{error}");
    }
}

#[test]
fn second_request_id_in_data_is_rejected() {
    #[derive(Serialize)]
    struct Flat {
        #[serde(rename = "RequestId")]
        request_id: &'static str,
        #[serde(flatten)]
        rest: Value,
    }
    let flat = |rest| Flat { request_id: "a", rest };
    assert_eq!(reject(flat(json!({"RequestId": "b"}))), "the data of a response contains `RequestId` twice");
    assert_eq!(write(flat(json!({"RequestId": ""}))), r#"{"Response":{"RequestId":"a"}}"#);
    assert_eq!(reject(flat(json!({"Error": 1}))), REJECTED);
}

#[test]
fn raw_error_in_data_is_rejected() {
    for json in ["null", "{}"] {
        let raw = RawValue::from_string(json.into()).unwrap();
        assert_eq!(reject(BTreeMap::from([("Error", raw)])), REJECTED, "{json}");
    }
}

#[test]
fn raw_value_in_enum_is_rejected() {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Untagged {
        Raw(Box<RawValue>),
    }
    let raw = RawValue::from_string(r#"{"Error":{"Code":"X"}}"#.into()).unwrap();
    assert!(reject(Some(Untagged::Raw(raw))).ends_with("found a `RawValue`"));
}

#[test]
fn failure_without_code_is_rejected() {
    let failure: Envelope<(), CommonError> = Envelope::failure("", "");
    assert_eq!(serde_json::to_string(&failure).unwrap_err().to_string(), "this failure would be read as a success");
    let failure: Envelope<(), CommonError> = Envelope::failure("", "words");
    assert_eq!(serde_json::from_value::<Envelope<(), CommonError>>(json!(failure)).unwrap(), failure);
}

#[test]
fn failure_is_never_written_as_a_success() {
    for (code, message) in [("0", ""), ("0", "0")] {
        let failure: Envelope<(), CommonError> = Envelope::failure(code, message);
        if let Ok(json) = serde_json::to_string(&failure) {
            assert_eq!(serde_json::from_str::<Envelope<(), CommonError>>(&json).unwrap(), failure, "{json}");
        }
    }
}

#[test]
fn missing_request_id_of_data_is_replaced() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Data {
        request_id: Option<&'static str>,
    }
    for (data_id, id, written) in [
        (None, "id", r#""id""#),
        (Some(""), "id", r#""id""#),
        (Some("own"), "id", r#""own""#),
        (Some("own"), "", r#""own""#),
        (None, "", "null"),
        (Some(""), "", r#""""#),
    ] {
        let of_struct = Envelope::<_, CommonError>::success(Data { request_id: data_id }).with_request_id(id);
        let map = BTreeMap::from([("RequestId", data_id)]);
        let of_map = Envelope::<_, CommonError>::success(map).with_request_id(id);
        let json = format!(r#"{{"Response":{{"RequestId":{written}}}}}"#);
        assert_eq!(serde_json::to_string(&of_struct).unwrap(), json);
        assert_eq!(serde_json::to_string(&of_map).unwrap(), json);
    }
}
