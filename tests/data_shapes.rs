//! The data may be any type that can be read from an object, and receives keys unchanged.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use errtable::{CommonError, from_slice};
use serde::Deserialize;
use serde_json::{Value, json};

use reading::{ID, Instances, WithId, permutations, read, read_data};

mod reading;

#[test]
fn declared_request_id_is_filled() {
    let with_id = |id: Option<&str>| WithId { name: "n".into(), request_id: id.map(String::from) };
    assert_eq!(read_data::<WithId>(&[r#""Name": "n""#, ID, r#""More": {"RequestId": 1}"#]), with_id(Some("id-1")));
    assert_eq!(read_data::<WithId>(&[r#""Name": "n""#, r#""RequestId": null"#]), with_id(None));
    assert_eq!(read_data::<WithId>(&[r#""Name": "n""#]), with_id(None));
    assert_eq!(read_data::<Option<WithId>>(&[r#""Name": "n""#, ID]), Some(with_id(Some("id-1"))));
    assert_eq!(read::<WithId>(&format!(r#"{{{ID}, "Name": "n"}}"#)).unwrap().request_id.as_deref(), Some("id-1"));
}

#[test]
fn declared_request_id_accepts_any_type() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Id(Option<u8>);

    #[derive(Debug, Deserialize, PartialEq)]
    struct TypedId<T> {
        #[serde(rename = "RequestId")]
        id: T,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    enum Kind {
        A,
        B(u8),
    }

    let more = r#""More": 1"#;
    assert_eq!(read_data::<TypedId<u64>>(&[r#""RequestId": 7"#, more]).id, 7);
    assert_eq!(read_data::<TypedId<i8>>(&[r#""RequestId": -7"#, more]).id, -7);
    assert!(read_data::<TypedId<bool>>(&[r#""RequestId": true"#, more]).id);
    assert_eq!(read_data::<TypedId<Option<Option<f64>>>>(&[r#""RequestId": 0.5"#, more]).id, Some(Some(0.5)));
    assert_eq!(read_data::<TypedId<Id>>(&[r#""RequestId": null"#, more]).id, Id(None));
    assert_eq!(read_data::<TypedId<Id>>(&[r#""RequestId": 3"#, more]).id, Id(Some(3)));
    assert_eq!(read_data::<TypedId<Option<Vec<u8>>>>(&[r#""RequestId": [1, 2]"#, more]).id, Some(vec![1, 2]));
    assert_eq!(read_data::<TypedId<BTreeMap<String, u8>>>(&[r#""RequestId": {"a": 1}"#, more]).id["a"], 1);
    assert_eq!(read_data::<TypedId<Value>>(&[r#""RequestId": {"a": [1]}"#, more]).id, json!({"a": [1]}));
    assert_eq!(read_data::<TypedId<Kind>>(&[r#""RequestId": "A""#, more]).id, Kind::A);
    assert_eq!(read_data::<TypedId<Kind>>(&[r#""RequestId": {"B": 4}"#, more]).id, Kind::B(4));
    assert_eq!(read_data::<TypedId<char>>(&[r#""RequestId": "c""#, more]).id, 'c');
}

#[test]
fn maps_receive_no_envelope_keys() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Flat {
        #[serde(rename = "Name")]
        name: String,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }

    let keys = [r#""Name": "n""#, ID, r#""Error": null"#, r#""More": [1]"#];
    let rest = BTreeMap::from([("More".to_owned(), json!([1]))]);
    assert_eq!(read_data::<Flat>(&keys), Flat { name: "n".into(), rest });
    assert_eq!(read_data::<Value>(&keys), json!({"Name": "n", "More": [1]}));
}

#[test]
fn declared_error_field_is_never_filled() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Parsed {
        #[serde(rename = "Error", default)]
        error: Option<Value>,
        #[serde(rename = "Name")]
        name: String,
    }

    let parsed = read_data::<Parsed>(&[r#""Name": "n""#, r#""Error": {"Code": ""}"#]);
    assert_eq!(parsed, Parsed { error: None, name: "n".into() });
}

#[test]
fn data_may_borrow_from_the_body() {
    #[derive(Deserialize)]
    struct Borrowed<'a> {
        #[serde(rename = "Name")]
        name: &'a str,
        #[serde(rename = "RequestId")]
        request_id: &'a str,
        #[serde(rename = "Text", borrow)]
        text: Cow<'a, str>,
    }

    for keys in permutations(&[r#""Name": "n""#, ID, r#""Text": "t""#]) {
        let body = format!(r#"{{"Response": {{{}}}}}"#, keys.join(","));
        let data = from_slice::<Borrowed<'_>, CommonError>(body.as_bytes()).unwrap().data;
        assert_eq!((data.name, data.request_id), ("n", "id-1"));
        assert!(matches!(data.text, Cow::Borrowed("t")));
    }
    let body = br#"{"Response": {"A": 1, "B": 2}}"#;
    let data = from_slice::<BTreeMap<&str, u8>, CommonError>(body).unwrap().data;
    assert_eq!(data, BTreeMap::from([("A", 1), ("B", 2)]));
}

#[test]
fn map_keys_accept_scalar_types() {
    #[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
    enum Zone {
        North,
        South,
    }

    #[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
    struct Key(Option<u16>);

    let numbers = read_data::<HashMap<u64, char>>(&[r#""18446744073709551615": "a""#, ID, r#""0": "b""#]);
    assert_eq!(numbers, HashMap::from([(u64::MAX, 'a'), (0, 'b')]));
    assert_eq!(read_data::<HashMap<i8, u8>>(&[r#""-128": 1"#, r#""127": 2"#]), HashMap::from([(-128, 1), (127, 2)]));
    assert_eq!(read_data::<HashMap<i128, u8>>(&[r#""-1": 1"#]), HashMap::from([(-1, 1)]));
    assert_eq!(
        read_data::<HashMap<bool, u8>>(&[r#""true": 1"#, r#""false": 2"#]),
        HashMap::from([(true, 1), (false, 2)])
    );
    assert_eq!(read_data::<HashMap<Zone, u8>>(&[r#""North": 1"#, r#""South": 2"#]).len(), 2);
    assert_eq!(read_data::<HashMap<Key, u8>>(&[r#""7": 1"#, r#""8": 2"#])[&Key(Some(7))], 1);
    assert_eq!(read_data::<HashMap<char, u8>>(&[r#""\u00e9": 1"#, r#""b": 2"#])[&'é'], 1);
    for key in ["+7", "007", "7.5", "", "-", "x", "256"] {
        for rest in ["", r#""1": 1, "#] {
            assert!(read::<HashMap<u8, u8>>(&format!(r#"{{{rest}"{key}": 1}}"#)).is_err(), "{key}");
        }
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Float(f64);

#[derive(Debug, PartialEq)]
struct Floats(Vec<(f64, u8)>);

impl<'de> Deserialize<'de> for Floats {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FloatsVisitor;
        impl<'de> serde::de::Visitor<'de> for FloatsVisitor {
            type Value = Floats;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("floats")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Floats, A::Error> {
                let mut pairs = Vec::new();
                while let Some((Float(key), value)) = map.next_entry()? {
                    pairs.push((key, value));
                }
                Ok(Floats(pairs))
            }
        }
        deserializer.deserialize_map(FloatsVisitor)
    }
}

#[test]
fn map_keys_may_be_floats() {
    assert_eq!(read_data::<Floats>(&[r#""-2e3": 2"#]).0, [(-2000.0, 2)]);
    let body = br#"{"Response": {"0.5": 1, "RequestId": "", "7": 3}}"#;
    assert_eq!(from_slice::<Floats, CommonError>(body).unwrap().data.0, [(0.5, 1), (7.0, 3)]);
    assert!(read::<Floats>(r#"{"1e999": 1}"#).is_err());
    assert!(read::<Floats>(r#"{"inf": 1}"#).is_err());
}

#[test]
fn options_and_boxes_are_transparent() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Unit;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Newtype(Option<Box<Instances>>);

    let size = r#""size": 5"#;
    assert_eq!(read_data::<Option<Unit>>(&[ID]), None);
    assert_eq!(read_data::<Option<Unit>>(&[ID, size]), Some(Unit));
    assert_eq!(read_data::<Option<Instances>>(&[ID, r#""Error": null"#]), None);
    let instances = [r#""TotalCount": 1"#, ID, r#""InstanceStatusSet": []"#];
    assert_eq!(read_data::<Newtype>(&instances).0.unwrap().total_count, 1);
    assert_eq!(read_data::<Newtype>(&[ID]), Newtype(None));
    assert_eq!(read_data::<Box<BTreeMap<String, u64>>>(&[size, ID])["size"], 5);
}
