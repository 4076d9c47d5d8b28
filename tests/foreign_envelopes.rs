//! Tables describe the envelopes of other services, and no code is written for them.

use std::fmt::Debug;
use std::time::Duration;

use errtable::{Enveloped, Error, Malformed, MalformedKind, Retry, Success, error_table, from_response};
use serde::Deserialize;

/// A flat object: `{"error_code": "quota_full", "detail": "…", "request_id": "…"}`.
#[error_table("foreign/flat.json")]
pub enum Flat {}

/// Problem details (RFC 9457): `{"type": "https://shop.example/errors/quota-full", "detail": "…"}`.
#[error_table("foreign/problem.json")]
pub enum Problem {}

/// AWS JSON: `{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "…"}`.
#[error_table("foreign/aws-json.json")]
pub enum Dynamo {}

/// Google APIs: `{"error": {"status": "…", "message": "…", "details": [{"reason": "…"}]}}`.
#[error_table("foreign/google.json")]
pub enum Storage {}

/// A Kubernetes `Status`: `{"reason": "…", "message": "…", "details": {"retryAfterSeconds": 1}}`.
#[error_table("foreign/kubernetes.json")]
pub enum Kube {}

/// A numeric code: `{"code": 0, "data": {…}, "trace": "…"}`, or `{"code": 4004, "msg": "…"}`.
#[error_table("foreign/numeric.json")]
pub enum Numeric {}

#[derive(Debug, Deserialize, PartialEq)]
struct Orders {
    orders: Vec<Order>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    id: u32,
}

fn read<C: Enveloped>(status: u16, body: &str) -> Result<Success<Orders>, Error<C>> {
    from_response(status, &(), body.as_bytes())
}

/// Reads a body that must be malformed.
fn malformed<C: Enveloped>(status: u16, body: &str) -> Malformed {
    match read::<C>(status, body) {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("expected a malformed body, found {other:?}"),
    }
}

/// Reads a failure with the header of a request id. Returns its text and its retry class.
fn fail<C: Enveloped>(status: u16, body: &str) -> (String, Retry) {
    let ids = ["X-Request-Id", "X-Amzn-RequestId", "Audit-Id"].map(|name| (name, "header"));
    match from_response::<Orders, C>(status, &ids, body.as_bytes()) {
        Err(Error::Api(error)) => {
            assert_eq!((error.status(), error.body()), (Some(status), body.as_bytes()));
            (error.to_string(), error.retry())
        }
        other => panic!("expected a failure, found {other:?}"),
    }
}

/// Checks what holds for each envelope whose data is the whole body of a success.
fn check_common<C: Enveloped>() {
    let success = read::<C>(200, r#"{"orders": [{"id": 7}]}"#).unwrap();
    assert_eq!((success.data.orders, success.request_id), (vec![Order { id: 7 }], None));
    assert_eq!(success.status, Some(200));

    let page = malformed::<C>(502, "<html><title>502 Bad Gateway</title>");
    assert_eq!((page.kind(), page.status(), page.retry()), (MalformedKind::Syntax, Some(502), Retry::Transient));

    let misfit = malformed::<C>(200, r#"{"orders": [{"id": 7}, {"id": "8"}]}"#);
    assert_eq!((misfit.kind(), misfit.path()), (MalformedKind::Data, Some("orders[1].id")));
    assert_eq!((misfit.request_id(), misfit.retry()), (None, Retry::Never));

    // A status other than 2xx is a failure, whatever the body contains.
    assert_eq!(fail::<C>(503, r#"{"orders": [{"id": 7}]}"#).1, Retry::Transient);
    assert_eq!(fail::<C>(404, "[]").1, Retry::Never);
    assert_eq!(read::<C>(404, r#"{"other": 1}"#).unwrap_err().to_string(), "status 404");
}

#[test]
fn flat_failure_is_read() {
    check_common::<Flat>();
    let body = r#"{"error_code": "too_many_orders", "detail": "slow down", "request_id": "a1"}"#;
    assert_eq!(fail::<Flat>(429, body), ("too_many_orders: slow down (request id a1)".into(), Retry::Throttled));
    let body = r#"{"error_code": "new"}"#;
    assert_eq!(fail::<Flat>(400, body), ("new (request id header)".into(), Retry::Never));
    // A member of another type is ignored, and the others are kept.
    let body = r#"{"error_code": "quota_full", "detail": {"a": 1}, "request_id": "a1"}"#;
    assert_eq!(fail::<Flat>(400, body), ("quota_full (request id a1)".into(), Retry::Never));
}

#[test]
fn problem_is_read() {
    check_common::<Problem>();
    let body = r#"{"type": "https://shop.example/errors/too-many-orders", "status": 429, "traceId": "a1"}"#;
    assert_eq!(fail::<Problem>(429, body), ("too-many-orders (request id a1)".into(), Retry::Throttled));
    assert_eq!(fail::<Problem>(404, r#"{"type": "about:blank"}"#), ("about:blank".into(), Retry::Never));
    let body = r#"{"type": true, "traceId": "a1"}"#;
    assert_eq!(fail::<Problem>(503, body), ("status 503 (request id a1)".into(), Retry::Transient));
}

#[test]
fn aws_json_failure_is_read() {
    check_common::<Dynamo>();
    let body = r#"{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "Message": "slow down"}"#;
    let text = "ThrottlingException: slow down (request id header)";
    assert_eq!(fail::<Dynamo>(400, body), (text.into(), Retry::Throttled));
    let body = r#"{"__type": "New:http://internal.amazon.com/"}"#;
    assert_eq!(fail::<Dynamo>(400, body), ("New (request id header)".into(), Retry::Never));
    assert_eq!(fail::<Dynamo>(503, r#"{"__type": null}"#).0, "status 503 (request id header)");
    // The code may be in a header only, even if the body is not JSON.
    let headers = [("x-amzn-ErrorType", "ThrottlingException:"), ("x-amzn-RequestId", "a1")];
    for body in ["{}", "", "<html>"] {
        let error = from_response::<Orders, Dynamo>(400, &headers, body.as_bytes()).unwrap_err();
        assert_eq!((error.is(Dynamo::Throttling), error.request_id()), (true, Some("a1")), "{body}");
    }
}

#[test]
fn google_failure_is_read() {
    check_common::<Storage>();
    let body = r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "slow down", "details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"},
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "domain": "d"},
        {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "a1"}]}}"#;
    let text = "RATE_LIMIT_EXCEEDED: slow down (request id a1)";
    assert_eq!(fail::<Storage>(429, body), (text.into(), Retry::Throttled));
    assert_eq!(read::<Storage>(429, body).unwrap_err().retry_after(), Some(Duration::from_millis(1500)));
    let body = r#"{"error": {"code": 503, "status": "UNAVAILABLE"}}"#;
    assert_eq!(fail::<Storage>(503, body), ("UNAVAILABLE".into(), Retry::Transient));
    let body = r#"{"error": {"status": "UNAVAILABLE", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": []},
        {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "a1"}]}}"#;
    assert_eq!(fail::<Storage>(503, body), ("UNAVAILABLE (request id a1)".into(), Retry::Transient));
}

#[test]
fn kubernetes_status_is_read() {
    check_common::<Kube>();
    let body = r#"{"kind": "Status", "status": "Failure", "message": "slow down", "reason": "TooManyRequests",
        "details": {"retryAfterSeconds": 3}, "code": 429}"#;
    let text = "TooManyRequests: slow down (request id header)";
    assert_eq!(fail::<Kube>(429, body), (text.into(), Retry::Throttled));
    let wait = |body, headers: &[_]| {
        from_response::<Orders, Kube>(429, headers, str::as_bytes(body)).unwrap_err().retry_after().unwrap()
    };
    let header = [("Retry-After", "5")];
    assert_eq!(wait(body, &header), Duration::from_secs(3));
    // Without a wait in the body, that of the header applies, then that of the table.
    let body = r#"{"reason": "TooManyRequests", "details": {"retryAfterSeconds": null}}"#;
    assert_eq!(wait(body, &header), Duration::from_secs(5));
    assert_eq!(wait(body, &[]), Duration::from_millis(100));
    let body = r#"{"reason": "TooManyRequests", "details": {"retryAfterSeconds": "3"}}"#;
    assert_eq!(wait(body, &[]), Duration::from_secs(3));
}

/// What a service adds to a failure is read as a type of the caller.
#[test]
fn details_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Details<'a> {
        #[serde(borrow)]
        details: Pod<'a>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Pod<'a> {
        name: &'a str,
    }

    let body = r#"{"reason": "NotFound", "details": {"name": "web-1", "kind": "pods"}}"#;
    let Err(Error::Api(error)) = read::<Kube>(404, body) else { panic!() };
    assert_eq!(error.details::<Details>().unwrap(), Details { details: Pod { name: "web-1" } });
    assert!(error.details::<Orders>().is_err());
}

#[test]
fn numeric_code_is_read() {
    let success = read::<Numeric>(200, r#"{"code": 0, "data": {"orders": []}, "trace": "a1"}"#).unwrap();
    assert_eq!((success.data, success.request_id.as_deref()), (Orders { orders: vec![] }, Some("a1")));

    let body = r#"{"code": 4029, "msg": "slow down", "data": null, "trace": "a1"}"#;
    assert!(read::<Numeric>(200, body).unwrap_err().is(Numeric::TooManyOrders));
    assert_eq!(fail::<Numeric>(200, body), ("4029: slow down (request id a1)".into(), Retry::Throttled));
    assert_eq!(fail::<Numeric>(404, r#"{"code": 4004}"#).0, "4004");

    let misfit = malformed::<Numeric>(200, r#"{"code": 0, "data": {"orders": [{"id": "7"}]}, "trace": "a1"}"#);
    assert_eq!((misfit.path(), misfit.request_id()), (Some("data.orders[0].id"), Some("a1")));
    let page = malformed::<Numeric>(502, "<html>");
    assert_eq!((page.kind(), page.retry()), (MalformedKind::Syntax, Retry::Transient));
}
