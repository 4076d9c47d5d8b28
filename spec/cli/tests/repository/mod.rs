//! Git repositories, for tests.

use std::path::Path;
use std::process::Command;

/// Runs git with an identity, and without the signatures that a user may have configured.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let user = ["-c", "user.name=Name", "-c", "user.email=name@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(user).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
