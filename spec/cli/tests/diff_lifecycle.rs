//! What `diff` reports in the life of a code.

mod repository;

use std::fs;
use std::path::Path;
use std::process::Command;

use errtable_cli::diff::Comparison;
use errtable_cli::diff::change::Rule;
use errtable_spec::{Directory, Table};
use repository::git;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A table with numbers. The cases change parts of it.
const OLD: &str = r#"{
    "name": "t",
    "columns": {"errno": {"type": "u16", "unique": true}},
    "reserved": [{"code": "Gone"}, {"number": 7}, {"numbers": [200, 299]}],
    "errors": [
        {"code": "A", "number": 1, "errno": 5, "variant": "First", "former_variants": ["Eins"], "since": "1.0"},
        {"code": "B", "number": 2, "retry": "throttled"},
        {"code": "C", "number": 3, "replaced_by": "A", "remove_after": "2999-12-31"},
        {"code": "D", "number": 4, "deprecated": "", "remove_after": "2001-01-01"}
    ]
}"#;

/// A case: replacements in the old table, the rules of the changes, the verdicts, and whether
/// `--deny lifecycle` forbids it.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str, &'a [&'a str], bool);

const NOTHING: &[&str] = &[];
const B: &str = r#"{"code": "B", "number": 2, "retry": "throttled"},"#;
const C: &str = r#",
        {"code": "C", "number": 3, "replaced_by": "A", "remove_after": "2999-12-31"}"#;
const D: &str = r#",
        {"code": "D", "number": 4, "deprecated": "", "remove_after": "2001-01-01"}"#;

#[rustfmt::skip]
const CASES: &[Case<'_>] = &[
    (&[], &[], "unchanged", NOTHING, false),
    (&[("\"number\": 1", "\"number\": 10")], &["number-changed"], "major", &["lookup-changed"], false),
    (&[("\"number\": 2", "\"number\": 10")], &["number-changed"], "major", &["more-retried", "fewer-retried", "lookup-changed"], false),
    // The same number is the same error, whatever its name is.
    (&[("\"code\": \"B\"", "\"code\": \"X\", \"variant\": \"B\"")], &["code-renamed"], "patch", &["more-retried", "fewer-retried", "lookup-changed"], false),
    (&[("\"errno\": 5", "\"errno\": 6")], &["unique-value-changed"], "major", &["lookup-changed", "value-changed"], false),
    (&[(", \"errno\": 5", "")], &["unique-value-changed"], "major", &["lookup-changed", "value-changed"], false),
    (&[("\"number\": 2,", "\"number\": 2, \"errno\": 6,")], &["value-changed"], "patch", &["value-changed"], false),
    (&[("\"First\"", "\"Uno\"")], &["variant-renamed"], "major", NOTHING, false),
    (&[("\"First\"", "\"Uno\""), ("[\"Eins\"]", "[\"Eins\", \"First\"]")], &["variant-renamed-compatibly"], "minor", NOTHING, false),
    (&[("\"Eins\"", "")], &["former-variant-removed"], "major", NOTHING, false),
    (&[("\"Eins\"", "\"Eins\", \"Un\"")], &["former-variant-added"], "minor", NOTHING, false),
    (&[("\"First\"", "\"Eins\""), ("[\"Eins\"]", "[\"First\"]")], &["variant-renamed-compatibly"], "minor", NOTHING, false),
    (&[("1.0", "1.1")], &["since-changed"], "patch", NOTHING, false),
    (&[("\"throttled\"", "\"throttled\", \"replaced_by\": \"A\"")], &["replacement-added"], "minor", NOTHING, false),
    (&[("\"replaced_by\": \"A\"", "\"replaced_by\": \"B\"")], &["replacement-changed"], "patch", NOTHING, false),
    (&[("2999-12-31", "2999-12-30")], &["remove-after-changed"], "patch", NOTHING, false),
    (&[(B, "")], &["code-removed", "removed-undeprecated", "removed-unreserved"], "major", &["fewer-retried", "lookup-changed"], true),
    (&[(B, ""), ("\"Gone\"}", "\"Gone\"}, {\"code\": \"B\", \"number\": 2}")],
        &["reservation-added", "code-removed", "removed-undeprecated"], "major", &["fewer-retried", "lookup-changed"], true),
    (&[(C, ""), ("\"Gone\"}", "\"Gone\"}, {\"code\": \"C\", \"number\": 3}")],
        &["reservation-added", "code-removed", "removed-early"], "major", &["lookup-changed"], true),
    (&[(D, ""), ("\"Gone\"}", "\"Gone\"}, {\"code\": \"D\", \"numbers\": [4, 6]}")], &["reservation-added", "code-removed"], "major", &["lookup-changed"], false),
    (&[("{\"code\": \"Gone\"}, ", "")], &["reservation-removed"], "patch", NOTHING, true),
    // A number is what a response contains: it needs a reservation, too.
    (&[(D, ""), ("\"Gone\"}", "\"Gone\"}, {\"code\": \"D\"}")],
        &["reservation-added", "code-removed", "removed-unreserved"], "major", &["lookup-changed"], true),
    (&[(D, ",{\"code\": \"E\", \"number\": 4}"), ("\"Gone\"}", "\"Gone\"}, {\"code\": \"D\"}")],
        &["reservation-added", "code-removed", "removed-unreserved", "code-added", "number-reused"], "major", &["lookup-changed"], true),
    (&[("\"number\": 1", "\"number\": 20"), ("\"number\": 2,", "\"number\": 1,")],
        &["number-changed", "number-changed", "number-reused"], "major", &["more-retried", "fewer-retried", "lookup-changed"], true),
    (&[("\"Gone\"}", "\"Gone\", \"note\": \"Since 2.0.\"}")], &["text-changed"], "patch", NOTHING, false),
    (&[("{\"code\": \"Gone\"}, ", ""), (B, "{\"code\": \"B\", \"number\": 2, \"retry\": \"throttled\", \"aliases\": [\"Gone\"]},")],
        &["reserved-used", "alias-added"], "minor", &["more-retried"], true),
    (&[(", {\"number\": 7}", ""), (B, "{\"code\": \"B\", \"number\": 2, \"retry\": \"throttled\"}, {\"code\": \"E\", \"number\": 7},")],
        &["reserved-used", "code-added"], "minor", NOTHING, true),
];

/// Runs `errtable diff` in a directory, and returns its exit code and JSON.
fn diff(folder: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_errtable"))
        .args(["diff", "--format", "json"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{stderr}")))
}

fn rules(answer: &Value) -> Vec<&str> {
    answer["changes"].as_array().unwrap().iter().map(|change| change["rule"].as_str().unwrap()).collect()
}

#[test]
fn life_of_a_code_has_rules() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("old.json"), OLD).unwrap();
    for (replacements, expected, api, behaviour, is_denied) in CASES {
        let mut new = OLD.to_owned();
        for (from, to) in *replacements {
            assert!(new.contains(from), "{from}");
            new = new.replacen(from, to, 1);
        }
        fs::write(folder.path().join("new.json"), &new).unwrap();
        let (code, answer) = diff(folder.path(), &["old.json", "new.json"]);
        assert_eq!((code, &*rules(&answer)), (Some(0), *expected), "{replacements:?}");
        assert_eq!(answer["api"].as_str().unwrap_or("unchanged"), *api, "{replacements:?}");
        assert_eq!(answer["behaviour"], json!(behaviour), "{replacements:?}");
        let (code, _) = diff(folder.path(), &["old.json", "new.json", "--deny", "lifecycle"]);
        assert_eq!(code, Some(i32::from(*is_denied)), "{replacements:?}");
    }
}

#[test]
fn unreserved_code_and_number_are_named() {
    let folder = TempDir::new().unwrap();
    let rows = r#"{"code": "A", "number": 1}"#;
    let write = |name: &str, reserved: &str, rows: &str| {
        let table = format!(r#"{{"name": "t", "reserved": [{reserved}], "errors": [{rows}]}}"#);
        fs::write(folder.path().join(name), table).unwrap();
    };
    write("old.json", "", &format!(r#"{rows}, {{"code": "B", "number": 2}}"#));
    for (reserved, unreserved) in [
        ("", Some("B, 2")),
        (r#"{"number": 2}"#, Some("B")),
        (r#"{"code": "B"}"#, Some("2")),
        (r#"{"code": "B", "number": 2}"#, None),
    ] {
        write("new.json", reserved, rows);
        let (_, answer) = diff(folder.path(), &["old.json", "new.json"]);
        let mut changes = answer["changes"].as_array().unwrap().iter();
        let found = changes.find(|change| change["rule"] == "removed-unreserved").map(|change| &change["old"]);
        assert_eq!(found, unreserved.map(Value::from).as_ref(), "{reserved}");
    }
}

/// A service that sends `3` is read as before if the table makes the number a number.
#[test]
fn codes_that_become_numbers_are_found_as_before() {
    let folder = TempDir::new().unwrap();
    let compare = |old: &str, new: &str| {
        for (name, row) in [("old.json", old), ("new.json", new)] {
            fs::write(folder.path().join(name), format!(r#"{{"name": "t", "errors": [{row}]}}"#)).unwrap();
        }
        diff(folder.path(), &["old.json", "new.json"]).1
    };
    let old = r#"{"code": "3", "variant": "Code3", "retry": "throttled"}"#;
    let answer = compare(old, r#"{"code": "3", "number": 3, "variant": "Code3", "retry": "throttled"}"#);
    assert_eq!((rules(&answer), &answer["behaviour"]), (vec!["number-changed"], &json!([])));

    let answer = compare(old, r#"{"code": "Busy", "number": 3, "retry": "throttled"}"#);
    assert_eq!(rules(&answer), ["code-renamed", "number-changed", "variant-renamed"]);
    assert_eq!(answer["behaviour"], json!(["more-retried"]), "after `Busy`");
}

#[test]
fn row_may_be_removed_on_the_day_after_its_date() {
    let folder = TempDir::new().unwrap();
    let load = |rows: &str| {
        let table = format!(r#"{{"name": "t", "reserved": [{{"code": "A"}}], "errors": [{rows}]}}"#);
        let table = if rows.is_empty() { table } else { table.replace(r#"{"code": "A"}],"#, "],") };
        fs::write(folder.path().join("t.json"), table).unwrap();
        Table::load(&Directory::new(folder.path()), "t.json").table
    };
    let [old, new] = [r#"{"code": "A", "deprecated": "", "remove_after": "2027-06-30"}"#, ""].map(load);
    let is_early = |today| {
        let comparison = Comparison::new(&old, &new, today);
        comparison.changes.iter().any(|change| change.rule == Rule::RemovedEarly)
    };
    assert_eq!(["2027-06-29", "2027-06-30", "2027-07-01"].map(is_early), [true, true, false]);
}

/// The first commit. Each commit of the history changes the table further.
const START: &str = r#"{"name": "t", "reserved": [], "errors": [
    {"code": "Disk.Full", "number": 1}
]}"#;

/// A commit: its replacements, the rules, the verdicts, and the exit codes of `--deny breaking`
/// and of `--deny lifecycle`.
type Commit<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str], &'a str, &'a [&'a str], [i32; 2]);

#[rustfmt::skip]
const HISTORY: &[Commit<'_>] = &[
    ("add", &[("\n]}", ",\n    {\"code\": \"Disk.Slow\", \"number\": 2, \"retry\": \"throttled\"}\n]}")],
        &["code-added"], "minor", &["more-retried"], [0, 0]),
    ("rename", &[("\"throttled\"", "\"throttled\", \"variant\": \"DiskBusy\", \"former_variants\": [\"DiskSlow\"]")],
        &["variant-renamed-compatibly"], "minor", NOTHING, [0, 0]),
    ("deprecate", &[("\"number\": 1", "\"number\": 1, \"deprecated\": \"Not sent.\", \"remove_after\": \"2020-01-01\"")],
        &["deprecated", "remove-after-changed"], "minor", NOTHING, [0, 0]),
    ("replace", &[("\"Not sent.\"", "\"Not sent.\", \"replaced_by\": \"Disk.Slow\"")],
        &["replacement-added"], "minor", NOTHING, [0, 0]),
    ("reserve", &[("[]", "[{\"numbers\": [100, 199]}]")], &["reservation-added"], "patch", NOTHING, [0, 0]),
    ("renumber", &[("\"number\": 2", "\"number\": 3")],
        &["number-changed"], "major", &["more-retried", "fewer-retried", "lookup-changed"], [1, 0]),
    ("reclassify", &[("throttled", "transient")],
        &["retry-changed", "fault-changed"], "patch", &["fewer-retried", "fault-changed"], [0, 0]),
    ("remove", &[("    {\"code\": \"Disk.Full\", \"number\": 1, \"deprecated\": \"Not sent.\", \"replaced_by\": \"Disk.Slow\", \"remove_after\": \"2020-01-01\"},\n", ""), ("[{", "[{\"code\": \"Disk.Full\", \"number\": 1}, {")],
        &["reservation-added", "code-removed"], "major", &["lookup-changed"], [1, 0]),
];

#[test]
fn history_of_eight_commits_has_verdicts() {
    let folder = TempDir::new().unwrap();
    let commit = |name: &str, table: &str| {
        fs::write(folder.path().join("t.json"), table).unwrap();
        git(folder.path(), &["add", "--all"]);
        git(folder.path(), &["commit", "--quiet", "--message", name]);
    };
    git(folder.path(), &["init", "--quiet"]);
    let mut table = START.to_owned();
    commit("start", &table);
    for (name, replacements, expected, api, behaviour, [breaking, lifecycle]) in HISTORY {
        for (from, to) in *replacements {
            assert!(table.contains(from), "{name}: {from}");
            table = table.replacen(from, to, 1);
        }
        commit(name, &table);
        let (code, answer) = diff(folder.path(), &["HEAD~1:t.json", "HEAD:t.json"]);
        assert_eq!((code, &*rules(&answer)), (Some(0), *expected), "{name}");
        assert_eq!((answer["api"].as_str(), &answer["behaviour"]), (Some(*api), &json!(behaviour)), "{name}");
        for (deny, status) in [("breaking", breaking), ("lifecycle", lifecycle)] {
            let (code, _) = diff(folder.path(), &["HEAD~1:t.json", "HEAD:t.json", "--deny", deny]);
            assert_eq!(code, Some(*status), "{name} --deny {deny}");
        }
    }
}
