//! A crate in a temporary directory that depends on `errtable`.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

/// A binary crate that a test can build, change and build again.
pub(crate) struct Scratch {
    name: String,
    folder: TempDir,
}

impl Scratch {
    /// Creates a crate with this `main.rs`.
    /// The name must be unique, because all crates share one target directory.
    pub(crate) fn new(name: &str, main: &str) -> Self {
        Self::with_dependencies(name, "", main)
    }

    /// Creates a crate with additional lines under `[dependencies]`.
    pub(crate) fn with_dependencies(name: &str, dependencies: &str, main: &str) -> Self {
        let scratch = Self { name: name.to_owned(), folder: tempfile::tempdir().unwrap() };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let runtime = workspace.join("runtime");
        let manifest = format!(
            "[package]\nname = \"scratch-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nerrtable.path = '{}'\n{dependencies}\n[workspace]\n",
            runtime.display(),
        );
        scratch.write("Cargo.toml", &manifest);
        scratch.write("src/main.rs", main);
        // The workspace has built these versions, so they are available without a network.
        fs::copy(workspace.join("Cargo.lock"), scratch.path("Cargo.lock")).unwrap();
        scratch
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub(crate) fn set_modified(&self, path: &str, time: SystemTime) {
        fs::File::options().write(true).open(self.path(path)).unwrap().set_modified(time).unwrap();
    }

    /// Runs `cargo run`, and returns its output.
    pub(crate) fn run(&self) -> String {
        let output = self.cargo("run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Builds the program in release mode without symbols, and returns its bytes.
    pub(crate) fn release(&self) -> Vec<u8> {
        let output = self
            .command()
            .args(["build", "--quiet", "--offline", "--release", "--config", "profile.release.strip=true"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let program = format!("scratch-{}{}", self.name, std::env::consts::EXE_SUFFIX);
        fs::read(Self::target().join("release").join(program)).unwrap()
    }

    /// Runs a build that must fail, and returns its messages, with `/` in paths on Windows, too.
    pub(crate) fn fail(&self) -> String {
        let output = self.cargo("build");
        assert!(!output.status.success(), "the build succeeded");
        String::from_utf8(output.stderr).unwrap().replace("src\\main.rs", "src/main.rs")
    }

    /// Runs a build that must fail, and returns its messages with the colours of a terminal.
    pub(crate) fn fail_in_colour(&self) -> String {
        let output = self.command().args(["build", "--quiet", "--offline", "--color=always"]).output().unwrap();
        assert!(!output.status.success(), "the build succeeded");
        String::from_utf8(output.stderr).unwrap()
    }

    /// Runs `cargo doc` with warnings as errors, and returns its messages.
    pub(crate) fn doc(&self) -> String {
        String::from_utf8(self.cargo("doc").stderr).unwrap()
    }

    /// Returns the source after macro expansion.
    /// `RUSTC_BOOTSTRAP` enables the unstable flag on a stable compiler.
    pub(crate) fn expand(&self) -> String {
        let output = self
            .command()
            .args(["rustc", "--quiet", "--offline", "--profile", "check", "--", "-Zunpretty=expanded"])
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the target directory that all scratch crates share, so dependencies are built once.
    pub(crate) fn target() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch")
    }

    fn cargo(&self, command: &str) -> Output {
        let no_deps = (command == "doc").then_some("--no-deps");
        self.command().args([command, "--quiet", "--offline"]).args(no_deps).output().unwrap()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", Self::target())
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("RUSTFLAGS")
            .env("RUSTDOCFLAGS", "-D warnings");
        command
    }
}
