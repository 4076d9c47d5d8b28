//! Warnings are errors, and a row is deprecated.
#![deny(warnings)]

/// One of the codes is deprecated.
#[errtable::error_table("spec/deprecated.json")]
pub enum Deprecated {}

/// A deprecated variant of the user's own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/deprecated.json")]
pub enum Part {
    /// The new one.
    New,
    /// The old one.
    #[deprecated(note = "use `New`")]
    Old,
}
