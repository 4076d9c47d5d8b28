//! Which tables `errtable check` compares with a revision, and what it says about their changes.

mod project_folder;
mod repository;

use std::process::Command;

use project_folder::{project, write};
use repository::git;
use tempfile::TempDir;

const A: &str = "{\n  \"name\": \"a\",\n  \"errors\": [\n    { \"code\": \"A\" }\n  ]\n}\n";
const B: &str = "{\n  \"name\": \"b\",\n  \"errors\": [\n    { \"code\": \"A\" }\n  ]\n}\n";
const RULES: &str = "[rules]\ndeny = ['breaking', 'lifecycle', 'alias-removed', 'since-changed', 'code-renamed']\n\
                     [diff]\nagainst = 'HEAD'\n";

/// Creates a repository whose project, in the folder `sub`, has these tables.
fn repository(paths: &[&str], files: &[(&str, &str)]) -> TempDir {
    let folder = project(&[]);
    write_project(&folder, paths);
    write(&folder.path().join("sub"), files);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    folder
}

fn write_project(folder: &TempDir, paths: &[&str]) {
    let tables = paths.iter().map(|path| format!("[[table]]\npath = '{path}'\n")).collect::<Vec<_>>().concat();
    write(folder.path(), &[("sub/errtable.toml", &format!("{tables}{RULES}"))]);
}

/// Checks the project. Returns the exit code, standard output and standard error.
fn check(folder: &TempDir) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    let output = command.arg("check").current_dir(folder.path().join("sub")).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn removed_table_is_reported_beside_a_new_one() {
    let folder = repository(&["a.json", "b.json"], &[("a.json", A), ("b.json", B)]);
    write(&folder.path().join("sub"), &[("c.json", &A.replace("\"a\"", "\"c\""))]);
    write_project(&folder, &["a.json", "c.json"]);
    let (code, out, error) = check(&folder);
    assert_eq!(code, Some(1), "{out}{error}");
    assert!(out.starts_with("error: table removed: `b.json`\n"), "{out}");
    let help = "help: list the table in `errtable.toml`, with the `name` that it had\n";
    assert!(out.contains(help), "{out}");
}

#[test]
fn problem_of_a_new_table_is_not_about_removed_ones() {
    let folder = repository(&["a.json"], &[("a.json", A)]);
    write(&folder.path().join("sub"), &[("c.json", &A.replace("\"A\"", "\"\""))]);
    write_project(&folder, &["a.json", "c.json"]);
    let (code, out, error) = check(&folder);
    assert_eq!(code, Some(1), "{out}{error}");
    assert!(!error.contains("tables that were moved or removed are not found"), "{error}");
}

#[test]
fn unchanged_directory_is_not_a_removed_table() {
    let folder = repository(&["spec"], &[("spec/a.json", A)]);
    let (code, out, error) = check(&folder);
    assert_eq!((code, &*out), (Some(0), ""), "{error}");
}

#[test]
fn listed_table_that_the_revision_lacks_is_not_removed() {
    let folder = repository(&["a.json", "b.json"], &[("a.json", A)]);
    write_project(&folder, &["a.json"]);
    let (code, out, error) = check(&folder);
    assert_eq!((code, &*out), (Some(0), ""), "{error}");
}

#[test]
fn other_spelling_of_a_path_is_the_same_table() {
    let folder = repository(&["spec/../a.json"], &[("a.json", A), ("spec/x", "")]);
    write_project(&folder, &["a.json"]);
    let (code, out, error) = check(&folder);
    assert_eq!((code, &*out), (Some(0), ""), "{error}");
}

#[test]
fn removed_table_above_the_project_is_reported() {
    let tables = [("../spec/a.json", A), ("../spec/b.json", B)];
    let folder = repository(&["../spec/a.json", "../spec/b.json"], &tables);
    write_project(&folder, &["../spec/a.json"]);
    let (code, out, error) = check(&folder);
    assert_eq!(code, Some(1), "{out}{error}");
    assert!(out.starts_with("error: table removed: `../spec/b.json`\n"), "{out}");
}

/// A table with numbers. The cases change parts of it.
const LIFE: &str = r#"{
  "name": "life",
  "reserved": [{ "code": "Gone" }],
  "errors": [
    { "code": "A", "number": 1, "variant": "First", "former_variants": ["Eins"], "aliases": ["Old"], "since": "1.0" },
    { "code": "B", "number": 2, "deprecated": "", "remove_after": "2999-12-31" },
    { "code": "C", "number": 3, "deprecated": "" },
    { "code": "D", "number": 5 },
    { "code": "7", "number": 7, "variant": "Seven", "deprecated": "" }
  ]
}
"#;

/// Checks the table after replacements of its texts. Returns the findings.
fn changed(replacements: &[(&str, &str)]) -> String {
    let folder = repository(&["life.json"], &[("life.json", LIFE)]);
    let mut text = LIFE.to_owned();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    write(&folder.path().join("sub"), &[("life.json", &text)]);
    let (code, out, error) = check(&folder);
    assert_eq!(code, Some(1), "{replacements:?}: {out}{error}");
    out
}

#[test]
fn help_names_the_repair_of_a_denied_change() {
    let row = |code: &str| LIFE.lines().find(|line| line.contains(&format!("\"code\": \"{code}\", "))).unwrap();
    let gone = "{ \"code\": \"Gone\" }";
    let [b, c, d, seven] = ["B", "C", "D", "7"].map(row);
    let seven = format!(",\n{seven}");
    let [b, c, d] = [b, c, d].map(|row| format!("{row}\n"));
    for (replacements, repair) in [
        (vec![("\"First\"", "\"One\"")], "keep the old name: add `\"former_variants\": [\"First\"]` to the row"),
        (vec![("\"code\": \"A\"", "\"code\": \"Z\"")], "keep the old code: add `\"aliases\": [\"A\"]` to the row"),
        (vec![(&*d, "")], "keep the row of `D`, and add `\"deprecated\": \"why\"` to it"),
        (vec![(&*b, "")], "keep the row of `B` until then"),
        (vec![("\"Eins\"", "")], "add \"Eins\" to `former_variants` of the row again"),
        (vec![("\"Old\"", "")], "add \"Old\" to `aliases` of the row again"),
        (vec![(gone, "")], "add it to `reserved` of the table again"),
        (vec![(gone, ""), ("\"Old\"", "\"Old\", \"Gone\"")], "use another code or number"),
        (
            vec![("\"number\": 3", "\"number\": 4")],
            "add a row for the new number, and keep the old one with `deprecated`",
        ),
        // The number is reserved, or the code, or neither.
        (vec![(&*c, ""), (gone, "{ \"number\": 3 }")], "add this to `reserved` of the table: `{ \"code\": \"C\" }`"),
        (vec![(&*c, ""), (gone, "{ \"code\": \"C\" }")], "add this to `reserved` of the table: `{ \"number\": 3 }`"),
        (vec![(&*c, "")], "add this to `reserved` of the table: `{ \"code\": \"C\" }, { \"number\": 3 }`"),
        // A code may look like a number.
        (vec![(&*seven, "")], "add this to `reserved` of the table: `{ \"code\": \"7\" }, { \"number\": 7 }`"),
        (
            vec![(&*seven, ""), (gone, "{ \"number\": 7 }")],
            "add this to `reserved` of the table: `{ \"code\": \"7\" }`",
        ),
    ] {
        let out = changed(&replacements);
        assert!(out.contains(&format!("help: {repair}\n")), "{repair}: {out}");
        assert!(out.contains("or, to accept the change, add this to `errtable.toml`:"), "{out}");
    }
}

#[test]
fn removed_value_is_printed_as_none() {
    let out = changed(&[(", \"since\": \"1.0\"", "")]);
    assert!(out.starts_with("error: `A`: `since` changed from `1.0` to none\n"), "{out}");
}
