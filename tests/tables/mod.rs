//! Enums over the tables in `fixtures/tables`.

use errtable::error_table;

/// What a storage service can answer.
#[error_table("fixtures/tables/storage.json")]
pub(crate) enum StorageError {}

/// The table that the storage service's extends.
#[error_table("fixtures/tables/base.json")]
pub(crate) enum BaseError {}

/// A table without rows.
#[error_table("fixtures/tables/empty.json")]
pub(crate) enum EmptyError {}
