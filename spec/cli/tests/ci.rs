//! The checks in CI that the README documents, in a repository with the documented changes.
//! `TRYCMD=overwrite` blesses their output.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

fn readme() -> String {
    fs::read_to_string("README.md").unwrap()
}

/// Returns a section of the README.
fn section<'t>(readme: &'t str, title: &str) -> &'t str {
    let (_, section) = readme.split_once(&format!("\n### {title}\n")).unwrap();
    section.split("\n### ").next().unwrap()
}

/// Returns the first block of code of a language.
fn block<'t>(section: &'t str, language: &str) -> &'t str {
    let (_, block) = section.split_once(&format!("```{language}\n")).unwrap();
    block.split("```").next().unwrap()
}

fn run(folder: &Path, program: &str, arguments: &str) {
    let output = Command::new(program).args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{program} {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Creates a repository whose branch `main` passes the check.
fn create_repository(folder: &Path) {
    copy(Path::new("tests/fixtures/ci/main"), folder);
    let readme = readme();
    fs::write(folder.join("errtable.toml"), block(section(&readme, "The first commit"), "toml")).unwrap();
    fs::create_dir(folder.join("web")).unwrap();
    run(folder, env!("CARGO_BIN_EXE_errtable"), "update");
    commit_to_main(folder);
}

fn commit_to_main(folder: &Path) {
    run(folder, "git", "init --quiet");
    run(folder, "git", "add .");
    run(folder, "git", "-c user.name=a -c user.email=a@example.com commit --quiet --message main");
    run(folder, "git", "update-ref refs/remotes/origin/main HEAD");
}

/// Runs the commands of a section after a change. A TOML block is added to `errtable.toml` for the
/// commands after it.
fn assert_section(title: &str, change: &str) {
    let readme = readme();
    let section = section(&readme, title);
    assert!(section.contains("\n$ errtable check\n"));

    let scratch = TempDir::new().unwrap();
    // The commands of `t.md` run in `t.in`, which has what the section changes.
    let folder = scratch.path().join("t.in");
    create_repository(&folder);
    copy(&Path::new("tests/fixtures/ci").join(change), &folder);
    for part in section.split("```toml\n") {
        let transcript = match part.split_once("\n```\n") {
            Some((accepted, transcript)) if part.starts_with("[[") => {
                let project = folder.join("errtable.toml");
                let text = fs::read_to_string(&project).unwrap();
                fs::write(project, format!("{text}\n{accepted}\n")).unwrap();
                transcript
            }
            _ => part,
        };
        let document = scratch.path().join("t.md");
        fs::write(&document, transcript).unwrap();
        trycmd::TestCases::new().case(document.to_str().unwrap());
        let blessed = fs::read_to_string(document).unwrap();
        if blessed != transcript {
            fs::write("README.md", crate::readme().replacen(transcript, &blessed, 1)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn first_commit_passes_the_check() {
    let readme = readme();
    let section = section(&readme, "The first commit");
    let scratch = TempDir::new().unwrap();
    fs::create_dir(scratch.path().join("docs")).unwrap();
    fs::write(scratch.path().join("docs/api.md"), block(section, "markdown")).unwrap();
    fs::write(scratch.path().join("errtable.toml"), block(section, "toml")).unwrap();
    for command in block(section, "sh").lines() {
        let command = command.replace("errtable ", concat!(env!("CARGO_BIN_EXE_errtable"), " "));
        let output = Command::new("sh").args(["-c", &command]).current_dir(&scratch).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    commit_to_main(scratch.path());
    assert!(self::section(&readme, "The workflow").contains("      - run: errtable check\n"));
    run(scratch.path(), env!("CARGO_BIN_EXE_errtable"), "check");
}

#[test]
fn documented_checks_print_their_output() {
    assert_section("A change that passes", "added");
    assert_section("A change that fails", "breaking");
}
