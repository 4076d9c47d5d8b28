//! The documented commands, with their output and exit codes, in `cmd`. `TRYCMD=overwrite` blesses
//! them.

#[test]
fn documented_commands_print_their_output() {
    trycmd::TestCases::new().case("tests/cmd/*.md").case("tests/cmd/*.toml");
}
