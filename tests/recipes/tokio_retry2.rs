//! The recipe for tokio-retry2.

use std::time::Duration;

use tokio_retry2::strategy::FixedInterval;
use tokio_retry2::{Retry, RetryError};

use self::recipe::call;
use crate::server::{Server, run_skipping_waits};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tokio-retry2.rs"));
}

closure_tests!(call);

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
