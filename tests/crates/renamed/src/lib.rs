//! The runtime has another name here, and is re-exported.
#![deny(warnings)]

/// The runtime under a name of this crate's own.
pub mod api {
    pub use codes as reexported;
}

/// By the name of the dependency.
#[codes::error_table("spec/family.json", crate = codes)]
pub enum ByName {}

/// By a path of this crate.
#[codes::error_table("spec/family.json", crate = crate::api::reexported)]
pub enum ByPath {}

/// A derive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, codes::ErrorCode)]
#[error_code(table = "spec/family.json", crate = codes)]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
}
