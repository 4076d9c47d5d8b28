//! `errtable.toml`: what `check` without arguments finds, and what `update` writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use errtable_cli::project::Project;
use tempfile::TempDir;

const TABLE: &str = r#"{
  "name": "my-api",
  "errors": [
    { "code": "Quota.Full", "description": "The quota is full." },
    { "code": "Upload.Busy", "description": "Busy.", "retry": "conflict" }
  ]
}
"#;

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

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
    fs::write(folder.path().join("errtable.toml"), format!("{toml}missing = 'prune'\n")).unwrap();
    errtable(folder.path(), &["update"]);
    assert!(!fs::read_to_string(folder.path().join("a.json")).unwrap().contains("Upload.Busy"));
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

fn git(folder: &Path, arguments: &str) {
    let user = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let arguments = arguments.split(' ').collect::<Vec<_>>();
    let output = Command::new("git").args(user).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

const POLICY: &str = "[[table]]\npath = 'a.json'\n\n[rules]\ndeny = ['breaking', 'retry', 'lifecycle']\n\n\
                      [diff]\nagainst = 'HEAD'\n";

/// Creates a repository with a table, then changes the table.
fn changed(from: &str, to: &str) -> TempDir {
    let folder = project(&[("sub/errtable.toml", POLICY), ("sub/a.json", TABLE)]);
    git(folder.path(), "init --quiet");
    git(folder.path(), "add .");
    git(folder.path(), "commit --quiet --message first");
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
    git(folder.path(), "init --quiet");
    git(folder.path(), "add .");
    git(folder.path(), "commit --quiet --message first");
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
    let toml = "[[table]]\npath = 'a.json'\nimport.pages = ['https://example.com/errors']\n";
    let folder = project(&[("errtable.toml", toml), ("a.json", TABLE)]);
    for (command, verb) in [("check", "compared with"), ("update", "imported from")] {
        let (code, _, note) = errtable(folder.path(), &[command]);
        let expected = format!("note: `a.json` is not {verb} its pages: there is no `https://example.com/errors`\n");
        assert!(code == 0 && note.starts_with(&expected), "{note}");
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
    assert_eq!(error, "checked 2 tables, 3 exports, 6 pages: no problems\n");
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
