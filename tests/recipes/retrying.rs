//! What the recipes for retry crates have in common.

use std::time::Duration;

/// Asserts the outcome and the number of requests, and that each wait is the one that the service
/// asks for, and a backoff of at most 100 ms, which doubles.
pub(crate) fn assert_waits(
    (succeeded, requests, waited): (bool, u32, Duration),
    expected: (bool, u32),
    asked: Duration,
) {
    let backoff = Duration::from_millis(100) * (2_u32.pow(requests - 1) - 1);
    assert_eq!((succeeded, requests), expected);
    assert!((asked..=asked + backoff).contains(&waited), "{waited:?}");
}

/// Defines the tests of every recipe. `run` calls an action of a new server, and returns whether it
/// succeeds, the requests, and the waits.
macro_rules! retry_tests {
    ($run:ident) => {
        /// The headers require 1 s, then 2 s.
        #[test]
        fn throttled_request_waits_as_the_errors_require() {
            crate::retrying::assert_waits($run("Throttled", false), (true, 3), std::time::Duration::from_secs(3));
        }

        /// The error has no wait.
        #[test]
        fn bad_gateway_waits_for_the_backoff() {
            let (succeeded, requests, wait) = $run("BadGateway", true);
            assert_eq!((succeeded, requests), (true, 2));
            assert!(wait.as_millis() <= 101, "{wait:?}");
        }

        #[test]
        fn internal_error_is_retried_if_idempotent() {
            let (succeeded, requests, _) = $run("Buy", true);
            assert_eq!((succeeded, requests), (true, 2));
            assert_eq!($run("Buy", false), (false, 1, std::time::Duration::ZERO));
        }
    };
}

/// Defines the tests of a recipe that calls a closure for each attempt, and cannot renew a token.
macro_rules! closure_tests {
    ($call:ident) => {
        /// Calls an action of a new server. Returns whether it succeeds, the requests, and the
        /// waits.
        fn run(action: &str, idempotent: bool) -> (bool, u32, std::time::Duration) {
            let server = crate::server::Server::new();
            let params = serde_json::json!({"Fault": "InternalError"});
            let ((succeeded, requests), waits) = crate::server::run_skipping_waits(async {
                let outcome = $call(idempotent, || server.send(action, &params)).await;
                (outcome.is_ok(), server.count(action).await)
            });
            (succeeded, requests, waits)
        }

        retry_tests!(run);

        #[test]
        fn stale_token_is_not_retried() {
            assert_eq!(run("StaleToken", true), (false, 1, std::time::Duration::ZERO));
        }

        /// The service would succeed later. Its errors have a wait of 1.5 s.
        #[test]
        fn attempts_are_limited() {
            crate::retrying::assert_waits(run("Overloaded", false), (false, 5), std::time::Duration::from_secs(6));
        }
    };
}
