//! The diagnostics of invalid tables equal golden files.
//!
//! A folder of `diagnostics/` is named after the rule that its `t.json` violates, with a suffix
//! after a dot if a rule has several. `expected.txt` contains the rendered diagnostics. `BLESS=1
//! cargo test -p errtable-spec` overwrites these files; review the diff.

mod memory;

use std::path::{Path, PathBuf};
use std::{fs, io};

use errtable_spec::__private::render;
use errtable_spec::{Diagnostic, Directory, Files, Rule, Table};
use memory::load;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// Returns the diagnostics and warnings of a case.
fn diagnostics(case: &Path) -> Vec<Diagnostic> {
    let loaded = Table::load(&Directory::new(case), "t.json");
    [loaded.diagnostics, loaded.warnings].concat()
}

fn rendered(case: &Path) -> String {
    render(&diagnostics(case)).join("\n\n") + "\n"
}

#[test]
fn diagnostics_equal_golden_files() {
    let mut cases: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut wrong = Vec::new();
    for case in &cases {
        let golden = case.join("expected.txt");
        let rendered = rendered(case);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &rendered).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if rendered != expected {
            wrong.push(format!("{}:\n{rendered}\nexpected:\n{expected}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 40);
}

#[test]
fn every_diagnostic_has_a_help() {
    for case in fs::read_dir(folder()).unwrap() {
        let case = case.unwrap().path();
        for diagnostic in diagnostics(&case) {
            let message = diagnostic.to_string();
            assert!(diagnostic.help().is_some(), "no help: {message}");
            assert!(!diagnostic.message().ends_with('.'), "full stop: {message}");
            assert_eq!(diagnostic.line().is_some(), message.contains('^'), "caret: {message}");
        }
    }
}

#[test]
fn object_or_array_is_marked_at_its_first_byte() {
    for (case, expected) in [
        ("missing-key", vec!["{", "{"]),
        ("unwritten-code", vec!["{"]),
        ("private-placeholder", vec!["{"]),
        ("invalid-success", vec!["[", "[", "{", "["]),
        ("missing-code", vec!["{", "[", "null"]),
    ] {
        let diagnostics = diagnostics(&folder().join(case));
        let problems = diagnostics.iter().filter_map(Diagnostic::excerpt).map(|(line, problem)| &line[problem]);
        assert_eq!(problems.collect::<Vec<_>>(), expected, "{case}");
    }
}

#[test]
fn accessors_return_the_parts() {
    let loaded = Table::load(&Directory::new(folder().join("duplicate-alias")), "t.json");
    let diagnostic = &loaded.diagnostics[1];
    assert_eq!(
        (diagnostic.rule(), diagnostic.file(), diagnostic.line(), diagnostic.column()),
        (Rule::DuplicateAlias, "t.json", Some(4), Some(37))
    );
    assert_eq!(
        (diagnostic.message(), diagnostic.notes()),
        ("duplicate alias `B`", &["first defined at t.json:5:15".to_owned()][..])
    );
    assert_eq!(diagnostic.help(), Some("remove the alias: each spelling must identify one code"));

    let loaded = Table::load(&Directory::new(folder().join("byte-order-mark")), "t.json");
    let diagnostic = &loaded.diagnostics[0];
    assert_eq!((diagnostic.line(), diagnostic.column(), diagnostic.notes().len()), (None, None, 0));
}

#[test]
fn valid_rows_are_kept() {
    let loaded = Table::load(&Directory::new(folder().join("duplicate-code.four-mistakes")), "t.json");
    let variants: Vec<_> = loaded.table.rows.iter().map(|row| row.variant.as_str()).collect();
    assert_eq!(
        variants,
        ["InternalError", "RequestLimitExceeded", "InvalidParameterValueTooLarge", "ResourceNotFound"],
        "the first of two wins, and a row with an unknown value keeps its variant",
    );
    assert_eq!(loaded.diagnostics.len(), 4);
    let loaded = Table::load(&Directory::new(folder().join("ambiguous-case")), "t.json");
    let codes: Vec<_> = loaded.table.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["FailedOperation.DBError", "A"], "an alias may differ from its own code only in case");
}

#[test]
fn missing_name_defaults_to_the_file_name() {
    for (path, name) in [("t.json", "t"), ("tables/my-api.json", "my-api"), ("tables/plain", "plain")] {
        let loaded = load(&[(path, r#"{"errors": [{"code": "A"}]}"#)]);
        assert_eq!(loaded.diagnostics.iter().map(Diagnostic::rule).collect::<Vec<_>>(), [Rule::MissingKey], "{path}");
        assert_eq!((loaded.table.name.as_str(), loaded.table.rows[0].table.as_str()), (name, name));
    }
}

#[test]
fn at_most_twenty_diagnostics_are_rendered() {
    for (rows, count, last) in [(20, 20, None), (21, 21, Some("and 1 more")), (1000, 21, Some("and 980 more"))] {
        let rows: Vec<_> = (0..rows).map(|row| format!(r#"{{"code": "C{row}", "retry": "nevr"}}"#)).collect();
        let table = format!(r#"{{"name": "t", "errors": [{}]}}"#, rows.join(","));
        let messages = render(&load(&[("t.json", &table)]).diagnostics);
        assert_eq!(messages.len(), count);
        assert_eq!(messages.get(20).map(String::as_str), last);
    }
}

/// Rules whose violation is too large for a golden file, and the test that covers them.
const COVERED_ELSEWHERE: [(Rule, &str); 1] = [(Rule::TooManyCodes, "limits.rs")];

#[test]
fn every_rule_has_a_golden_file() {
    let mut missing = Vec::new();
    for rule in Rule::ALL {
        let case = folder().join(rule.as_str());
        let is_covered = case.is_dir() && diagnostics(&case).iter().any(|diagnostic| diagnostic.rule() == *rule);
        if !is_covered && !COVERED_ELSEWHERE.iter().any(|(elsewhere, _)| elsewhere == rule) {
            missing.push(rule.as_str());
        }
    }
    assert!(missing.is_empty(), "no golden file violates {missing:?}");
}

#[test]
fn golden_files_violate_the_rule_in_their_name() {
    for case in fs::read_dir(folder()).unwrap() {
        let case = case.unwrap().path();
        let name = case.file_name().unwrap().to_str().unwrap();
        let rule = name.split('.').next().unwrap();
        assert!(diagnostics(&case).iter().any(|diagnostic| diagnostic.rule().to_string() == rule), "{name}");
    }
}

#[test]
fn invalid_path_is_reported_without_a_position() {
    for (path, message) in [
        ("", "invalid path ``: it is empty"),
        ("/etc/t.json", "/etc/t.json: invalid path `/etc/t.json`: it is absolute"),
        ("./", "./: invalid path `./`: it names a directory"),
        ("bundled:common", "bundled:common: invalid path `bundled:common`: it names a bundled table"),
    ] {
        let rendered = render(&Table::load(&Directory::new(folder()), path).diagnostics);
        assert_eq!(rendered.len(), 1, "{path}");
        assert_eq!(rendered[0].lines().next(), Some(message));
    }
}

/// A folder without files, which cannot be listed.
struct Unlisted;

impl Files for Unlisted {
    fn read(&self, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

#[test]
fn files_that_cannot_be_listed_are_not_suggested() {
    let missing_table = Table::load(&Unlisted, "tables/t.json");
    let missing_base = load(&[("t.json", r#"{"name": "t", "extends": ["b.json"], "errors": []}"#)]);
    for (loaded, root) in [(missing_table, "directory of Cargo.toml"), (missing_base, "extending file")] {
        let help = format!("there is no other table in this folder; paths are relative to the {root}");
        assert_eq!(loaded.diagnostics.iter().map(Diagnostic::help).collect::<Vec<_>>(), [Some(&*help)]);
    }
}

#[test]
fn utf_32_is_not_called_utf_16() {
    let loaded = load(&[("t.json", "{\0\0\0\"\0\0\0")]);
    assert_eq!(loaded.diagnostics.iter().map(Diagnostic::rule).collect::<Vec<_>>(), [Rule::InvalidJson]);
}

#[test]
fn search_for_a_missing_file_ends_at_the_workspace() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR"));
    let elsewhere = |root: &Path, path: &str| Directory::new(root).elsewhere(path);
    assert_eq!(elsewhere(spec, "../common.json").as_deref(), Some("common.json"));
    assert_eq!(elsewhere(spec, "spec/common.json").as_deref(), Some("../spec/common.json"));
    assert_eq!(elsewhere(&folder(), "../Cargo.lock").as_deref(), Some("../../../Cargo.lock"));
    let workspace = spec.parent().unwrap();
    let outside = format!("{}/Cargo.lock", workspace.file_name().unwrap().to_str().unwrap());
    assert!(workspace.join("..").join(&outside).is_file());
    assert_eq!(elsewhere(workspace, &outside), None);
    assert_eq!(elsewhere(spec, &outside), None);
}

#[test]
fn workspace_is_recognized_by_its_lock_file_or_its_manifest() {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workspaces");
    for (name, file, text) in [("locked", "Cargo.lock", ""), ("declared", "Cargo.toml", "[workspace]\n")] {
        let workspace = parent.join(name);
        fs::create_dir_all(workspace.join("member")).unwrap();
        fs::write(workspace.join(file), text).unwrap();
        let member = Directory::new(workspace.join("member"));
        assert_eq!(member.elsewhere(file), Some(format!("../{file}")));
        assert_eq!(member.elsewhere(&format!("{name}/{file}")), None, "it is outside");
    }
}
