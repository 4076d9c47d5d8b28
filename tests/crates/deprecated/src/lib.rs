//! A deprecated row in a crate that denies warnings.
#![deny(warnings)]

/// Codes, one of them deprecated.
#[errtable::error_table("spec/deprecated.json")]
pub enum Deprecated {}

/// A hand-written enum with a deprecated variant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/deprecated.json")]
pub enum Part {
    /// The new code.
    New,
    /// The old code.
    #[deprecated(note = "use `New`")]
    Old,
}
