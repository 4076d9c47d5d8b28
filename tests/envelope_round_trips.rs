//! Envelopes round-trip through JSON and `Result`, and compare by value.

use errtable::{ApiError, CommonError, Envelope, Success};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Instances {
    total_count: u64,
    instance_status_set: Vec<Value>,
}

#[test]
fn unknown_code_round_trips() {
    let body = r#"{"Response":{"Error":{"Code":"New.Code","Message":"\u001b[31m"},"RequestId":"id"}}"#;
    let envelope: Envelope<(), CommonError> = serde_json::from_str(body).unwrap();
    assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
}

#[test]
fn result_round_trips() {
    let result: Result<_, ApiError<CommonError>> = Ok(Success::new(5).with_request_id("id-1"));
    assert_eq!(Envelope::from(result.clone()).into_result(), result);
    let result: Result<Success<u8>, _> = Err(ApiError::new(CommonError::InternalError, "no"));
    assert_eq!(Envelope::from(result.clone()).into_result(), result);
}

#[test]
fn envelopes_compare_by_value() {
    let error = |code: &str, message: &str, id: &str| ApiError::<CommonError>::new(code, message).with_request_id(id);
    let failures = [error("A", "m", "id"), error("B", "m", "id"), error("A", "n", "id"), error("A", "m", "")];
    for (at, a) in failures.iter().enumerate() {
        for (other, b) in failures.iter().enumerate() {
            assert_eq!(a == b, at == other, "{a}, {b}");
        }
    }
    let [a, b, ..] = failures.map(Envelope::Failure);
    let success = |data| Envelope::success(data).with_request_id("id-1");
    let envelopes = [a, b, success(1), success(2), Envelope::success(1)];
    for (at, a) in envelopes.iter().enumerate() {
        for (other, b) in envelopes.iter().enumerate() {
            assert_eq!(a == b, at == other, "{a:?}, {b:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn success_round_trips(count: u64, id in ".{0,9}") {
        let data = Instances { total_count: count, instance_status_set: vec![json!({"Error": {"Code": "X"}})] };
        let envelope: Envelope<_, CommonError> = Envelope::success(data).with_request_id(id);
        let json = serde_json::to_string(&envelope).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Envelope<Instances, CommonError>>(&json).unwrap(), &envelope);
        let value = serde_json::to_value(&envelope).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Envelope<Instances, CommonError>>(value).unwrap(), &envelope);
    }

    #[test]
    fn failure_round_trips(code in ".{1,9}", message in ".{0,9}", id in ".{0,9}") {
        let envelope: Envelope<Instances, CommonError> =
            Envelope::Failure(ApiError::new(code.as_str(), message).with_request_id(id));
        let json = serde_json::to_string(&envelope).unwrap();
        prop_assert_eq!(serde_json::from_str::<Envelope<Instances, CommonError>>(&json).unwrap(), envelope);
    }
}
