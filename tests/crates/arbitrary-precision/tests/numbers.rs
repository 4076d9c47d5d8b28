//! Numbers are not objects, although `serde_json` passes them as maps.

use errtable::{Code, CommonError, Envelope, Error, ErrorCode, Success, error_table, from_slice};
use serde::Deserialize;
use serde_json::{Value, json};

#[error_table("versions.json")]
enum VersionError {}

#[test]
fn number_is_not_an_error_object() {
    for (error, is_failure) in [("1.5", true), ("1e999", true), ("-1", true), ("0", false), ("-0.0", false)] {
        let body = format!(r#"{{"Response": {{"Error": {error}, "A": 1}}}}"#);
        match from_slice::<(), CommonError>(body.as_bytes()) {
            Err(Error::Api(failure)) => assert!(is_failure && failure.code().as_str().is_empty(), "{body}: {failure}"),
            other => assert!(!is_failure && other.is_ok(), "{body}: {other:?}"),
        }
    }
}

#[test]
fn integer_is_a_code_and_a_request_id() {
    let body = r#"{"Response": {"Error": {"Code": 4400}, "RequestId": 18446744073709551615}}"#;
    let error = from_slice::<(), CommonError>(body.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "4400 (request id 18446744073709551615)");
    let value = serde_json::from_str::<serde_json::Value>(body).unwrap();
    let envelope = serde_json::from_value::<Envelope<(), CommonError>>(value).unwrap();
    assert_eq!(envelope.into_result().map_err(Error::Api), Err(error));
}

#[test]
fn data_may_declare_a_number_as_request_id() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Data<N> {
        #[serde(rename = "RequestId")]
        id: N,
    }
    let read = |json| format!(r#"{{"Response": {{"RequestId": {json}}}}}"#);
    let body = read("1.5");
    let fraction = from_slice::<Data<f64>, CommonError>(body.as_bytes());
    assert_eq!(fraction, Ok(Success::new(Data { id: 1.5 })));
    let body = read("7");
    let integer = from_slice::<Data<Option<u8>>, CommonError>(body.as_bytes());
    assert_eq!(integer, Ok(Success::new(Data { id: Some(7) }).with_request_id("7")));
    let value = from_slice::<Data<serde_json::Number>, CommonError>(body.as_bytes());
    assert_eq!(value, Ok(Success::new(Data { id: 7.into() }).with_request_id("7")));
    assert!(from_slice::<Data<u8>, CommonError>(read(r#"{"a": 1}"#).as_bytes()).is_err());
}

#[test]
fn number_as_the_id_of_the_data_is_located() {
    #[derive(Debug, Deserialize)]
    struct Data {
        #[serde(rename = "RequestId")]
        _id: String,
    }
    for response in [r#"{"RequestId": 0.5}"#, r#"{"A": 1, "RequestId": 0.5}"#, r#"{"RequestId": 0.5, "A": 1}"#] {
        let body = format!(r#"{{"Response": {response}}}"#);
        let error = from_slice::<Data, CommonError>(body.as_bytes()).unwrap_err();
        let column = body.find("0.5").unwrap() + 3;
        let expected = format!(
            "invalid data at Response.RequestId (line 1 column {column}): invalid type: number, expected a string"
        );
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn number_of_a_code_is_read() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
    enum RpcError {
        #[error_code(number = -32601)]
        MethodNotFound,
    }

    for known in ["-32601", r#""-32601""#, r#""MethodNotFound""#] {
        assert_eq!(serde_json::from_str::<RpcError>(known).unwrap(), RpcError::MethodNotFound);
        assert_eq!(serde_json::from_str::<Code<RpcError>>(known).unwrap(), RpcError::MethodNotFound);
    }
    for number in [0, -1, i64::MIN, i64::MAX] {
        let code = Code::<RpcError>::from_number(number);
        let value = serde_json::to_value(&code).unwrap();
        assert_eq!(value, serde_json::json!(number));
        assert_eq!(serde_json::from_str::<Code<RpcError>>(&value.to_string()).unwrap(), code);
        assert_eq!(serde_json::from_value::<Code<RpcError>>(value).unwrap(), code);
    }
    for other in ["1.5", "-32601.0", "9223372036854775808", "-0", r#"{"a": 1}"#] {
        assert!(serde_json::from_str::<Code<RpcError>>(other).is_err(), "{other}");
    }
}

#[test]
fn data_may_repeat_a_number_of_the_sample() {
    let write = |data: Value| serde_json::to_string(&Envelope::<_, VersionError>::success(data));
    let expected = r#"{"version":2,"ratio":1.5,"offset":-3,"a":1}"#;
    for data in [
        json!({"a": 1}),
        json!({"version": 2, "ratio": 1.5, "offset": -3, "a": 1}),
        serde_json::from_str(r#"{"version": 2, "ratio": 1.50, "offset": -3, "a": 1}"#).unwrap(),
    ] {
        assert_eq!(write(data).unwrap(), expected);
    }
    for data in [json!({"version": 3}), json!({"version": 2.0}), json!({"version": "2"}), json!({"ratio": 2})] {
        assert!(write(data).unwrap_err().to_string().ends_with("which the envelope writes"));
    }
}
