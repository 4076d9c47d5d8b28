//! The recipe for tonic.

use std::time::Duration;

use errtable::{Retries, Retry, Retryable, Step};
use tonic::{Code, ConnectError, Status};

use self::recipe::{CallError, GrpcError};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tonic.rs"));
}

fn pushed_back(time: &str) -> CallError {
    let mut status = Status::unavailable("");
    status.metadata_mut().insert("grpc-retry-pushback-ms", time.parse().unwrap());
    CallError(status)
}

/// The crate has no list of its codes, but an unknown one becomes `Unknown`.
#[test]
fn all_codes_have_a_row() {
    let numbers: Vec<_> =
        (0..i32::MAX).take_while(|number| *number == 2 || Code::from_i32(*number) != Code::Unknown).collect();
    let next = i64::try_from(numbers.len()).unwrap();
    assert_eq!((numbers.len(), GrpcError::from_number(next)), (17, None));
    for number in numbers {
        let error = CallError(Status::new(Code::from_i32(number), ""));
        let known = error.code().known().unwrap();
        assert_eq!(known.number(), i64::from(number));
        // `DeadlineExceeded` and `DEADLINE_EXCEEDED`.
        assert_eq!(known.as_str().replace('_', "").to_lowercase(), format!("{:?}", error.0.code()).to_lowercase());
    }
}

#[test]
fn unavailable_is_retried_if_idempotent() {
    let step = |error, idempotent| Retries::new(2).step(&error, idempotent);
    let unavailable = || CallError(Status::unavailable(""));
    assert!(matches!(step(unavailable(), true), Some(Step::Wait(_))));
    assert_eq!(step(unavailable(), false), None);
    assert!(matches!(step(CallError(Status::aborted("")), false), Some(Step::Restart(_))));
}

#[test]
fn call_without_a_connection_is_retried() {
    let error = CallError(Status::from_error(Box::new(ConnectError("refused".into()))));
    assert_eq!((error.0.code(), error.retry()), (Code::Unavailable, Retry::Throttled));
}

#[test]
fn server_pushes_back() {
    assert_eq!(pushed_back("700").retry_after(), Some(Duration::from_millis(700)));
    assert_eq!(pushed_back("700").retry(), Retry::Transient);
    for rejected in ["-1", "later"] {
        assert_eq!((pushed_back(rejected).retry(), pushed_back(rejected).retry_after()), (Retry::Never, None));
    }
}
