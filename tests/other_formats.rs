//! The envelope supports any self-describing format, even if its keys are not strings.

use std::collections::BTreeMap;
use std::fmt;

use ciborium::Value;
use errtable::{CommonError, Envelope, Error, Success};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn bytes(bytes: &str) -> Value {
    Value::Bytes(bytes.as_bytes().to_vec())
}

fn map(entries: Vec<(Value, Value)>) -> Value {
    Value::Map(entries)
}

/// Encodes the value as CBOR, and reads it as an envelope.
fn read<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<Envelope<T, CommonError>, String> {
    let mut wire = Vec::new();
    ciborium::into_writer(value, &mut wire).unwrap();
    ciborium::from_reader(wire.as_slice()).map_err(|error| error.to_string())
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Data {
    total: u64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    request_id: Option<String>,
}

#[test]
fn cbor_round_trips() {
    let data = Data { total: 5, request_id: None };
    for envelope in [
        Envelope::success(data.clone()),
        Envelope::success(data).with_request_id("id"),
        Envelope::failure(CommonError::InternalError, "no").with_request_id("id"),
    ] {
        let mut wire = Vec::new();
        ciborium::into_writer(&envelope, &mut wire).unwrap();
        let back: Envelope<Data, CommonError> = ciborium::from_reader(wire.as_slice()).unwrap();
        match (&envelope, back) {
            (Envelope::Success(success), Envelope::Success(back)) => {
                assert_eq!((back.data.total, &back.request_id), (success.data.total, &success.request_id));
                let shared = success.request_id.as_deref().or(Some(""));
                assert_eq!(back.data.request_id.as_deref(), shared, "the data has a `RequestId` field");
            }
            (envelope, back) => assert_eq!(back, *envelope),
        }
    }
}

#[test]
fn keys_may_be_bytes_or_numbers() {
    let response =
        map(vec![(Value::from(7), text("seven")), (bytes("RequestId"), text("id")), (bytes("Error"), Value::Null)]);
    let envelope = read::<BTreeMap<u64, String>>(&map(vec![(bytes("Response"), response)])).unwrap();
    let expected = Success::new(BTreeMap::from([(7, "seven".to_owned())])).with_request_id("id");
    assert_eq!(envelope.into_result(), Ok(expected));
}

#[test]
fn data_receives_keys_unchanged() {
    let keys = [text("k"), bytes("k"), Value::from(7), Value::from(-7), Value::from(0.5), Value::Bool(true)];
    for first in &keys {
        for second in &keys {
            let data = [(first.clone(), text("first")), (second.clone(), Value::from(2))];
            let response = map([&data[..1], &[(text("RequestId"), text("id"))], &data[1..]].concat());
            let envelope = read::<Value>(&map(vec![(text("Response"), response)])).unwrap();
            assert_eq!(envelope.into_result(), Ok(Success::new(map(data.to_vec())).with_request_id("id")));
        }
    }
}

#[test]
fn array_key_is_rejected() {
    let object = || map(vec![(Value::Array(vec![text("k")]), Value::Null)]);
    for body in [
        object(),
        map(vec![(text("Response"), object())]),
        map(vec![(text("Response"), map(vec![(text("Error"), object())]))]),
    ] {
        let error = read::<()>(&body).unwrap_err();
        assert!(error.contains("invalid type: sequence, expected a key"), "{error}");
    }
}

#[test]
fn failure_with_byte_keys_is_read() {
    let error = map(vec![
        (Value::from(-1), Value::Null),
        (Value::Bool(true), Value::Null),
        (Value::Null, Value::Null),
        (bytes("Code"), text("InternalError")),
        (text("Message"), text("no")),
    ]);
    let response = map(vec![(text("Total"), Value::from(5)), (bytes("Error"), error)]);
    let body = map(vec![(Value::from(-1), Value::Null), (Value::Null, Value::Null), (text("Response"), response)]);
    let failure = read::<()>(&body).unwrap().into_result().unwrap_err();
    assert_eq!(failure.to_string(), "InternalError: no");
}

#[test]
fn integer_code_may_have_any_size() {
    let edges = [i128::from(u64::MAX), i128::from(i64::MIN)];
    for number in [5, -5, edges[0], edges[0] + 1, edges[1], edges[1] - 1, i128::MAX, i128::MIN] {
        let error = map(vec![(text("Code"), Value::from(number))]);
        let body = map(vec![(text("Response"), map(vec![(text("Error"), error)]))]);
        let failure = read::<()>(&body).unwrap().into_result().unwrap_err();
        assert_eq!(failure.code().as_str(), number.to_string());
    }
}

#[test]
fn non_string_request_id_is_skipped() {
    for id in [
        Value::from(5),
        Value::from(-5),
        Value::from(i128::MIN),
        Value::from(0.5),
        Value::Bool(true),
        Value::Null,
        bytes("id"),
        Value::Tag(99, Box::new(text("id"))),
        Value::Array(vec![text("id")]),
        map(vec![(text("id"), text("id"))]),
    ] {
        let response = map(vec![(text("RequestId"), id.clone()), (text("Total"), Value::from(5))]);
        let envelope = read::<BTreeMap<String, u64>>(&map(vec![(text("Response"), response)])).unwrap();
        assert_eq!(envelope.into_result(), Ok(Success::new(BTreeMap::from([("Total".into(), 5)]))), "{id:?}");
    }
}

#[test]
fn json_and_cbor_errors_are_equal() {
    let error: Error<CommonError> =
        errtable::from_slice::<(), _>(br#"{"Response":{"Error":{"Code":"A"}}}"#).unwrap_err();
    let body = map(vec![(text("Response"), map(vec![(text("Error"), map(vec![(text("Code"), text("A"))]))]))]);
    assert_eq!(error.api(), read::<()>(&body).unwrap().into_result().as_ref().err());
}

#[test]
fn explicit_some_is_unwrapped() {
    let body = r#"{"Response": {"Error": Some({"Code": Some("InternalError"), "Message": Some("no")}), "RequestId": Some("id")}}"#;
    let envelope: Envelope<(), CommonError> = ron::from_str(body).unwrap();
    let failure = envelope.into_result().unwrap_err();
    assert_eq!(failure.to_string(), "InternalError: no (request id id)");

    let body = r#"{"Response": {"Error": None, "RequestId": Some("inside"), "Total": 5}, "RequestId": Some("beside")}"#;
    let envelope: Envelope<Data, CommonError> = ron::from_str(body).unwrap();
    let expected = Success::new(Data { total: 5, request_id: Some("inside".into()) }).with_request_id("inside");
    assert_eq!(envelope.into_result(), Ok(expected));
}

/// Data that contains whether the format is human-readable.
#[derive(Debug, PartialEq)]
struct Readable(bool);

impl Serialize for Readable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_readable = serializer.is_human_readable();
        serializer.collect_map([("IsReadable", is_readable)])
    }
}

impl<'de> Deserialize<'de> for Readable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_readable = deserializer.is_human_readable();
        IgnoredAny::deserialize(deserializer).map(|_| Self(is_readable))
    }
}

#[test]
fn is_human_readable_is_forwarded() {
    let envelope = Envelope::<_, CommonError>::success(Readable(true));
    let json = serde_json::to_string(&envelope).unwrap();
    assert_eq!(json, r#"{"Response":{"IsReadable":true,"RequestId":""}}"#);
    assert_eq!(serde_json::from_str::<Envelope<Readable, CommonError>>(&json).unwrap(), envelope);

    let written = Value::serialized(&envelope).unwrap();
    let response = map(vec![(text("IsReadable"), Value::Bool(false)), (text("RequestId"), text(""))]);
    assert_eq!(written, map(vec![(text("Response"), response)]));
    assert_eq!(read::<Readable>(&written), Ok(Envelope::success(Readable(false))));
}

#[test]
fn error_key_check_uses_is_human_readable() {
    /// An `Error` that is null only if the format is human-readable, or only if it is not.
    struct FormatDependent {
        is_readable: bool,
    }
    impl Serialize for FormatDependent {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if serializer.is_human_readable() == self.is_readable {
                serializer.serialize_unit()
            } else {
                serializer.serialize_str("X")
            }
        }
    }

    for is_readable in [true, false] {
        let data = BTreeMap::from([("Error", FormatDependent { is_readable })]);
        let envelope = Envelope::<_, CommonError>::success(data);
        assert_eq!(serde_json::to_string(&envelope).is_ok(), is_readable);
        assert_eq!(Value::serialized(&envelope).is_ok(), !is_readable);
    }
}

/// The size hint that the data receives.
#[derive(Debug, PartialEq)]
struct SizeHint(Option<usize>);

impl<'de> Deserialize<'de> for SizeHint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HintVisitor;
        impl<'de> Visitor<'de> for HintVisitor {
            type Value = SizeHint;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SizeHint, A::Error> {
                let hint = SizeHint(map.size_hint());
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(hint)
            }
        }
        deserializer.deserialize_map(HintVisitor)
    }
}

#[test]
fn size_hint_excludes_consumed_keys() {
    let a = || (text("A"), Value::from(1));
    let id = || (text("RequestId"), text("id"));
    // An `Option` reads up to the first key of the data.
    for (response, entries) in
        [(vec![], None), (vec![a()], Some(1)), (vec![a(), id()], Some(2)), (vec![id(), a()], Some(1))]
    {
        let envelope = read::<Option<SizeHint>>(&map(vec![(text("Response"), map(response))])).unwrap();
        assert_eq!(envelope.into_result().unwrap().data, entries.map(|entries| SizeHint(Some(entries))));
    }
}

#[test]
fn declared_request_id_rejects_a_tag() {
    let response =
        map(vec![(text("Total"), Value::from(5)), (text("RequestId"), Value::Tag(99, Box::new(text("id"))))]);
    let error = read::<Data>(&map(vec![(text("Response"), response)])).unwrap_err();
    assert!(error.contains("expected a request id"), "{error}");
}

#[test]
fn extension_types_are_skipped() {
    let extension = b"\xD4\x01\x00";
    let body = [b"\x81\xA8Response\x82\xA9RequestId".as_slice(), extension, b"\xA5Error\xC0"].concat();
    let envelope: Envelope<(), CommonError> = rmp_serde::from_slice(&body).unwrap();
    assert_eq!(envelope.into_result(), Ok(Success::new(())));

    let error = [b"\xA5Error\x82\xA7Message".as_slice(), extension, b"\xA4Code\xA1X"].concat();
    let body = [b"\x81\xA8Response\x81".as_slice(), &error].concat();
    let envelope: Envelope<(), CommonError> = rmp_serde::from_slice(&body).unwrap();
    assert_eq!(envelope.into_result().unwrap_err().to_string(), "X");
}
