//! Reading a body allocates only what the result keeps.

use std::cell::Cell;

use allocation_counter::{AllocationInfo, measure};
use errtable::{CommonError, Error, from_response, from_slice};
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};

/// Data that borrows from the body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "the test does not read the fields")]
struct Borrowed<'a> {
    total_count: u64,
    #[serde(default)]
    name: &'a str,
}

/// Returns how often reading a body allocates, and how many bytes.
fn count_allocations(body: &str) -> (u64, u64) {
    let mut result: Option<Result<_, Error<CommonError>>> = None;
    let info = measure(|| result = Some(from_slice::<Borrowed<'_>, _>(body.as_bytes())));
    // Dropped after the count.
    drop(result);
    (info.count_total, info.bytes_total)
}

#[test]
fn borrowed_success_allocates_only_request_id() {
    assert_eq!(count_allocations(r#"{"Response":{"TotalCount":1,"Name":"orders"}}"#), (0, 0));
    assert_eq!(count_allocations(r#"{"Response":{"TotalCount":1,"Name":"orders","RequestId":"12345678"}}"#), (1, 8));
    assert_eq!(count_allocations(r#"{"Response":{"RequestId":"12345678","TotalCount":1,"Name":"orders"}}"#), (1, 8));
}

#[test]
fn failure_allocates_only_its_texts_and_the_body() {
    let known = r#"{"Response":{"Error":{"Code":"InternalError","Message":"1234"},"RequestId":"12345678"}}"#;
    assert_eq!(count_allocations(known), (3, 12 + known.len() as u64));
    let known_but_last = r#"{"Response":{"RequestId":"12345678","Error":{"Message":"1234","Code":"InternalError"}}}"#;
    assert_eq!(count_allocations(known_but_last), (3, 12 + known_but_last.len() as u64));
    let unknown = known.replace("InternalError", "Brand.New");
    assert_eq!(count_allocations(&unknown), (4, 21 + unknown.len() as u64));
}

#[test]
fn long_body_is_not_kept() {
    let body = |len| format!(r#"{{"Response":{{"Error":{{"Code":"InternalError"}}}}}}{}"#, " ".repeat(len));
    let len = 65_536 - body(0).len();
    assert_eq!(count_allocations(&body(len)), (1, 65_536));
    assert_eq!(count_allocations(&body(len + 1)), (0, 0));
}

#[test]
fn keys_before_error_allocate_nothing() {
    let before =
        r#"{"Response":{"TotalCount":1,"Error":{"Code":"InternalError","Message":"1234"},"RequestId":"12345678"}}"#;
    assert_eq!(count_allocations(before), (3, 12 + before.len() as u64), "the data is complete");
    let missing = before.replace("TotalCount", "Name").replace(":1", r#":"a""#);
    let expected = (3, 12 + missing.len() as u64);
    assert_eq!(count_allocations(&missing), expected, "the `missing field` error of the data is never created");
}

/// Reads a malformed body, and returns the error and what was allocated.
fn measure_malformed<T: for<'de> Deserialize<'de>>(body: &str) -> (Error<CommonError>, AllocationInfo) {
    let mut error = None;
    let info = measure(|| error = from_slice::<T, CommonError>(body.as_bytes()).err());
    (error.expect("the body is malformed"), info)
}

#[test]
fn escaped_key_is_parsed_once() {
    let key = format!("\\\\{}", "k".repeat(1000));
    let body = format!(r#"{{"{key}": {{{}}}}}"#, vec![r#""a":1"#; 1000].join(","));
    let (_, info) = measure_malformed::<()>(&body);
    assert!(info.bytes_total < 10 * body.len() as u64, "{info:?}");
}

#[test]
fn open_bracket_takes_few_bytes() {
    for open in ["[", r#"{"":"#] {
        let body = open.repeat(1_000_000);
        let (_, info) = measure_malformed::<()>(&body);
        assert!(info.bytes_max < 4 * body.len() as u64, "{open}: {info:?}");
    }
}

#[test]
fn long_message_is_not_kept() {
    let body = format!(r#"{{"Response": {{"TotalCount": "{}"}}}}"#, "é".repeat(1_000_000));
    let (error, info) = measure_malformed::<Count>(&body);
    assert!(info.bytes_current < 2048, "{info:?}");
    // The message of `serde_json`, which grows to twice its size, and that of a second pass.
    assert!(info.bytes_max < 5 * body.len() as u64, "{info:?}");
    assert!(format!("{error:?}").len() < 3072);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "the test does not read the fields")]
struct Count {
    total_count: u64,
}

thread_local! {
    static PASSES: Cell<u32> = const { Cell::new(0) };
}

/// Ignores a value, and fails.
#[derive(Debug)]
struct Failing;

impl<'de> Deserialize<'de> for Failing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PASSES.set(PASSES.get() + 1);
        IgnoredAny::deserialize(deserializer)?;
        Err(D::Error::custom("never valid"))
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is never valid")]
struct Wrapper {
    #[serde(rename = "A")]
    a: Failing,
}

#[test]
fn field_is_located_in_few_passes() {
    for (value, space) in [("[".repeat(100_000) + &"]".repeat(100_000), 0), ("1".to_owned(), 100_000)] {
        let body = format!(r#"{{"Response": {{"A": {value}{}}}}}"#, " ".repeat(space));
        PASSES.set(0);
        let error = from_slice::<Wrapper, CommonError>(body.as_bytes()).unwrap_err();
        let Error::Malformed(malformed) = error else { panic!("`Failing` is never valid") };
        assert_eq!(malformed.path(), Some("Response.A"));
        assert_eq!(malformed.column(), r#"{"Response": {"A": "#.len() + value.len());
        assert!(PASSES.get() <= 12, "{}", PASSES.get());
    }
}

/// Ignores a value, and counts how often it is read.
#[derive(Debug)]
struct Counting;

impl<'de> Deserialize<'de> for Counting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PASSES.set(PASSES.get() + 1);
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

#[test]
fn data_is_read_once() {
    let count = |status, body: &str| {
        PASSES.set(0);
        let result = from_response::<Counting, CommonError>(status, &(), body.as_bytes());
        (result.map(drop).map_err(|error| error.api().is_some()), PASSES.get())
    };
    let success = r#"{"Response":{"A":1,"RequestId":"id"},"RequestId":"id"}"#;
    let error_last = r#"{"Response":{"A":1,"Error":{"Code":"X"}}}"#;
    let error_first = r#"{"Response":{"Error":{"Code":"X"},"A":1}}"#;
    assert_eq!(count(200, success), (Ok(()), 1));
    for failure in [error_first, error_last] {
        let (result, passes) = count(200, failure);
        assert!(result == Err(true) && passes <= 1, "{passes} passes: {failure}");
    }
    for body in [success, error_first, error_last] {
        assert_eq!(count(503, body), (Err(true), 0), "the status is that of a failure");
    }
    assert_eq!(count(200, &success[..success.len() - 1]).0, Err(false));
}
