//! The recipe for tokio-retry2.

use std::time::Duration;

use serde_json::json;
use tokio_retry2::strategy::FixedInterval;
use tokio_retry2::{Retry, RetryError};

use self::recipe::call;
use crate::assert_waits;
use crate::server::{Server, run_skipping_waits};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tokio-retry2.rs"));
}

/// Calls an action of a new server. Returns whether it succeeds, the requests, and the waits.
fn run(action: &str, idempotent: bool) -> (bool, u32, Duration) {
    let server = Server::new();
    let params = json!({"Fault": "InternalError"});
    let ((succeeded, requests), waits) = run_skipping_waits(async {
        let outcome = call(idempotent, || server.send(action, &params)).await;
        (outcome.is_ok(), server.count(action).await)
    });
    (succeeded, requests, waits)
}

/// The headers require 1 s, then 2 s.
#[test]
fn throttled_request_waits_as_the_errors_require() {
    assert_waits(run("Throttled", false), (true, 3), Duration::from_secs(3));
}

/// The error has no wait.
#[test]
fn bad_gateway_waits_for_the_backoff() {
    let (succeeded, requests, wait) = run("BadGateway", true);
    assert_eq!((succeeded, requests), (true, 2));
    assert!(wait.as_millis() <= 101, "{wait:?}");
}

#[test]
fn internal_error_is_retried_if_idempotent() {
    let (succeeded, requests, _) = run("Buy", true);
    assert_eq!((succeeded, requests), (true, 2));
    assert_eq!(run("Buy", false), (false, 1, Duration::ZERO));
}

#[test]
fn stale_token_is_not_retried() {
    assert_eq!(run("StaleToken", true), (false, 1, Duration::ZERO));
}

/// The service would succeed later. Its errors have a wait of 1.5 s.
#[test]
fn attempts_are_limited() {
    assert_waits(run("Overloaded", false), (false, 5), Duration::from_secs(6));
}

#[test]
fn call_can_be_spawned() {
    fn is_send<T: Send>(_: &T) {}
    let server = Server::new();
    is_send(&call(true, || server.send("DescribeZones", &serde_json::Value::Null)));
}

/// If this fails, tokio-retry2 respects the wait of the error, and the recipe can be shorter.
#[test]
fn retry_after_is_not_the_wait_of_tokio_retry2() {
    let mut attempts = 0;
    let ((), waits) = run_skipping_waits(async {
        let attempt = || {
            attempts += 1;
            std::future::ready(match attempts {
                1 => Err(RetryError::retry_after((), Duration::from_secs(7))),
                _ => Ok(()),
            })
        };
        Retry::spawn(FixedInterval::from_millis(100), attempt).await.unwrap();
    });
    assert_eq!(waits, Duration::from_millis(100));
}
