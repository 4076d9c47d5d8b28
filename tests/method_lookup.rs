//! A method call on a code, a reference or a generic code calls the method of `ErrorCode`.
//!
//! On a reference, Rust prefers the `&self` methods of every trait in scope to a `self` method:
//! `code.description()` calls `Error::description(&self)` if `code` is a `&C`.

#![allow(unused_imports, reason = "the traits are in scope to compete with `ErrorCode`")]

mod tables;

use std::any::Any;
use std::borrow::{Borrow, ToOwned};
use std::error::Error;
use std::hash::Hash;

use errtable::{Enveloped, ErrorCode, Fault, Retry, RetryAction, Retryable};
use serde::{Deserialize, Serialize};
use tables::StorageError;

const CODE: StorageError = StorageError::InternalErrorDisk;
const MEANING: &str = "存储节点的磁盘发生故障。";

/// Calls each method that takes a code.
macro_rules! check {
    ($code:ident) => {
        assert_eq!($code.as_str(), "InternalError.Disk");
        assert_eq!($code.meaning(), MEANING);
        assert_eq!(($code.retry(), $code.fault(), $code.retry_after()), (Retry::Transient, Fault::Server, None));
        assert_eq!(($code.family(), $code.table()), ("InternalError", "storage"));
        assert_eq!(($code.retry_action(true), $code.retry_action(false)), (RetryAction::Wait, RetryAction::GiveUp));
        assert_eq!(
            ($code.is_retryable(), $code.retry_action(true), $code.retry_action(false)),
            (true, RetryAction::Wait, RetryAction::GiveUp)
        );
    };
}

#[test]
fn methods_of_a_value_and_a_reference_agree() {
    let (value, reference, twice) = (CODE, &CODE, &&CODE);
    check!(value);
    check!(reference);
    check!(twice);
}

#[test]
fn methods_of_a_generic_value_and_reference_agree() {
    fn check<C: ErrorCode>(value: C, reference: &C) {
        let twice = &reference;
        check!(value);
        check!(reference);
        check!(twice);
    }
    check(CODE, &CODE);
}

#[test]
fn meaning_is_the_description_in_closures() {
    fn meanings<C: ErrorCode>() -> Vec<&'static str> {
        C::ALL.iter().map(|code| code.meaning()).collect()
    }
    let concrete: Vec<_> = StorageError::ALL.iter().map(|code| code.meaning()).collect();
    assert_eq!(concrete, meanings::<StorageError>());
    assert!(concrete.contains(&MEANING) && concrete.contains(&""));
}

#[test]
#[expect(deprecated, reason = "the method of `Error` is correct, too")]
fn description_is_the_meaning() {
    fn descriptions<C: ErrorCode>(value: C, reference: &C) -> [String; 2] {
        [value.description(), reference.description()].map(str::to_owned)
    }
    let reference = &CODE;
    assert_eq!([CODE.description(), reference.description()], [MEANING; 2]);
    assert_eq!(descriptions(CODE, &CODE), [MEANING; 2]);
    let error: &dyn Error = &CODE;
    assert_eq!(error.description(), MEANING);
    assert_eq!(StorageError::UnsupportedOperationDot.description(), "", "not the text of `std`");
}

#[test]
fn methods_of_the_enum_are_not_hidden() {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    #[error_code(envelope = "nested")]
    enum Own {
        #[error_code("A")]
        A,
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a method of a trait that takes `self` would go before it")]
    impl Own {
        fn http_status(&self) -> Option<u16> {
            (*self == Self::A).then_some(404)
        }

        fn column(&self, name: &str) -> bool {
            *self == Self::A && name == "team"
        }
    }

    assert_eq!((Own::A.http_status(), Own::A.column("team")), (Some(404), true));
}
