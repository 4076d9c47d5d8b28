//! The envelope is written in any format, and read from JSON only.

use std::collections::BTreeMap;

use ciborium::Value;
use errtable::{CommonError, Envelope};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

type Reply<T> = Envelope<T, CommonError>;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn bytes(bytes: &str) -> Value {
    Value::Bytes(bytes.as_bytes().to_vec())
}

fn map(entries: Vec<(Value, Value)>) -> Value {
    Value::Map(entries)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Data {
    total: u64,
}

#[test]
fn cbor_is_written() {
    let id = || (text("RequestId"), text("id"));
    let success = Value::serialized(&Reply::success(Data { total: 5 }).with_request_id("id")).unwrap();
    let response = map(vec![(text("Total"), Value::from(5)), id()]);
    assert_eq!(success, map(vec![(text("Response"), response)]));

    let failure = Reply::<()>::failure(CommonError::InternalError, "no").with_request_id("id");
    let error = map(vec![(text("Code"), text("InternalError")), (text("Message"), text("no"))]);
    let response = map(vec![(text("Error"), error), id()]);
    assert_eq!(Value::serialized(&failure).unwrap(), map(vec![(text("Response"), response)]));
}

/// A struct would be an array without keys.
#[test]
fn messagepack_is_written_with_keys() {
    let written = rmp_serde::to_vec(&Reply::success(Data { total: 5 }).with_request_id("id")).unwrap();
    assert_eq!(written, b"\x81\xA8Response\x82\xA5Total\x05\xA9RequestId\xA2id");
    let written = rmp_serde::to_vec(&Reply::<()>::failure("X", "no")).unwrap();
    assert_eq!(written, b"\x81\xA8Response\x82\xA5Error\x82\xA4Code\xA1X\xA7Message\xA2no\xA9RequestId\xA0");
}

#[test]
fn ron_is_written() {
    let written = ron::to_string(&Reply::success(Data { total: 5 }).with_request_id("id")).unwrap();
    assert_eq!(written, r#"{"Response":{"Total":5,"RequestId":"id"}}"#);
}

#[test]
fn other_formats_are_not_read() {
    let envelope = Reply::success(()).with_request_id("id");
    let mut cbor = Vec::new();
    ciborium::into_writer(&envelope, &mut cbor).unwrap();
    ciborium::from_reader::<Reply<()>, _>(cbor.as_slice()).unwrap_err();
    rmp_serde::from_slice::<Reply<()>>(&rmp_serde::to_vec(&envelope).unwrap()).unwrap_err();
    ron::from_str::<Reply<()>>(&ron::to_string(&envelope).unwrap()).unwrap_err();
}

#[test]
fn reserved_byte_keys_are_written_as_text() {
    let write = |entries| {
        let mut wire = Vec::new();
        let envelope = Reply::success(map(entries)).with_request_id("id");
        ciborium::into_writer(&envelope, &mut wire).map(|()| ciborium::from_reader(wire.as_slice()).unwrap())
    };
    let written: Value = write(vec![(bytes("RequestId"), text("own")), (bytes("Error"), Value::Null)]).unwrap();
    assert_eq!(written, map(vec![(text("Response"), map(vec![(text("RequestId"), text("own"))]))]));
    assert!(write(vec![(bytes("Error"), map(vec![(text("Code"), text("X"))]))]).is_err());
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
    let envelope = Reply::success(Readable(true));
    let json = serde_json::to_string(&envelope).unwrap();
    assert_eq!(json, r#"{"Response":{"IsReadable":true,"RequestId":""}}"#);
    assert_eq!(serde_json::from_str::<Reply<Readable>>(&json).unwrap(), envelope);

    let written = Value::serialized(&envelope).unwrap();
    let response = map(vec![(text("IsReadable"), Value::Bool(false)), (text("RequestId"), text(""))]);
    assert_eq!(written, map(vec![(text("Response"), response)]));
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
        let envelope = Reply::success(data);
        assert_eq!(serde_json::to_string(&envelope).is_ok(), is_readable);
        assert_eq!(Value::serialized(&envelope).is_ok(), !is_readable);
    }
}
