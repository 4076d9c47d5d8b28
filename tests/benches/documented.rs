//! Times the readers of documented responses whose whole body is the data, and of their failures.

mod rounds;

use std::hint::black_box;

use errtable::ErrorCode;
use fastrand::Rng;
use rounds::{Contender, Measured, measure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const ROUNDS: usize = 101;
const COUNT: usize = 500;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(envelope = "nested", rename_all = "snake_case")]
enum ServiceError {
    CardDeclined,
    InsufficientQuota,
    #[error_code("InternalError")]
    Internal,
}

/// The data of a success.
trait Data: DeserializeOwned {
    fn sum(&self) -> u64;
}

fn sum_of(texts: &[&str]) -> u64 {
    texts.iter().map(|text| text.len() as u64).sum()
}

#[derive(Deserialize)]
struct Refund {
    id: String,
    amount: u64,
    charge: Option<String>,
    created: u64,
    currency: String,
    payment_intent: Option<String>,
    reason: Option<String>,
    status: String,
}

impl Data for Refund {
    fn sum(&self) -> u64 {
        let of = |text: &Option<String>| text.as_deref().map_or(0, |text| text.len() as u64);
        let optional = of(&self.charge) + of(&self.payment_intent) + of(&self.reason);
        optional + self.amount + self.created + sum_of(&[&self.id, &self.currency, &self.status])
    }
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: String,
    company: String,
    location: String,
    created_at: String,
    followers: u64,
    following: u64,
    public_repos: u64,
    plan: Plan,
}

#[derive(Deserialize)]
struct Plan {
    name: String,
    space: u64,
}

impl Data for User {
    fn sum(&self) -> u64 {
        let numbers = self.id + self.followers + self.following + self.public_repos + self.plan.space;
        let texts = [&self.login, &self.name, &self.company, &self.location, &self.created_at, &self.plan.name];
        numbers + sum_of(&texts.map(String::as_str))
    }
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    created_at: u64,
    model: String,
    output: Vec<Output>,
    usage: Usage,
}

#[derive(Deserialize)]
struct Output {
    role: String,
    content: Vec<Content>,
}

#[derive(Deserialize)]
struct Content {
    text: String,
}

#[derive(Deserialize)]
struct Usage {
    total_tokens: u64,
}

impl Data for Answer {
    fn sum(&self) -> u64 {
        let content = |output: &Output| output.content.iter().map(|content| content.text.len() as u64).sum::<u64>();
        let output: u64 = self.output.iter().map(|output| output.role.len() as u64 + content(output)).sum();
        output + self.created_at + self.usage.total_tokens + sum_of(&[&self.id, &self.model])
    }
}

/// The struct of a user who reads failures by hand.
#[derive(Deserialize)]
struct Typed {
    error: Failure,
}

#[derive(Deserialize)]
struct Failure {
    code: String,
    message: String,
}

impl Data for Typed {
    fn sum(&self) -> u64 {
        sum_of(&[&self.error.code, &self.error.message])
    }
}

fn ours<T: Data>(body: &[u8]) -> u64 {
    let success = errtable::from_response::<T, ServiceError>(200, &(), body);
    success.expect("a success").data.sum()
}

fn our_failure<T: Data, const STATUS: u16>(body: &[u8]) -> u64 {
    let result = errtable::from_response::<T, ServiceError>(STATUS, &(), body);
    let error = result.err().expect("a failure");
    let error = error.api().expect("a failure with a code");
    assert!(error.known().is_some());
    sum_of(&[error.code().as_str(), error.message()])
}

fn by_slice<T: Data>(body: &[u8]) -> u64 {
    serde_json::from_slice::<T>(body).expect("valid").sum()
}

fn by_str<T: Data>(body: &[u8]) -> u64 {
    let text = std::str::from_utf8(body).expect("valid");
    serde_json::from_str::<T>(text).expect("valid").sum()
}

/// Inspects the body for `error`, as without a status.
fn by_value<T: Data>(body: &[u8]) -> u64 {
    let mut value: Value = serde_json::from_slice(body).expect("valid");
    match value.get_mut("error").map(Value::take) {
        Some(Value::Object(error)) => {
            sum_of(&[error["code"].as_str().expect("a code"), error["message"].as_str().expect("a message")])
        }
        _ => serde_json::from_value::<T>(value).expect("valid").sum(),
    }
}

/// A name, and a function that reads a body and returns a checksum of its fields.
type Reader = (&'static str, fn(&[u8]) -> u64);

/// Returns the readers of a success or a failure. `T` is the struct of a user who reads it by hand.
fn readers<T: Data>(ours: fn(&[u8]) -> u64) -> [Reader; 4] {
    [
        ("`errtable::from_response`", ours),
        ("typed struct, `from_slice`", by_slice::<T>),
        ("typed struct, `from_utf8` and `from_str`", by_str::<T>),
        ("`Value`", by_value::<T>),
    ]
}

/// Returns the first documented body of an API with a status.
fn body(api: &str, status: u16) -> String {
    let fixture: Value = serde_json::from_str(include_str!("../fixtures/envelopes.json")).expect("valid");
    let apis = fixture["apis"].as_array().expect("a list");
    let api = apis.iter().find(|found| found["name"] == api).expect("an API of the fixture");
    let cases = api["cases"].as_array().expect("a list");
    let case = cases.iter().find(|case| case["status"] == status).expect("a case with the status");
    case["body"].as_str().expect("a text").to_owned()
}

fn main() {
    let successes = [
        ("Stripe, a refund", compare(&body("stripe", 200), readers::<Refund>(ours::<Refund>))),
        ("GitHub, a user", compare(&body("github_rest", 200), readers::<User>(ours::<User>))),
        ("OpenAI, an answer", compare(&body("openai", 200), readers::<Answer>(ours::<Answer>))),
    ];
    rounds::print("documented success", &successes);
    let failures = [
        ("Azure, 500", compare(&body("azure_arm", 500), readers::<Typed>(our_failure::<User, 500>))),
        ("Stripe, 402", compare(&body("stripe", 402), readers::<Typed>(our_failure::<Refund, 402>))),
        ("OpenAI, 429", compare(&body("openai", 429), readers::<Typed>(our_failure::<Answer, 429>))),
    ];
    rounds::print("documented failure", &failures);
}

fn compare(body: &str, readers: [Reader; 4]) -> Vec<Measured> {
    let contenders: Vec<Contender<'_, [String]>> = readers
        .iter()
        .map(|(name, read)| {
            Contender::new(name, |bodies: &[String]| bodies.iter().map(|body| read(black_box(body.as_bytes()))).sum())
        })
        .collect();
    let random = &mut Rng::with_seed(7);
    measure(body, ROUNDS, COUNT, &contenders, random, |_| vec![body.to_owned(); COUNT])
}
