//! `errtable.toml`: what `check` without arguments finds, and what `update` writes.

mod project_folder;
mod repository;

use std::fs;
use std::path::Path;
use std::process::Command;

use errtable_cli::project::Project;
use project_folder::project;
use repository::git;
use tempfile::TempDir;

const TABLE: &str = r#"{
  "name": "my-api",
  "errors": [
    { "code": "Quota.Full", "description": "The quota is full." },
    { "code": "Upload.Busy", "description": "Busy.", "retry": "conflict" }
  ]
}
"#;

/// Runs a command. Returns the exit code, standard output and standard error.
fn errtable(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_errtable")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Returns the messages of the problems of a file.
fn problems(text: &str) -> Vec<String> {
    match Project::parse(text) {
        Ok(_) => Vec::new(),
        Err(errtable_cli::error::Error::Project(problems)) => {
            problems.into_iter().map(|problem| problem.message).collect()
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn project_is_found_above_the_working_directory() {
    let folder = project(&[("errtable.toml", "[[table]]\npath = 'a.json'\n"), ("a.json", TABLE), ("b/c", "")]);
    let (code, _, summary) = errtable(&folder.path().join("b"), &["check"]);
    assert_eq!((code, &*summary), (0, "checked 1 table: no problems\n"));
}

#[test]
fn missing_project_is_unusable() {
    let folder = project(&[]);
    for command in ["check", "update"] {
        let (code, _, error) = errtable(folder.path(), &[command]);
        assert_eq!(code, 2);
        assert!(error.contains("there is no `errtable.toml`"), "{error}");
    }
}

#[test]
fn update_writes_what_check_reports_once() {
    let toml = "[[table]]\npath = 'a.json'\nimport.pages = ['a.csv']\n\n[[table.export]]\nto = 'json'\nout = 'a.out'\n\n\
                [doc]\nout = 'pages'\n";
    let page = "code,description\nQuota.Full,The quota is used up.\nNew.Code,It is new.\nUpload.Busy,Busy.\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", page)]);
    let (code, out, _) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 1);
    for expected in ["differs from its pages", "errtable.toml:3:17", "`New.Code` would be added", "`a.out` does not"] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    assert_eq!(errtable(folder.path(), &["update"]).0, 0);
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    let before = fs::read(folder.path().join("a.json")).unwrap();
    assert_eq!(errtable(folder.path(), &["update"]).0, 0);
    assert_eq!(fs::read(folder.path().join("a.json")).unwrap(), before);
    fs::write(folder.path().join("a.out"), "").unwrap();
    let (code, out, _) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(out.contains("`a.out` is out of date"), "{out}");
}

#[test]
fn missing_rows_are_reported_unless_they_are_unlisted() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv']\n";
    let page = "code,description\nQuota.Full,The quota is full.\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", page)]);
    let (code, out, _) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(out.contains("the pages do not list `Upload.Busy`"), "{out}");
    fs::write(folder.path().join("errtable.toml"), format!("{toml}unlisted = ['Upload.Busy']\n")).unwrap();
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    for (missing, is_listed) in [("deprecate", true), ("prune", false)] {
        fs::write(folder.path().join("errtable.toml"), format!("{toml}missing = '{missing}'\n")).unwrap();
        let (code, _, error) = errtable(folder.path(), &["update"]);
        assert!(code == 0 && !error.contains("differs from its pages"), "{code} {error}");
        let text = fs::read_to_string(folder.path().join("a.json")).unwrap();
        assert_eq!((text.contains("Upload.Busy"), text.contains("\"deprecated\"")), (is_listed, is_listed), "{text}");
    }
}

#[test]
fn directory_stands_for_its_tables() {
    let files = [("a/a.json", TABLE), ("a/b.json", &TABLE.replace("my-api", "b")), ("a/c.json", "{}")];
    let folder = project(&files);
    let toml = "[[table]]\npath = 'a'\n";
    fs::write(folder.path().join("errtable.toml"), toml).unwrap();
    assert_eq!(errtable(folder.path(), &["check"]).2, "checked 2 tables: no problems\n");
    fs::write(folder.path().join("errtable.toml"), format!("{toml}import.pages = ['a']\n")).unwrap();
    let (code, _, error) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 2);
    assert!(error.contains("`a` is a directory, but has an import or export"), "{error}");
}

#[test]
fn columns_are_mapped() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv']\nstrict = true\n\
                map = { code = 'Name', description = 'Why', retry = 'Again' }\n\
                value = { retry = { Yes = 'transient', No = 'never' } }\n";
    let page = "Name,Why,Again\nQuota.Full,The quota is full.,No\nUpload.Busy,Busy.,Yes\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", page)]);
    let (code, out, error) = errtable(folder.path(), &["update"]);
    assert_eq!(code, 0, "{out}{error}");
    assert!(fs::read_to_string(folder.path().join("a.json")).unwrap().contains("\"transient\""), "{out}{error}");
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    fs::write(folder.path().join("a.csv"), page.replace("Busy.,Yes", "Other.,Yes")).unwrap();
    assert_eq!(errtable(folder.path(), &["check"]).0, 1);
    fs::write(folder.path().join("errtable.toml"), toml.replace("strict", "keep = ['description']\nstrict")).unwrap();
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    fs::write(folder.path().join("a.csv"), format!("{page}Quota.Full,Other.,No\n")).unwrap();
    let (code, out, _) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(out.contains("a.csv:4"), "{out}");
    let wrong =
        "[[table]]\npath = 'a'\nimport = { pages = ['b'], map = 1, value = { a = 1 }, at = 'x', strict = 'y' }\n";
    assert_eq!(problems(wrong).len(), 4);
}

#[test]
fn invalid_table_is_reported_once() {
    let toml = "[[table]]\npath = 'a.json'\n[[table.export]]\nto = 'json'\nout = 'a.out'\n[doc]\nout = 'pages'\n";
    let table = TABLE.replace("conflict", "conflikt");
    let folder = project(&[("errtable.toml", toml), ("a.json", &table)]);
    let (code, out, error) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert_eq!(out.matches("unknown retry class `conflikt`").count(), 1, "{out}");
    assert_eq!(error, "checked 1 table: 1 problem\n");
}

#[test]
fn all_problems_of_the_file_are_reported() {
    for (text, expected) in [
        ("", vec!["the project has no tables"]),
        ("[[table]]\n", vec!["missing key `path`"]),
        ("[[table]]\npath = ''\n", vec!["`path` is empty"]),
        ("[[table]]\npath = 1\n", vec!["`path` has the type integer"]),
        ("table = 1\n", vec!["`table` has the type integer"]),
        ("table = [1]\n", vec!["`table` has the type integer"]),
        ("[[table]]\npath = 'a'\n[[table]]\npath = 'a'\n", vec!["duplicate table `a`"]),
        ("[[table]]\npath = 'a'\nimport = {}\n", vec!["missing key `pages`"]),
        ("[[table]]\npath = 'a'\nexport = [{ to = 'ts', out = 'b' }]\n", vec!["unknown value `ts`"]),
        ("a = 1\nb = 1\n[[table]]\npath = 'a'\n", vec!["unknown key `a`", "unknown key `b`"]),
    ] {
        assert_eq!(problems(text), expected, "{text}");
    }
    assert!(!problems("[[table]\npath = 'a'\n").is_empty());
    assert_eq!(problems("[[table]]\npath = 'a'\n"), [""; 0]);
}

const POLICY: &str = "[[table]]\npath = 'a.json'\n\n[rules]\ndeny = ['breaking', 'retry', 'lifecycle']\n\n\
                      [diff]\nagainst = 'HEAD'\n";

/// Creates a repository with a table, then changes the table.
fn changed(from: &str, to: &str) -> TempDir {
    let folder = project(&[("sub/errtable.toml", POLICY), ("sub/a.json", TABLE)]);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    fs::write(folder.path().join("sub/a.json"), TABLE.replace(from, to)).unwrap();
    folder
}

/// Checks a project with an entry of `accept`.
fn check_with(folder: &TempDir, accept: &str, arguments: &[&str]) -> (i32, String) {
    let project = folder.path().join("sub");
    fs::write(project.join("errtable.toml"), format!("{POLICY}{accept}")).unwrap();
    let (code, out, error) = errtable(&project, &[&["check"], arguments].concat());
    (code, out + &error)
}

const ACCEPT: &str = "\n[[diff.accept]]\nrule = 'retry-changed'\ncode = 'Upload.Busy'\nold = 'conflict'\n\
                      new = 'transient'\nreason = 'it is idempotent'\n";

#[test]
fn denied_change_is_accepted_by_its_values() {
    let folder = changed("conflict", "transient");
    // A request that is not idempotent is not retried any more, so that nothing more is retried.
    assert_eq!(check_with(&folder, "", &[]).0, 0);
    let (code, out) = check_with(&folder, "", &["--deny", "retry-changed"]);
    assert_eq!(code, 1);
    for expected in ["a.json:5:15", "`Upload.Busy`: retry class changed from `conflict` to `transient`"] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    assert_eq!(check_with(&folder, ACCEPT, &["--deny", "retry-changed"]).0, 0);
    let other = ACCEPT.replace("transient", "throttled");
    let (code, out) = check_with(&folder, &other, &["--deny", "retry-changed"]);
    assert_eq!(code, 1);
    assert!(out.contains("accepted change has other values: `retry-changed` of code `Upload.Busy`"), "{out}");
    // Without the values, nothing is accepted.
    let unpinned = "\n[[diff.accept]]\nrule = 'retry-changed'\ncode = 'Upload.Busy'\n";
    assert_eq!(check_with(&folder, unpinned, &["--deny", "retry-changed"]).0, 1);
}

#[test]
fn help_of_a_denied_change_accepts_it() {
    let folder = changed("Upload.Busy", "Upload.\\\"Other");
    let (code, out) = check_with(&folder, "", &["--deny", "code-renamed"]);
    assert_eq!(code, 1);
    let lines = out.lines().skip_while(|line| !line.contains("[[diff.accept]]")).take(6).collect::<Vec<_>>();
    let entry: String = lines.iter().map(|line| line.trim_start_matches([' ', '|']).to_owned() + "\n").collect();
    assert!(entry.contains("reason"), "{entry}");
    let (_, out) = check_with(&folder, &format!("\n{entry}"), &["--deny", "code-renamed"]);
    assert!(!out.contains("code renamed"), "{out}");
}

#[test]
fn removed_code_is_denied_unless_it_is_allowed() {
    let removed = ",\n    { \"code\": \"Upload.Busy\", \"description\": \"Busy.\", \"retry\": \"conflict\" }";
    let folder = changed(removed, "");
    let (code, out) = check_with(&folder, "", &[]);
    assert_eq!(code, 1);
    assert!(out.contains("`Upload.Busy`: variant removed: `UploadBusy`"), "{out}");
    assert!(out.contains("denied by `breaking`") && out.contains("denied by `lifecycle`"), "{out}");
    assert_eq!(check_with(&folder, "", &["--allow", "breaking", "--allow", "lifecycle"]).0, 0);
    assert_eq!(check_with(&folder, "", &["--allow", "code-removed"]).0, 1);
}

/// Commits `spec/a.json` and `spec/b.json`, then moves, changes and removes files.
fn moved(toml: &str, moves: &[(&str, &str)], (from, to): (&str, &str)) -> TempDir {
    let other = TABLE.replace("my-api", "other").replace("Upload.", "Other.");
    let rules = "\n[rules]\ndeny = ['breaking']\n[diff]\nagainst = 'HEAD'\n";
    let schema = r#"{ "properties": {} }"#;
    let folder = project(&[
        ("sub/errtable.toml", &format!("{toml}{rules}")),
        ("sub/spec/a.json", TABLE),
        ("sub/spec/b.json", &other),
        ("sub/spec/schema.json", schema),
        ("sub/spec/tests/c.json", TABLE),
    ]);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    for (old, new) in moves {
        let path = folder.path().join("sub").join(old);
        let text = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        if !new.is_empty() {
            fs::create_dir_all(folder.path().join("sub").join(new).parent().unwrap()).unwrap();
            fs::write(folder.path().join("sub").join(new), text.replace(from, to)).unwrap();
        }
    }
    folder
}

const BOTH: &str = "[[table]]\npath = 'spec/a.json'\n[[table]]\npath = 'spec/b.json'\n";

#[test]
fn moved_table_is_compared_with_its_former_path() {
    let removed = ",\n    { \"code\": \"Upload.Busy\", \"description\": \"Busy.\", \"retry\": \"conflict\" }";
    for toml in [BOTH, "[[table]]\npath = 'spec'\n", "[[table]]\npath = '.'\n"] {
        for change in [(removed, ""), ("", "")] {
            let folder = moved(toml, &[("spec/a.json", "other/store.json")], change);
            let project = folder.path().join("sub");
            let text = fs::read_to_string(project.join("errtable.toml")).unwrap();
            let text = text.replace("spec/a.json", "./other/store.json");
            let text = text.replace("path = 'spec'\n", "path = 'other'\n[[table]]\npath = 'spec'\n");
            fs::write(project.join("errtable.toml"), text).unwrap();
            let (code, out, error) = errtable(&project, &["check"]);
            assert_eq!(code, i32::from(!change.0.is_empty()), "{toml}: {out}{error}");
            assert_eq!(out.contains("`Upload.Busy`: variant removed"), code == 1, "{out}{error}");
            assert!(error.contains("store.json` was `spec/a.json` in `HEAD`"), "{error}");
            assert!(error.contains("the changes of 2 tables"), "{error}");
        }
    }
}

#[test]
fn moved_table_with_problems_is_not_removed() {
    let folder = moved(BOTH, &[("spec/a.json", "spec/c.json")], ("{\n", ""));
    let project = folder.path().join("sub");
    let text = fs::read_to_string(project.join("errtable.toml")).unwrap();
    fs::write(project.join("errtable.toml"), text.replace("a.json", "c.json")).unwrap();
    for code in [1, 2] {
        let (found, out, error) = errtable(&project, &["check"]);
        assert_eq!((found, out.contains("table removed")), (code, false), "{out}{error}");
        let note = "note: tables that were moved or removed are not found: `spec/c.json` has problems\n";
        assert!(error.contains(note), "{error}");
        let _ = fs::remove_file(project.join("spec/c.json"));
    }
}

#[test]
fn new_page_of_a_directory_is_named() {
    let toml = "[[table]]\npath = 'a.json'\n[doc]\nout = 'pages'\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("pages/own.txt", "")]);
    let (_, out, _) = errtable(folder.path(), &["check"]);
    assert!(out.contains("`pages` is out of date") && out.contains("`pages/my-api.html` does not exist"), "{out}");
}

#[test]
fn removed_table_is_denied() {
    for (toml, new) in [(BOTH, "[[table]]\npath = 'spec/a.json'\n"), ("[[table]]\npath = 'spec'\n", "")] {
        let folder = moved(toml, &[("spec/b.json", "")], ("", ""));
        let project = folder.path().join("sub");
        let text = fs::read_to_string(project.join("errtable.toml")).unwrap();
        let text = if new.is_empty() { text } else { text.replace(toml, new) };
        fs::write(project.join("errtable.toml"), &text).unwrap();
        let (code, out, error) = errtable(&project, &["check"]);
        assert_eq!((code, out.matches("error: ").count()), (1, 1), "{out}{error}");
        assert!(out.contains("error: table removed: `spec/b.json`\n --> errtable.toml\n"), "{out}");
        let accept = "[[diff.accept]]\nrule = 'table-removed'\nold = 'spec/b.json'\n";
        fs::write(project.join("errtable.toml"), format!("{text}{accept}")).unwrap();
        let (code, out, error) = errtable(&project, &["check"]);
        assert_eq!((code, &*out), (0, ""), "{error}");
        fs::write(project.join("errtable.toml"), text).unwrap();
        assert_eq!(errtable(&project, &["check", "--allow", "table-removed"]).0, 0);
    }
    // The file is still there, but no longer listed.
    let folder = moved(BOTH, &[], ("", ""));
    let path = folder.path().join("sub/errtable.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("[[table]]\npath = 'spec/b.json'\n", "")).unwrap();
    assert_eq!(errtable(path.parent().unwrap(), &["check"]).0, 1);
    // The file of the revision cannot be read.
    fs::write(&path, "table = 1").unwrap();
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "second"]);
    fs::write(&path, text).unwrap();
    let (code, _, error) = errtable(path.parent().unwrap(), &["check"]);
    let note = "note: tables that were moved or removed are not found: `errtable.toml` of `HEAD` cannot be read";
    assert!(code == 0 && error.contains(note), "{error}");
}

#[test]
fn accepted_envelope_is_pinned() {
    let table = |envelope: &str| TABLE.replace("  \"errors\"", &format!("  \"envelope\": {envelope},\n  \"errors\""));
    let folder = changed("", "");
    let path = folder.path().join("sub/a.json");
    fs::write(&path, table("\"flat\"")).unwrap();
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "second"]);
    fs::write(&path, table(r#"{ "failure": { "error": "{code}", "it's": "{message}" } }"#)).unwrap();
    let (code, out) = check_with(&folder, "", &["--deny", "envelope"]);
    assert_eq!((code, out.matches("envelope changed").count()), (1, 1), "{out}");
    let old = r#"old = '{ "failure": { "code": "{code}", "message": "{message}" }, "headers": { "#;
    assert!(out.contains(old), "{out}");
    let accept = accept_entry(&out);
    let (code, out) = check_with(&folder, &accept, &["--deny", "envelope"]);
    assert_eq!(code, 0, "{accept}{out}");
    fs::write(&path, table(r#"{ "failure": { "error": "{code}", "it's": "{message}", "id": "{request_id}" } }"#))
        .unwrap();
    assert_eq!(check_with(&folder, &accept, &["--deny", "envelope"]).0, 1);
    let unpinned = "\n[[diff.accept]]\nrule = 'envelope-changed'\n";
    let (code, out) = check_with(&folder, unpinned, &["--deny", "envelope"]);
    assert!(code == 1 && out.contains("the entry has neither `old` nor `new`"), "{out}");
}

/// Returns the entry that a help prints.
fn accept_entry(out: &str) -> String {
    let lines = out.lines().skip_while(|line| !line.contains("[[diff.accept]]"));
    let lines = lines.map(|line| line.trim_start_matches([' ', '|'])).take_while(|line| !line.is_empty());
    format!("\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn empty_values_of_an_entry_are_accepted() {
    let folder = changed("conflict", "conflict");
    let entry = ACCEPT.replace("'it is idempotent'", "''").replace("'conflict'", "''");
    let (code, out) = check_with(&folder, &entry, &[]);
    assert!(code == 0 && out.contains("no longer applies"), "{out}");
}

#[test]
fn stale_entry_is_a_warning_until_it_is_denied() {
    let folder = changed("conflict", "conflict");
    let (code, out) = check_with(&folder, ACCEPT, &[]);
    assert_eq!(code, 0);
    assert!(out.contains("errtable.toml:11:8"), "{out}");
    let (code, out) = check_with(&folder, ACCEPT, &["--deny", "stale"]);
    assert_eq!(code, 1);
    assert!(out.contains("error: accepted change no longer applies: `retry-changed` of code `Upload.Busy`"), "{out}");
    assert!(!check_with(&folder, ACCEPT, &["--allow", "stale"]).1.contains("no longer"));
}

#[test]
fn unknown_revision_is_unusable_and_a_new_table_is_noted() {
    let folder = changed("conflict", "transient");
    let project = folder.path().join("sub");
    fs::write(project.join("b.json"), TABLE.replace("my-api", "b")).unwrap();
    let toml = POLICY.replace("[rules]", "[[table]]\npath = 'b.json'\n\n[rules]");
    fs::write(project.join("errtable.toml"), &toml).unwrap();
    let (code, _, error) = errtable(&project, &["check"]);
    assert_eq!(code, 0);
    assert!(error.contains("note: `b.json` is new since `HEAD`"), "{error}");
    fs::write(project.join("errtable.toml"), toml.replace("HEAD", "origin/none")).unwrap();
    let (code, _, error) = errtable(&project, &["check"]);
    assert_eq!(code, 2);
    assert!(error.contains("cannot compare with the revision `origin/none`"), "{error}");
}

#[test]
fn change_of_a_base_is_reported_once() {
    let base = r#"{ "name": "base", "errors": [{ "code": "A" }] }"#;
    let table = |name: &str| format!("{{ \"name\": \"{name}\", \"extends\": [\"base.json\"], \"errors\": [] }}");
    let toml = "[[table]]\npath = 'base.json'\n[[table]]\npath = 't/../b.json'\n[[table]]\npath = 'c.json'\n\
                [rules]\ndeny = ['retry']\n[diff]\nagainst = 'HEAD'\n";
    let folder = project(&[
        ("errtable.toml", toml),
        ("base.json", base),
        ("b.json", &table("b")),
        ("c.json", &table("c")),
        ("t/x", ""),
    ]);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    fs::write(folder.path().join("base.json"), base.replace("\"A\"", "\"A\", \"retry\": \"transient\"")).unwrap();
    let (_, out, error) = errtable(folder.path(), &["check"]);
    assert_eq!(out.matches("retry class changed").count(), 1, "{out}{error}");
}

#[test]
fn lints_are_reported_if_they_are_denied() {
    let table = r#"{
  "name": "my-api",
  "errors": [
    { "code": "A", "retry": "conflict", "deprecated": "Old." },
    { "code": "B", "description": "B.", "retry": "throttled", "evidence": "The documentation." }
  ]
}
"#;
    let folder = project(&[("a.json", table)]);
    assert_eq!(errtable(folder.path(), &["check", "a.json"]).0, 0);
    let (code, out, error) = errtable(folder.path(), &["check", "a.json", "--deny", "lints"]);
    assert_eq!((code, &*error), (1, "1 table checked, 4 problems\n"));
    for expected in [
        "`A` has no description",
        "`A` is retried without evidence",
        "`A` has the class `conflict`, but no wait",
        "`A` is deprecated without a replacement",
        "a.json:4:15",
        "help: add `\"description\": \"…\"`\n",
        "help: add `\"evidence\": \"…\"`: what the documentation says, or what you saw\n",
        "help: add `\"retry_after_ms\": 1000`, or how long the conflict usually lasts\n",
        "help: add `\"replaced_by\": \"…\"`\n",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    let arguments = ["check", "a.json", "--deny", "lints", "--allow", "missing-evidence"];
    assert_eq!(errtable(folder.path(), &arguments).2, "1 table checked, 3 problems\n");
    let (code, _, error) = errtable(folder.path(), &["check", "a.json", "--deny", "missing-evidences"]);
    assert_eq!(code, 2);
    assert!(error.contains("did you mean `missing-evidence`?"), "{error}");
    let (code, _, error) = errtable(folder.path(), &["diff", "a.json", "a.json", "--deny", "missing-evidence"]);
    assert_eq!(code, 2);
    assert!(error.contains("`errtable check` has the lints"), "{error}");
}

#[test]
fn diff_denies_and_allows_rules() {
    let new = TABLE.replace("conflict", "throttled");
    let folder = project(&[("a.json", TABLE), ("b.json", &new)]);
    let diff = |arguments: &[&str]| errtable(folder.path(), &[&["diff", "a.json", "b.json"], arguments].concat()).0;
    assert_eq!(diff(&["--deny", "retry-changed"]), 1);
    assert_eq!(diff(&["--deny", "number-changed"]), 0);
    assert_eq!(diff(&["--deny", "retry-changed", "--allow", "retry-changed"]), 0);
    let accept = r#"[{ "rule": "retry-changed", "code": "Upload.Busy", "old": "conflict", "new": "NEW" }]"#;
    for (new, code) in [("throttled", 0), ("transient", 1)] {
        fs::write(folder.path().join("accept"), accept.replace("NEW", new)).unwrap();
        assert_eq!(diff(&["--deny", "retry-changed", "--accept", "accept"]), code);
    }
    fs::write(folder.path().join("accept"), accept.replace("conflict", "never")).unwrap();
    assert_eq!(diff(&["--deny", "stale", "--accept", "accept"]), 1);
}

#[test]
fn missing_table_is_reported_once() {
    let toml = "[[table]]\npath = 'a.json'\nimport.pages = ['a.csv']\n[[table.export]]\nto = 'json'\nout = 'a.out'\n\
                [doc]\nout = 'pages'\n";
    let folder = project(&[("errtable.toml", toml), ("a.csv", "code,description\nA.B,a\n")]);
    let (code, _, error) = errtable(folder.path(), &["check"]);
    assert_eq!((code, error.matches("cannot read `a.json`").count()), (2, 1), "{error}");
}

#[test]
fn update_names_the_tables_that_it_leaves() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['https://example.com/errors']\noptional = true\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE)]);
    for (command, verb) in [("check", "compared with"), ("update", "imported from")] {
        let (code, _, note) = errtable(folder.path(), &[command]);
        let expected = format!("note: `a.json` is not {verb} its pages: there is no `https://example.com/errors`\n");
        assert!(code == 0 && note.starts_with(&expected), "{note}");
    }
}

#[test]
fn missing_page_is_reported() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv', 'b.csv', 'https://example.com/c']\n";
    let page = "code,description\nNew.Code,It is new.\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", page)]);
    let (code, out, _) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 1);
    for expected in [
        "error: there is no page `b.csv`\n --> errtable.toml:4:19",
        "error: there is no page `https://example.com/c`\n --> errtable.toml:4:28",
        "or add `optional = true`",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    let (code, out, error) = errtable(folder.path(), &["update"]);
    assert!(code == 1 && error.contains("there is no page `b.csv`"), "{code} {out}{error}");
    assert_eq!(fs::read_to_string(folder.path().join("a.json")).unwrap(), TABLE);
    assert_eq!(errtable(folder.path(), &["explain", "--rule", "page-missing"]).0, 0);
    fs::write(folder.path().join("errtable.toml"), format!("{toml}optional = true\n")).unwrap();
    let (code, out, error) = errtable(folder.path(), &["check"]);
    assert_eq!((code, &*out), (0, ""));
    assert!(error.contains("note: `a.json` is not compared with its pages: there is no `b.csv`"), "{error}");
}

#[test]
fn strict_rows_are_named() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv']\nstrict = true\n";
    let page = "code,description\nQuota.Full,The quota is full.\nUpload.Busy,Busy.\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", page)]);
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    for (rows, what) in [
        ("Upload.Busy,Other.\n", "disagree"),
        ("no code,Other.\n", "are skipped"),
        ("Upload.Busy,Other.\nno code,Other.\n", "are skipped, or disagree"),
    ] {
        fs::write(folder.path().join("a.csv"), format!("{page}{rows}")).unwrap();
        let (code, out, error) = errtable(folder.path(), &["check"]);
        let message = format!("error: rows of the pages of `a.json` {what}\n");
        assert!(code == 1 && out.starts_with(&message), "{code} {out}{error}");
        assert!(out.contains("a.csv:4") && !out.contains("differs from its pages"), "{out}");
        assert_eq!(errtable(folder.path(), &["update"]).0, 1);
        fs::write(folder.path().join("errtable.toml"), toml.replace("true", "false")).unwrap();
        let (code, _, error) = errtable(folder.path(), &["check"]);
        assert!(code == 0 && error.contains("note: `a.json`: ") && error.contains(" a.csv:4: "), "{error}");
        fs::write(folder.path().join("errtable.toml"), toml).unwrap();
    }
}

#[test]
fn difference_shows_values() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv']\n\
                map = { retry = 'retry' }\n";
    let long = "a".repeat(1000);
    let page = format!("code,description,retry\nQuota.Full,{long},\nUpload.Busy,Busy.,throttled\n");
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", &page)]);
    let (_, out, error) = errtable(folder.path(), &["check"]);
    let expected = "note: `retry` of `Upload.Busy` would change from `conflict` to `throttled`\n";
    assert!(out.contains(expected), "{out}{error}");
    let line = out.lines().find(|line| line.contains("`description`")).unwrap();
    assert!(line.contains("from `The quota is full.` to `aaa") && line.len() < 200, "{out}");
}

#[test]
fn update_reports_rows_that_the_pages_do_not_list() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv']\n";
    let page = "code,description\nQuota.Full,The quota is used up.\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE), ("a.csv", page)]);
    let (code, _, error) = errtable(folder.path(), &["update"]);
    assert_eq!(code, 1);
    assert!(error.contains("name them in `unlisted`") && !error.contains("would change"), "{error}");
    assert!(fs::read_to_string(folder.path().join("a.json")).unwrap().contains("used up"));
    assert_eq!(errtable(folder.path(), &["check"]).0, 1);
}

#[test]
fn update_reports_an_invalid_table_once() {
    let toml = "[[table]]\npath = 'a.json'\nimport.pages = ['a.csv']\n[[table.export]]\nto = 'json'\nout = 'a.out'\n\
                [doc]\nout = 'pages'\n";
    let page = "code,description\nQuota.Full,The quota is full.\nUpload.Busy,Busy.\n";
    for (from, to) in [("conflict", "conflikt"), ("\"errors\"", "\"errors")] {
        let folder = project(&[("errtable.toml", toml), ("a.json", &TABLE.replace(from, to)), ("a.csv", page)]);
        let (code, out, error) = errtable(folder.path(), &["update"]);
        assert_eq!((code, error.matches("error: ").count()), (2, 1), "{out}{error}");
    }
    let folder = project(&[("errtable.toml", toml), ("a.csv", page.trim_end_matches(|c| c != '\n'))]);
    let other = toml.replace("import.pages = ['a.csv']\n", "");
    fs::write(folder.path().join("errtable.toml"), other).unwrap();
    let (code, out, error) = errtable(folder.path(), &["update"]);
    assert_eq!((code, error.matches("cannot read `a.json`").count()), (2, 1), "{out}{error}");
}

#[test]
fn unusable_check_is_incomplete() {
    let folder = project(&[("errtable.toml", "[[table]]\npath = 'a.json'\n")]);
    let (code, _, error) = errtable(folder.path(), &["check"]);
    assert!(code == 2 && error.ends_with("checked 0 tables: incomplete\n"), "{error}");
    let (code, _, error) = errtable(folder.path(), &["check", "a.json"]);
    assert!(code == 2 && error.ends_with("0 tables checked, incomplete\n"), "{error}");
    fs::write(folder.path().join("errtable.toml"), "[[table]]\npath = 'a.json'\n[[table]]\npath = 'b.json'\n").unwrap();
    fs::write(folder.path().join("b.json"), "{").unwrap();
    let (code, _, error) = errtable(folder.path(), &["check"]);
    assert!(code == 2 && error.ends_with("checked 1 table: 1 problem, incomplete\n"), "{error}");
}

#[test]
fn page_without_a_table_is_reported() {
    let toml = "[[table]]\npath = 'spec'\n[doc]\nout = 'pages'\n";
    let other = TABLE.replace("my-api", "other");
    let files =
        [("errtable.toml", toml), ("spec/a.json", TABLE), ("spec/b.json", &*other), ("pages/own.html", "<p>own")];
    let folder = project(&files);
    assert_eq!(errtable(folder.path(), &["update"]).0, 0);
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    fs::remove_file(folder.path().join("spec/b.json")).unwrap();
    let others = ["index.html", "index.md", "other.html", "other.md"];
    for command in ["update", "check"] {
        let (code, out, error) = errtable(folder.path(), &[command]);
        let out = out + &error;
        assert_eq!(code, 1, "{out}");
        for page in others {
            assert!(out.contains(&format!("`pages/{page}` belongs to no table")), "{out}");
        }
        assert!(out.contains("errtable.toml:4:7") && !out.contains("own.html"), "{out}");
    }
    for page in others {
        fs::remove_file(folder.path().join("pages").join(page)).unwrap();
    }
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
}

#[test]
fn denied_changes_without_a_revision_are_noted() {
    let toml = "[[table]]\npath = 'a.json'\n[rules]\ndeny = ['DENY']\n";
    for (deny, is_noted) in [("breaking", true), ("code-removed", true), ("lints", false), ("missing-evidence", false)]
    {
        let folder = project(&[("errtable.toml", &toml.replace("DENY", deny)), ("a.json", TABLE)]);
        let error = errtable(folder.path(), &["check"]).2;
        let note = "note: changes are not compared: `[diff]` in `errtable.toml` has no key `against`\n";
        assert_eq!(error.contains(note), is_noted, "{deny}: {error}");
    }
}

#[test]
fn invalid_pointer_is_located() {
    let toml = "[[table]]\npath = 'a.json'\n[table.import]\npages = ['a.csv']\nat = 'errors'\n";
    let Err(errtable_cli::error::Error::Project(problems)) = Project::parse(toml) else { panic!("no problem") };
    let position = problems[0].position.as_ref().unwrap();
    assert_eq!((position.line, position.column), (5, 6));
}

#[test]
fn init_lists_what_a_directory_contains() {
    let folder = project(&[("spec/my-api.json", TABLE), ("node/other.json", &TABLE.replace("my-api", "other"))]);
    for arguments in [
        "export spec/my-api.json --to typescript --out my-api.ts",
        "export spec/my-api.json --to openapi --out openapi.json",
        "export node/other.json --to json --out other-export.json",
        "doc node spec --out docs/errors",
    ] {
        assert_eq!(errtable(folder.path(), &arguments.split(' ').collect::<Vec<_>>()).0, 0, "{arguments}");
    }
    let (code, _, error) = errtable(folder.path(), &["init"]);
    assert_eq!((code, &*error), (0, "errtable.toml: 2 tables, 3 exports, pages in docs/errors, written\n"));
    let (code, out, error) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 0, "{out}{error}");
    // The directory is not a git repository.
    assert!(error.starts_with("note: changes are not compared"), "{error}");
    assert!(error.ends_with("\nchecked 2 tables, 3 exports, 6 pages: no problems\n"), "{error}");
    assert_eq!(errtable(folder.path(), &["init"]).0, 2, "the file exists");
    // Each key in the comments is known.
    let text = fs::read_to_string(folder.path().join("errtable.toml")).unwrap();
    let keys = text.lines().map(|line| line.strip_prefix("# ").filter(|line| is_toml(line)).unwrap_or(line));
    assert_eq!(problems(&keys.collect::<Vec<_>>().join("\n")), [""; 0], "{text}");
}

fn is_toml(line: &str) -> bool {
    let is_key = |key: &str| key.chars().all(|c| c.is_ascii_lowercase());
    line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| is_key(key))
}

#[test]
fn keys_of_an_import_are_documented() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, section) = readme.split_once("### The pages of a table\n").unwrap();
    let (_, toml) = section.split_once("```toml\n").unwrap();
    let (toml, table) = toml.split_once("```\n").unwrap();
    let page = "<table><tr><th>Name<th>HTTP status<th>Why<th>Retriable<tr><td>Quota.Full<td>403<td>It is.<td>No\
                <tr><td>Upload.Busy<td>409<td>Busy.<td>Yes</table>";
    let spec =
        TABLE.replace("\"errors\"", "\"columns\": { \"http_status\": { \"type\": \"http_status\" } },\n  \"errors\"");
    let folder = project(&[
        ("errtable.toml", toml),
        ("spec/my-api.json", &spec),
        ("docs/errors.html", page),
        ("docs/uploads.html", &page.replace("Quota.Full", "Upload.Large")),
    ]);
    let (code, out, error) = errtable(folder.path(), &["update"]);
    assert_eq!(code, 0, "{out}{error}");
    let text = fs::read_to_string(folder.path().join("spec/my-api.json")).unwrap();
    assert!(text.contains("transient") && text.contains("409") && text.contains("The quota is full."), "{text}");
    assert_eq!(errtable(folder.path(), &["check"]).0, 0);
    let unknown = problems("[[table]]\npath = 'a'\nimport = { pages = ['b'], at-all = 1 }\n");
    assert_eq!(unknown, ["unknown key `at-all`"]);
    let keys = ["pages", "from", "missing", "unlisted", "keep", "map", "value", "at", "strict", "optional"];
    for key in keys {
        assert!(table.contains(&format!("\n| `{key}` | ")), "{key}");
    }
}

#[test]
fn init_without_tables_is_unusable() {
    let folder = project(&[("a.txt", "")]);
    let (code, _, error) = errtable(folder.path(), &["init"]);
    assert_eq!(code, 2);
    assert!(error.contains("there is no table in `.`"), "{error}");
}

#[test]
fn every_rule_is_explained() {
    let folder = project(&[]);
    let (code, list, _) = errtable(folder.path(), &["explain", "--rule"]);
    assert_eq!(code, 0);
    for line in list.lines() {
        let (name, meaning) = line.split_once(": ").unwrap();
        let name = name.split(' ').next().unwrap();
        assert!(meaning.ends_with('.') && !meaning.contains("  "), "{line}");
        assert_eq!(errtable(folder.path(), &["explain", "--rule", name]).0, 0, "{name}");
    }
    for rule in errtable_cli::diff::change::Rule::ALL {
        assert!(list.contains(&format!("{} (change): ", rule.as_str())));
    }
    assert_eq!(errtable(folder.path(), &["explain"]).0, 2);
    assert_eq!(errtable(folder.path(), &["explain", "A", "--rule", "stale"]).0, 2);
}

const TWO_SECTIONS: &str = "| Code | Meaning |\n|---|---|\n| Quota.Full | The quota is full. |\n\n\
                            | Cod | Meaning |\n|---|---|\n| Upload.Busy | Busy. |\n";

#[test]
fn rows_of_a_section_that_is_not_read_are_kept() {
    let toml = "[[table]]\npath = 'a.json'\nimport = { pages = ['a.md'], missing = 'prune' }\n";
    let table = r#"{
  "name": "a",
  "errors": [
    { "code": "Quota.Full", "description": "The quota is full." },
    { "code": "Upload.Busy", "description": "Busy." },
    { "code": "Upload.Gone", "description": "Gone." }
  ]
}
"#;
    let folder = project(&[("errtable.toml", toml), ("a.json", table), ("a.md", TWO_SECTIONS)]);
    let (code, out, error) = errtable(folder.path(), &["update"]);
    assert_eq!(code, 0, "{out}{error}");
    let text = fs::read_to_string(folder.path().join("a.json")).unwrap();
    assert!(text.contains("Upload.Busy") && !text.contains("Upload.Gone"), "{text}");
    let (code, _, error) = errtable(folder.path(), &["check"]);
    assert_eq!(code, 0);
    assert!(error.contains("`a.json`: kept `Upload.Busy`: skipped at a.md:5"), "{error}");
}

#[test]
fn table_that_is_gone_is_not_created_again() {
    let toml = "[[table]]\npath = 'a.json'\nimport = { pages = ['a.md'] }\n";
    let folder = project(&[("errtable.toml", toml), ("a.md", TWO_SECTIONS)]);
    let (code, _, error) = errtable(folder.path(), &["update"]);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("`errtable import a.md --into a.json`"), "{error}");
    assert!(!folder.path().join("a.json").exists());
}

#[test]
fn unknown_class_of_a_value_is_a_problem() {
    let toml = |key: &str, class: &str| {
        format!(
            "[[table]]\npath = 'a'\nimport = {{ pages = ['b'], map = {{ {key} = 'x' }}, value = {{ {key} = {{ No = '{class}' }} }} }}\n"
        )
    };
    assert_eq!(problems(&toml("retry", "never")), [""; 0]);
    assert!(problems(&toml("retry", "nevr"))[0].starts_with("`retry` must be one of never,"));
    assert_eq!(problems(&toml("fault", "us")).len(), 1);
    assert_eq!(problems(&toml("cause", "us")), [""; 0]);
}
