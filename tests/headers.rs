//! The request id, the wait and the code of a response may be in its headers.

use std::time::Duration;

use errtable::{ApiError, CommonError, Error, ErrorCode, Headers, error_table, from_response};
use serde_json::Value;

/// An enum whose envelope reads `x-request-id` and `retry-after`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
#[error_code(envelope = "nested", rename_all = "snake_case")]
enum ShopError {
    #[error_code(retry = "throttled", retry_after_ms = 250)]
    TooFast,
}

#[error_table("fixtures/tables/waits.json")]
enum Waits {}

const FAILURE: &[u8] = br#"{"error": {"code": "too_fast"}}"#;

/// The wait of the table.
const OF_TABLE: Duration = Duration::from_millis(250);

/// Returns the wait of a failure with these headers, or `None` if it is that of the table.
fn wait(headers: &[(&str, &str)]) -> Option<Duration> {
    let error = from_response::<(), ShopError>(429, headers, FAILURE).unwrap_err();
    error.retry_after().filter(|wait| *wait != OF_TABLE)
}

#[test]
fn request_id_of_a_header_is_read() {
    let headers = [("date", "x"), ("X-Request-ID", "id-1"), ("x-request-id", "id-2")];
    let success = from_response::<u8, ShopError>(200, &headers, b"7").unwrap();
    assert_eq!(success.request_id.as_deref(), Some("id-1"));
    for (status, body) in [(400, FAILURE), (400, b"{}"), (400, b"<html>"), (400, b""), (200, b"[]"), (200, b"{")] {
        let error = from_response::<u8, ShopError>(status, &headers, body).unwrap_err();
        assert_eq!(error.request_id(), Some("id-1"), "{}", body.escape_ascii());
    }
    let error = from_response::<u8, ShopError>(400, &[("x-request-id", "")], FAILURE).unwrap_err();
    assert_eq!(error.request_id(), None);
}

#[test]
fn request_id_of_the_body_outranks_that_of_a_header() {
    let headers = [("x-trace", "header")];
    let read = |body: &str| from_response::<(), Waits>(400, &headers, body.as_bytes()).unwrap_err();
    assert_eq!(read(r#"{"fault": "urn:fault:x", "trace": "body"}"#).request_id(), Some("body"));
    assert_eq!(read(r#"{"fault": "urn:fault:x", "trace": 7}"#).request_id(), Some("7"));
    assert_eq!(read(r#"{"fault": "urn:fault:x", "trace": null}"#).request_id(), Some("header"));
    // The other sample decides, and has no id.
    assert_eq!(read(r#"{"code": "x", "trace": "body"}"#).request_id(), Some("header"));
    assert_eq!(read(r#"{"trace": "body"}"#).request_id(), Some("body"));
}

#[test]
fn headers_of_other_envelopes_are_not_read() {
    let headers = [("x-request-id", "id-1"), ("retry-after", "7")];
    let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    let error = from_response::<(), CommonError>(200, &headers, body).unwrap_err();
    assert_eq!((error.request_id(), error.retry_after()), (None, None));
}

#[test]
fn headers_may_be_of_several_types() {
    fn read(headers: &(impl Headers + ?Sized)) -> Option<Duration> {
        from_response::<(), ShopError>(429, headers, FAILURE).unwrap_err().retry_after()
    }

    let owned = vec![("Retry-After".to_owned(), "7".to_owned())];
    let seven = Duration::from_secs(7);
    assert_eq!(read(&owned), Some(seven));
    assert_eq!(read(owned.as_slice()), Some(seven));
    assert_eq!(read(&&owned), Some(seven));
    assert_eq!(read(&[("retry-after", String::from("7"))]), Some(seven));
    assert_eq!(read(&owned as &dyn Headers), Some(seven));
    assert_eq!(read(&()), Some(OF_TABLE));
}

#[test]
fn wait_may_be_seconds_or_a_duration() {
    for (value, millis) in [
        ("0", 0),
        ("7", 7_000),
        ("120", 120_000),
        ("1.5", 1_500),
        ("0.001", 1),
        ("1.5s", 1_500),
        ("3s", 3_000),
        ("0s", 0),
        ("0.000000001s", 0),
    ] {
        let expected = Duration::from_millis(millis) + Duration::from_nanos(u64::from(value == "0.000000001s"));
        assert_eq!(wait(&[("Retry-After", value)]), Some(expected), "{value}");
    }
    for value in ["", "-1", "-1.5s", "soon", "7 seconds", "s", "NaN", "inf", "7ms", "1.5.5", "0x7", "1 2"] {
        assert_eq!(wait(&[("Retry-After", value)]), None, "{value}");
    }
    let longest = Duration::from_secs(u32::MAX.into());
    assert_eq!(wait(&[("Retry-After", "99999999999")]).map(|wait| wait.as_secs()), Some(longest.as_secs()));
}

#[test]
fn wait_may_be_a_date_relative_to_that_of_the_response() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (until, secs) in [
        (date, 0),
        ("Sun, 06 Nov 1994 08:49:38 GMT", 1),
        ("Sun, 06 Nov 1994 09:00:00 GMT", 623),
        ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400),
        ("Mon, 06 Nov 1995 08:49:37 GMT", 365 * 86_400),
        ("Wed, 06 Nov 1996 08:49:37 GMT", (365 + 366) * 86_400),
        ("Sat, 06 Nov 2004 08:49:37 GMT", (10 * 365 + 3) * 86_400),
    ] {
        let headers = [("retry-after", until), ("Date", date)];
        assert_eq!(wait(&headers), Some(Duration::from_secs(secs)), "{until}");
        // Without a date there is no clock.
        assert_eq!(wait(&headers[..1]), None);
    }
    for until in [
        // Past.
        "Sun, 06 Nov 1994 08:49:36 GMT",
        "Sat, 06 Nov 1993 08:49:37 GMT",
        // Not dates.
        "Sun, 06 Nov 1994 09:49:37",
        "Sun, 06 Nov 1994 09:49:37 UTC",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 09:60:37 GMT",
        "Wed, 00 Dec 1994 09:49:37 GMT",
        "Sun, 32 Nov 1994 09:49:37 GMT",
        "Thu, 31 Nov 1994 09:49:37 GMT",
        "Wed, 29 Feb 1995 09:49:37 GMT",
        "xyz, 06 Nov 1994 09:49:37 GMT",
        "Sun, 06 XYZ 1994 09:49:37 GMT",
        "Sun,06 Nov 1994 09:49:37 GMT",
        // Obsolete forms.
        "Sunday, 06-Nov-94 09:49:37 GMT",
        "Sun Nov  6 09:49:37 1994",
    ] {
        assert_eq!(wait(&[("retry-after", until), ("date", date)]), None, "{until}");
    }
    for invalid in ["", "now", "784111777"] {
        assert_eq!(wait(&[("retry-after", "Sun, 06 Nov 1994 09:00:00 GMT"), ("date", invalid)]), None);
    }
}

/// Returns the wait in a body, in milliseconds, or `None` if it is that of the table.
fn wait_in(body: &str, headers: &[(&str, &str)]) -> Option<u128> {
    let error = from_response::<(), Waits>(429, headers, body.as_bytes()).unwrap_err();
    assert!(error.is(Waits::SlowDown), "{body}");
    error.retry_after().filter(|wait| *wait != OF_TABLE).map(|wait| wait.as_millis())
}

#[test]
fn wait_in_the_body_is_read() {
    for (value, millis) in [
        ("7", Some(7_000)),
        ("0", Some(0)),
        ("1.5", Some(1_500)),
        ("1e1", Some(10_000)),
        (r#""7""#, Some(7_000)),
        (r#""1.5""#, Some(1_500)),
        (r#""1.5s""#, Some(1_500)),
        ("-1", None),
        ("-0.5", None),
        (r#""-1s""#, None),
        ("null", None),
        ("true", None),
        (r#""""#, None),
        (r#""soon""#, None),
        ("[7]", None),
        // A date is read only in a header.
        (r#""Sun, 06 Nov 1994 09:00:00 GMT""#, None),
    ] {
        let headers = [("date", "Sun, 06 Nov 1994 08:00:00 GMT")];
        let body = format!(r#"{{"code": "slow_down", "wait": {value}}}"#);
        assert_eq!(wait_in(&body, &headers), millis, "{body}");
        let body = format!(r#"{{"wait": {value}, "code": "slow_down"}}"#);
        assert_eq!(wait_in(&body, &headers), millis, "{body}");
    }
    // A number out of range breaks nothing.
    wait_in(r#"{"code": "slow_down", "wait": 1e999}"#, &[]);
}

#[test]
fn wait_in_milliseconds_is_the_same_value() {
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait_ms": 1500}"#, &[]), Some(1_500));
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait_ms": "1500"}"#, &[]), Some(1_500));
    // The value that is earlier in the sample, in any order of the body.
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait_ms": 1500, "wait": 7}"#, &[]), Some(7_000));
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait_ms": 1500, "wait": null}"#, &[]), Some(1_500));
}

#[test]
fn wait_of_the_body_outranks_that_of_a_header() {
    let headers = [("retry-after", "9"), ("retry-after-ms", "1")];
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait": 7}"#, &headers), Some(7_000));
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait_ms": 5}"#, &headers), Some(5));
    assert_eq!(wait_in(r#"{"code": "slow_down", "wait": "soon"}"#, &headers), Some(9_000));
    // A second choice.
    assert_eq!(wait_in(r#"{"code": "slow_down"}"#, &headers[1..]), Some(1));
    // The sample that decides.
    assert_eq!(wait_in(r#"{"code": "slow_down", "delay": "3s"}"#, &headers), Some(9_000));
    assert_eq!(wait_in(r#"{"fault": "urn:fault:slow_down", "delay": "3s", "wait": 7}"#, &headers), Some(3_000));
}

#[test]
fn text_around_a_value_is_removed_if_it_is_there() {
    for fault in ["urn:fault:slow_down", "slow_down"] {
        for delay in [r#""1.5s""#, r#""1.5""#, "1.5"] {
            let body = format!(r#"{{"fault": "{fault}", "delay": {delay}}}"#);
            assert_eq!(wait_in(&body, &[]), Some(1_500), "{body}");
        }
    }
}

#[test]
fn code_of_a_header_is_a_second_choice() {
    let headers = [("X-Error", "slow_down:https://example.com/")];
    for (status, body) in [(500, "{}"), (500, "<html>"), (500, ""), (404, "{"), (400, r#"{"code": null}"#)] {
        let error = from_response::<(), Waits>(status, &headers, body.as_bytes()).unwrap_err();
        assert!(error.is(Waits::SlowDown), "{status} {body}: {error}");
        assert_eq!(error.status(), Some(status));
    }
    let error = from_response::<(), Waits>(400, &headers, br#"{"code": "x"}"#).unwrap_err();
    assert_eq!(error.code(), Some(&"x".into()));
    let error = from_response::<(), Waits>(500, &[("x-error", "slow_down")], b"").unwrap_err();
    assert!(error.is(Waits::SlowDown), "without the text on its right: {error}");
    // The message of the body, which yields no code.
    let error = from_response::<(), Waits>(400, &headers, br#"{"message": "m"}"#).unwrap_err();
    assert_eq!(error.to_string(), "slow_down: m");
}

#[test]
fn data_outranks_the_code_of_a_header() {
    let headers = [("x-error", "slow_down")];
    assert_eq!(from_response::<u8, Waits>(200, &headers, b"7").unwrap().data, 7);
    assert_eq!(from_response::<Value, Waits>(204, &headers, b"").unwrap().data, Value::Null);
}

#[test]
fn wait_of_a_header_is_kept_without_a_code() {
    for body in ["{}", "[]", "5"] {
        let headers = [("retry-after", "7"), ("x-request-id", "id-1")];
        let error = from_response::<(), ShopError>(503, &headers, body.as_bytes()).unwrap_err();
        let failure = ApiError::new("", "").with_status(503).with_request_id("id-1");
        assert_eq!(error, Error::Api(failure.with_retry_after(Duration::from_secs(7))), "{body}");
    }
}

#[test]
fn wait_of_a_header_is_kept_by_a_malformed_body() {
    for body in ["<html>", "", "{"] {
        let error = from_response::<(), ShopError>(503, &[("retry-after", "7")], body.as_bytes()).unwrap_err();
        assert_eq!((error.api(), error.retry_after()), (None, Some(Duration::from_secs(7))), "{body}");
    }
}
