//! Enums in functions, from macros, and several over one table in one module.
#![deny(warnings)]

use errtable::{ErrorCode, error_table};

/// One of two enums over one table.
#[error_table("spec/family.json")]
pub enum First {}

/// The other enum.
#[error_table("spec/family.json")]
pub enum Second {}

/// Generates an enum from a table.
macro_rules! service {
    ($(#[$doc:meta])* $visibility:vis $name:ident = $path:literal) => {
        $(#[$doc])*
        #[error_table($path)]
        $visibility enum $name {}
    };
}

service! {
    /// From a macro.
    pub FromMacro = "spec/family.json"
}

/// Counts the codes of enums that are local to a function.
#[must_use]
pub fn count() -> usize {
    #[error_table("spec/family.json")]
    enum InFunction {}
    service!(MacroInFunction = "spec/family.json");
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    #[error_code(table = "spec/family.json")]
    enum Derived {
        FailedOperationAlpha,
    }
    let closure = || {
        #[error_table(bundled = "common")]
        enum InClosure {}
        InClosure::ALL.len()
    };
    InFunction::ALL.len() + MacroInFunction::ALL.len() + Derived::ALL.len() + closure()
}

mod outer {
    pub mod inner {
        /// Visible only in the parent module.
        #[errtable::error_table("spec/family.json")]
        pub(super) enum Restricted {}
    }
    pub(crate) fn count() -> usize {
        inner::Restricted::ALL.len()
    }
}

/// Uses the restricted enum.
#[must_use]
pub fn restricted() -> usize {
    outer::count()
}
