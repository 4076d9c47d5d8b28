//! The macros expand without warnings in unusual crates: with every lint forbidden, without a
//! prelude, without std, with a renamed runtime.

mod scratch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scratch::Scratch;

fn crates() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut crates: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    crates.sort();
    crates
}

#[test]
fn unusual_crates_build_without_warnings() {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    for folder in crates() {
        fs::copy(&lock, folder.join("Cargo.lock")).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", Scratch::target())
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && stderr.is_empty(), "{}:\n{stderr}", folder.display());
    }
    assert!(crates().len() >= 10);
}
