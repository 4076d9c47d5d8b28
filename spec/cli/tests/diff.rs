//! Every kind of change has both verdicts and an exit code.

use std::fs;
use std::process::{Command, Output};

use errtable_cli::diff::change::Rule;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The rows and keys of the old table. The cases change parts of them.
const OLD: &str = r#"{
    "name": "t",
    "description": "Old.",
    "envelope": "nested",
    "ignore_case": true,
    "columns": {
        "http_status": "u16",
        "cache": {"type": "bool", "default": false},
        "severity": {"enum": ["low", "high"], "default": "low"}
    },
    "errors": [
        {"code": "A.Never", "description": "Never.", "aliases": ["OldNever"], "evidence": "Why.", "http_status": 400},
        {"code": "B.Wait", "description": "Wait.", "retry": "throttled", "retry_after_ms": 100, "aliases": ["OldWait"]},
        {"code": "C.Work", "description": "Work.", "retry": "transient", "fault": "server", "deprecated": "Old."}
    ]
}"#;

/// A case: replacements in the old table, the rules of the changes, the verdicts, and the exit
/// codes of `--deny breaking` and of `--deny retry`.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str, &'a [&'a str], [i32; 2]);

const NOTHING: &[&str] = &[];

#[rustfmt::skip]
const CASES: &[Case<'_>] = &[
    (&[], &[], "unchanged", NOTHING, [0, 0]),
    // The table.
    (&[(r#""name": "t""#, r#""name": "u""#)], &["table-renamed"], "patch", NOTHING, [0, 0]),
    (&[(r#""Old.","#, r#""New.","#)], &["text-changed"], "patch", NOTHING, [0, 0]),
    (&[(r#""ignore_case": true"#, r#""ignore_case": false"#)], &["ignore-case-removed"], "major", NOTHING, [1, 0]),
    (&[(r#""envelope": "nested","#, "")], &["envelope-removed"], "major", NOTHING, [1, 0]),
    (&[("nested", "flat")], &["envelope-changed"], "patch", &["envelope-changed"], [0, 0]),
    (&[(r#""errors": ["#, r#""errors": [{"code": "D", "description": "Work.", "retry": "never"},"#)],
        &["code-added"], "minor", NOTHING, [0, 0]),
    // Columns.
    (&[(r#""http_status": "u16","#, ""), (r#", "http_status": 400"#, "")],
        &["column-removed"], "major", NOTHING, [1, 0]),
    (&[(r#""columns": {"#, r#""columns": {"doc": "str","#)], &["column-added"], "minor", NOTHING, [0, 0]),
    (&[(r#""u16""#, r#""u32""#)], &["column-retyped"], "major", NOTHING, [1, 0]),
    (&[(r#""u16""#, r#""http_status""#)], &[], "unchanged", NOTHING, [0, 0]), // The method is the same.
    (&[(r#""u16""#, r#"{"type": "u16", "default": 400}"#)],
        &["column-option-changed", "column-default-changed"], "major", &["value-changed"], [1, 0]),
    (&[(r#""default": false"#, r#""default": true"#)], &["column-default-changed"], "patch", &["value-changed"], [0, 0]),
    (&[(r#"["low", "high"]"#, r#"["low"]"#)], &["enum-value-removed"], "major", NOTHING, [1, 0]),
    (&[(r#"["low", "high"]"#, r#"["low", "high", "top"]"#)], &["enum-value-added"], "major", NOTHING, [1, 0]),
    (&[(r#"["low", "high"]"#, r#"["low", "HIGH"]"#)], &["enum-value-renamed"], "patch", &["value-changed"], [0, 0]),
    (&[(r#"["low", "high"]"#, r#"["high", "low"]"#)], &["enum-values-reordered"], "patch", &["value-changed"], [0, 0]),
    (&[(r#""http_status": 400"#, r#""http_status": 404"#)], &["value-changed"], "patch", &["value-changed"], [0, 0]),
    (&[(r#", "http_status": 400"#, "")], &["value-changed"], "patch", &["value-changed"], [0, 0]),
    // Codes and variants.
    (&[(r#""A.Never""#, r#""A.Never", "variant": "Other""#)], &["variant-renamed"], "major", NOTHING, [1, 0]),
    (&[(r#""A.Never""#, r#""A.Other""#)], &["code-renamed", "variant-renamed"], "major", &["lookup-changed"], [1, 0]),
    (&[(r#""A.Never""#, r#""A.Other", "variant": "ANever""#)], &["code-renamed"], "patch", &["lookup-changed"], [0, 0]),
    (&[(r#""B.Wait""#, r#""B.Other", "variant": "BWait""#)],
        &["code-renamed"], "patch", &["more-retried", "fewer-retried", "lookup-changed"], [0, 1]),
    (&[(r#""B.Wait""#, r#""B.Other", "variant": "BWait""#), ("OldWait", "B.Wait")],
        &["code-renamed", "alias-removed"], "patch", &["more-retried", "fewer-retried", "lookup-changed"], [0, 1]),
    (&[(r#""A.Never""#, r#""X""#), ("Never.", "Other."), (r#""aliases": ["OldNever"], "#, "")],
        &["code-removed", "removed-undeprecated", "removed-unreserved", "code-added"], "major", &["lookup-changed"], [1, 0]),
    (&[(r#""B.Wait""#, r#""X""#), ("Wait.", "Other."), (r#", "aliases": ["OldWait"]"#, "")],
        &["code-removed", "removed-undeprecated", "removed-unreserved", "code-added"], "major", &["more-retried", "fewer-retried", "lookup-changed"], [1, 1]),
    // Aliases.
    (&[(r#""OldNever""#, "")], &["alias-removed"], "patch", &["lookup-changed"], [0, 0]),
    (&[(r#""OldWait""#, "")], &["alias-removed"], "patch", &["fewer-retried", "lookup-changed"], [0, 0]),
    (&[(r#""OldNever""#, r#""OldNever", "Older""#)], &["alias-added"], "minor", NOTHING, [0, 0]),
    (&[(r#""OldWait""#, r#""OldWait", "Older""#)], &["alias-added"], "minor", &["more-retried"], [0, 1]),
    (&[(r#""OldWait""#, ""), (r#""OldNever""#, r#""OldNever", "OldWait""#)],
        &["alias-added", "alias-removed"], "minor", &["fewer-retried", "wait-changed", "lookup-changed"], [0, 0]),
    // Behaviour of a row.
    (&[(r#""throttled", "retry_after_ms": 100"#, r#""never""#)],
        &["retry-changed", "retry-after-changed"], "patch", &["fewer-retried", "wait-changed"], [0, 0]),
    (&[("throttled", "transient")],
        &["retry-changed", "fault-changed"], "patch", &["fewer-retried", "fault-changed"], [0, 0]),
    (&[("throttled", "conflict")], &["retry-changed"], "patch", &["retried-differently"], [0, 0]),
    (&[("throttled", "renew")], &["retry-changed"], "patch", &["retried-differently"], [0, 0]),
    (&[("throttled", "restart")], &["retry-changed"], "patch", &["fewer-retried"], [0, 0]),
    (&[("transient", "throttled")], &["retry-changed"], "patch", &["more-retried"], [0, 1]),
    (&[("transient", "restart")], &["retry-changed"], "patch", &["more-retried", "fewer-retried"], [0, 1]),
    (&[("transient", "renew")], &["retry-changed"], "patch", &["more-retried", "retried-differently"], [0, 1]),
    (&[(r#""Never.","#, r#""Never.", "retry": "transient","#)],
        &["retry-changed", "fault-changed"], "patch", &["more-retried", "fault-changed"], [0, 1]),
    (&[("\"retry_after_ms\": 100", "\"retry_after_ms\": 200")],
        &["retry-after-changed"], "patch", &["wait-changed"], [0, 0]),
    (&[("server", "none")], &["fault-changed"], "patch", &["fault-changed"], [0, 0]),
    // Texts of a row.
    (&[("Never.", "Not ever.")], &["description-changed"], "patch", NOTHING, [0, 0]),
    (&[("Why.", "Because.")], &["evidence-changed"], "patch", NOTHING, [0, 0]),
    (&[(r#""deprecated": "Old.""#, r#""deprecated": "Older.""#)], &["deprecation-changed"], "patch", NOTHING, [0, 0]),
    (&[(r#", "deprecated": "Old.""#, "")], &["deprecation-changed"], "patch", NOTHING, [0, 0]),
    (&[(r#""Wait.","#, r#""Wait.", "deprecated": "Now.","#)], &["deprecated"], "minor", NOTHING, [0, 0]),
];

/// Runs `errtable diff` in a directory.
fn diff(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_errtable")).arg("diff").args(arguments).current_dir(folder).output().unwrap()
}

/// Returns the exit code, and the JSON of `--format json`.
fn diff_json(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = diff(folder, &[arguments, &["--format", "json"]].concat());
    let stderr = String::from_utf8_lossy(&output.stderr);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{stderr}")))
}

fn rules(answer: &Value) -> Vec<&str> {
    answer["changes"].as_array().unwrap().iter().map(|change| change["rule"].as_str().unwrap()).collect()
}

fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).unwrap();
}

#[test]
fn every_change_has_both_verdicts() {
    let folder = TempDir::new().unwrap();
    write(&folder, "old.json", OLD);
    for (replacements, expected, api, behaviour, [breaking, retry]) in CASES {
        let mut new = OLD.to_owned();
        for (from, to) in *replacements {
            assert!(new.contains(from), "{from}");
            new = new.replacen(from, to, 1);
        }
        write(&folder, "new.json", &new);
        let (code, answer) = diff_json(&folder, &["old.json", "new.json"]);
        assert_eq!(code, Some(0), "{replacements:?}");
        assert_eq!(&rules(&answer), expected, "{replacements:?}");
        assert_eq!(answer["api"].as_str().unwrap_or("unchanged"), *api, "{replacements:?}");
        assert_eq!(answer["behaviour"], json!(behaviour), "{replacements:?}");
        for (deny, status) in [("breaking", breaking), ("retry", retry)] {
            let (code, _) = diff_json(&folder, &["old.json", "new.json", "--deny", deny]);
            assert_eq!(code, Some(*status), "--deny {deny}: {replacements:?}");
        }
    }
}

/// Returns a table with a column that has these keys.
fn numbered(keys: &str) -> String {
    format!(
        r#"{{"name": "t", "columns": {{"errno": {{"type": "u16"{keys}}}}}, "errors": [{{"code": "A", "errno": 1}}]}}"#
    )
}

/// Returns a table with an enum column of these values.
fn severity(values: &str) -> String {
    format!(
        r#"{{"name": "t", "columns": {{"severity": {{"enum": [{values}]}}}}, "errors": [{{"code": "A", "severity": "low"}}]}}"#
    )
}

#[test]
fn other_changes_have_rules() {
    let folder = TempDir::new().unwrap();
    for (old, new, expected) in [
        (r#"{"name": "t", "errors": []}"#, r#"{"name": "t", "ignore_case": true, "errors": []}"#, "ignore-case-added"),
        (r#"{"name": "t", "errors": []}"#, r#"{"name": "t", "envelope": "flat", "errors": []}"#, "envelope-added"),
        (
            r#"{"name": "t", "errors": [{"code": "A"}, {"code": "B"}]}"#,
            r#"{"name": "t", "errors": [{"code": "B"}, {"code": "A"}]}"#,
            "rows-reordered",
        ),
        (
            r#"{"name": "t", "errors": [{"code": "InternalError"}]}"#,
            r#"{"name": "t", "extends": ["base.json"], "errors": []}"#,
            "row-moved",
        ),
        (&numbered(""), &numbered(r#", "required": true"#), "column-option-changed"),
        (&numbered(""), &numbered(r#", "unique": true"#), "column-lookup-added"),
        (&numbered(r#", "unique": true"#), &numbered(""), "column-lookup-removed"),
        (
            r#"{"name": "t", "errors": [{"code": "A"}]}"#,
            r#"{"name": "t", "variant_prefix": "My", "errors": [{"code": "A"}]}"#,
            "variant-renamed",
        ),
        (&severity(r#""low", "high""#), &severity(r#""high", "low""#), "enum-values-reordered"),
    ] {
        write(&folder, "base.json", r#"{"name": "base", "errors": [{"code": "InternalError"}]}"#);
        write(&folder, "old.json", old);
        write(&folder, "new.json", new);
        assert_eq!(rules(&diff_json(&folder, &["old.json", "new.json"]).1), [expected]);
    }
}

#[test]
fn changes_of_a_table_have_the_old_and_the_new_text() {
    let folder = TempDir::new().unwrap();
    let table = |keys: &str| format!(r#"{{"name": "t"{keys}, "errors": []}}"#);
    for (without, with, rule, text) in [
        (table(""), table(r#", "description": "Orders.""#), "text-changed", "Orders."),
        (numbered(""), numbered(r#", "unique": true"#), "column-lookup-added", "from_errno"),
        (
            table(""),
            table(r#", "reserved": [{"code": "Gone", "number": 7, "numbers": [200, 299]}]"#),
            "reservation-added",
            "Gone, 7, 200 to 299",
        ),
    ] {
        write(&folder, "without.json", &without);
        write(&folder, "with.json", &with);
        let change = |arguments| diff_json(&folder, arguments).1["changes"][0].clone();
        let added = change(&["without.json", "with.json"]);
        assert_eq!([&added["rule"], &added["old"], &added["new"]], [&json!(rule), &Value::Null, &json!(text)]);
        let removed = change(&["with.json", "without.json"]);
        assert_eq!([&removed["old"], &removed["new"]], [&json!(text), &Value::Null], "{rule}");
    }
}

#[test]
fn changed_wait_has_no_effect_beside_it() {
    let folder = TempDir::new().unwrap();
    write(&folder, "old.json", OLD);
    write(&folder, "new.json", &OLD.replace("100", "200"));
    let text = String::from_utf8(diff(&folder, &["old.json", "new.json"]).stdout).unwrap();
    assert!(text.ends_with("\n  B.Wait: wait changed from `100 ms` to `200 ms`\n"), "{text}");
}

#[test]
fn lint_cannot_be_denied_by_diff() {
    let folder = TempDir::new().unwrap();
    write(&folder, "t.json", OLD);
    for lint in ["lints", "missing-evidence"] {
        let output = diff(&folder, &["t.json", "t.json", "--deny", lint]);
        assert_eq!(output.status.code(), Some(2), "{lint}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("`errtable check` has the lints"), "{stderr}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let elsewhere = [
        "ignore-case-added",
        "envelope-added",
        "rows-reordered",
        "row-moved",
        "column-lookup-added",
        "column-lookup-removed",
        // In `diff_lifecycle.rs`.
        "number-changed",
        "unique-value-changed",
        "variant-renamed-compatibly",
        "former-variant-removed",
        "former-variant-added",
        "since-changed",
        "replacement-added",
        "replacement-changed",
        "remove-after-changed",
        "removed-early",
        "reserved-used",
        "number-reused",
        "reservation-added",
        "reservation-removed",
        // In `project.rs`.
        "table-removed",
    ];
    let tested: Vec<_> = CASES.iter().flat_map(|(_, rules, ..)| *rules).chain(&elsewhere).collect();
    for rule in Rule::ALL {
        assert!(tested.contains(&&rule.as_str()), "{}", rule.as_str());
    }
}

#[test]
fn unreadable_table_exits_with_2() {
    let folder = TempDir::new().unwrap();
    write(&folder, "t.json", OLD);
    write(&folder, "invalid.json", "{");
    for arguments in [
        ["missing.json", "t.json"],
        ["t.json", "missing.json"],
        ["invalid.json", "t.json"],
        ["HEAD:t.json", "t.json"],
        ["bundled:missing", "t.json"],
        ["-", "-"],
    ] {
        let output = diff(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn accepted_change_is_not_denied() {
    let folder = TempDir::new().unwrap();
    write(&folder, "old.json", OLD);
    write(&folder, "new.json", &OLD.replace("\"transient\"", "\"throttled\"").replace("\"u16\"", "\"u32\""));
    let accepted = r#"[
        {"rule": "retry-changed", "code": "C.Work", "reason": "The service deduplicates requests."},
        {"rule": "column-retyped", "code": null, "column": "http_status"},
        {"rule": "retry-changed", "code": "A.Never"}
    ]"#;
    write(&folder, "accept.json", accepted);
    let arguments = ["old.json", "new.json", "--deny", "breaking", "--deny", "retry", "--accept", "accept.json"];
    let (code, answer) = diff_json(&folder, &arguments);
    assert_eq!(code, Some(0));
    assert_eq!(answer["api"], "major", "verdicts include accepted changes");
    assert!(answer["changes"].as_array().unwrap().iter().all(|change| change["accepted"] == true));
    assert_eq!(answer["stale"], json!([{"rule": "retry-changed", "code": "A.Never"}]));
    let stderr = diff(&folder, &arguments).stderr;
    let warning = "warning: accepted change no longer applies: `retry-changed` of code `A.Never`\n";
    assert_eq!(String::from_utf8(stderr).unwrap(), warning);

    let others = r#"[
        {"rule": "retry-changed"},
        {"rule": "value-changed", "column": "http_status"},
        {"rule": "column-retyped"},
        {"rule": "column-retyped", "column": "cache"}
    ]"#;
    write(&folder, "accept.json", others);
    let (code, answer) = diff_json(&folder, &arguments);
    assert_eq!((code, answer["stale"].as_array().unwrap().len()), (Some(1), 4));
}

#[test]
fn invalid_accepted_changes_exit_with_2() {
    let folder = TempDir::new().unwrap();
    write(&folder, "t.json", OLD);
    for (text, why) in [
        ("", "invalid JSON at line 1, column 0"),
        ("{}", "expected an array"),
        ("[7]", "entry 1: expected an object"),
        (r#"[{"rule": "code-remove"}]"#, "entry 1: unknown rule `code-remove`"),
        (r#"[{"code": "A"}]"#, "entry 1: missing key `rule`"),
        (r#"[{"rule": null}]"#, "entry 1: `rule` must be a string"),
        (r#"[{"rule": "code-added", "line": 3}]"#, "entry 1: `line` must be a string"),
        (r#"[{"rule": "code-added"}, {"rule": "code-added", "line": "3"}]"#, "entry 2: unknown key `line`"),
    ] {
        write(&folder, "accept.json", text);
        let output = diff(&folder, &["t.json", "t.json", "--accept", "accept.json"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        let error = format!("error: cannot read the accepted changes in `accept.json`: {why}\n");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with(&error), "{stderr}");
    }
}
