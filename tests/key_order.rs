//! The order of the keys does not change the outcome of `from_slice`.

use std::collections::{HashMap, HashSet};

use errtable::{ApiError, Code, CommonError, Error, MalformedKind, Success, from_slice};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use reading::{ID, Instances, WithId, permutations, read};

mod reading;

#[test]
fn failure_is_found_in_any_order() {
    let error = r#""Error": {"Code": "InternalError", "Message": "no"}"#;
    for keys in permutations(&[error, ID, r#""TotalCount": 3"#, r#""InstanceStatusSet": []"#]) {
        let response = format!("{{{}}}", keys.join(","));
        let failure = Error::Api(ApiError::new(CommonError::InternalError, "no").with_request_id("id-1"));
        assert_eq!(read::<Instances>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<Value>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<()>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<Option<Instances>>(&response), Err(failure.clone()), "{response}");
        assert_eq!(read::<Vec<u8>>(&response), Err(failure.clone()), "{response}");
        // In `{"TotalCount": 3, "Error": {…}}` the data fails before the error is read.
        let body = format!(r#"{{"Response": {response}}}"#);
        assert_eq!(
            from_slice::<HashMap<String, bool>, CommonError>(body.as_bytes()),
            Err(failure.clone()),
            "{response}"
        );
    }
}

#[test]
fn error_fields_may_have_any_order() {
    for keys in permutations(&[r#""Code": "New.Code""#, r#""Message": "a \"b\"""#, r#""Detail": [{"Code": 1}]"#]) {
        let error = read::<Value>(&format!(r#"{{"Error": {{{}}}}}"#, keys.join(","))).unwrap_err();
        assert_eq!(error.code(), Some(&Code::from("New.Code")));
        assert_eq!(error.api().unwrap().message(), "a \"b\"");
        assert_eq!(error.request_id(), None);
    }
}

/// Generates one key of `Response` and its value, as JSON.
fn generate_member() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,6}".prop_map(|id| format!(r#""RequestId": {}"#, Value::from(id))),
        Just(r#""RequestId": {"a": []}"#.to_owned()),
        Just(r#""Error": null"#.to_owned()),
        (".{0,3}", ".{0,3}")
            .prop_map(|(code, message)| format!(r#""Error": {}"#, json!({"Code": code, "Message": message}))),
        Just(r#""Error": {"Code": true}"#.to_owned()),
        any::<u8>().prop_map(|count| format!(r#""TotalCount": {count}"#)),
        Just(r#""TotalCount": "x""#.to_owned()),
        Just(r#""InstanceStatusSet": []"#.to_owned()),
        Just(r#""InstanceStatusSet": [{"Error": {"Code": "X"}}]"#.to_owned()),
        "[a-z]{1,3}".prop_map(|key| format!(r#"{}: {{"RequestId": "no"}}"#, Value::from(key))),
    ]
}

/// The failure or the kind of the malformed body, and the request id.
type FailedOutcome = (Result<ApiError<CommonError>, MalformedKind>, Option<String>);

/// Reads a body. The message of a malformed body is dropped, because it contains the position.
fn read_outcome<T: DeserializeOwned>(keys: &[String]) -> Result<Success<T>, FailedOutcome> {
    let body = format!(r#"{{"Response": {{{}}}}}"#, keys.join(","));
    from_slice::<T, CommonError>(body.as_bytes()).map_err(|error| {
        let id = error.request_id().map(String::from);
        match error {
            Error::Api(failure) => (Ok(failure), id),
            Error::Malformed(malformed) => (Err(malformed.kind()), id),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn outcome_is_independent_of_key_order(
        (keys, shuffled) in prop::collection::vec(generate_member(), 0..6).prop_flat_map(|keys| (Just(keys.clone()), Just(keys).prop_shuffle()))
    ) {
        // Duplicate keys are excluded: which of them counts depends on the order.
        let names: HashSet<_> = keys.iter().map(|key| key.split(':').next().map(String::from)).collect();
        prop_assume!(names.len() == keys.len());
        prop_assert_eq!(read_outcome::<Instances>(&keys), read_outcome::<Instances>(&shuffled));
        prop_assert_eq!(read_outcome::<WithId>(&keys), read_outcome::<WithId>(&shuffled));
        prop_assert_eq!(read_outcome::<Value>(&keys), read_outcome::<Value>(&shuffled));
        prop_assert_eq!(read_outcome::<Option<Instances>>(&keys), read_outcome::<Option<Instances>>(&shuffled));
        prop_assert_eq!(read_outcome::<()>(&keys), read_outcome::<()>(&shuffled));
    }
}
