//! `Body` reads the envelopes of other services, and keeps the id, the field and the status.

mod foreign;

use std::convert::Infallible;
use std::fmt::Debug;
use std::time::Duration;

use errtable::{Body, Error, ErrorCode, Malformed, MalformedKind, Retry, Success, from_response_as};
use foreign::{aws_json, flat, google, kubernetes, numeric, problem, read};
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
struct Orders {
    orders: Vec<Order>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    id: u32,
}

/// Returns the error of a malformed body.
fn malformed<T: Debug, C: ErrorCode>(result: Result<T, Error<C>>) -> Malformed {
    match result {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("expected a malformed body, found {other:?}"),
    }
}

/// Checks the results that do not depend on the envelope. `F` is the body of a failure.
fn check_common<F: for<'de> Body<'de, Data = Infallible, Code = C>, C: ErrorCode>() {
    let success = read::<Orders, F>(200, br#"{"orders": [{"id": 7}]}"#).unwrap();
    assert_eq!(success, Success::new(Orders { orders: vec![Order { id: 7 }] }));
    assert_eq!(success.or_request_id("header").request_id.as_deref(), Some("header"));

    let page = malformed(read::<Orders, F>(502, b"<html><title>502 Bad Gateway</title>"));
    assert_eq!((page.kind(), page.status(), page.retry()), (MalformedKind::Syntax, Some(502), Retry::Transient));

    let misfit = malformed(read::<Orders, F>(200, br#"{"orders": [{"id": 7}, {"id": "8"}]}"#));
    assert_eq!((misfit.kind(), misfit.path()), (MalformedKind::Data, Some("orders[1].id")));
    assert_eq!((misfit.request_id(), misfit.retry()), (None, Retry::Never));
    assert_eq!(misfit.or_request_id("header").request_id(), Some("header"));

    let other = malformed(read::<Orders, F>(404, br#"{"other": 1}"#));
    assert_eq!((other.kind(), other.path()), (MalformedKind::Envelope, None));
    assert!(other.to_string().ends_with("; the body starts with `{\"other\": 1}` (status 404)"), "{other}");
}

/// Reads a failure. Returns its text and its retry class.
fn fail<F: for<'de> Body<'de, Data = Infallible>>(status: u16, body: &str) -> (String, Retry) {
    match read::<Orders, F>(status, body.as_bytes()) {
        Err(Error::Api(error)) => {
            assert_eq!(error.status(), Some(status));
            (error.to_string(), error.retry())
        }
        other => panic!("expected a failure, found {other:?}"),
    }
}

/// Reads a failure with a field that does not fit. Returns its path and its request id.
fn misfit<F: for<'de> Body<'de, Data = Infallible>>(body: &str) -> (String, Option<String>) {
    let malformed = malformed(read::<Orders, F>(503, body.as_bytes()));
    assert_eq!((malformed.kind(), malformed.retry()), (MalformedKind::Data, Retry::Transient));
    (malformed.path().unwrap().to_owned(), malformed.request_id().map(String::from))
}

#[test]
fn flat_failure_is_read() {
    use flat::Failure;
    check_common::<Failure, _>();
    let body = r#"{"error_code": "too_many_orders", "detail": "slow down", "request_id": "a1"}"#;
    assert_eq!(fail::<Failure>(429, body), ("too_many_orders: slow down (request id a1)".into(), Retry::Throttled));
    assert_eq!(fail::<Failure>(400, r#"{"error_code": "new"}"#), ("new".into(), Retry::Never));
    let body = r#"{"error_code": "quota_full", "detail": {"a": 1}, "request_id": "a1"}"#;
    assert_eq!(misfit::<Failure>(body), ("detail".into(), Some("a1".into())));
}

#[test]
fn problem_is_read() {
    use problem::Problem;
    check_common::<Problem, _>();
    let body = r#"{"type": "https://shop.example/errors/too-many-orders", "status": 429, "traceId": "a1"}"#;
    assert_eq!(fail::<Problem>(429, body), ("too-many-orders (request id a1)".into(), Retry::Throttled));
    assert_eq!(fail::<Problem>(404, r#"{"type": "about:blank"}"#), ("about:blank".into(), Retry::Never));
    assert_eq!(misfit::<Problem>(r#"{"type": 5, "traceId": "a1"}"#), ("type".into(), Some("a1".into())));
}

#[test]
fn aws_json_failure_is_read() {
    use aws_json::Failure;
    check_common::<Failure, _>();
    let body = r#"{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "Message": "slow down"}"#;
    assert_eq!(fail::<Failure>(400, body), ("ThrottlingException: slow down".into(), Retry::Throttled));
    assert_eq!(fail::<Failure>(400, r#"{"__type": "New"}"#), ("New".into(), Retry::Never));
    assert_eq!(misfit::<Failure>(r#"{"__type": null}"#), ("__type".into(), None));
    // The body is not the id, although its path is empty.
    assert_eq!(malformed(read::<Orders, Failure>(503, br#""words""#)).request_id(), None);
}

#[test]
fn google_failure_is_read() {
    use google::Failure;
    check_common::<Failure, _>();
    let body = r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "slow down", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "domain": "d"},
        {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "a1"}]}}"#;
    assert_eq!(fail::<Failure>(429, body), ("RATE_LIMIT_EXCEEDED: slow down (request id a1)".into(), Retry::Throttled));
    let body = r#"{"error": {"code": 503, "status": "UNAVAILABLE"}}"#;
    assert_eq!(fail::<Failure>(503, body), ("UNAVAILABLE".into(), Retry::Transient));
    let body = r#"{"error": {"status": "UNAVAILABLE", "details": [{"reason": 5}, {"requestId": "a1"}]}}"#;
    assert_eq!(misfit::<Failure>(body), ("error.details[0].reason".into(), Some("a1".into())));
}

#[test]
fn kubernetes_status_is_read() {
    use kubernetes::Status;
    check_common::<Status, _>();
    let body = br#"{"kind": "Status", "status": "Failure", "message": "slow down", "reason": "TooManyRequests",
        "details": {"retryAfterSeconds": 3}, "code": 429}"#;
    let error = read::<Orders, Status>(429, body).unwrap_err();
    assert_eq!((error.retry(), error.retry_after()), (Retry::Throttled, Some(Duration::from_secs(3))));
    assert_eq!(error.or_request_id("header").to_string(), "TooManyRequests: slow down (request id header)");
    // Without a wait, that of the table applies.
    let error = read::<Orders, Status>(429, br#"{"reason": "TooManyRequests"}"#).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_millis(100)));
    let body = r#"{"reason": "NotFound", "details": {"retryAfterSeconds": "3"}}"#;
    assert_eq!(misfit::<Status>(body), ("details.retryAfterSeconds".into(), None));
}

#[test]
fn numeric_code_is_read() {
    use numeric::{Reply, ShopError};
    let read = |status, body: &'static str| from_response_as::<Reply<Orders>>(status, body.as_bytes());
    let success = read(200, r#"{"code": 0, "data": {"orders": []}, "trace": "a1"}"#).unwrap();
    assert_eq!(success, Success::new(Orders { orders: vec![] }).with_request_id("a1"));

    let body = r#"{"code": 4029, "msg": "slow down", "data": null, "trace": "a1"}"#;
    let error = read(200, body).unwrap_err();
    assert_eq!(error.code().unwrap().known(), Some(ShopError::TooManyOrders));
    assert_eq!((error.to_string(), error.retry()), ("4029: slow down (request id a1)".into(), Retry::Throttled));
    assert_eq!(read(404, r#"{"code": 4004}"#).unwrap_err().to_string(), "4004");

    let misfit = malformed(read(200, r#"{"code": 0, "data": {"orders": [{"id": "7"}]}, "trace": "a1"}"#));
    assert_eq!((misfit.path(), misfit.request_id()), (Some("data.orders[0].id"), Some("a1")));
    let page = malformed(read(502, "<html>"));
    assert_eq!((page.kind(), page.retry()), (MalformedKind::Syntax, Retry::Transient));
}
