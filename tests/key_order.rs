//! The order of the keys does not change the outcome of `from_slice`.

use std::collections::{HashMap, HashSet};

use errtable::{ApiError, Code, CommonError, Error, MalformedKind, Success, from_slice};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str};

use grammar::{Body, generate_body};
use reading::{ID, Instances, WithId, permutations, read};

mod grammar;
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

/// The failure or the kind of the malformed body, and the request id.
type FailedOutcome = (Result<ApiError<CommonError>, MalformedKind>, Option<String>);

/// Reads a body. The message of a malformed body is dropped, because it contains the position.
fn read_outcome<T: DeserializeOwned>(body: &Body) -> Result<Success<T>, FailedOutcome> {
    from_slice::<T, CommonError>(body.to_json().as_bytes()).map_err(|error| {
        let id = error.request_id().map(String::from);
        match error {
            Error::Api(failure) => (Ok(failure), id),
            Error::Malformed(malformed) => (Err(malformed.kind()), id),
        }
    })
}

/// Returns whether the keys of an object are distinct. Which duplicate counts depends on the order.
fn is_distinct(members: &[String]) -> bool {
    let keys = members.iter().map(|member| member.split_once(": ").and_then(|(key, _)| from_str(key).ok()));
    keys.collect::<Option<HashSet<String>>>().is_some_and(|keys| keys.len() == members.len())
}

/// Generates a body, and another order of its keys.
fn generate_orders() -> impl Strategy<Value = (Body, Body)> {
    generate_body().prop_flat_map(|body| {
        let Body { outer, response } = body.clone();
        let shuffled = (Just(outer).prop_shuffle(), Just(response).prop_shuffle());
        (Just(body), shuffled.prop_map(|(outer, response)| Body { outer, response }))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn outcome_is_independent_of_key_order((body, shuffled) in generate_orders()) {
        prop_assume!(is_distinct(&body.outer_members()) && is_distinct(&body.response));
        prop_assert_eq!(read_outcome::<Instances>(&body), read_outcome::<Instances>(&shuffled));
        prop_assert_eq!(read_outcome::<WithId>(&body), read_outcome::<WithId>(&shuffled));
        prop_assert_eq!(read_outcome::<Value>(&body), read_outcome::<Value>(&shuffled));
        prop_assert_eq!(read_outcome::<Option<Instances>>(&body), read_outcome::<Option<Instances>>(&shuffled));
        prop_assert_eq!(read_outcome::<()>(&body), read_outcome::<()>(&shuffled));
    }
}
