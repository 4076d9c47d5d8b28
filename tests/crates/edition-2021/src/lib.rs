//! Edition 2021.
#![deny(warnings, rust_2024_compatibility)]

/// Codes.
#[errtable::error_table("spec/family.json")]
pub enum Codes {}

/// A hand-written enum.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/family.json")]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
}
