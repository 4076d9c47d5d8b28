//! Measures the build time and memory of a crate with an enum of error codes, by macro.
//!
//! `cargo run --release --manifest-path tests/benches/Cargo.toml --bin build-time` prints tables
//! and draws `tests/benches/build-time.svg`. With `--quick` it stops at 1,000 codes, with `--clean`
//! it only builds the dependencies. The crates are built one after the other, after their
//! dependencies. The cost of an empty crate is subtracted.

mod chart;
mod clean;
mod crates;
mod growth;
mod names;
mod rustc;

use std::error::Error;

use crates::{CONTENDERS, Contender, Profile, Workspace};
use rustc::Cost;

/// The cost of a contender at a number of rows.
pub(crate) struct Measured {
    pub(crate) contender: &'static Contender,
    pub(crate) profile: Profile,
    pub(crate) rows: usize,
    pub(crate) cost: Cost,
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(status) = rustc::as_wrapper() {
        std::process::exit(status);
    }
    let has = |flag: &str| std::env::args().any(|argument| argument == flag);
    clean::compare()?;
    if has("--clean") {
        return Ok(());
    }
    let quick = has("--quick");
    let counts: &[usize] = if quick { &[100, 1_000] } else { &[100, 1_000, 4_000, 8_000, 10_000, 65_535] };
    let workspace = Workspace::create()?;
    let mut all = Vec::new();
    for profile in [Profile::Dev, Profile::Release] {
        let empty = workspace.measure_empty(profile)?;
        println!("\nan empty crate, {profile}: {:.2} s, {} MiB", empty.seconds, empty.mebibytes);
        for &rows in counts {
            for contender in CONTENDERS.iter().filter(|contender| rows <= contender.most_rows) {
                let cost = workspace.measure(contender, rows, profile)?.without(&empty);
                eprintln!("{profile}, {rows} codes: {} took {:.2} s", contender.name, cost.seconds);
                all.push(Measured { contender, profile, rows, cost });
            }
        }
    }
    for profile in [Profile::Release, Profile::Dev] {
        growth::print(&all, profile, counts);
    }
    if quick { Ok(()) } else { growth::draw(&all) }
}
