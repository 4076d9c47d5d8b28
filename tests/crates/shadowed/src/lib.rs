//! No prelude, a dependency named `core`, and items named as what an expansion uses.
#![no_implicit_prelude]
#![deny(warnings)]

/// No prelude.
#[::errtable::error_table("spec/family.json")]
pub enum NoPrelude {}

/// A module named as the runtime.
pub mod errtable {
    /// In it.
    #[::errtable::error_table("spec/plain.json")]
    pub enum Inside {}
}

/// Names of std for other things.
#[expect(non_camel_case_types, reason = "named as what an expansion uses")]
pub mod names {
    /// Not std's.
    pub struct Option;
    /// Not std's.
    pub struct Result;
    /// Not std's.
    pub struct Some;
    /// Not std's.
    pub struct Ok;
    /// Not std's.
    pub struct Err;
    /// Not std's.
    pub struct str;
    /// Not std's.
    pub struct usize;
    /// Not std's.
    pub struct bool;
    /// Not std's.
    pub struct Clone;
    /// Not std's.
    pub trait ErrorCode {}
    /// Not std's.
    pub mod core {}

    /// Among them.
    #[::errtable::error_table("spec/family.json")]
    pub enum S {}

    /// A derive among them.
    #[derive(
        ::std::clone::Clone,
        ::std::marker::Copy,
        ::std::cmp::PartialEq,
        ::std::cmp::Eq,
        ::std::hash::Hash,
        ::std::fmt::Debug,
        ::errtable::ErrorCode,
    )]
    #[error_code(table = "spec/plain.json")]
    pub enum D {
        /// Named as std's.
        Ok,
        /// Named as std's.
        None,
        /// Named as an associated type.
        Error,
        /// Named as an associated type.
        Err,
    }
}

/// Enums named as what an expansion uses.
pub mod enums {
    /// In lower case.
    pub mod lower {
        /// As a crate.
        #[::errtable::error_table("spec/family.json")]
        pub enum core {}

        /// As the hidden door.
        #[::errtable::error_table("spec/plain.json")]
        pub enum __private {}
    }

    /// As a type of std.
    #[::errtable::error_table("spec/plain.json")]
    pub enum Option {}

    /// As a trait of std.
    #[::errtable::error_table("spec/plain.json")]
    pub enum Error {}
}
