//! The recipes of the guide against the example server: outcomes, requests and waits.

mod anyhow;
mod backon;
mod dependencies;
mod reqwest;
mod server;
mod server_and_client;
#[path = "../examples/server/service.rs"]
mod service;
mod tokio_retry2;
mod tower;
mod tracing;
mod ureq;

use std::time::Duration;

/// The recipe for reqwest, which another recipe uses.
#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod client {
    include!(concat!(env!("OUT_DIR"), "/reqwest.rs"));
}

/// Asserts the outcome and the number of requests, and that each wait is the one that the service
/// asks for, and a backoff of at most 100 ms, which doubles.
fn assert_waits((succeeded, requests, waited): (bool, u32, Duration), expected: (bool, u32), asked: Duration) {
    let backoff = Duration::from_millis(100) * (2_u32.pow(requests - 1) - 1);
    assert_eq!((succeeded, requests), expected);
    assert!((asked..=asked + backoff).contains(&waited), "{waited:?}");
}
