//! An enum over a table that extends others holds their codes, in their places, with what the table says put over them.

mod tables;

use std::time::Duration;

use errtable::{CommonError, Fault, Retry, error_table};
use tables::{BaseError, StorageError};

#[test]
fn the_rows_of_the_base_come_first_and_keep_their_place() {
    let codes: Vec<_> = StorageError::ALL.iter().take(4).map(|code| code.as_str()).collect();
    assert_eq!(codes, ["ResourceNotFound", "UnsupportedOperation", "DryRunOperation", "ResourceNotFound.Bucket"]);
    assert_eq!(StorageError::ALL.len(), BaseError::ALL.len() + 6);
}

#[test]
fn an_override_of_one_key_keeps_the_others() {
    let base = BaseError::ResourceNotFound;
    let code = StorageError::ResourceNotFound;
    assert_eq!((base.retry(), code.retry()), (Retry::Never, Retry::Conflict));
    assert_eq!(code.description(), base.description());
    assert_eq!(code.fault(), Fault::Client, "the base's, not the default of the table that overrides it");
    assert_eq!(code.retry_after(), Some(Duration::from_millis(250)));
}

#[test]
fn a_code_names_the_first_table_that_holds_it() {
    assert_eq!(StorageError::ResourceNotFound.table(), "base");
    assert_eq!(StorageError::ResourceNotFoundBucket.table(), "storage");
}

/// A table in this package over a bundled one.
#[error_table("fixtures/tables/over_bundled.json")]
enum OverBundled {}

#[test]
fn a_bundled_table_is_a_base() {
    assert_eq!(OverBundled::ALL.len(), CommonError::ALL.len() + 1);
    assert_eq!(OverBundled::InternalError.table(), "common");
    assert_eq!(OverBundled::OwnCode.table(), "over-bundled");
    assert_eq!(OverBundled::InternalError.retry(), Retry::Never, "its own word");
    assert_eq!(OverBundled::InternalError.description(), CommonError::InternalError.description());
    for (own, common) in OverBundled::ALL.iter().zip(CommonError::ALL) {
        assert_eq!(own.as_str(), common.as_str());
    }
}
