//! A wrong use of the macro is told on the words at fault, with what to write instead, and makes no error more.

mod scratch;

use scratch::Scratch;

#[test]
fn the_first_error_names_the_derives_that_a_hand_written_enum_lacks() {
    let scratch =
        Scratch::new("derives", "#[derive(errtable::ErrorCode)]\nenum Bare {\n    NotFound,\n}\n\nfn main() {}\n");
    let message = scratch.fail();
    let first = message.split("\n\n").next().unwrap();
    assert!(first.starts_with("error[E0277]: `Bare` is missing derives that an error code requires"), "{message}");
    assert!(first.contains("add `#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]`"), "{message}");
}

#[test]
fn each_case_has_its_message() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}
