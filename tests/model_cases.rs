//! The independent reading of envelopes reports what careful readers of real responses report.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use model::sample::Envelope;
use model::{Outcome, Response, Target};

#[path = "model/envelope/mod.rs"]
mod model;

#[derive(Deserialize)]
struct Responses {
    apis: Vec<Api>,
}

#[derive(Deserialize)]
struct Api {
    name: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
    expect: Expect,
    also_acceptable: Option<String>,
    /// Other values of `expect` that are as good.
    #[serde(default)]
    expect_alternatives: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Expect {
    kind: String,
    code: Value,
    message: Option<String>,
    request_id: Value,
    retry_after_ms: Option<u64>,
}

/// The cases that are read differently, and why.
const DIFFERENCES: &[(&str, usize, &str)] = &[
    ("discord", 5, "a success: 202 asks to try again later, but no constant tells it from data"),
    ("aws_json_1_0_dynamodb", 3, "the code of the body: a value of the body goes before one of a header"),
    ("json_rpc_geth", 3, "a failure without a code: a batch is no answer"),
    ("json_rpc_geth", 4, "with an id: whether that of JSON-RPC is a request id is the reader's choice"),
    ("json_rpc_geth", 5, "with an id, as above"),
];

fn fixture(path: impl AsRef<Path>) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)).unwrap()
}

fn read_envelope(api: &str) -> Envelope {
    let table: BTreeMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_str(&fixture(format!("envelopes/{api}.json"))).unwrap();
    Envelope::read(table["envelope"].get())
}

/// Returns a code or an id as text, where "" is none.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Returns how an outcome differs from what the case expects.
fn difference(case: &Case, outcome: &Outcome) -> Option<String> {
    let expect = &case.expect;
    let accepts = |kind| expect.kind == kind || case.also_acceptable.as_deref() == Some(kind);
    let id = |found: Option<&String>| {
        let alternatives = case.expect_alternatives.get("request_id").into_iter();
        let mut ids = alternatives.chain([&expect.request_id]).map(text);
        ids.any(|id| id == found.map_or("", String::as_str))
    };
    let wait = expect.retry_after_ms.map(Duration::from_millis);
    let is_expected = match outcome {
        Outcome::Success { request_id, .. } => accepts("success") && id(request_id.as_ref()),
        Outcome::Failure { code, message, request_id, retry_after } => {
            let texts = (text(&expect.code), expect.message.clone().unwrap_or_default());
            accepts("failure")
                && (code, message) == (&texts.0, &texts.1)
                && request_id.0.iter().all(|found| id(found.as_ref()))
                && retry_after.0.iter().all(|found| *found == wait)
        }
        Outcome::Malformed { request_id, retry_after, .. } => {
            accepts("malformed")
                && request_id.0.iter().all(|found| id(found.as_ref()))
                && retry_after.0.iter().all(|found| *found == wait)
        }
        Outcome::Unspecified => false,
    };
    (!is_expected).then(|| format!("{outcome:?}"))
}

#[test]
fn real_responses_are_read_as_expected() {
    let responses: Responses = serde_json::from_str(&fixture("envelopes.json")).unwrap();
    let mut count = 0;
    let mut differences = Vec::new();
    for api in &responses.apis {
        let envelope = read_envelope(&api.name);
        for (index, case) in api.cases.iter().enumerate() {
            let headers: Vec<_> = case.headers.clone().into_iter().collect();
            let response = Response { status: Some(case.status), headers: &headers, body: case.body.as_bytes() };
            let outcome = model::read(&envelope, &response, &Target { fields: &[], fits: &|_| true });
            if let Some(difference) = difference(case, &outcome) {
                differences.push((api.name.as_str(), index, difference));
            }
            count += 1;
        }
    }
    let found: Vec<_> = differences.iter().map(|(api, index, _)| (*api, *index)).collect();
    let expected: Vec<_> = DIFFERENCES.iter().map(|(api, index, _)| (*api, *index)).collect();
    assert_eq!(found, expected, "{differences:#?}");
    assert_eq!((responses.apis.len(), count), (21, 129));
}
