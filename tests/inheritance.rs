//! A table with `extends` contains the rows of its base tables, and may override their values.

mod tables;

use std::time::Duration;

use errtable::{CommonError, Fault, Retry, error_table};
use tables::{BaseError, StorageError};

#[test]
fn base_rows_come_first() {
    let codes: Vec<_> = StorageError::ALL.iter().take(4).map(|code| code.as_str()).collect();
    assert_eq!(codes, ["ResourceNotFound", "UnsupportedOperation", "DryRunOperation", "ResourceNotFound.Bucket"]);
    assert_eq!(StorageError::ALL.len(), BaseError::ALL.len() + 7);
}

#[test]
fn override_keeps_the_other_keys() {
    let base = BaseError::ResourceNotFound;
    let code = StorageError::ResourceNotFound;
    assert_eq!((base.retry(), code.retry()), (Retry::Transient, Retry::Conflict));
    assert_eq!(code.meaning(), base.meaning());
    assert_eq!(code.fault(), Fault::Client, "defaults do not apply to an override");
    assert_eq!(code.retry_after(), Some(Duration::from_millis(250)));
}

#[test]
fn table_names_the_first_table() {
    assert_eq!(StorageError::ResourceNotFound.table(), "base");
    assert_eq!(StorageError::ResourceNotFoundBucket.table(), "storage");
}

/// A local table that extends a bundled one.
#[error_table("fixtures/tables/over_bundled.json")]
enum OverBundled {}

#[test]
fn bundled_table_can_be_a_base() {
    assert_eq!(OverBundled::ALL.len(), CommonError::ALL.len() + 1);
    assert_eq!(OverBundled::InternalError.table(), "common");
    assert_eq!(OverBundled::OwnCode.table(), "over-bundled");
    assert_eq!(OverBundled::InternalError.retry(), Retry::Never, "an override");
    assert_eq!(OverBundled::InternalError.meaning(), CommonError::InternalError.meaning());
    for (code, common) in OverBundled::ALL.iter().zip(CommonError::ALL) {
        assert_eq!(code.as_str(), common.as_str());
    }
}
