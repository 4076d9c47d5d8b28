//! The next build notices each change of a table and its bases: new rows, errors, missing files,
//! and their correction.

mod scratch;

use std::time::{Duration, SystemTime};

use scratch::Scratch;

const MAIN: &str = r#"
#![forbid(unsafe_code)]
#![deny(warnings)]

#[errtable::error_table("spec/service.json")]
pub enum ServiceError {}

fn main() {
    for code in ServiceError::ALL {
        println!("{code:?} {code} {} {}", code.retry(), code.table());
    }
}
"#;

const SERVICE: &str = r#"{
  "name": "service",
  "extends": ["../base/base.json"],
  "errors": [
    { "code": "Quota.Full", "retry": "conflict" }
  ]
}
"#;

const BASE: &str = r#"{ "name": "base", "errors": [{ "code": "InternalError", "retry": "transient" }] }"#;

#[test]
fn changed_table_is_regenerated() {
    let scratch = Scratch::new("regeneration", MAIN);
    scratch.write("spec/service.json", SERVICE);
    scratch.write("base/base.json", BASE);
    let first = "InternalError InternalError transient base\nQuotaFull Quota.Full conflict service\n";
    assert_eq!(scratch.run(), first);

    let row = r#"{ "code": "Quota.Full", "retry": "conflict" }"#;
    let rows = format!("{row},\n    {{ \"code\": \"Quota.New\" }}");
    scratch.write("spec/service.json", &SERVICE.replace(row, &rows));
    assert_eq!(scratch.run(), format!("{first}QuotaNew Quota.New never service\n"), "a new row");
    scratch.write("spec/service.json", SERVICE);
    assert_eq!(scratch.run(), first, "the row is removed");

    scratch.write("base/base.json", &BASE.replace("transient", "throttled"));
    assert_eq!(scratch.run(), first.replace("transient", "throttled"), "a changed base");

    scratch.write("base/base.json", &BASE.replace("transient", "transcient"));
    let message = scratch.fail();
    assert!(message.contains("error: base/base.json:1:66: unknown retry class `transcient`"), "{message}");
    assert!(message.contains("= help: did you mean `transient`?"), "{message}");
    assert!(message.contains("--> src/main.rs:5:25"), "the error is at the path in the attribute: {message}");
    assert_eq!(message.matches("error: ").count(), 2, "one error, and one from cargo: {message}");
    scratch.write("base/base.json", BASE);
    assert_eq!(scratch.run(), first, "corrected");

    scratch.remove("base/base.json");
    let message = scratch.fail();
    assert!(
        message.contains("error: spec/service.json:3:15: cannot read base `base/base.json`: no such file"),
        "{message}"
    );
    scratch.write("base/base.json", BASE);
    assert_eq!(scratch.run(), first, "the base is restored");

    scratch.remove("spec/service.json");
    scratch.write("spec/servce.json", SERVICE);
    let message = scratch.fail();
    assert!(message.contains("error: spec/service.json: cannot read the table: no such file\n"), "{message}");
    assert!(message.contains("= help: did you mean `spec/servce.json`?"), "{message}");
    scratch.write("spec/service.json", SERVICE);
    assert_eq!(scratch.run(), first, "the table is restored");
}

#[test]
fn each_wrong_row_is_one_error() {
    let main = r#"
#[errtable::error_table("spec/t.json")]
pub enum E {}

fn main() {
    // The variants of valid rows exist, and so does one whose retry class is unknown.
    let _ = [E::InternalError, E::RequestLimitExceeded, E::InvalidParameterValueTooLarge, E::ResourceNotFound];
}
"#;
    let scratch = Scratch::new("mistakes", main);
    scratch.write("spec/t.json", include_str!("fixtures/tables/four_mistakes.json"));
    let message = scratch.fail();
    // rustc indents the lines after the first one of a message.
    let lines: Vec<_> = message.lines().map(str::trim_start).collect();
    for expected in [
        "error: spec/t.json:5:15: duplicate code `InternalError`",
        "error: spec/t.json:6:48: unknown retry class `thortled`",
        "error: spec/t.json:7:15: empty code",
        "error: spec/t.json:9:15: codes `InvalidParameter.ValueTooLarge` and `InvalidParameterValue.TooLarge` \
         have the same variant name `InvalidParameterValueTooLarge`",
        "= help: remove one of them",
        "= help: did you mean `throttled`?",
        "= help: write the code exactly as the service sends it, such as `InternalError`",
        "= help: set another name: `\"variant\": \"InvalidParameterValueTooLarge2\"`",
        "6 |     { \"code\": \"RequestLimitExceeded\", \"retry\": \"thortled\" },",
        "|                                                ^^^^^^^^^^",
    ] {
        assert!(lines.contains(&expected), "{expected}\n{message}");
    }
    assert_eq!(message.matches("error: ").count(), 5, "four errors, and one from cargo: {message}");
}

/// Cargo compares modification times, which the docs warn about. If this test fails, cargo has
/// changed: remove the warning.
#[test]
fn older_table_is_unnoticed_until_touched() {
    let scratch = Scratch::new("older", MAIN);
    scratch.write("spec/service.json", SERVICE);
    scratch.write("base/base.json", BASE);
    let first = scratch.run();

    scratch.write("base/base.json", &BASE.replace("transient", "throttled"));
    scratch.set_modified("base/base.json", SystemTime::now() - Duration::from_secs(3600));
    assert_eq!(scratch.run(), first, "an older file is not noticed");

    scratch.set_modified("base/base.json", SystemTime::now());
    assert_eq!(scratch.run(), first.replace("transient", "throttled"), "a touched file is noticed");
}

#[test]
fn derive_tracks_its_table() {
    let main = r#"
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/service.json")]
enum Handled {
    InternalError,
}

fn main() {
    println!("{}", Handled::InternalError.retry());
}
"#;
    let scratch = Scratch::new("derived", main);
    scratch.write("spec/service.json", SERVICE);
    scratch.write("base/base.json", BASE);
    assert_eq!(scratch.run(), "transient\n");
    scratch.write("base/base.json", &BASE.replace("transient", "throttled"));
    assert_eq!(scratch.run(), "throttled\n", "a changed base");
    scratch.write("base/base.json", &BASE.replace("InternalError", "InternalErrors"));
    let message = scratch.fail();
    let expected = "error: unknown variant `InternalError` in table `service`";
    assert!(message.contains(expected), "{message}");
    assert!(message.contains("= help: did you mean `InternalErrors`?"), "{message}");
    assert_eq!(message.matches("error: ").count(), 2, "one error, and one from cargo: {message}");
}

#[test]
fn at_most_twenty_errors_are_listed() {
    let main = "#[errtable::error_table(\"spec/t.json\")]\npub enum E {}\n\nfn main() {\n    let _ = E::C1;\n}\n";
    let scratch = Scratch::new("many", main);
    for (mistakes, errors, last) in [(10, 10, "spec/t.json:10:"), (1000, 21, "error: and 980 more")] {
        let rows: Vec<_> = (1..=mistakes).map(|row| format!(r#"{{"code": "C{row}", "retry": "nevr"}}"#)).collect();
        scratch.write("spec/t.json", &format!("{{\"name\": \"t\", \"errors\": [{}]}}", rows.join(",\n")));
        let message = scratch.fail();
        assert!(message.contains(last), "{message}");
        assert_eq!(message.matches("error: ").count(), errors + 1, "one more from cargo");
    }
}
