//! Responses are read by generated envelopes as an independent reading of the rules reads them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use made::{make, read_response};
use model::Response;
use model::check::check;
use model::generate::{Source, envelope, response};
use model::rules;
use model::sample::Envelope;

mod made;
#[path = "model/envelope/mod.rs"]
mod model;

/// Data that declares a key of the generated samples, which may be the request id.
#[derive(Debug, Deserialize, PartialEq)]
struct Declared {
    a: Value,
    b: Option<Value>,
}

/// Generates an envelope and responses, and compares the readings.
fn check_generated(source: &mut Source<'_>, responses: usize) {
    let json = envelope(source);
    if !make(&json) {
        return;
    }
    let envelope = Envelope::read(&json);
    for _ in 0..responses {
        let response = response(source, &envelope);
        let response = response.response();
        check::<Value>(&envelope, &response, &[], &read_response(&response));
        check::<BTreeMap<String, Value>>(&envelope, &response, &[], &read_response(&response));
        check::<Declared>(&envelope, &response, &["a", "b"], &read_response(&response));
        check::<Vec<u8>>(&envelope, &response, &[], &read_response(&response));
    }
}

#[test]
fn stated_rules_agree_with_the_reading() {
    for (json, status, headers, body, _) in rules::CASES {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let status = (*status != 0).then_some(*status);
        let response = Response { status, headers: &headers, body: body.as_bytes() };
        assert!(make(json));
        check::<Value>(&Envelope::read(json), &response, &[], &read_response(&response));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_envelopes_agree_with_the_reading(choices in prop::collection::vec(any::<u8>(), 0..400)) {
        check_generated(&mut Source::new(&choices), 4);
    }
}

#[test]
fn random_envelopes_agree_with_the_reading() {
    let seeds = std::env::var("SEEDS").map_or(0..500, |seeds| {
        let (start, end) = seeds.split_once("..").unwrap();
        start.parse().unwrap()..end.parse().unwrap()
    });
    for seed in seeds {
        check_generated(&mut Source::seeded(seed), 20);
    }
}
