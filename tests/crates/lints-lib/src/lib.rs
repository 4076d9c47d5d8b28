//! A library that forbids every lint: the expansion must be silent in it.
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

/// Codes without columns, named as what the expansion uses.
#[errtable::error_table("spec/plain.json")]
pub enum Plain {}

/// No codes.
#[errtable::error_table("spec/empty.json")]
pub enum Empty {}

/// The variants share a prefix with each other and with the name of the enum.
#[errtable::error_table("spec/family.json")]
pub(crate) enum Failed {}

/// A name that variants end in.
#[errtable::error_table(bundled = "common")]
enum Error {}

/// A part of a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/family.json")]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
    /// Another one.
    #[error_code("FailedOperation.Beta")]
    Beta,
}

/// Codes of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(rename_all = "snake_case")]
pub enum Inline {
    /// One code.
    #[error_code(retry = "throttled", aliases("full"))]
    QuotaFull,
    /// Another one.
    Internal,
}

/// Uses what is private.
#[must_use]
pub fn count() -> usize {
    Failed::ALL.len() + Error::ALL.len()
}
