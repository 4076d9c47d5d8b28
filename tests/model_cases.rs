//! The independent reading of envelopes reports what careful readers of real responses report.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use errtable::{Enveloped, Error, error_table, from_response};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use model::check::{Found, check};
use model::generate::{self, Generated, Source};
use model::json::{self, Json};
use model::rules::{self, render};
use model::sample::Envelope;
use model::{OneOf, Outcome, Reason, Response, Target};

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
    ("discord", 5, "a success: 202 asks to try again later, but no constant distinguishes it from data"),
    ("aws_json_1_0_dynamodb", 3, "the code of the body: a value of the body goes before one of a header"),
    ("json_rpc_geth", 3, "a failure without a code: a batch is not an answer"),
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

/// Returns a code or an id as text, where "" means that there is not one.
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
    };
    (!is_expected).then(|| format!("{outcome:?}"))
}

/// Declares an enum for each table, and reads responses by the table of an API.
macro_rules! tables {
    ($($api:ident: $path:literal,)*) => {
        $(
            #[error_table($path)]
            enum $api {}
        )*

        fn read_by_table(api: &str, response: &Response<'_>) -> Outcome {
            match api {
                $(stringify!($api) => read_by::<$api>(response),)*
                _ => panic!("no table of {api}"),
            }
        }
    };
}

tables! {
    aws_json_1_0_dynamodb: "fixtures/envelopes/aws_json_1_0_dynamodb.json",
    azure_arm: "fixtures/envelopes/azure_arm.json",
    cloudflare: "fixtures/envelopes/cloudflare.json",
    discord: "fixtures/envelopes/discord.json",
    docker_registry: "fixtures/envelopes/docker_registry.json",
    github_rest: "fixtures/envelopes/github_rest.json",
    google_aip193: "fixtures/envelopes/google_aip193.json",
    graphql_github: "fixtures/envelopes/graphql_github.json",
    huawei_cloud: "fixtures/envelopes/huawei_cloud.json",
    json_rpc_geth: "fixtures/envelopes/json_rpc_geth.json",
    kubernetes_status: "fixtures/envelopes/kubernetes_status.json",
    matrix: "fixtures/envelopes/matrix.json",
    oauth2_rfc6749: "fixtures/envelopes/oauth2_rfc6749.json",
    openai: "fixtures/envelopes/openai.json",
    problem_json_acme: "fixtures/envelopes/problem_json_acme.json",
    slack: "fixtures/envelopes/slack.json",
    stripe: "fixtures/envelopes/stripe.json",
    telegram: "fixtures/envelopes/telegram.json",
    tencent_cloud_v2: "fixtures/envelopes/tencent_cloud_v2.json",
    tencent_cloud_v3: "fixtures/envelopes/tencent_cloud_v3.json",
    wechat: "fixtures/envelopes/wechat.json",
}

/// Reads a response with the library.
fn read_by<C: Enveloped>(response: &Response<'_>) -> Outcome {
    let status = response.status.unwrap();
    match from_response::<Value, C>(status, response.headers, response.body) {
        Ok(success) => {
            Outcome::Success { data: success.data.to_string(), request_id: success.request_id.map(String::from) }
        }
        Err(Error::Api(error)) => Outcome::Failure {
            code: error.code().as_str().to_owned(),
            message: error.message().to_owned(),
            request_id: OneOf(vec![error.request_id().map(String::from)]),
            retry_after: OneOf(vec![error.retry_after()]),
        },
        Err(Error::Malformed(error)) => Outcome::Malformed {
            reason: Reason::NotJson,
            request_id: OneOf(vec![error.request_id().map(String::from)]),
            retry_after: OneOf(vec![error.retry_after()]),
        },
    }
}

#[test]
fn real_responses_are_read_as_expected() {
    let read = |api: &str, response: &Response<'_>| {
        model::read(&read_envelope(api), response, &Target { fields: &[], fits: &|_| true })
    };
    check_real_responses(read);
    check_real_responses(read_by_table);
}

/// Checks all real responses. Those of `DIFFERENCES` must differ from what is expected.
fn check_real_responses(read: impl Fn(&str, &Response<'_>) -> Outcome) {
    let responses: Responses = serde_json::from_str(&fixture("envelopes.json")).unwrap();
    let mut count = 0;
    let mut differences = Vec::new();
    for api in &responses.apis {
        for (index, case) in api.cases.iter().enumerate() {
            let headers: Vec<_> = case.headers.clone().into_iter().collect();
            let response = Response { status: Some(case.status), headers: &headers, body: case.body.as_bytes() };
            if let Some(difference) = difference(case, &read(&api.name, &response)) {
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

/// Generates an envelope and a response.
fn generate(seed: u64) -> (String, Generated) {
    let mut source = Source::seeded(seed);
    let envelope = generate::envelope(&mut source);
    let response = generate::response(&mut source, &Envelope::read(&envelope));
    (envelope, response)
}

/// Reads as data any JSON that a value can hold.
fn read_generated(envelope: &str, response: &Generated) -> Outcome {
    let fits = |data: &str| serde_json::from_str::<Value>(data).is_ok();
    model::read(&Envelope::read(envelope), &response.response(), &Target { fields: &["a"], fits: &fits })
}

#[test]
fn rules_are_read_as_stated() {
    let mut differences = Vec::new();
    for (envelope, status, headers, body, expected) in rules::CASES {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let status = (*status != 0).then_some(*status);
        let response = Response { status, headers: &headers, body: body.as_bytes() };
        let target = Target { fields: &[], fits: &|data| !data.contains("misfit") };
        let outcome = render(&model::read(&Envelope::read(envelope), &response, &target));
        if outcome != *expected {
            differences.push(format!("{response:?} {body}: expected `{expected}`, read `{outcome}`"));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn data_receive_the_request_id_if_they_declare_it() {
    let envelope = Envelope::read(
        r#"{"success": {"R": {"E": null, "Id": "{request_id}", "o": {"x": null}, "...": "{data}"}},
            "failure": {"R": {"E": "{code}"}}}"#,
    );
    let body = br#"{"R":{"E":0,"\u0049d":"r","o":{},"a":1,"a":2}}"#;
    let response = Response { status: Some(200), headers: &[], body };
    for (fields, expected) in [(&[][..], r#"{"a":1,"a":2}"#), (&["Id"], r#"{"\u0049d":"r","a":1,"a":2}"#)] {
        let outcome = model::read(&envelope, &response, &Target { fields, fits: &|_| true });
        let request_id = Some("r".to_owned());
        assert_eq!(outcome, Outcome::Success { data: expected.to_owned(), request_id });
    }
}

#[test]
fn empty_body_that_data_reject_counts_as_empty() {
    let envelope = Envelope::read(r#""nested""#);
    let response = Response { status: Some(204), headers: &[], body: b"" };
    let outcome = model::read(&envelope, &response, &Target { fields: &[], fits: &|data| data != "null" });
    assert!(matches!(outcome, Outcome::Malformed { reason: Reason::Empty, .. }), "{outcome:?}");
}

#[test]
fn every_outcome_is_generated() {
    let mut counts = BTreeMap::<String, u32>::new();
    for seed in 0..20_000 {
        let (envelope, response) = generate(seed);
        let kind = match read_generated(&envelope, &response) {
            Outcome::Success { data, .. } => format!("success {}", if data == "null" { "null" } else { "data" }),
            Outcome::Failure { code, message, .. } => {
                format!("failure {} {}", !code.is_empty(), !message.is_empty())
            }
            Outcome::Malformed { reason, .. } => format!("{reason:?}"),
        };
        *counts.entry(kind).or_default() += 1;
    }
    assert_eq!(counts.len(), 12, "{counts:#?}");
    assert!(counts.values().all(|count| *count >= 5), "{counts:#?}");
}

/// Writes JSON with the members of each object in the reverse order.
fn reverse(json: &Json<'_>) -> String {
    match &json.value {
        json::Value::Object(members) => {
            let members: Vec<_> =
                members.iter().rev().map(|member| format!("{}: {}", member.raw_key, reverse(&member.value))).collect();
            format!("{{{}}}", members.join(" , "))
        }
        json::Value::List(elements) => format!("[ {} ]", elements.iter().map(reverse).collect::<Vec<_>>().join(",")),
        _ => json.raw.to_owned(),
    }
}

#[test]
fn order_of_members_does_not_matter() {
    let sort = |outcome| match outcome {
        Outcome::Success { request_id, .. } => format!("data {request_id:?}"),
        outcome => render(&outcome),
    };
    for seed in 0..20_000 {
        let (envelope, mut response) = generate(seed);
        let outcome = read_generated(&envelope, &response);
        let is_duplicate = matches!(outcome, Outcome::Malformed { reason: Reason::Duplicate, .. });
        let body = str::from_utf8(&response.body).ok().and_then(Json::read).filter(|_| !is_duplicate);
        let Some(body) = body.map(|body| reverse(&body)) else { continue };
        response.body = body.into_bytes();
        assert_eq!(sort(read_generated(&envelope, &response)), sort(outcome), "{envelope} {response:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn choices_are_made_from_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut source = Source::new(&bytes);
        let envelope = generate::envelope(&mut source);
        let response = generate::response(&mut source, &Envelope::read(&envelope));
        // The reading agrees with itself.
        let outcome = read_generated(&envelope, &response);
        let found = match &outcome {
            Outcome::Success { data, request_id } => Found::Success {
                data: serde_json::from_str(data).unwrap(),
                request_id: request_id.clone(),
            },
            Outcome::Failure { code, message, request_id, retry_after } => Found::Failure {
                code: code.clone(),
                message: message.clone(),
                request_id: request_id.0[0].clone(),
                retry_after: retry_after.0[0],
            },
            Outcome::Malformed { request_id, retry_after, .. } => Found::Malformed {
                request_id: request_id.0[0].clone(),
                retry_after: retry_after.0[0],
            },
        };
        check::<Value>(&Envelope::read(&envelope), &response.response(), &["a"], &found);
    }
}
