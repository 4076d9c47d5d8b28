//! Enums generated from the tables in `fixtures/tables`.

use errtable::error_table;

/// The error codes of a storage service.
#[error_table("fixtures/tables/storage.json")]
pub(crate) enum StorageError {}

/// The base table of [`StorageError`].
#[error_table("fixtures/tables/base.json")]
pub(crate) enum BaseError {}

/// A table without rows.
#[error_table("fixtures/tables/empty.json")]
pub(crate) enum EmptyError {}
