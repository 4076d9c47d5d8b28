//! How inputs are found and named.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const INVALID: &str = r#"{"name": "t", "errors": [{"code": ""}]}"#;

/// Runs the command in a directory, and returns its exit code and standard output.
fn run(folder: &TempDir, arguments: &[&str], stdin: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    command.current_dir(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // A command that does not read standard input may have closed it.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn hidden_files_caches_and_other_json_are_skipped() {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("a/table.json", INVALID);
    write("a/broken.json", r#"{"errors": ["#);
    write("a/.hidden.json", INVALID);
    write(".git/table.json", INVALID);
    write("target/table.json", INVALID);
    write("target/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
    write("a/package.json", r#"{"name": "errors"}"#);
    write("a/list.json", r#"["errors"]"#);
    write("a/broken-settings.json", "{");
    write("a/table.txt", INVALID);
    let (code, stdout) = run(&folder, &["check", "--format", "github", "."], "");
    let files: Vec<_> = stdout.lines().map(|line| line.split([',', '=']).nth(1).unwrap()).collect();
    assert_eq!((code, files), (Some(1), vec!["a/broken.json", "a/table.json"]));
}

#[test]
fn directory_without_tables_is_not_usable() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(&folder, &["check", "."], "").0, Some(2));
    assert_eq!(run(&folder, &["fmt", "."], "").0, Some(2));
}

#[test]
fn problem_of_a_common_base_is_reported_once() {
    let folder = TempDir::new().unwrap();
    for (name, text) in [
        ("base.json", INVALID),
        ("a.json", r#"{"name": "a", "extends": ["base.json"], "errors": []}"#),
        ("b.json", r#"{"name": "b", "extends": ["./base.json"], "errors": []}"#),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (code, stdout) = run(&folder, &["check", "--format", "json", "a.json", "."], "");
    assert_eq!((code, stdout.lines().count()), (Some(1), 1), "{stdout}");
}

#[test]
fn bases_of_standard_input_are_relative_to_the_working_directory() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("base.json"), INVALID).unwrap();
    let table = r#"{"name": "a", "extends": ["base.json"], "errors": [{"code": ""}]}"#;
    let (code, stdout) = run(&folder, &["check", "--format", "github", "-"], table);
    assert_eq!(code, Some(1));
    assert!(stdout.contains("file=<stdin>,line=1"), "{stdout}");
    assert!(stdout.contains("file=base.json,line=1"), "{stdout}");
}

#[test]
fn table_in_the_working_directory_is_suggested() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("ok.json"), r#"{"name": "ok", "errors": []}"#).unwrap();
    fs::write(folder.path().join("t.json"), r#"{"name": "t", "extends": ["okk.json"], "errors": []}"#).unwrap();
    let (code, stdout) = run(&folder, &["check", "t.json"], "");
    assert_eq!(code, Some(1));
    assert!(stdout.contains("did you mean `ok.json`?"), "{stdout}");
}

#[test]
fn absolute_path_is_reported_as_given() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    fs::write(&path, INVALID).unwrap();
    let (code, stdout) = run(&folder, &["check", path.to_str().unwrap()], "");
    assert_eq!(code, Some(1));
    assert!(stdout.contains(&format!("--> {}:1:35\n", path.display())), "{stdout}");
}

#[test]
fn github_annotation_is_escaped() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a,b%.json"), r#"{"name": "50%", "errors": []}"#).unwrap();
    let (_, stdout) = run(&folder, &["check", "--format", "github", "a,b%.json"], "");
    assert!(stdout.starts_with("::error file=a%2Cb%25.json,line=1,col=10,title=invalid-table-name::"), "{stdout}");
    assert!(stdout.contains("`50%25`"), "{stdout}");
}

#[test]
fn code_of_standard_input_is_explained() {
    let folder = TempDir::new().unwrap();
    let (code, stdout) = run(&folder, &["explain", "-"], "InternalError\n");
    assert_eq!(code, Some(0));
    assert!(stdout.starts_with("InternalError: "), "{stdout}");
}
