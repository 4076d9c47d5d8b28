//! A wrong use of the macro is told on the words at fault, with what to write instead, and makes no error more.

#[test]
fn each_case_has_its_message() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}
