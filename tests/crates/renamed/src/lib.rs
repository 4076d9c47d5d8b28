//! A crate that renames the dependency and re-exports the runtime.
#![deny(warnings)]

/// A re-export of the runtime.
pub mod api {
    pub use codes as reexported;
}

/// An enum that uses the name of the dependency.
#[codes::error_table("spec/family.json", crate = codes)]
pub enum ByName {}

/// An enum that uses a path of this crate.
#[codes::error_table("spec/family.json", crate = crate::api::reexported)]
pub enum ByPath {}

/// A hand-written enum.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, codes::ErrorCode)]
#[error_code(table = "spec/family.json", crate = codes)]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
}
