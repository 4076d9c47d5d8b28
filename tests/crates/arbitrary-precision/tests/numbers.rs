//! Numbers are not objects, although `serde_json` passes them as maps.

use errtable::{CommonError, Error, Success, from_slice};
use serde::Deserialize;

#[test]
fn number_is_not_an_error_object() {
    let body = br#"{"Response": {"Error": 1.5, "A": 1}}"#;
    let error = from_slice::<(), CommonError>(body).unwrap_err();
    assert!(matches!(&error, Error::Malformed(malformed) if malformed.path() == Some("Response.Error")), "{error}");
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
    assert_eq!(integer, Ok(Success::new(Data { id: Some(7) })));
    let value = from_slice::<Data<serde_json::Number>, CommonError>(body.as_bytes());
    assert_eq!(value, Ok(Success::new(Data { id: 7.into() })));
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
