//! Each mistake in a table is told where it stands, in the words of a golden file, and nothing else is.
//!
//! A folder of `diagnostics/` is a mistake, named by the rule that it breaks, with a word on it behind a dot where a rule has
//! several. `t.json` is loaded, and what is told of it must be `expected.txt`.
//! `BLESS=1 cargo test -p errtable-spec` writes these files anew, to be read in the diff.

mod memory;

use std::fs;
use std::path::{Path, PathBuf};

use errtable_spec::{Diagnostic, Directory, Rule, Table, render};
use memory::load;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// What is told of a table, with the place of the checkout taken out.
fn told(case: &Path) -> String {
    let loaded = Table::load(&Directory::new(case), "t.json");
    let told = render(&loaded.diagnostics).join("\n\n") + "\n";
    told.replace(&case.display().to_string(), "$DIR")
}

#[test]
fn every_mistake_is_told_in_the_words_of_its_golden_file() {
    let mut cases: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut wrong = Vec::new();
    for case in &cases {
        let golden = case.join("expected.txt");
        let told = told(case);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &told).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if told != expected {
            wrong.push(format!("{}:\n{told}\ninstead of\n{expected}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 40);
}

#[test]
fn every_message_has_its_place_and_says_what_to_do() {
    for case in fs::read_dir(folder()).unwrap() {
        let case = case.unwrap().path();
        for diagnostic in Table::load(&Directory::new(&case), "t.json").diagnostics {
            let message = diagnostic.to_string();
            assert!(diagnostic.help_text().is_some(), "no help: {message}");
            assert!(!diagnostic.message().ends_with('.'), "full stop: {message}");
            assert_eq!(diagnostic.line().is_some(), message.contains('^'), "caret: {message}");
        }
    }
}

#[test]
fn each_part_of_a_message_can_be_asked_for() {
    let loaded = Table::load(&Directory::new(folder().join("alias-taken")), "t.json");
    let told = &loaded.diagnostics[1];
    assert_eq!((told.rule(), told.file(), told.line(), told.column()), (Rule::AliasTaken, "t.json", Some(4), Some(37)));
    assert_eq!(
        (told.message(), told.notes()),
        ("the alias `B` is taken", &["it stands at t.json:5:15".to_owned()][..])
    );
    assert_eq!(told.help_text(), Some("take the alias out: each spelling is read as one code"));

    let loaded = Table::load(&Directory::new(folder().join("byte-order-mark")), "t.json");
    let told = &loaded.diagnostics[0];
    assert_eq!((told.line(), told.column(), told.notes().len()), (None, None, 0));
}

#[test]
fn rows_that_are_right_still_exist() {
    let loaded = Table::load(&Directory::new(folder().join("code-twice.four-mistakes")), "t.json");
    let variants: Vec<_> = loaded.table.rows.iter().map(|row| row.variant.as_str()).collect();
    assert_eq!(
        variants,
        ["InternalError", "RequestLimitExceeded", "InvalidParameterValueTooLarge", "ResourceNotFound"],
        "the first of two wins, and a row with a wrong word keeps its variant",
    );
    assert_eq!(loaded.diagnostics.len(), 4);
    let loaded = Table::load(&Directory::new(folder().join("case-alone")), "t.json");
    let codes: Vec<_> = loaded.table.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["FailedOperation.DBError", "A"], "an alias may differ from its own code by case alone");
}

#[test]
fn a_table_without_a_name_has_that_of_its_file() {
    for (path, name) in [("t.json", "t"), ("tables/my-api.json", "my-api"), ("tables/plain", "plain")] {
        let loaded = load(&[(path, r#"{"errors": [{"code": "A"}]}"#)]);
        assert_eq!(loaded.diagnostics.iter().map(Diagnostic::rule).collect::<Vec<_>>(), [Rule::KeyMissing], "{path}");
        assert_eq!((loaded.table.name.as_str(), loaded.table.rows[0].table.as_str()), (name, name));
    }
}

#[test]
fn a_thousand_problems_are_twenty_messages_and_a_count() {
    for (rows, count, last) in [(20, 20, None), (21, 21, Some("and 1 more")), (1000, 21, Some("and 980 more"))] {
        let rows: Vec<_> = (0..rows).map(|row| format!(r#"{{"code": "C{row}", "retry": "nevr"}}"#)).collect();
        let table = format!(r#"{{"name": "t", "errors": [{}]}}"#, rows.join(","));
        let messages = render(&load(&[("t.json", &table)]).diagnostics);
        assert_eq!(messages.len(), count);
        assert_eq!(messages.get(20).map(String::as_str), last);
    }
}

/// Rules whose mistake is too large for a golden file, and the test that breaks them.
const PROVED_ELSEWHERE: [(Rule, &str); 1] = [(Rule::TooManyCodes, "limits.rs")];

#[test]
fn no_rule_is_without_a_golden_file() {
    let mut without = Vec::new();
    for rule in Rule::ALL {
        let case = folder().join(rule.as_str());
        let loaded = Table::load(&Directory::new(&case), "t.json");
        let is_proved = case.is_dir() && loaded.diagnostics.iter().any(|diagnostic| diagnostic.rule() == *rule);
        if !is_proved && !PROVED_ELSEWHERE.iter().any(|(elsewhere, _)| elsewhere == rule) {
            without.push(rule.as_str());
        }
    }
    assert!(without.is_empty(), "no golden file breaks {without:?}");
}

#[test]
fn every_golden_file_breaks_the_rule_that_it_is_named_by() {
    for case in fs::read_dir(folder()).unwrap() {
        let case = case.unwrap().path();
        let name = case.file_name().unwrap().to_str().unwrap();
        let rule = name.split('.').next().unwrap();
        let loaded = Table::load(&Directory::new(&case), "t.json");
        assert!(loaded.diagnostics.iter().any(|diagnostic| diagnostic.rule().to_string() == rule), "{name}");
    }
}

#[test]
fn a_path_that_is_none_is_told_without_a_file() {
    for (path, message) in [
        ("", "the path is empty"),
        ("/etc/t.json", "/etc/t.json: the path is absolute"),
        ("./", "./: the path names a directory"),
        ("bundled:common", "bundled:common: the path names a bundled table"),
    ] {
        let told = render(&Table::load(&Directory::new(folder()), path).diagnostics);
        assert_eq!(told.len(), 1, "{path}");
        assert_eq!(told[0].lines().next(), Some(message));
    }
}
