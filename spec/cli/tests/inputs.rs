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
    write("a/broken-settings.json", r#"{"settings": ["#);
    write("a/table.txt", INVALID);
    write("a/tests/table.json", INVALID);
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
    let path = path.display().to_string().replace('\\', "/");
    assert!(stdout.replace('\\', "/").contains(&format!("--> {path}:1:35\n")), "{stdout}");
}

#[test]
fn github_annotation_is_visible() {
    let folder = TempDir::new().unwrap();
    let table = "{\"name\": \"t\", \"errors\": [{\"code\": \"A\u{202e}\", \"variant\": \"A\"}]}";
    fs::write(folder.path().join("t.json"), table).unwrap();
    let (_, stdout) = run(&folder, &["check", "--format", "github", "--deny", "lints", "t.json"], "");
    assert!(stdout.contains("::`A\\u{202e}` has no description"), "{stdout}");
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

#[test]
fn folder_of_a_missing_base_is_named() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (base, help) in [
        ("bases/a.json", "help: there is no folder `bases`; paths are relative to the extending file"),
        ("empty/a.json", "help: there is no other table in this folder; paths are relative to the extending file"),
    ] {
        let table = format!(r#"{{"name": "t", "extends": ["{base}"], "errors": []}}"#);
        fs::write(folder.path().join("t.json"), table).unwrap();
        let (code, stdout) = run(&folder, &["check", "t.json"], "");
        assert_eq!((code, stdout.contains(help)), (Some(1), true), "{stdout}");
    }
}

#[test]
fn checked_standard_input_is_not_printed() {
    let folder = TempDir::new().unwrap();
    let table = r#"{"errors": [], "name": "t"}"#;
    assert_eq!(run(&folder, &["fmt", "--check", "-"], table), (Some(1), "<stdin>\n".to_owned()));
}

/// Runs the command in a directory, and returns its exit code and standard error.
fn messages(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    let output = command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_is_skipped_is_named() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("spec/tests")).unwrap();
    for (name, text) in [
        ("spec/t.json", r#"{"name": "t", "errors": []}"#),
        ("spec/t.schema.json", r#"{"properties": {"errors": {}}}"#),
        ("spec/tests/t.json", INVALID),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let skipped = "skipped `spec/t.schema.json`: no key `errors`\nskipped the fixtures in `spec/tests`\n";
    for arguments in [&["check", "spec"][..], &["doc", "spec", "--out", "pages"]] {
        let (code, stderr) = messages(&folder, arguments);
        assert_eq!((code, stderr.replace('\\', "/").contains(skipped)), (Some(0), true), "{stderr}");
    }
    assert_eq!(messages(&folder, &["check", "spec/tests"]).0, Some(1));
}

#[test]
fn standard_input_is_read_once() {
    let folder = TempDir::new().unwrap();
    for arguments in [
        &["check", "-", "-"][..],
        &["diff", "-", "-"],
        &["doc", "-", "-", "--out", "pages"],
        &["envelope", "-", "--success", "-"],
        &["explain", "-", "--table", "-"],
        &["fmt", "-", "-"],
        &["import", "-", "-", "--name", "t"],
    ] {
        let (code, stderr) = messages(&folder, arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(stderr.starts_with("error: cannot read standard input twice\n"), "{stderr}");
    }
}

#[test]
fn large_file_is_not_read() {
    let folder = TempDir::new().unwrap();
    fs::File::create(folder.path().join("large.json")).unwrap().set_len(65 << 20).unwrap();
    fs::write(folder.path().join("t.json"), r#"{"name": "t", "errors": []}"#).unwrap();
    for arguments in [
        &["check", "large.json"][..],
        &["diff", "t.json", "large.json"],
        &["diff", "t.json", "t.json", "--accept", "large.json"],
        &["doc", "large.json", "--out", "pages"],
        &["envelope", "large.json"],
        &["explain", "large.json"],
        &["explain", "A", "--table", "large.json"],
        &["export", "large.json", "--to", "json"],
        &["fmt", "large.json"],
        &["import", "large.json", "--name", "t"],
        &["import", "t.json", "--into", "large.json"],
    ] {
        let (code, stderr) = messages(&folder, arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        let expected = if arguments.ends_with(&["--into", "large.json"]) { "no error codes found" } else { "64 MiB" };
        assert!(stderr.contains(expected), "{arguments:?}: {stderr}");
    }
    // In a directory, it is not a table.
    let (code, stderr) = messages(&folder, &["check", "."]);
    assert_eq!((code, stderr.replace('\\', "/").contains("`./large.json`")), (Some(0), true), "{stderr}");
}

#[test]
fn utf16_is_named() {
    let folder = TempDir::new().unwrap();
    let text: Vec<u8> = "{\"name\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("t.json"), [&b"\xFF\xFE"[..], &text].concat()).unwrap();
    fs::write(folder.path().join("no-mark.json"), text).unwrap();
    for file in ["t.json", "no-mark.json"] {
        for arguments in [
            &["envelope", file][..],
            &["explain", file],
            &["import", file, "--name", "t"],
            &["export", file, "--to", "json"],
        ] {
            let (code, stderr) = messages(&folder, arguments);
            assert_eq!((code, stderr.contains("UTF-16")), (Some(2), true), "{arguments:?}: {stderr}");
        }
        let (code, stdout) = run(&folder, &["check", file], "");
        assert_eq!((code, stdout.contains("the file is UTF-16")), (Some(1), true), "{stdout}");
    }
}

#[test]
fn bundled_tables_are_listed() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["check", "bundled:comon"][..], &["fmt", "bundled:zzzzzzzz"]] {
        let (code, stderr) = messages(&folder, arguments);
        assert_eq!(code, Some(2));
        assert!(stderr.contains("the bundled tables are `") && stderr.contains("`common`"), "{stderr}");
    }
}

#[test]
fn bundled_table_is_not_written() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("page.csv"), "code,description\nA.B,d\n").unwrap();
    for arguments in [
        &["import", "page.csv", "--into", "bundled:x"][..],
        &["export", "bundled:common", "--to", "json", "--out", "bundled:common"],
        &["doc", "bundled:common", "--out", "bundled:common"],
    ] {
        let (code, stderr) = messages(&folder, arguments);
        assert_eq!((code, stderr.contains("a bundled table cannot be replaced")), (Some(2), true), "{stderr}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Exports to a path, with and without `--check`. Returns the exit codes and messages.
fn export_to(folder: &TempDir, out: &str) -> [(Option<i32>, String); 2] {
    let arguments = ["export", "bundled:common", "--to", "json", "--out", out];
    [&[][..], &["--check"]].map(|check| messages(folder, &[&arguments[..], check].concat()))
}

#[test]
fn output_that_is_a_directory_is_unusable() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("directory")).unwrap();
    for (code, stderr) in export_to(&folder, "directory") {
        assert_eq!((code, stderr.contains("it is a directory")), (Some(2), true), "{stderr}");
    }
}

/// On Windows, a path below a file is one that does not exist.
#[cfg(unix)]
#[test]
fn output_below_a_file_is_unusable() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for (code, stderr) in export_to(&folder, "file/a.json") {
        assert_eq!((code, stderr.contains("it is a directory")), (Some(2), false), "{stderr}");
    }
}

#[test]
fn header_without_a_name_is_unusable() {
    let folder = TempDir::new().unwrap();
    for header in ["7", ": 7", " : 7"] {
        let (code, stderr) = messages(&folder, &["explain", "-", "--header", header]);
        assert_eq!((code, stderr.contains("expected `name: value`")), (Some(2), true), "{header}: {stderr}");
    }
}

#[test]
fn missing_file_is_not_a_code() {
    let folder = TempDir::new().unwrap();
    for file in ["body.json", "body.txt", "./body", "logs/body"] {
        let (code, stderr) = messages(&folder, &["explain", file]);
        assert_eq!((code, stderr.contains("no such file")), (Some(2), true), "{file}: {stderr}");
    }
    assert_eq!(messages(&folder, &["explain", "Upload.TooFast"]).0, Some(1));
}
