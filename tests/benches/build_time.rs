//! How long a crate with an enum of error codes builds, and in how much memory: ours, and what people would derive.
//!
//! `cargo run --release --manifest-path tests/benches/Cargo.toml --bin build-time` prints tables and draws
//! `tests/benches/build-time.svg`; with `--quick` it stops at 1,000 codes, with `--clean` it builds the dependencies alone.
//! Each crate is built by itself and in turn, its dependencies before; what an empty crate takes is subtracted.

mod clean;
mod crates;
mod growth;
mod names;
mod rustc;

use std::error::Error;

use crates::{CONTENDERS, Contender, Profile, Workspace};
use rustc::Cost;

/// A cost with the contender and the number of rows that it was measured at.
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
    let asked = |flag: &str| std::env::args().any(|argument| argument == flag);
    clean::compare()?;
    if asked("--clean") {
        return Ok(());
    }
    let quick = asked("--quick");
    let counts: &[usize] = if quick { &[100, 1_000] } else { &[100, 1_000, 4_000, 8_000, 10_000, 65_535] };
    let workspace = Workspace::create()?;
    let mut all = Vec::new();
    for profile in [Profile::Dev, Profile::Release] {
        let empty = workspace.measure_empty(profile)?;
        println!("\nan empty crate, {profile}: {:.2} s, {} MiB", empty.seconds, empty.mebibytes);
        println!("\n| {profile} | rows | s | ratio | MiB |\n|---|---:|---:|---:|---:|");
        for &rows in counts {
            let mut ours = None;
            for contender in CONTENDERS.iter().filter(|contender| rows <= contender.most_rows) {
                let cost = workspace.measure(contender, rows, profile)?.without(&empty);
                let ours = *ours.get_or_insert(cost.seconds);
                let ratio = cost.seconds / ours;
                println!("| {} | {rows} | {:.2} | {ratio:.2} | {} |", contender.name, cost.seconds, cost.mebibytes);
                all.push(Measured { contender, profile, rows, cost });
            }
        }
    }
    growth::print(&all);
    if quick { Ok(()) } else { growth::draw(&all) }
}
