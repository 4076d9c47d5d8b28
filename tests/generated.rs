//! Items, traits and size of a generated enum.

mod tables;

use std::collections::HashSet;
use std::time::Duration;

use errtable::{Code, CommonError, ErrorCode, Fault, Retry, RetryAction, error_table};
use tables::{BaseError, EmptyError, StorageError};

const KNOWN: Option<CommonError> = CommonError::from_code("InternalError");
const UNKNOWN: Option<CommonError> = CommonError::from_code("internalerror");
const ALIAS: Option<StorageError> = StorageError::from_code("503 Slow Down");
const CODE: &str = CommonError::InternalError.as_str();
const DESCRIPTION: &str = CommonError::InternalError.meaning();
const RETRY: Retry = CommonError::InternalError.retry();
const FAULT: Fault = CommonError::InternalError.fault();
const WAIT: Option<Duration> = StorageError::RequestLimitExceededUpload.retry_after();
const RETRYABLE: bool = CommonError::InternalError.is_retryable();
const RETRY_ACTION: RetryAction = CommonError::InternalError.retry_action(true);
const FAMILY: &str = CommonError::AuthFailureTokenFailure.family();
const TABLE: &str = CommonError::InternalError.table();

#[test]
fn methods_are_const() {
    assert_eq!(KNOWN, Some(CommonError::InternalError));
    assert_eq!(UNKNOWN, None, "the match is exact");
    assert_eq!(ALIAS, Some(StorageError::RequestLimitExceededUpload));
    assert_eq!((CODE, DESCRIPTION), ("InternalError", "Internal error."));
    assert_eq!((RETRY, FAULT, RETRY_ACTION), (Retry::Transient, Fault::Server, RetryAction::Wait));
    assert_eq!(WAIT, Some(Duration::from_millis(1500)));
    const { assert!(RETRYABLE) };
    assert_eq!((FAMILY, TABLE), ("AuthFailure", "common"));
}

#[test]
fn name_and_order_match_the_table() {
    assert_eq!((CommonError::NAME, StorageError::NAME, EmptyError::NAME), ("common", "storage", "empty"));
    assert_eq!(CommonError::ALL.len(), 26);
    assert_eq!(CommonError::ALL[0], CommonError::AuthFailureInvalidSecretId);
    assert!(CommonError::ALL.is_sorted(), "`Ord` is table order");
    assert_eq!(
        BaseError::ALL,
        [BaseError::ResourceNotFound, BaseError::UnsupportedOperation, BaseError::DryRunOperation]
    );
}

/// Checks the trait as generic code uses it.
fn check_trait<C: ErrorCode>() {
    for code in C::ALL.iter().copied() {
        assert_eq!(C::from_code(code.as_str()), Some(code));
        assert_eq!(C::nearest(code.as_str()), Some(code));
        assert!(code.as_str().starts_with(code.family()));
        assert_eq!(code.is_retryable(), code.retry().is_retryable());
        assert_eq!(
            [false, true].map(|it| code.retry_action(it)),
            [false, true].map(|it| code.retry().retry_action(it))
        );
    }
}

#[test]
fn trait_and_inherent_methods_agree() {
    check_trait::<CommonError>();
    check_trait::<StorageError>();
    check_trait::<EmptyError>();
    for code in StorageError::ALL.iter().copied() {
        assert_eq!(<StorageError as ErrorCode>::as_str(code), code.as_str());
        assert_eq!(<StorageError as ErrorCode>::meaning(code), code.meaning());
        assert_eq!(<StorageError as ErrorCode>::retry(code), code.retry());
        assert_eq!(<StorageError as ErrorCode>::fault(code), code.fault());
        assert_eq!(<StorageError as ErrorCode>::retry_after(code), code.retry_after());
        assert_eq!(<StorageError as ErrorCode>::family(code), code.family());
        assert_eq!(<StorageError as ErrorCode>::table(code), code.table());
    }
    assert_eq!(<StorageError as ErrorCode>::NAME, "storage");
    assert_eq!(<StorageError as ErrorCode>::ALL, StorageError::ALL);
}

#[test]
fn predicates_take_self_by_reference() {
    let retryable = CommonError::ALL.iter().filter(|code| code.is_retryable()).count();
    let without_care = CommonError::ALL.iter().filter(|code| code.retry_action(false) != RetryAction::GiveUp).count();
    assert_eq!((retryable, without_care), (6, 5), "InternalError needs an idempotent request");
    let waits = CommonError::ALL.iter().filter(|code| code.retry_action(false) == RetryAction::Wait).count();
    assert_eq!(waits, 3);
}

#[test]
fn standard_traits_are_implemented() {
    fn check<T: Copy + Ord + std::hash::Hash + std::error::Error + Send + Sync + AsRef<str> + Into<&'static str>>() {}
    check::<CommonError>();
    check::<EmptyError>();
    let distinct: HashSet<_> = CommonError::ALL.iter().collect();
    assert_eq!(distinct.len(), 26);
    let code = CommonError::InternalError;
    assert!(code == "InternalError" && code == *"InternalError" && code != "internalError");
    assert_eq!(format!("{code:?}"), "InternalError");
    assert_eq!(format!("{:?}", StorageError::UnsupportedOperationDot), "UnsupportedOperationDot");
    assert_eq!(code.as_ref(), "InternalError");
    assert_eq!(<&'static str>::from(code), "InternalError");
}

#[test]
fn sizes_are_as_documented() {
    assert_eq!(size_of::<CommonError>(), 1);
    assert_eq!(size_of::<EmptyError>(), 0);
}

#[test]
fn empty_table_has_all_items() {
    assert!(EmptyError::ALL.is_empty());
    assert_eq!(EmptyError::from_code("InternalError"), None);
    assert_eq!(EmptyError::nearest("InternalError"), None);
    assert_eq!("A".parse::<EmptyError>().unwrap_err().to_string(), "unknown `EmptyError` code `A`");
    assert_eq!(Code::<EmptyError>::from("A").as_str(), "A");
}

/// A second enum over the table of [`CommonError`].
#[error_table(bundled = "common")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Second {}

#[test]
fn enum_may_be_inside_a_function() {
    /// A third enum over the table of [`CommonError`].
    #[error_table(bundled = "common", crate = ::errtable)]
    enum Third {}
    assert_eq!(Second::InternalError.as_str(), Third::InternalError.as_str());
}
