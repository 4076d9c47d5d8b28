//! Tables of git revisions.

mod repository;

use std::fs;
use std::path::Path;
use std::process::Command;

use repository::git;
use tempfile::TempDir;

const TABLE: &str = r#"{"name": "t", "extends": ["../base.json"], "errors": []}"#;

/// Runs `errtable diff` in a directory, and returns its exit code and output.
fn diff(folder: &Path, old: &str, new: &str) -> (Option<i32>, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_errtable")).args(["diff", old, new]).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Creates a repository in which the class of a code in a base changes twice: in a commit, and in
/// the index. The file in the working tree has a third class.
fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    let set_class = |class: &str| {
        let base = format!(r#"{{"name": "base", "errors": [{{"code": "InternalError", "retry": "{class}"}}]}}"#);
        fs::write(folder.path().join("base.json"), base).unwrap();
        git(folder.path(), &["add", "--all"]);
    };
    git(folder.path(), &["init", "--quiet"]);
    fs::create_dir(folder.path().join("spec")).unwrap();
    fs::write(folder.path().join("spec/t.json"), TABLE).unwrap();
    set_class("never");
    git(folder.path(), &["commit", "--quiet", "--message", "One"]);
    set_class("transient");
    git(folder.path(), &["commit", "--quiet", "--message", "Two"]);
    set_class("throttled");
    fs::write(folder.path().join("base.json"), r#"{"name": "base", "errors": []}"#).unwrap();
    folder
}

#[test]
fn bases_are_read_from_the_same_revision() {
    let folder = repository();
    for (old, new, change) in [
        ("HEAD~1:spec/t.json", "HEAD:spec/t.json", "from `never` to `transient`; more requests are retried"),
        ("HEAD:spec/t.json", ":spec/t.json", "from `transient` to `throttled`; more requests are retried"),
        (
            ":spec/t.json",
            "spec/t.json",
            "variant removed: `InternalError`; fewer requests are retried, code lookup changed",
        ),
    ] {
        let (code, stdout, stderr) = diff(folder.path(), old, new);
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{old} {new}");
        assert!(stdout.contains(change), "{old} {new}: {stdout}");
    }
}

#[test]
fn relative_path_starts_at_the_working_directory() {
    let folder = repository();
    for path in ["./t.json", "../spec/t.json", "spec/t.json"] {
        let (code, stdout, _) = diff(&folder.path().join("spec"), &format!("HEAD~1:{path}"), &format!("HEAD:{path}"));
        assert_eq!(code, Some(0), "{path}");
        assert!(stdout.contains("from `never` to `transient`"), "{path}: {stdout}");
    }
}

#[test]
fn base_is_relative_to_the_extending_table() {
    let folder = repository();
    let spec = folder.path().join("spec");
    fs::write(spec.join("u.json"), r#"{"name": "u", "extends": ["t.json"], "errors": []}"#).unwrap();
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "Three"]);
    for path in ["./u.json", "../spec/u.json", "spec/u.json"] {
        let (code, _, stderr) = diff(&spec, &format!("HEAD:{path}"), "u.json");
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{path}");
    }
}

#[test]
fn existing_file_takes_precedence() {
    let folder = repository();
    fs::write(folder.path().join("HEAD:x"), r#"{"name": "t", "errors": []}"#).unwrap();
    assert_eq!(diff(folder.path(), "HEAD:x", "HEAD:x").0, Some(0));
}

#[test]
fn base_of_the_same_revision_is_suggested() {
    let folder = repository();
    // `codes.jsn` is more similar than `code.json`, but not a table.
    for (name, text) in [("spec/u.json", TABLE.replace("../base", "codes")), ("spec/codes.jsn", String::new())] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::write(folder.path().join("spec/code.json"), r#"{"name": "code", "errors": []}"#).unwrap();
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "Three"]);
    fs::remove_file(folder.path().join("spec/code.json")).unwrap();
    let (code, _, stderr) = diff(folder.path(), "HEAD:spec/u.json", "spec/t.json");
    assert_eq!(code, Some(2));
    assert!(stderr.contains("help: did you mean `code.json`?"), "{stderr}");
}

#[test]
fn missing_parts_of_a_revision_are_reported() {
    let folder = repository();
    fs::write(folder.path().join("spec/u.json"), TABLE.replace("base", "bass")).unwrap();
    git(folder.path(), &["add", "--all"]);
    for (old, message) in [
        ("HEAD:spec/t.jso", "cannot read `HEAD:spec/t.jso`: path 'spec/t.jso' does not exist in 'HEAD'"),
        ("other:spec/t.json", "cannot read `other:spec/t.json`: invalid object name 'other'"),
        ("HEAD:spec", "cannot read `HEAD:spec`: git cat-file HEAD:spec: bad file"),
        (":spec/u.json", "cannot read base `:bass.json`: no such file"),
    ] {
        let (code, stdout, stderr) = diff(folder.path(), old, "spec/t.json");
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{old}");
        assert!(stderr.starts_with(&format!("error: {message}")), "{old}: {stderr}");
    }
}
