//! Compile errors of the macros: at the right place, with a help, and without follow-up errors.

mod scratch;

use std::fmt::Write as _;
use std::path::Path;

use scratch::Scratch;

#[test]
fn ui_errors_match() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn missing_derives_are_one_error() {
    // `impl Error` requires `Debug`, too. Without `Clone`, the derive of `Copy` is an error.
    let cases = [
        ("WithoutAny", "", 2),
        ("WithoutCopy", "Clone, PartialEq, Eq, Hash, Debug, ", 1),
        ("WithoutClone", "Copy, PartialEq, Eq, Hash, Debug, ", 2),
        ("WithoutEq", "Clone, Copy, PartialEq, Hash, Debug, ", 1),
        ("WithoutPartialEq", "Clone, Copy, Hash, Debug, ", 1),
        ("WithoutHash", "Clone, Copy, PartialEq, Eq, Debug, ", 1),
        ("WithoutDebug", "Clone, Copy, PartialEq, Eq, Hash, ", 2),
        ("OnlyCopy", "Clone, Copy, ", 2),
        ("OnlyDebug", "Debug, ", 1),
    ];
    let mut main = String::new();
    let mut uses = String::new();
    for (name, derives, _) in cases {
        let _ = writeln!(main, "#[derive({derives}errtable::ErrorCode)]\nenum {name} {{\n    NotFound,\n}}\n");
        // A correct use of the enum is not an error.
        let _ = writeln!(uses, "    let _ = errtable::Code::from({name}::NotFound).may_resend(true);");
    }
    let message = Scratch::new("derives", &format!("{main}fn main() {{\n{uses}}}\n")).fail();
    for (name, _, expected) in cases {
        let of_enum = format!("`{name}");
        let errors: Vec<_> = message
            .split("\n\n")
            .filter(|error| error.lines().next().is_some_and(|line| line.contains(&of_enum)))
            .collect();
        assert_eq!(errors.len(), expected, "{name}\n{message}");
        // `Clone` is the only trait that another one requires.
        if name != "WithoutClone" {
            assert!(
                errors[0]
                    .starts_with(&format!("error[E0277]: `{name}` is missing derives that an error code requires")),
                "{message}"
            );
            assert!(errors[0].contains("`#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]`"), "{message}");
        }
    }
    let total: usize = cases.iter().map(|(_, _, count)| count).sum();
    assert!(message.contains(&format!("due to {total} previous errors\n")), "{message}");
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
