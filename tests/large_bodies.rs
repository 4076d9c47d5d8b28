//! Reading a large body takes memory and allocations in proportion to what the data keeps.

use allocation_counter::{AllocationInfo, measure};
use errtable::{Enveloped, ErrorCode, error_table, from_response};
use serde::Deserialize;
use serde::de::IgnoredAny;

use large::{KINDS, Kind};

mod large;

/// The size of a body that is read quickly without optimisation.
const SIZE: usize = 1 << 19;

/// What may be allocated beyond the data: buffers, and the error.
const SLACK: u64 = 32 << 10;

/// Reads a body of a kind, and checks the outcome. Returns what was allocated.
fn measure_kind(kind: &Kind, body: &[u8]) -> AllocationInfo {
    let mut result = None;
    let info = measure(|| result = Some((kind.read)(body)));
    kind.check(&result.unwrap());
    info
}

/// Returns how many bytes the data of a sound body takes.
fn kept_bytes(kind: &Kind, body: &[u8]) -> u64 {
    let mut data = None;
    let info = measure(|| data = Some((kind.read)(body)));
    info.bytes_current.try_into().unwrap()
}

#[test]
fn peak_is_what_the_data_keeps() {
    for kind in KINDS {
        let kept = kept_bytes(kind, &(kind.sound)(SIZE));
        let peak = measure_kind(kind, &(kind.body)(SIZE)).bytes_max;
        assert!(peak <= kept + kept / 10 + SLACK, "{}: {peak} bytes, {kept} kept", kind.name);
    }
}

#[test]
fn allocated_bytes_are_proportional_to_the_body() {
    for kind in KINDS {
        let total = |size| measure_kind(kind, &(kind.body)(size)).bytes_total;
        let (small, large) = (total(SIZE / 4), total(SIZE));
        assert!(large <= 5 * small + SLACK, "{}: {small} and {large} bytes", kind.name);
    }
}

#[error_table("fixtures/tables/slack.json")]
enum Slack {}

#[error_table("fixtures/tables/json-rpc.json")]
enum JsonRpc {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
#[error_code(envelope = "google", rename_all = "SCREAMING_SNAKE_CASE")]
enum Google {
    QuotaFull,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it does not fit the rows")]
struct Numbers {
    rows: Vec<u64>,
}

/// Reads a body, and checks the start of the error, or that there is none. Data is not kept.
fn check_other<T: for<'de> Deserialize<'de>, C: Enveloped>(status: u16, body: &str, message: &str) {
    let mut result = None;
    let info = measure(|| result = Some(from_response::<T, C>(status, &(), body.as_bytes()).map(drop)));
    let text = result.unwrap().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(text.starts_with(message) && text.is_empty() == message.is_empty(), "{text:.200}");
    assert!(info.bytes_max <= SLACK, "{} bytes for {message:?}: {body:.80}", info.bytes_max);
}

#[test]
fn other_envelopes_take_little_memory() {
    let list = |element: &str| format!("[{}]", vec![element; SIZE / (element.len() + 1)].join(","));
    let rows = list(r#"{"ok": true, "error": "no", "id": [1]}"#);

    let body = format!(r#"{{"rows": {rows}, "ok": true}}"#);
    check_other::<(), Slack>(200, &body, "");
    check_other::<Numbers, Slack>(200, &body, "invalid data at rows[0]");
    let body = format!(r#"{{"rows": {rows}, "ok": false, "error": "ratelimited"}}"#);
    check_other::<(), Slack>(200, &body, "ratelimited");
    check_other::<Numbers, Slack>(200, &body, "ratelimited");
    check_other::<(), Slack>(200, &format!(r#"{{"error": "x", "ok": {rows}}}"#), "x");

    let body = format!(r#"{{"result": {rows}, "id": {rows}, "jsonrpc": "2.0"}}"#);
    check_other::<IgnoredAny, JsonRpc>(200, &body, "");
    check_other::<u8, JsonRpc>(200, &body, "invalid data at result");
    let body = format!(r#"{{"result": {rows}, "jsonrpc": "2.0", "error": {{"data": {rows}, "code": -32601}}}}"#);
    check_other::<IgnoredAny, JsonRpc>(200, &body, "MethodNotFound (-32601)");
    check_other::<u8, JsonRpc>(200, &body, "MethodNotFound (-32601)");

    let info = r#"{"reason": "QUOTA_FULL", "@type": "type.googleapis.com/google.rpc.ErrorInfo"}"#;
    for other in [r#"{"@type": "other", "reason": "no"}"#, r#"{"reason": "no"}"#, "[[]]", "1", "{}"] {
        let details = list(other);
        let details = details.strip_suffix("]").unwrap();
        let body = format!(r#"{{"error": {{"details": {details}, {info}], "message": "m", "status": "X"}}}}"#);
        check_other::<(), Google>(400, &body, "QUOTA_FULL: m");
        check_other::<u8, Google>(200, &body, "invalid data");
    }
    let body = format!(r#"{{"error": {{"details": {}}}}}"#, list(info));
    check_other::<(), Google>(400, &body, "QUOTA_FULL");
}
