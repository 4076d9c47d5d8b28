//! Generated and damaged bodies are read as an independent reading of the rules reads them.

use errtable::{CommonError, Error, Success, from_slice};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use grammar::{Body, generate_any_body, generate_body};
use model::agreement::check_body;

mod grammar;
mod model;
mod reading;

/// One change of a body.
#[derive(Clone, Debug)]
enum Change {
    Replace(Index, u8),
    Insert(Index, u8),
    Remove(Index),
    Truncate(Index),
}

impl Change {
    /// Changes a body. Returns the offset of the change.
    fn apply(&self, body: &mut Vec<u8>) -> usize {
        let (Self::Replace(at, _) | Self::Insert(at, _) | Self::Remove(at) | Self::Truncate(at)) = self;
        let at = at.index(body.len() + 1);
        match self {
            Self::Replace(_, byte) => drop(body.splice(at..body.len().min(at + 1), [*byte])),
            Self::Insert(_, byte) => body.insert(at, *byte),
            Self::Remove(_) => drop(body.drain(at..body.len().min(at + 1))),
            Self::Truncate(_) => body.truncate(at),
        }
        at
    }
}

fn generate_change() -> impl Strategy<Value = Change> {
    let byte = || prop_oneof![prop::sample::select(b"\"\\{}[],:0e-n \n\0".to_vec()), any::<u8>()];
    prop_oneof![
        (any::<Index>(), byte()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        (any::<Index>(), byte()).prop_map(|(at, byte)| Change::Insert(at, byte)),
        any::<Index>().prop_map(Change::Remove),
        any::<Index>().prop_map(Change::Truncate),
    ]
}

/// Reads the request id in a body.
fn read_id(body: &[u8]) -> Option<String> {
    let result = from_slice::<Value, CommonError>(body);
    let id = match &result {
        Ok(Success { request_id, .. }) => request_id.as_deref(),
        Err(error) => Error::request_id(error),
    };
    id.map(String::from)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_body_agrees_with_the_reading(body in generate_any_body()) {
        check_body(body.as_bytes());
    }

    #[test]
    fn changed_body_agrees_with_the_reading(
        body in generate_any_body(),
        changes in prop::collection::vec(generate_change(), 1..3),
    ) {
        let mut body = body.into_bytes();
        for change in changes {
            change.apply(&mut body);
            check_body(&body);
        }
    }

    #[test]
    fn request_id_before_a_change_is_kept(body in generate_body(), change in generate_change()) {
        // An id beside `Response` is a fallback for one that follows.
        let mut body = Body { outer: vec![None], ..body }.to_json().into_bytes();
        let at = change.apply(&mut body);
        if let Some(id) = read_id(&body[..at]) {
            prop_assert_eq!(read_id(&body), Some(id));
        }
    }
}
