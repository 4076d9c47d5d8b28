//! Compile errors of the macros: at the right place, with a help, and without follow-up errors.

mod scratch;

use std::path::Path;

use scratch::Scratch;

#[test]
fn ui_errors_match() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn first_error_lists_missing_derives() {
    let main = "#[derive(errtable::ErrorCode)]\nenum Bare {\n    NotFound,\n}\n\nfn main() {}\n";
    let message = Scratch::new("derives", main).fail();
    let first = message.split("\n\n").next().unwrap();
    assert!(first.starts_with("error[E0277]: `Bare` is missing derives that an error code requires"), "{message}");
    assert!(first.contains("`#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]`"), "{message}");
}

#[test]
fn renamed_dependency_needs_crate_argument() {
    const TABLE: &str = "#[codes::error_table(bundled = \"common\")]\npub enum Table {}\n";
    const DERIVE: &str = "#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, codes::ErrorCode)]\nenum Derive { A }\n";
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("runtime");
    let manifest = format!(
        "[package]\nname = \"scratch-renamed\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ncodes = {{ package = \"errtable\", path = '{}' }}\n\n[workspace]\n",
        runtime.display(),
    );
    for (item, use_item, attribute) in [
        (TABLE, "Table::InternalError.as_str()", "error_table"),
        (DERIVE, "codes::Code::from(Derive::A)", "error_code"),
    ] {
        let scratch = Scratch::new("renamed", &format!("{item}\nfn main() {{ let _ = {use_item}; }}\n"));
        scratch.write("Cargo.toml", &manifest);
        let message = scratch.fail();
        assert!(message.starts_with("error: the dependency `errtable` is renamed to `codes`\n"), "{message}");
        assert!(message.contains(&format!("= help: add `crate = codes` to `#[{attribute}(…)]`\n")), "{message}");
        assert!(message.contains("due to 1 previous error\n"), "{message}");
    }
}
