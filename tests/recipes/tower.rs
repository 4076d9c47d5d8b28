//! The recipe for tower.

use std::cell::{RefCell, RefMut};
use std::time::Duration;

use errtable::Retries;
use serde_json::json;
use tower::ServiceExt;
use tower::retry::budget::TpsBudget;

use self::recipe::{Request, RetryPolicy, service};
use crate::client::send;
use crate::retrying::assert_waits;
use crate::server::{Outcome, Server, run_skipping_waits};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tower.rs"));
}

/// Calls an action of a new server. Returns whether it succeeds, the requests, and the waits.
fn call(policy: RetryPolicy, action: &'static str, idempotent: bool) -> (bool, u32, Duration) {
    let server = Server::new();
    let service = service(policy, |request: Request| {
        let token = if request.renew { "token-1" } else { "token-0" };
        send(server.request(request.action, &json!({"Fault": "InternalError"})).header("X-TC-Token", token))
    });
    let ((succeeded, requests), waits) = run_skipping_waits(async {
        let request = Request { action, idempotent, renew: false };
        let outcome: Outcome = service.oneshot(request).await;
        (outcome.is_ok(), server.count(action).await)
    });
    (succeeded, requests, waits)
}

fn run(action: &'static str, idempotent: bool) -> (bool, u32, Duration) {
    call(RetryPolicy::new(Retries::new(4)), action, idempotent)
}

retry_tests!(run);

#[test]
fn token_is_renewed_once() {
    assert_eq!(run("StaleSignature", false), (true, 2, Duration::ZERO));
    assert_eq!(run("StaleToken", true), (false, 2, Duration::ZERO));
}

/// Calls one action for each attempt. Returns whether each attempt renews the token.
fn renewals(actions: [&str; 4]) -> Vec<bool> {
    let server = Server::new();
    let renewals = RefCell::default();
    let service = service(RetryPolicy::new(Retries::new(4)), |request: Request| {
        let mut renewals: RefMut<'_, Vec<_>> = renewals.borrow_mut();
        renewals.push(request.renew);
        send(server.request(actions[renewals.len() - 1], &json!({})))
    });
    run_skipping_waits(async {
        let request = Request { action: "", idempotent: true, renew: false };
        let outcome: Outcome = service.oneshot(request).await;
        outcome.unwrap();
    });
    renewals.into_inner()
}

#[test]
fn attempts_after_the_renewal_do_not_renew() {
    let actions = ["StaleToken", "Throttled", "Throttled", "Throttled"];
    assert_eq!(renewals(actions), [false, true, false, false]);
}

#[test]
fn restart_is_left_to_the_caller() {
    assert_eq!(run("Rename", true), (false, 1, Duration::ZERO));
}

#[test]
fn attempts_are_limited() {
    let policy = RetryPolicy::new(Retries::new(2));
    assert_waits(call(policy, "Overloaded", false), (false, 2), Duration::from_millis(1500));
}

/// Each success permits one more request, and nothing else does.
#[test]
fn budget_is_shared() {
    let budget = TpsBudget::new(Duration::from_secs(10), 0, 1.0);
    let shared = RetryPolicy { budget: budget.into(), retries: Retries::new(4) };
    let requests = |action| call(shared.clone(), action, true).1;
    assert_eq!(["Overloaded", "DescribeZones", "Overloaded"].map(requests), [1, 1, 2]);
}
