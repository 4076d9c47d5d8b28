//! The recipe for tower.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tower::retry::Retry;
use tower::retry::backoff::{ExponentialBackoffMaker, MakeBackoff};
use tower::retry::budget::TpsBudget;
use tower::{ServiceExt, service_fn};

use self::recipe::{Request, ResendPolicy};
use crate::client::send;
use crate::server::{Outcome, Server, run_skipping_waits};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tower.rs"));
}

/// Creates a policy that sends a request at most four times.
fn policy(budget: TpsBudget) -> ResendPolicy {
    ResendPolicy { budget: Arc::new(budget), backoff: ExponentialBackoffMaker::default().make_backoff(), resends: 3 }
}

/// Calls an action of a new server. Returns whether it succeeds, the requests, and the waits.
fn call(policy: ResendPolicy, action: &'static str, idempotent: bool) -> (bool, u32, Duration) {
    let server = Server::new();
    let service = service_fn(|request: Request| {
        let token = if request.renew { "token-1" } else { "token-0" };
        send(server.request(request.action, &json!({"Fault": "InternalError"})).header("X-TC-Token", token))
    });
    let ((succeeded, requests), waits) = run_skipping_waits(async {
        let request = Request { action, idempotent, renew: false };
        let outcome: Outcome = Retry::new(policy, service).oneshot(request).await;
        (outcome.is_ok(), server.count(action).await)
    });
    (succeeded, requests, waits)
}

fn run(action: &'static str, idempotent: bool) -> (bool, u32, Duration) {
    call(policy(TpsBudget::default()), action, idempotent)
}

/// The errors have a wait of 1.5 s and of 2 s.
#[test]
fn throttled_request_waits_as_the_errors_require() {
    assert_eq!(run("Throttled", false), (true, 3, Duration::from_millis(3500)));
}

/// The error has no wait.
#[test]
fn bad_gateway_waits_for_the_backoff() {
    let (succeeded, requests, wait) = run("BadGateway", true);
    assert_eq!((succeeded, requests), (true, 2));
    assert!((50..=100).contains(&wait.as_millis()), "{wait:?}");
}

#[test]
fn internal_error_is_resent_if_idempotent() {
    let (succeeded, requests, _) = run("Buy", true);
    assert_eq!((succeeded, requests), (true, 2));
    assert_eq!(run("Buy", false), (false, 1, Duration::ZERO));
}

#[test]
fn token_is_renewed_once() {
    assert_eq!(run("StaleSignature", false), (true, 2, Duration::ZERO));
    assert_eq!(run("StaleToken", true), (false, 2, Duration::ZERO));
}

#[test]
fn restart_is_left_to_the_caller() {
    assert_eq!(run("Rename", true), (false, 1, Duration::ZERO));
}

#[test]
fn resends_are_limited() {
    let once = ResendPolicy { resends: 1, ..policy(TpsBudget::default()) };
    assert_eq!(call(once, "Overloaded", false), (false, 2, Duration::from_millis(1500)));
}

/// Each success permits one more request, and nothing else does.
#[test]
fn budget_is_shared() {
    let shared = policy(TpsBudget::new(Duration::from_secs(10), 0, 1.0));
    let requests = |action| call(shared.clone(), action, true).1;
    assert_eq!(["Overloaded", "DescribeZones", "Overloaded"].map(requests), [1, 1, 2]);
}
