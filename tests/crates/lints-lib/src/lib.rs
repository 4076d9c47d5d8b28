//! Enums in a library that forbids all lints.
#![forbid(
    unsafe_code,
    missing_docs,
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]
#![deny(warnings)]

/// Codes with columns.
#[errtable::error_table("spec/family.json")]
pub enum WithColumns {}

/// Codes without columns, whose variants have the names of items that the expansion uses.
#[errtable::error_table("spec/plain.json")]
pub enum Plain {}

/// No codes.
#[errtable::error_table("spec/empty.json")]
pub enum Empty {}

/// Variants that share a prefix with each other and with the enum.
#[errtable::error_table("spec/family.json")]
pub(crate) enum Failed {}

/// An enum whose name is a suffix of its variants.
#[errtable::error_table(bundled = "common")]
enum Error {}

/// A hand-written enum over a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/family.json")]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
    /// Another code.
    #[error_code("FailedOperation.Beta")]
    Beta,
}

/// A hand-written enum without a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(rename_all = "snake_case")]
pub enum Inline {
    /// One code.
    #[error_code(retry = "throttled", aliases("full"))]
    QuotaFull,
    /// Another code.
    Internal,
}

/// Uses the private enums.
#[must_use]
pub fn count() -> usize {
    Failed::ALL.len() + Error::ALL.len()
}
