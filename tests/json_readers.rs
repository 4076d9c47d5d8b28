//! Every reader of `serde_json` returns the same outcome of an envelope.

use errtable::{CommonError, Envelope, from_slice};
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Zones {
    #[serde(default)]
    names: Vec<String>,
    total: u32,
}

type Read = Envelope<Zones, CommonError>;

/// Bodies of which every reader returns an envelope.
const VALID: &[&str] = &[
    r#"{"Response": {"Names": ["广州", "a\n\"b\""], "Total": 2, "RequestId": "a1"}}"#,
    r#"{"Response": {"RequestId": "a1", "Error": null, "New": [{"Error": {"Code": "X"}}], "Total": 0}}"#,
    r#"{"retcode": 0, "Response": {"Total": 4294967295}, "RequestId": "a1"}"#,
    r#"{"\u0052esponse": {"\u0045rror": {"\u0043ode": "InternalError", "Message": "签名"}, "RequestId": "a1"}}"#,
    r#"{"Response": {"RequestId": "a1", "Error": {"Message": "slow", "Code": "RequestLimitExceeded", "New": {}}}}"#,
    r#"{"Response": {"Error": {"Code": 4400}}}"#,
    r#"{"Response": {"Error": {"Code": -1, "Message": 1.5}}}"#,
    r#"{"Response": {"Total": 1, "Error": "x"}}"#,
    r#"{"Response": {"Total": 1, "Error": {"Code": true}, "RequestId": 7}}"#,
    r#"{"code": 4400, "codeDesc": 5, "message": "m"}"#,
];

/// Bodies that every reader rejects.
const INVALID: &[&str] = &[
    "",
    "<html>",
    "{}",
    r#"{"Response": {"Total": 1}"#,
    r#"{"Response": {"Total": "1"}}"#,
    r#"{"Response": []}"#,
    r#"{"Response": {"Total": 1, "RequestId": "a", "RequestId": "b"}}"#,
];

/// Checks that a reader agrees with `from_slice`.
fn check<E>(read: impl Fn(&str) -> Result<Read, E>) {
    for body in VALID {
        let expected = match from_slice(body.as_bytes()) {
            Err(errtable::Error::Malformed(malformed)) => panic!("{body}: {malformed}"),
            Err(errtable::Error::Api(error)) => Envelope::Failure(error),
            Ok(success) => Envelope::Success(success),
        };
        assert_eq!(read(body).ok(), Some(expected), "{body}");
    }
    for body in INVALID {
        assert!(from_slice::<Zones, CommonError>(body.as_bytes()).is_err(), "{body}");
        assert_eq!(read(body).ok(), None, "{body}");
    }
}

#[test]
fn serde_json_reads_a_stream() {
    check(|body| serde_json::from_reader::<_, Read>(body.as_bytes()));
}

#[test]
fn serde_json_reads_a_value() {
    // The map of a `Value` keeps the last of two duplicate keys.
    let has_duplicate = |body: &str| body.matches("RequestId").count() > 1;
    check(|body| match serde_json::from_str::<serde_json::Value>(body) {
        Ok(value) if !has_duplicate(body) => serde_json::from_value::<Read>(value).map_err(drop),
        _ => Err(()),
    });
}

/// Only `serde_json` can pass on the text of a body.
#[test]
fn other_parser_is_rejected() {
    for body in VALID {
        simd_json::from_slice::<Read>(&mut body.as_bytes().to_vec()).unwrap_err();
    }
}

#[test]
fn serde_path_to_error_reads_envelopes() {
    let read = |body: &str| serde_path_to_error::deserialize::<_, Read>(&mut serde_json::Deserializer::from_str(body));
    check(read);
    let error = read(r#"{"Response": {"Names": ["a", 5], "Total": 1}}"#).unwrap_err();
    assert!(error.to_string().contains("invalid data at Response.Names[1] (line 1 column 30)"), "{error}");
}

#[test]
fn envelope_may_be_a_field() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Batch {
        replies: Vec<Read>,
    }
    let body = r#"{"replies": [{"Response": {"Total": 1}}, {"Response": {"Error": {"Code": "X"}}}]}"#;
    let expected =
        Batch { replies: vec![Envelope::success(Zones { names: Vec::new(), total: 1 }), Envelope::failure("X", "")] };
    assert_eq!(serde_json::from_str::<Batch>(body).unwrap(), expected);
    assert_eq!(serde_json::from_value::<Batch>(serde_json::from_str(body).unwrap()).unwrap(), expected);
}
