//! No prelude, a dependency named `core`, and items with the names that an expansion uses.
#![no_implicit_prelude]
#![deny(warnings)]

/// An enum without a prelude.
#[::errtable::error_table("spec/family.json")]
pub enum NoPrelude {}

/// A module with the name of the runtime.
pub mod errtable {
    /// An enum inside that module.
    #[::errtable::error_table("spec/plain.json")]
    pub enum Inside {}
}

/// Items with names from std.
#[expect(non_camel_case_types, reason = "the names that an expansion uses")]
pub mod names {
    /// Shadows std.
    pub struct Option;
    /// Shadows std.
    pub struct Result;
    /// Shadows std.
    pub struct Some;
    /// Shadows std.
    pub struct Ok;
    /// Shadows std.
    pub struct Err;
    /// Shadows std.
    pub struct str;
    /// Shadows std.
    pub struct usize;
    /// Shadows std.
    pub struct bool;
    /// Shadows std.
    pub struct i64;
    /// Shadows std.
    pub struct u64;
    /// Shadows std.
    pub struct Clone;
    /// Shadows std.
    pub trait ErrorCode {}
    /// Shadows std.
    pub mod core {}

    /// An enum among the shadowing items.
    #[::errtable::error_table("spec/family.json")]
    pub enum S {}

    /// A hand-written enum among the shadowing items.
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
        /// A variant with a name from std.
        Ok,
        /// A variant with a name from std.
        None,
        /// A variant with the name of an associated type.
        Error,
        /// A variant with the name of an associated type.
        Err,
    }
}

/// Constants with the names of the parameters in an expansion.
#[expect(non_upper_case_globals, reason = "the names of parameters")]
pub mod constants {
    /// Shadows a parameter.
    pub const code: () = ();
    /// Shadows a parameter.
    pub const deserializer: () = ();
    /// Shadows a parameter.
    pub const f: () = ();
    /// Shadows a parameter.
    pub const idempotent: () = ();
    /// Shadows a parameter.
    pub const key: () = ();
    /// Shadows a parameter.
    pub const node: () = ();
    /// Shadows a parameter.
    pub const other: () = ();
    /// Shadows a parameter.
    pub const serializer: () = ();
    /// Shadows a parameter.
    pub const text: () = ();
    /// Shadows a parameter.
    pub const value: () = ();

    /// An enum with all methods among the constants.
    #[::errtable::error_table("spec/family.json")]
    pub enum Generated {}

    /// A hand-written enum among the constants.
    #[derive(
        ::std::clone::Clone,
        ::std::marker::Copy,
        ::std::cmp::PartialEq,
        ::std::cmp::Eq,
        ::std::hash::Hash,
        ::std::fmt::Debug,
        ::errtable::ErrorCode,
    )]
    #[error_code(envelope = "nested")]
    pub enum Handwritten {
        /// A code.
        A,
    }
}

/// Enums with the names that an expansion uses.
pub mod enums {
    /// Lower-case names.
    pub mod lower {
        /// The name of a crate.
        #[::errtable::error_table("spec/family.json")]
        pub enum core {}

        /// The name of the module that expansions use.
        #[::errtable::error_table("spec/plain.json")]
        pub enum __private {}
    }

    /// The name of a type from std.
    #[::errtable::error_table("spec/plain.json")]
    pub enum Option {}

    /// The name of a trait from std.
    #[::errtable::error_table("spec/plain.json")]
    pub enum Error {}

    /// The name of a type that the samples of an envelope use.
    #[derive(
        ::std::clone::Clone,
        ::std::marker::Copy,
        ::std::cmp::PartialEq,
        ::std::cmp::Eq,
        ::std::hash::Hash,
        ::std::fmt::Debug,
        ::errtable::ErrorCode,
    )]
    #[error_code(envelope = "nested")]
    pub enum Node {
        /// A variant with the name of a type of the samples.
        Shape,
        /// A variant with the name of a function of the trait.
        Child,
    }
}
