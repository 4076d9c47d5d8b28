//! The recipe for reqwest.

use std::cell::Cell;
use std::time::Duration;

use errtable::{Retry, Retryable};
use reqwest::Client;
use serde_json::{Value, json};

use crate::client::{ClientError, call};
use crate::retrying::assert_waits;
use crate::server::{CloudError, FAILURE_ID, Outcome, PlainError, Server, break_after, run, run_skipping_waits};

fn send(action: &str) -> Outcome {
    run(Server::new().send(action, &json!({})))
}

#[test]
fn success_has_the_request_id_of_the_body_or_header() {
    for (action, request_id) in [("DescribeZones", "b5b41468"), ("DescribeNothing", "gateway-1")] {
        assert_eq!(send(action).unwrap().request_id.as_deref(), Some(request_id));
    }
}

#[test]
fn failure_has_code_status_and_request_id() {
    let Err(ClientError::Service(error)) = send("DryRun") else { panic!("expected a failure") };
    assert_eq!(error.code(), Some(&"DryRunOperation".into()));
    assert_eq!((error.status(), error.request_id()), (Some(200), Some(FAILURE_ID)));
}

/// The header requires 1 s, then 2 s. Without a header, the table requires 1.5 s.
#[test]
fn wait_of_the_header_replaces_that_of_the_table() {
    let server = Server::new();
    for (action, millis) in [("Throttled", 1000), ("Throttled", 2000), ("Overloaded", 1500)] {
        let error = run(server.send(action, &json!({}))).unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_millis(millis)));
    }
}

#[test]
fn malformed_body_has_the_request_id_of_the_header() {
    let error = send("BadGateway").unwrap_err();
    assert_eq!(error.retry(), Retry::Transient);
    let ClientError::Service(error) = error else { panic!("expected a malformed body") };
    assert_eq!((error.status(), error.request_id()), (Some(502), Some("gateway-1")));
}

#[test]
fn broken_connection_leaves_status_headers_and_start_of_the_body() {
    let url = break_after(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 999\r\n\r\n\
         {\"Response\": {\"RequestId\": \"b5b41468\", \"TotalCount\": 1",
    );
    let request = Client::builder().no_proxy().build().unwrap().get(url);
    let error = run(crate::client::send::<(), CloudError>(request)).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    let ClientError::Service(error) = error else { panic!("expected a malformed body, found {error:?}") };
    assert_eq!((error.status(), error.request_id()), (Some(429), Some("b5b41468")));
}

/// The `12` that arrives may be the start of `1234`.
#[test]
fn truncated_body_is_not_a_success() {
    let url = break_after("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n12");
    let request = Client::builder().no_proxy().build().unwrap().get(url);
    let error = run(crate::client::send::<u32, PlainError>(request)).unwrap_err();
    assert!(matches!(&error, ClientError::Transport(_)));
    assert_eq!(error.retry(), Retry::Transient);
}

/// Nothing was sent, so this is safe for any request.
#[test]
fn refused_connection_can_be_retried() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let request = Client::builder().no_proxy().build().unwrap().get(format!("http://{address}"));
    let error = run(crate::client::send::<(), CloudError>(request)).unwrap_err();
    assert_eq!(error.retry(), Retry::Throttled);
}

#[test]
fn timeout_is_transient() {
    let request = Server::new().request("Slow", &json!({})).timeout(Duration::from_millis(300));
    let error = run(crate::client::send::<(), CloudError>(request)).unwrap_err();
    assert!(matches!(&error, ClientError::Transport(error) if error.is_timeout()));
    assert_eq!(error.retry(), Retry::Transient);
}

#[test]
fn invalid_request_is_not_retried() {
    let request = Client::new().get("no-scheme");
    let error = run(crate::client::send::<(), CloudError>(request)).unwrap_err();
    assert_eq!(error.retry(), Retry::Never);
}

/// Calls an action of a new server. Returns whether it succeeds, the requests, and the waits.
fn retry(action: &str, idempotent: bool) -> (bool, u32, Duration) {
    let (server, token) = (Server::new(), Cell::new("token-0"));
    let ((succeeded, requests), waits) = run_skipping_waits(async {
        let params = json!({"Fault": "InternalError"});
        let sign = |params: &Value| server.request(action, params).header("X-TC-Token", token.get());
        let renew = || async {
            token.set("token-1");
            Ok(())
        };
        let outcome: Outcome = call(idempotent, || async { Ok(params.clone()) }, sign, renew).await;
        (outcome.is_ok(), server.count(action).await)
    });
    (succeeded, requests, waits)
}

/// The headers require 1 s, then 2 s.
#[test]
fn throttled_request_waits_as_the_errors_require() {
    assert_waits(retry("Throttled", false), (true, 3), Duration::from_secs(3));
}

#[test]
fn internal_error_is_retried_if_idempotent() {
    let (succeeded, requests, wait) = retry("Buy", true);
    assert_eq!((succeeded, requests), (true, 2));
    assert!(wait.as_millis() <= 101, "{wait:?}");
    assert_eq!(retry("Buy", false), (false, 1, Duration::ZERO));
}

#[test]
fn token_is_renewed_once() {
    assert_eq!(retry("StaleSignature", false), (true, 2, Duration::ZERO));
    assert_eq!(retry("StaleToken", true), (false, 2, Duration::ZERO));
}

/// The second build reads the version again.
#[test]
fn restart_builds_a_new_request() {
    let (server, builds) = (Server::new(), Cell::new(0));
    let build = || async {
        builds.set(builds.get() + 1);
        Ok(json!({"Version": builds.get() - 1}))
    };
    let sign = |params: &Value| server.request("Rename", params);
    let (outcome, _): (Outcome, _) = run_skipping_waits(call(false, build, sign, || async { Ok(()) }));
    assert_eq!((outcome.is_ok(), builds.get()), (true, 2));
}

#[test]
fn call_can_be_spawned() {
    fn is_send<T: Send>(_: &T) {}
    let server = Server::new();
    let sign = |params: &Value| server.request("DescribeZones", params);
    is_send(&call::<_, (), CloudError, _, _>(true, || async { Ok(json!({})) }, sign, || async { Ok(()) }));
}
