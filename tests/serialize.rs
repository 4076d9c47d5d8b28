//! Serializing an envelope gives the documented bytes, or an error if they would not read back.

use std::collections::{BTreeMap, HashMap};

use errtable::{ApiError, CommonError, Envelope};
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
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
    Envelope::success(data, Some("id-1".into()))
}

/// Serializes a success.
fn write<T: Serialize>(data: T) -> String {
    serde_json::to_string(&success(data)).unwrap()
}

/// Serializes a success that must be rejected, and returns the error.
fn refused<T: Serialize>(data: T) -> String {
    let envelope = success(data);
    let error = serde_json::to_string(&envelope).unwrap_err().to_string();
    assert_eq!(serde_json::to_value(&envelope).unwrap_err().to_string(), error);
    error
}

#[test]
fn success_is_written_as_documented() {
    let data = Instances { total_count: 0, instance_status_set: Vec::new() };
    let envelope: Envelope<_, CommonError> =
        Envelope::success(data, Some("b5b41468-520d-4192-b42f-595cc34b6c1c".into()));
    assert_eq!(to_pretty_string(&envelope), SUCCESS);
    let compact =
        r#"{"Response":{"TotalCount":0,"InstanceStatusSet":[],"RequestId":"b5b41468-520d-4192-b42f-595cc34b6c1c"}}"#;
    assert_eq!(serde_json::to_string(&envelope).unwrap(), compact);
    assert_eq!(serde_json::to_value(&envelope).unwrap(), serde_json::from_str::<Value>(compact).unwrap());
}

#[test]
fn failure_is_written_as_documented() {
    let message = "The provided credentials could not be validated. Please ensure your signature is correct.";
    let id = Some("ed93f3cb-f35e-473f-b9f3-0d451b8b79c6".into());
    let envelope = Envelope::<(), _>::failure(CommonError::AuthFailureSignatureFailure, message, id);
    assert_eq!(to_pretty_string(&envelope), FAILURE);
    let read: Envelope<(), CommonError> = serde_json::from_str(FAILURE).unwrap();
    assert_eq!(read, envelope);
}

#[test]
fn missing_request_id_writes_no_key() {
    let without_id: Envelope<_, CommonError> = Envelope::success((), None);
    assert_eq!(serde_json::to_string(&without_id).unwrap(), r#"{"Response":{}}"#);
    let empty_id: Envelope<_, CommonError> = Envelope::success((), Some("".into()));
    assert_eq!(empty_id, without_id);
    let failure = Envelope::<(), _>::failure(CommonError::InternalError, "", Some("".into()));
    assert_eq!(
        serde_json::to_string(&failure).unwrap(),
        r#"{"Response":{"Error":{"Code":"InternalError","Message":""}}}"#
    );
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
    assert_eq!(refused([1].as_slice()), format!("{start}a sequence"));
    assert_eq!(refused((1, 2)), format!("{start}a tuple"));
    assert_eq!(refused("x"), format!("{start}a string"));
    assert_eq!(refused(1.5), format!("{start}a number"));
    assert_eq!(refused(true), format!("{start}a bool"));
    assert_eq!(refused(External::Unit), format!("{start}a variant without data"));
    assert_eq!(refused(External::Pair(1, 2)), format!("{start}a tuple variant"));
    assert!(refused(External::Disk { size: 1 }).starts_with(&format!("{start}a struct variant")));
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

#[test]
fn error_key_in_data_is_checked() {
    for (error, is_allowed) in [
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
        // Reading follows the same rule.
        let body = json!({ "Response": data }).to_string();
        let reads_back = matches!(serde_json::from_str(&body), Ok(Envelope::<Value, CommonError>::Success(_)));
        assert_eq!(reads_back, is_allowed, "{body}");
        if is_allowed {
            assert!(write(&data).contains(r#""Error":"#));
        } else {
            assert_eq!(refused(&data), "the data writes an `Error` that would read back as a failure");
        }
    }
}

#[test]
fn error_field_in_data_is_checked() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct JobError {
        code: &'static str,
        message: Option<&'static str>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Job {
        error: Option<JobError>,
    }

    assert_eq!(write(Job { error: None }), r#"{"Response":{"Error":null,"RequestId":"id-1"}}"#);
    write(Job { error: Some(JobError { code: "", message: None }) });
    refused(Job { error: Some(JobError { code: "X", message: None }) });
    refused(Job { error: Some(JobError { code: "", message: Some("words") }) });
}

#[test]
fn error_with_duplicate_code_is_rejected() {
    #[derive(Serialize)]
    struct Twice {
        #[serde(rename = "Code")]
        code: (),
        #[serde(flatten)]
        rest: BTreeMap<&'static str, Option<u8>>,
    }

    let twice = |rest| BTreeMap::from([("Error", Twice { code: (), rest: BTreeMap::from([(rest, None)]) })]);
    assert_eq!(write(twice("Other")), r#"{"Response":{"Error":{"Code":null,"Other":null},"RequestId":"id-1"}}"#);
    refused(twice("Code"));
}

#[test]
fn error_that_may_be_a_number_is_rejected() {
    for error in
        [json!({"$serde_json::private::Number": "5"}), json!({"$serde_json::private::Number": "5", "Code": ""})]
    {
        assert_eq!(refused(json!({"Error": error})), "the data writes an `Error` that would read back as a failure");
    }
}

#[test]
fn failure_without_code_is_rejected() {
    let failure: Envelope<(), CommonError> = Envelope::Failure(ApiError::new("", "words"));
    assert_eq!(
        serde_json::to_string(&failure).unwrap_err().to_string(),
        "a failure without a code would read back as a success"
    );
}

#[test]
fn null_request_id_of_data_is_replaced() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Data {
        request_id: Option<&'static str>,
    }
    let write_with_id = |data_id, id: Option<&str>| {
        let envelope = Envelope::<_, CommonError>::success(Data { request_id: data_id }, id.map(Box::from));
        let map = BTreeMap::from([("RequestId", data_id)]);
        let map_envelope = Envelope::<_, CommonError>::success(map, id.map(Box::from));
        let json = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::to_string(&map_envelope).unwrap(), json);
        json
    };
    assert_eq!(write_with_id(None, Some("id")), r#"{"Response":{"RequestId":"id"}}"#);
    assert_eq!(write_with_id(Some("own"), Some("id")), r#"{"Response":{"RequestId":"own"}}"#);
    assert_eq!(write_with_id(None, None), r#"{"Response":{}}"#);
}
