//! Each kind of data type is read from a success, gives way to a failure, and reports what does not
//! fit.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use errtable::{CommonError, Error, from_slice};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use failing::read_malformed;
use kinds::{Misfit, NO_SIZE, Size, WRONG_SIZE, check, check_failure, check_misfit};
use reading::{Instances, read, read_data};

mod failing;
mod kinds;
mod reading;

#[test]
fn unit_ignores_the_data() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Unit;

    check::<()>(&[r#""A": [1]"#, r#""B": {}"#], (), &[]);
    check::<Unit>(&[r#""A": [1]"#], Unit, &[]);
}

#[test]
fn struct_is_read() {
    check(&[r#""size": 5"#, r#""other": {"size": "x"}"#], Size { size: 5 }, &[WRONG_SIZE, NO_SIZE]);
}

#[test]
fn newtype_is_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Newtype(Size);

    check(&[r#""size": 5"#], Newtype(Size { size: 5 }), &[WRONG_SIZE, NO_SIZE]);
}

#[test]
fn option_is_none_without_keys() {
    check(&[r#""size": 5"#], Some(Size { size: 5 }), &[WRONG_SIZE, NO_SIZE]);
    check::<Option<Size>>(&[], None, &[]);
}

#[test]
fn map_is_read() {
    let misfit = (&[r#""b": null"#] as &[_], ".b", "invalid type: null, expected u8");
    check(&[r#""a": 1"#, r#""b": 2"#], BTreeMap::from([("a".to_owned(), 1_u8), ("b".to_owned(), 2)]), &[misfit]);
    let misfit = (&[r#""b": [[], {"Error": 1}]"#] as &[_], ".b[1]", "invalid type: map, expected a sequence");
    check(&[r#""a": [[1]]"#], HashMap::from([("a".to_owned(), vec![vec![1_u8]])]), &[misfit]);
}

#[test]
fn map_with_integer_keys_is_read() {
    let misfits: [Misfit<'_>; 3] = [
        (&[r#""x": 1"#], ".x", "invalid value"),
        (&[r#""300": 1"#], ".300", "invalid value"),
        (&[r#""1": 1.5"#], ".1", "invalid type: floating point `1.5`, expected i8"),
    ];
    check(&[r#""1": -1"#, r#""2": 2"#], BTreeMap::from([(1_u8, -1_i8), (2, 2)]), &misfits);
}

#[test]
fn value_is_read() {
    let deep = format!(r#""A": {}"#, "[".repeat(200) + &"]".repeat(200));
    let surrogate: Misfit<'_> = (&[r#""A": ["\ud83d"]"#], ".A[0]", "unexpected end of hex escape");
    check(&[r#""A": [1]"#, r#""B": {"Error": 1}"#], json!({"A": [1], "B": {"Error": 1}}), &[surrogate]);
    check_misfit::<Value>(&[&deep], &format!(".A{}", "[0]".repeat(125)), "recursion limit exceeded");
}

#[test]
fn unknown_fields_are_denied() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        size: u64,
    }

    let misfit: Misfit<'_> = (&[r#""size": 5"#, r#""other": 1"#], ".other", "unknown field `other`, expected `size`");
    check(&[r#""size": 5"#], Strict { size: 5 }, &[misfit, WRONG_SIZE]);
    assert_eq!(read_data::<Strict>(&[r#""size": 5"#, r#""Error": null"#]), Strict { size: 5 });
}

#[test]
fn flattened_fields_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Flat {
        name: String,
        #[serde(flatten)]
        size: Size,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }

    let misfits: [Misfit<'_>; 2] = [
        (&[r#""name": 5"#, r#""size": 5"#], ".name", "expected a string"),
        (&[r#""name": "n""#], "", "missing field `size`"),
    ];
    let rest = BTreeMap::from([("A".to_owned(), json!([1]))]);
    let members = [r#""name": "n""#, r#""size": 5"#, r#""A": [1]"#];
    check(&members, Flat { name: "n".into(), size: Size { size: 5 }, rest }, &misfits);
}

#[test]
fn borrowed_fields_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Borrowed<'a> {
        name: &'a str,
        #[serde(borrow)]
        text: Cow<'a, str>,
    }

    let read = |members: &'static str| from_slice::<Borrowed<'_>, CommonError>(members.as_bytes());
    let data = read(r#"{"Response": {"name": "n", "text": "\u0074", "RequestId": "id-1"}}"#).unwrap().data;
    assert_eq!(data, Borrowed { name: "n", text: "t".into() });
    let error = read(r#"{"Response": {"name": "n", "Error": {"Code": "InternalError"}}}"#).unwrap_err();
    assert_eq!(error.code().unwrap(), &CommonError::InternalError);
    // An escaped text cannot be borrowed.
    let error = read(r#"{"Response": {"text": "t", "name": "\u006e", "RequestId": "id-1"}}"#).unwrap_err();
    let Error::Malformed(malformed) = error else { panic!("{error}") };
    assert_eq!((malformed.path(), malformed.request_id()), (Some("Response.name"), Some("id-1")), "{malformed}");
}

/// `.ok()` in a data type leaves the rest of the value to the type around it.
#[test]
fn type_that_ignores_an_error_does_not_receive_a_part_of_the_body() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Lenient {
        #[serde(default, deserialize_with = "size_or_none")]
        size: Option<Size>,
        #[serde(default)]
        key: u64,
    }

    #[expect(clippy::unnecessary_wraps, reason = "serde requires a `Result`")]
    fn size_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Size>, D::Error> {
        Ok(Size::deserialize(deserializer).ok())
    }

    read::<Lenient>(r#"{"size": {"size": "x", "key": 1}}"#).unwrap_err();
}

#[test]
fn type_may_extend_the_text_of_an_error() {
    #[derive(Debug, PartialEq)]
    struct Extended(Size);

    impl<'de> Deserialize<'de> for Extended {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Size::deserialize(deserializer).map(Self).map_err(|error| D::Error::custom(format!("no size: {error}")))
        }
    }

    let misfits: [Misfit<'_>; 1] =
        [(&[r#""size": "x""#], ".size", "no size: invalid type: string \"x\", expected u64")];
    check(&[r#""size": 5"#], Extended(Size { size: 5 }), &misfits);
    // It also replaces the error of a truncated body, so that the last member seems to be invalid.
    let malformed = read_malformed::<Extended>(r#"{"Response": {"other": 1}}"#);
    assert_eq!(malformed.path(), Some("Response.other"));
}

#[test]
fn wide_integers_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Wide {
        unsigned: u128,
        signed: i128,
    }

    let members = [&*format!(r#""unsigned": {}"#, u128::MAX), &*format!(r#""signed": {}"#, i128::MIN)];
    let misfits: [Misfit<'_>; 2] = [
        (&[r#""unsigned": -1"#, r#""signed": 1"#], ".unsigned", "number out of range"),
        (&[r#""unsigned": 1"#, r#""signed": "1""#], ".signed", "invalid number"),
    ];
    check(&members, Wide { unsigned: u128::MAX, signed: i128::MIN }, &misfits);
}

#[test]
fn missing_fields_have_defaults() {
    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Defaults {
        size: u64,
        names: Vec<String>,
    }

    check(&[], Defaults::default(), &[WRONG_SIZE]);
    check(&[r#""names": ["a"]"#], Defaults { size: 0, names: vec!["a".into()] }, &[]);
}

#[test]
fn escaped_keys_are_read() {
    let misfit: Misfit<'_> = (&[r#""\u0073ize": "x""#], ".size", "expected u64");
    check(&[r#""\u0073ize": 5"#], Size { size: 5 }, &[misfit]);
    check(&[r#""\u0061": 1"#], BTreeMap::from([("a".to_owned(), 1_u8)]), &[]);
    let body = r#"{"\u0053ize": 1, "\u0045rror": {"\u0043ode": "X"}, "\u0052equestId": "id-1"}"#;
    let error = read::<Size>(body).unwrap_err();
    assert_eq!((error.code().unwrap().as_str(), error.request_id()), ("X", Some("id-1")));
}

#[test]
fn nested_envelope_keys_are_data() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase")]
    struct Job {
        error: String,
        request_id: String,
    }

    let jobs = BTreeMap::from([("a".to_owned(), Job { error: "e".into(), request_id: "no".into() })]);
    let misfits: [Misfit<'_>; 3] = [
        (&[r#""a": {"Error": {"Code": "X"}, "RequestId": "no"}"#], ".a.Error", "expected a string"),
        (&[r#""a": {"RequestId": 7, "Error": "e"}"#], ".a.RequestId", "expected a string"),
        (&[r#""a": {"RequestId": "no"}"#], ".a", "missing field `Error`"),
    ];
    check(&[r#""a": {"Error": "e", "RequestId": "no"}"#], jobs, &misfits);
}

#[test]
fn sequence_is_rejected() {
    let members: &[&str] = &[r#""A": 1"#];
    check_misfit::<Vec<u8>>(members, "", "invalid type: map, expected a sequence");
    check_misfit::<(u8, u8)>(members, "", "invalid type: map, expected a tuple of size 2");
    check_misfit::<Vec<Instances>>(&[], "", "invalid type: map, expected a sequence");
    check_failure::<Vec<u8>>(&[r#""A": 1"#, r#""Error": {"Code": "InternalError"}"#]);
}

#[test]
fn scalar_is_rejected() {
    check_misfit::<String>(&[r#""A": 1"#], "", "invalid type: map, expected a string");
    check_misfit::<u8>(&[r#""A": 1"#], "", "invalid type: map, expected u8");
    check_failure::<u8>(&[r#""A": 1"#, r#""Error": {"Code": "InternalError"}"#]);
}

#[test]
fn raw_value_is_rejected() {
    check_misfit::<Box<RawValue>>(&[r#""A": 1"#], "", "`RawValue` is not supported as the data of a response");
    check_failure::<Box<RawValue>>(&[r#""A": 1"#, r#""Error": {"Code": "InternalError"}"#]);
    // As a field it is read.
    let data =
        from_slice::<HashMap<String, Box<RawValue>>, CommonError>(br#"{"Response": {"A": [1, 2]}}"#).unwrap().data;
    assert_eq!(data["A"].get(), "[1, 2]");
}
