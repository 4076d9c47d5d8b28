//! The readers of response bodies: `errtable`, and the alternatives with plain serde.

use errtable::{CommonError, Error, Success};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Topics {
    total_count: u64,
    topics: Vec<Topic>,
}

impl Topics {
    fn sum(&self) -> u64 {
        self.total_count + self.topics.iter().map(Topic::sum).sum::<u64>()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Topic {
    topic_id: String,
    topic_name: String,
    logset_id: String,
    partition_count: u32,
    index: bool,
    create_time: String,
    period: u32,
    describes: Option<String>,
}

impl Topic {
    fn sum(&self) -> u64 {
        let texts = [&self.topic_id, &self.topic_name, &self.logset_id, &self.create_time];
        let text: usize = texts.iter().map(|text| text.len()).sum();
        let describes = self.describes.as_ref().map_or(0, String::len);
        (text + describes) as u64 + u64::from(self.partition_count + self.period + u32::from(self.index))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Failure {
    code: String,
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outer<R> {
    response: R,
}

/// The floor of a success: a struct without failures.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TypedSuccess {
    total_count: u64,
    topics: Vec<Topic>,
    request_id: String,
}

impl TypedSuccess {
    fn sum(self) -> u64 {
        Topics { total_count: self.total_count, topics: self.topics }.sum() + self.request_id.len() as u64
    }
}

/// The floor of a failure: a struct without successes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TypedFailure {
    error: Failure,
    request_id: String,
}

impl TypedFailure {
    fn sum(self) -> u64 {
        (self.error.code.len() + self.error.message.len() + self.request_id.len()) as u64
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Flat<D> {
    error: Option<Failure>,
    request_id: String,
    #[serde(flatten)]
    data: D,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Untagged {
    Failure {
        #[serde(rename = "Error")]
        error: Failure,
        #[serde(rename = "RequestId")]
        request_id: String,
    },
    Success {
        #[serde(rename = "RequestId")]
        request_id: String,
        #[serde(flatten)]
        data: Topics,
    },
}

/// The first reading of a `RawValue`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Peek {
    error: Option<Failure>,
    request_id: String,
}

fn sum_of(error: Option<Failure>, data: Option<Topics>, request_id: &str) -> u64 {
    let error = error.map_or(0, |error| error.code.len() + error.message.len());
    (error + request_id.len()) as u64 + data.map_or(0, |data| data.sum())
}

fn ours(body: &[u8]) -> u64 {
    sum_of_response(errtable::from_slice(body))
}

fn ours_with_status<const STATUS: u16>(body: &[u8]) -> u64 {
    sum_of_response(errtable::from_response(STATUS, &(), body))
}

fn sum_of_response(result: Result<Success<Topics>, Error<CommonError>>) -> u64 {
    match result {
        Ok(success) => success.data.sum() + success.request_id.map_or(0, |id| id.len()) as u64,
        Err(error) => {
            let error = error.api().expect("the body is a valid envelope");
            (error.code().as_str().len() + error.message().len() + error.request_id().map_or(0, str::len)) as u64
        }
    }
}

/// Reads data only, as after a check of the HTTP status.
fn flat_success(body: &[u8]) -> u64 {
    let Flat::<Topics> { error, request_id, data } = by_slice(body);
    sum_of(error, Some(data), &request_id)
}

fn flat(body: &[u8]) -> u64 {
    let Flat::<Option<Topics>> { error, request_id, data } = by_slice(body);
    sum_of(error, data, &request_id)
}

fn untagged(body: &[u8]) -> u64 {
    match serde_json::from_slice::<Outer<Untagged>>(body).expect("valid").response {
        Untagged::Failure { error, request_id } => sum_of(Some(error), None, &request_id),
        Untagged::Success { request_id, data } => sum_of(None, Some(data), &request_id),
    }
}

fn value(body: &[u8]) -> u64 {
    let mut value: Value = serde_json::from_slice(body).expect("valid");
    let mut response = value["Response"].take();
    let request_id = response["RequestId"].as_str().unwrap_or_default().to_owned();
    let (error, data) = match response.get_mut("Error") {
        Some(error) => (Some(serde_json::from_value(error.take()).expect("valid")), None),
        None => (None, Some(serde_json::from_value(response).expect("valid"))),
    };
    sum_of(error, data, &request_id)
}

fn raw_value(body: &[u8]) -> u64 {
    let outer: Outer<&RawValue> = serde_json::from_slice(body).expect("valid");
    let Peek { error, request_id } = serde_json::from_str(outer.response.get()).expect("valid");
    let data = error.is_none().then(|| serde_json::from_str(outer.response.get()).expect("valid"));
    sum_of(error, data, &request_id)
}

fn by_str<R: for<'de> Deserialize<'de>>(body: &[u8]) -> R {
    let text = std::str::from_utf8(body).expect("valid");
    serde_json::from_str::<Outer<R>>(text).expect("valid").response
}

fn by_slice<R: for<'de> Deserialize<'de>>(body: &[u8]) -> R {
    serde_json::from_slice::<Outer<R>>(body).expect("valid").response
}

/// A name, and a function that reads a body and returns a checksum of its fields.
pub(crate) type Reader = (&'static str, fn(&[u8]) -> u64);

/// Returns `errtable` first, then the floors and the peers.
const fn readers(
    with_status: Reader,
    by_slice: fn(&[u8]) -> u64,
    by_str: fn(&[u8]) -> u64,
    flatten: Reader,
) -> [Reader; 8] {
    [
        ("`errtable::from_slice`", ours),
        with_status,
        ("typed struct, `from_slice`", by_slice),
        ("typed struct, `from_utf8` and `from_str`", by_str),
        flatten,
        ("`untagged`", untagged),
        ("`Value`", value),
        ("`RawValue`, read twice", raw_value),
    ]
}

/// The readers of a success.
pub(crate) const OF_SUCCESS: [Reader; 8] = readers(
    ("`errtable::from_response`", ours_with_status::<200>),
    |body| by_slice::<TypedSuccess>(body).sum(),
    |body| by_str::<TypedSuccess>(body).sum(),
    ("`flatten`", flat_success),
);

/// The readers of a failure.
pub(crate) const OF_FAILURE: [Reader; 8] = readers(
    ("`errtable::from_response`, status 500", ours_with_status::<500>),
    |body| by_slice::<TypedFailure>(body).sum(),
    |body| by_str::<TypedFailure>(body).sum(),
    ("`flatten` and `Option`", flat),
);
