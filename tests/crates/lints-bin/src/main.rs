//! Private enums in a program that forbids all lints.
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

#[errtable::error_table("spec/family.json")]
enum WithColumns {}

#[errtable::error_table(bundled = "common")]
enum Plain {}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/family.json")]
enum Part {
    FailedOperationAlpha,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(envelope = "nested")]
enum Enveloped {
    A,
}

fn main() {
    println!("{:?} {:?} {:?} {:?}", WithColumns::ALL, Plain::ALL, Part::ALL, Enveloped::ALL);
}
