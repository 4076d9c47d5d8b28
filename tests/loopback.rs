//! The example client and the example server over loopback: outcomes, waits and requests.

#[path = "examples/client/sdk.rs"]
mod sdk;
#[path = "examples/server/service.rs"]
mod service;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::rc::Rc;
use std::time::Duration;

use errtable::{MalformedKind, error_table};
use sdk::{Client, ClientError, Request};
use serde::Deserialize;
use serde_json::{Value, json};

#[error_table("spec/cloud.json")]
enum CloudError {}

type Result<T> = std::result::Result<T, ClientError<CloudError>>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Total {
    total_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versioned {
    version: u32,
}

/// A client of a new server. It records waits instead of sleeping.
struct Session {
    client: Client,
    waits: Rc<RefCell<Vec<Duration>>>,
}

impl Session {
    fn new(timeout: Duration) -> Self {
        let waits = Rc::<RefCell<Vec<_>>>::default();
        let recorded = Rc::clone(&waits);
        let sleep = move |wait| recorded.borrow_mut().push(wait);
        Self { client: Client::new(service::start(0).unwrap(), timeout, sleep), waits }
    }

    fn call<T: serde::de::DeserializeOwned>(&self, idempotent: bool, action: &'static str, params: Value) -> Result<T> {
        let request = Request { action, params };
        self.client.call(idempotent, || Ok(request.clone())).map(|success| success.data)
    }

    /// Returns how many requests of each action the server has received.
    fn counts(&self) -> BTreeMap<String, u32> {
        let mut counts: BTreeMap<String, u32> = self.call(true, "DescribeCounts", json!({})).unwrap();
        counts.remove("DescribeCounts");
        counts
    }

    fn waits(&self) -> Vec<u128> {
        self.waits.borrow().iter().map(Duration::as_millis).collect()
    }
}

/// Calls an action of a new server. Returns the outcome, the number of requests and the waits.
fn call(idempotent: bool, action: &'static str) -> (std::result::Result<(), String>, u32, Vec<u128>) {
    let session = Session::new(Duration::from_secs(30));
    let outcome = session.call(idempotent, action, json!({})).map_err(|error| error.source().unwrap().to_string());
    (outcome, session.counts()[action], session.waits())
}

#[test]
fn success_takes_one_request() {
    assert_eq!(call(false, "DescribeZones"), (Ok(()), 1, vec![]));
}

/// The header requires 1 s, then 2 s, which replaces the 1.5 s of the table. A backoff is added.
#[test]
fn throttled_request_waits_as_the_header_requires() {
    let (outcome, requests, waits) = call(false, "Throttled");
    assert_eq!((outcome, requests), (Ok(()), 3));
    assert!(matches!(waits[..], [1000..=1100, 2000..=2200]), "{waits:?}");
}

#[test]
fn wait_of_the_table_applies_without_a_header() {
    let (outcome, requests, waits) = call(false, "Overloaded");
    assert!(outcome.unwrap_err().starts_with("RequestLimitExceeded: "));
    assert_eq!(requests, 4);
    assert!(matches!(waits[..], [1500..=1600, 1500..=1700, 1500..=1900]), "{waits:?}");
}

#[test]
fn stale_signature_is_renewed_once() {
    assert_eq!(call(false, "StaleSignature"), (Ok(()), 2, vec![]));
}

#[test]
fn token_that_stays_stale_takes_two_requests() {
    let (outcome, requests, waits) = call(true, "StaleToken");
    assert!(outcome.unwrap_err().starts_with("AuthFailure.TokenFailure: "));
    assert_eq!((requests, waits), (2, vec![]));
}

#[test]
fn restart_builds_a_new_request() {
    let session = Session::new(Duration::from_secs(30));
    let rename = || {
        let current: Versioned = session.call(true, "DescribeVersion", json!({}))?;
        Ok(Request { action: "Rename", params: json!({"Version": current.version}) })
    };
    session.client.call::<(), _>(false, rename).unwrap();
    assert_eq!(session.counts(), BTreeMap::from([("DescribeVersion".into(), 2), ("Rename".into(), 2)]));
    assert!(matches!(session.waits()[..], [..=100]));
}

#[test]
fn dry_run_takes_one_request() {
    let (outcome, requests, _) = call(true, "DryRun");
    assert!(outcome.unwrap_err().starts_with("DryRunOperation: "));
    assert_eq!(requests, 1);
}

#[test]
fn bad_gateway_is_retried_if_idempotent() {
    let (outcome, requests, waits) = call(true, "BadGateway");
    assert_eq!((outcome, requests), (Ok(()), 2));
    assert!(matches!(waits[..], [..=100]), "{waits:?}");
    let (outcome, requests, _) = call(false, "BadGateway");
    assert!(outcome.unwrap_err().contains("gateway-1"), "the request id is that of the header");
    assert_eq!(requests, 1);
}

#[test]
fn truncated_body_is_retried_if_idempotent() {
    for (idempotent, requests) in [(true, 2), (false, 1)] {
        assert_eq!(call(idempotent, "Truncated").1, requests);
    }
}

#[test]
fn problem_with_status_200_is_not_a_success() {
    let session = Session::new(Duration::from_secs(30));
    match session.call::<()>(true, "Problem", json!({})) {
        Err(ClientError::Service(errtable::Error::Malformed(malformed))) => {
            assert_eq!((malformed.kind(), malformed.status()), (MalformedKind::Envelope, Some(200)));
        }
        other => panic!("expected a malformed body, found {other:?}"),
    }
    assert_eq!(session.counts()["Problem"], 1);
}

#[test]
fn timeout_is_retried_if_idempotent() {
    for (idempotent, requests) in [(true, 2), (false, 1)] {
        let session = Session::new(Duration::from_millis(500));
        let outcome: Result<()> = session.call(idempotent, "Slow", json!({}));
        assert_eq!(outcome.is_ok(), idempotent);
        assert_eq!(session.counts()["Slow"], requests);
    }
}

/// Buys from a service that does the work, then responds with a failure. Returns whether the client
/// reports success, the number of requests, and the number of purchases.
fn buy(idempotent: bool, params: Value) -> (bool, u32, u32) {
    let session = Session::new(Duration::from_secs(30));
    let outcome: Result<()> = session.call(idempotent, "Buy", params);
    let purchases: Total = session.call(true, "DescribePurchases", json!({})).unwrap();
    (outcome.is_ok(), session.counts()["Buy"], purchases.total_count)
}

#[test]
fn nothing_is_bought_twice() {
    for fault in ["InternalError", "BadGateway"] {
        assert_eq!(buy(false, json!({"Fault": fault})), (false, 1, 1), "{fault}");
        assert_eq!(buy(true, json!({"Fault": fault, "ClientToken": "4f1c"})), (true, 2, 1), "{fault}");
        // The service itself does not prevent a second purchase.
        assert_eq!(buy(true, json!({"Fault": fault})), (true, 2, 2), "{fault}");
    }
}
