//! Reads one response in every supported way, and checks that the results agree.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use std::fmt::Debug;

use errtable::{CommonError, Envelope, Error, Success, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The data of the documented success.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Instances {
    pub(crate) total_count: u64,
    pub(crate) instance_status_set: Vec<Value>,
}

/// Data that declares the request id.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct WithId {
    pub(crate) name: String,
    pub(crate) request_id: Option<String>,
}

/// A request id, as JSON.
pub(crate) const ID: &str = r#""RequestId": "id-1""#;

/// Reads `{"Response": RESPONSE}` with `from_slice` and with plain serde, which must agree.
pub(crate) fn read<T: DeserializeOwned + Debug + PartialEq>(response: &str) -> Result<Success<T>, Error<CommonError>> {
    let body = format!(r#"{{"Response": {response}}}"#);
    let result = from_slice::<T, CommonError>(body.as_bytes());
    let plain = serde_json::from_str::<Envelope<T, CommonError>>(&body);
    match (&result, plain.map(Envelope::into_result)) {
        (Ok(success), Ok(Ok(plain))) => assert_eq!(*success, plain),
        (Err(Error::Api(failure)), Ok(Err(plain))) => assert_eq!(*failure, plain),
        (Err(_), Err(_)) => {}
        (result, plain) => panic!("`from_slice` returned {result:?}, plain serde {plain:?}"),
    }
    let value = serde_json::from_str::<Value>(&body).map(serde_json::from_value::<Envelope<T, CommonError>>);
    if let (Ok(success), Ok(Ok(value))) = (&result, value) {
        assert_eq!(value.into_result().as_ref(), Ok(success));
    }
    result
}

/// Reads the data of a success from every order of the keys, which must agree.
pub(crate) fn read_data<T: DeserializeOwned + Debug + PartialEq>(keys: &[&str]) -> T {
    let mut outcomes =
        permutations(keys).into_iter().map(|keys| read::<T>(&format!("{{{}}}", keys.join(", "))).unwrap());
    let first = outcomes.next().unwrap();
    for outcome in outcomes {
        assert_eq!(outcome, first);
    }
    first.data
}

/// Returns every order of the keys.
pub(crate) fn permutations<'a>(keys: &[&'a str]) -> Vec<Vec<&'a str>> {
    if keys.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..keys.len() {
        let mut rest = keys.to_vec();
        let key = rest.remove(at);
        all.extend(permutations(&rest).into_iter().map(|mut tail| {
            tail.insert(0, key);
            tail
        }));
    }
    all
}
