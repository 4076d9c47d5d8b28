//! Compile errors of the macros: at the right place, with a help, and without follow-up errors.

mod scratch;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use scratch::Scratch;

#[test]
fn ui_errors_match() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn missing_derives_are_one_error() {
    const ENVELOPED: &str = "fn enveloped<C: errtable::Enveloped>() {}\n\n";
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
        let _ = writeln!(
            main,
            "#[derive({derives}errtable::ErrorCode)]\n#[error_code(envelope = \"nested\")]\nenum {name} {{\n    NotFound,\n}}\n"
        );
        // Correct uses of the enum are not errors.
        let _ = writeln!(uses, "    let _ = errtable::Code::from({name}::NotFound).is_retryable();");
        let _ = writeln!(uses, "    enveloped::<{name}>();");
    }
    let message = Scratch::new("derives", &format!("{main}{ENVELOPED}fn main() {{\n{uses}}}\n")).fail();
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
fn uses_of_an_unreadable_table_are_not_errors() {
    let main = r#"
#![deny(missing_docs, warnings)]
//! Uses an enum in many ways.

use errtable::{ApiError, Code, Error, ErrorCode, error_table, from_slice};

/// The errors of the service.
#[error_table("spec/t.json")]
pub enum MyApiError {}

/// An error of this program.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Wrapper(pub MyApiError);

impl From<MyApiError> for Wrapper {
    fn from(code: MyApiError) -> Self {
        Self(code)
    }
}

impl From<MyApiError> for String {
    fn from(code: MyApiError) -> Self {
        code.as_str().to_owned()
    }
}

impl MyApiError {
    fn is_quota(self) -> bool {
        matches!(self, Self::QuotaFull | Self::QuotaGone)
    }
}

const FULL: Option<MyApiError> = MyApiError::from_code("Quota.Full");
static ALL: &[MyApiError] = MyApiError::ALL;

fn retryable<C: ErrorCode>(code: &Code<C>) -> bool {
    code.retry().is_retryable()
}

fn main() {
    for code in ALL {
        println!("{code:?} {code} {} {}", code.retry(), code.http_status());
    }
    let code: MyApiError = "Quota.Full".parse().unwrap();
    match code {
        MyApiError::QuotaFull => {}
        MyApiError::InternalError | MyApiError::Other => {}
    }
    assert_eq!(Some(code), FULL);
    println!("{} {} {:?}", code.is_quota(), retryable(&Code::from(MyApiError::Other)), Wrapper::from(code));
    match from_slice::<(), MyApiError>(b"{}") {
        Err(Error::Api(e)) if e.known() == Some(MyApiError::QuotaFull) => println!("{e}"),
        other => println!("{other:?}"),
    }
    let _ = ApiError::new(MyApiError::QuotaFull, "full");
}
"#;
    let scratch =
        Scratch::with_dependencies("unreadable", "serde = { version = \"1\", features = [\"derive\"] }", main);
    let table = |rest: &str| format!("{{ \"name\": \"t\", \"errors\": [{{ \"code\": \"Quota.Full\" }}]{rest} }}");
    for (text, message) in [
        (None, "spec/t.json: cannot read the table: no such file\n"),
        (Some(table("") + "]"), "spec/t.json:1:54: invalid JSON: trailing characters\n"),
        (Some("[]".to_owned()), "spec/t.json:1:1: invalid table: expected an object, found an array\n"),
        (
            Some(table(", \"extends\": [\"base.json\"]")),
            "spec/t.json:1:66: cannot read base `spec/base.json`: no such file\n",
        ),
        (
            Some(table(", \"columns\": { \"http_status\": \"u61\" }")),
            "spec/t.json:1:82: unknown type `u61` of column `http_status`\n",
        ),
    ] {
        if let Some(text) = text {
            scratch.write("spec/t.json", &text);
        }
        let messages = scratch.fail();
        assert!(messages.starts_with(&format!("error: {message}")), "{messages}");
        assert!(messages.contains("due to 1 previous error\n"), "{messages}");
    }
    // A row with an unknown value keeps its variant, and other errors of the program are reported.
    scratch.write("spec/t.json", &table("").replace("\" }", "\", \"retry\": \"nevr\" }"));
    let messages = scratch.fail();
    assert!(messages.contains("error: spec/t.json:1:60: unknown retry class `nevr`\n"), "{messages}");
    assert!(messages.contains("`QuotaGone` found for enum `MyApiError`"), "{messages}");
    assert!(!messages.contains("`QuotaFull` found"), "{messages}");
}

#[test]
fn missing_table_is_found_elsewhere() {
    let cases = [
        ("../spec/inner.json", "spec/inner.json"),
        ("../../spec/inner.json", "spec/inner.json"),
        ("spec/middle.json", "../spec/middle.json"),
        ("spec/outer.json", "../../spec/outer.json"),
        ("../spec/outer.json", "../../spec/outer.json"),
        ("spec/iner.json", "spec/inner.json"),
    ];
    let enums = cases.iter().zip(0..).map(|((written, _), number)| {
        format!("#[errtable::error_table({written:?})]\npub enum E{number} {{}}\nconst _: E{number} = E{number}::A;\n")
    });
    let scratch = Scratch::new("elsewhere", "");
    let manifest = fs::read_to_string(scratch.path("Cargo.toml")).unwrap();
    scratch.write("crates/app/Cargo.toml", manifest.strip_suffix("[workspace]\n").unwrap());
    scratch.write("crates/app/src/main.rs", &(enums.collect::<String>() + "fn main() {}\n"));
    scratch.write("Cargo.toml", "[workspace]\nmembers = [\"crates/app\"]\nresolver = \"3\"\n");
    for path in ["crates/app/spec/inner.json", "crates/spec/middle.json", "spec/outer.json"] {
        scratch.write(path, r#"{ "name": "t", "errors": [{ "code": "A" }] }"#);
    }
    let message = scratch.fail();
    for (written, found) in cases {
        let expected = format!(
            "error: {written}: cannot read the table: no such file\n         = help: did you mean `{found}`?\n --> "
        );
        assert!(message.replace("\n  --> ", "\n --> ").contains(&expected), "{written}\n{message}");
    }
    assert!(message.contains(&format!("due to {} previous errors\n", cases.len())), "{message}");
    assert!(!message.contains(&scratch.path("").display().to_string()), "an absolute path: {message}");
}

#[test]
fn type_named_like_a_column_enum_is_reported_at_the_enum() {
    let main = "#[errtable::error_table(\"spec/t.json\")]\npub enum A {}\n\npub enum AB {}\n\nfn main() {}\n";
    let scratch = Scratch::new("column-enum", main);
    let table = r#"{ "name": "t", "columns": { "b": { "enum": ["low"] } }, "errors": [{ "code": "C" }] }"#;
    scratch.write("spec/t.json", table);
    let message = scratch.fail();
    assert!(message.starts_with("error[E0428]: the name `AB` is defined multiple times\n"), "{message}");
    assert!(
        message.contains("2 | pub enum A {}\n  |          - previous definition of the type `AB` here\n"),
        "{message}"
    );
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
