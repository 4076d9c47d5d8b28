//! `fmt` replaces a file completely or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use errtable_cli::fmt::format;
use tempfile::TempDir;

const UNFORMATTED: &str = r#"{"errors": [], "name": "t"}"#;

fn fmt(path: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    command.arg("fmt").arg(path).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn write(folder: &TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("t.json");
    fs::write(&path, text).unwrap();
    path
}

fn files(folder: &TempDir) -> usize {
    fs::read_dir(folder.path()).unwrap().count()
}

#[test]
fn file_is_replaced() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, UNFORMATTED);
    assert_eq!(fmt(&path).status().unwrap().code(), Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), format(UNFORMATTED).unwrap());
    assert_eq!(files(&folder), 1);
}

#[test]
fn unchanged_file_is_not_written() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, &format(UNFORMATTED).unwrap());
    let modified = || fs::metadata(&path).unwrap().modified().unwrap();
    let before = modified();
    assert_eq!(fmt(&path).status().unwrap().code(), Some(0));
    assert_eq!(modified(), before);
}

#[test]
fn invalid_file_is_untouched() {
    let folder = TempDir::new().unwrap();
    for text in ["", "{", "[]", "\u{feff}{}", "{\"name\": \"t\", \"errors\": [}"] {
        let path = write(&folder, text);
        assert_eq!(fmt(&path).status().unwrap().code(), Some(2), "{text}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(files(&folder), 1);
}

#[cfg(unix)]
#[test]
fn permissions_and_symbolic_link_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = TempDir::new().unwrap();
    let path = write(&folder, UNFORMATTED);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let elsewhere = TempDir::new().unwrap();
    let link = elsewhere.path().join("link.json");
    symlink(&path, &link).unwrap();

    assert_eq!(fmt(&link).status().unwrap().code(), Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(&path).unwrap(), format(UNFORMATTED).unwrap());
}

#[cfg(debug_assertions)] // Release builds have no failpoint.
#[test]
fn abort_before_the_rename_keeps_the_old_file() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, UNFORMATTED);
    let status = fmt(&path).env("ERRTABLE_ABORT_BEFORE_RENAME", "1").status().unwrap();
    assert!(!status.success());
    assert_eq!(files(&folder), 2, "the new file was written");
    assert_eq!(fs::read_to_string(&path).unwrap(), UNFORMATTED);

    // The next run ignores the file that was left behind, and succeeds.
    assert_eq!(fmt(folder.path()).status().unwrap().code(), Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), format(UNFORMATTED).unwrap());
}

/// Returns an unformatted table of 65,535 rows.
fn large_table() -> String {
    let mut text = b"{\"errors\": [\n".to_vec();
    for row in 0..65_535 {
        let separator = if row == 0 { "" } else { ",\n" };
        write!(text, "{separator}{{\"retry\": \"transient\", \"code\": \"Family.Code{row}\"}}").unwrap();
    }
    text.extend(b"\n], \"name\": \"large\"}");
    String::from_utf8(text).unwrap()
}

#[test]
fn killed_command_leaves_the_old_file_or_the_new_one() {
    const KILLS: u32 = 20;
    let folder = TempDir::new().unwrap();
    let old = large_table();
    let new = format(&old).unwrap();
    let path = write(&folder, &old);
    let start = Instant::now();
    assert_eq!(fmt(&path).status().unwrap().code(), Some(0));
    let duration = start.elapsed();
    assert_eq!(fs::read_to_string(&path).unwrap(), new);

    for kill in 0..KILLS {
        write(&folder, &old);
        let state = || (files(&folder), fs::metadata(&path).map_or(0, |file| file.len()));
        let before = state();
        let mut child = fmt(&path).spawn().unwrap();
        if kill % 2 == 0 {
            // Evenly over the run and a little longer, so that some runs are complete.
            std::thread::sleep(duration.mul_f64(1.2) * kill / KILLS);
        } else {
            // When the command starts to write, and a little later.
            while state() == before && child.try_wait().unwrap().is_none() {}
            std::thread::sleep(Duration::from_micros(200) * (kill / 2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text == old || text == new, "a mix of {} bytes after kill {kill}", text.len());
    }
}
