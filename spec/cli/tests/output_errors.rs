//! What a command does if its output cannot be written.

use std::io::Write;
use std::process::{Command, Stdio};

/// Only Linux has `/dev/full`.
#[cfg(target_os = "linux")]
#[test]
fn full_disk_is_reported() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    let output = command.args(["explain", "InternalError"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.starts_with("error: cannot write the output: "), "{stderr}");
}

#[test]
fn closed_pipe_is_not_reported() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    command.args(["explain", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    // The command prints when it has read the code.
    child.stdin.take().unwrap().write_all(b"InternalError\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(2), ""));
}
