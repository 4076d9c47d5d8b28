//! Compares a clean dev build of the dependency with that of its peers.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use crate::crates::ERRTABLE;
use crate::rustc::{self, Cost};

const ROUNDS: usize = 3;

/// The least time of a crate that is listed, in seconds.
const LISTED: f64 = 0.3;

/// The dependencies to compare. Both builds have `serde` with its derive, as clients of an API do.
const DEPENDENCIES: [(&str, &str); 2] = [
    ("errtable", ERRTABLE),
    ("strum and serde_json", "strum = { version = \"=0.28.0\", features = [\"derive\"] }\nserde_json = \"1\""),
];

/// The cost of one build: its total time, and each crate.
struct Build {
    seconds: f64,
    crates: Vec<(String, Cost)>,
}

/// Builds both in turn, and prints the median round of each with its crates.
pub(crate) fn compare() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/clean-build");
    let mut all: [Vec<Build>; 2] = Default::default();
    for _ in 0..ROUNDS {
        for ((name, dependencies), own) in DEPENDENCIES.iter().zip(&mut all) {
            own.push(build(&root.join(name), dependencies)?);
        }
    }
    for own in &mut all {
        own.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    }
    let medians = all.each_ref().map(|own| &own[ROUNDS / 2]);
    println!("\n| clean dev build, with serde and its derive | s | ratio | s of each crate |\n|---|---:|---:|---|");
    for ((name, _), median) in DEPENDENCIES.iter().zip(medians) {
        let mut crates: Vec<_> = median.crates.iter().filter(|(_, cost)| cost.seconds >= LISTED).collect();
        crates.sort_by(|a, b| b.1.seconds.total_cmp(&a.1.seconds));
        let crates: Vec<_> = crates.iter().map(|(name, cost)| format!("{name} {:.2}", cost.seconds)).collect();
        let ratio = median.seconds / medians[0].seconds;
        println!("| {name} | {:.1} | {ratio:.2} | {} |", median.seconds, crates.join(", "));
    }
    Ok(())
}

fn build(directory: &Path, dependencies: &str) -> Result<Build, Box<dyn Error>> {
    let target = directory.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(directory)?;
    let serde = "serde = { version = \"1\", features = [\"derive\"] }";
    let manifest = format!(
        "[package]\nname = \"clean\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"lib.rs\"\n\n[dependencies]\n{serde}\n{dependencies}\n\n[workspace]\n"
    );
    fs::write(directory.join("Cargo.toml"), manifest)?;
    fs::write(directory.join("lib.rs"), "")?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--manifest-path"]).arg(directory.join("Cargo.toml")).env("CARGO_TARGET_DIR", &target);
    // Cargo builds a path dependency incrementally, but not one from a registry.
    cargo.env("CARGO_INCREMENTAL", "0");
    let start = Instant::now();
    let crates = rustc::measure(&mut cargo, &directory.join("report"))?;
    Ok(Build { seconds: start.elapsed().as_secs_f64(), crates })
}
