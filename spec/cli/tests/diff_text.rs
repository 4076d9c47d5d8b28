//! The sentences and colors that `diff` prints.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

const OLD: &str = r#"{"name": "t", "columns": {"http_status": "u16"}, "errors": [
    {"code": "A", "since": "1.0", "retry": "transient", "retry_after_ms": 100, "aliases": ["Old"], "http_status": 400}
]}"#;

/// Compares the table with one in which a text is replaced. Returns what is printed, with colors.
fn diff(from: &str, to: &str) -> String {
    let folder = TempDir::new().unwrap();
    assert!(OLD.contains(from), "{from}");
    fs::write(folder.path().join("old.json"), OLD).unwrap();
    fs::write(folder.path().join("new.json"), OLD.replace(from, to)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    command
        .args(["diff", "old.json", "new.json"])
        .current_dir(folder.path())
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn change_is_a_sentence() {
    for (from, to, sentence) in [
        ("\"1.0\"", "\"1.1\"", "`since` changed from `1.0` to `1.1`"),
        // A missing value is printed as "none".
        (", \"since\": \"1.0\"", "", "`since` changed from `1.0` to none"),
        (", \"retry_after_ms\": 100", "", "wait changed from `100 ms` to none"),
        // An alias is in one of the tables.
        ("\"Old\"", "", "alias removed: `Old`"),
        ("\"Old\"", "\"Old\", \"New\"", "alias added: `New`"),
        // The row is the subject, so the sentence names the column.
        ("400", "404", "`http_status` value changed from `400` to `404`"),
    ] {
        let out = diff(from, to);
        assert!(out.contains(&format!(": {sentence}")), "{sentence}: {out}");
    }
}

#[test]
fn major_version_is_red() {
    for (from, to, version, is_red) in
        [("\"code\": \"A\"", "\"code\": \"B\"", "major", true), ("\"Old\"", "\"Old\", \"New\"", "minor", false)]
    {
        let out = diff(from, to);
        let verdict = out.lines().next().unwrap();
        assert!(verdict.contains(version), "{out}");
        assert_eq!(verdict.contains("\u{1b}[31m"), is_red, "{out:?}");
    }
}
