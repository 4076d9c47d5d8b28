//! Times lookups in a list of codes. Each round has new texts, and a fifth of them are misses.
//!
//! Each list is a crate, like a crate of a user with one table: `lookup_common.rs` and so on. The
//! profile is cargo's default. These variables change it, as some users do:
//!
//! ```sh
//! export CARGO_PROFILE_BENCH_CODEGEN_UNITS=1 CARGO_PROFILE_BENCH_LTO=thin
//! cargo bench --manifest-path tests/benches/Cargo.toml --bench lookup-vpc
//! ```
//!
//! With `--only`, a bench looks up texts of one kind with one contender, and measures nothing:
//! `-- --only from_code --draws hit --rounds 1`. The kinds are `hit`, `changed`, `suffixed` and
//! `foreign`, and the default is a mixture. `.ci/full branches` runs these under cachegrind.

use std::env;
use std::hint::black_box;

use crate::draws::{Draw, Draws, Source};
use crate::rounds::{self, measure};

/// The number of lookups in a round.
const DRAWS: usize = 16_384;
const ROUNDS: usize = 201;

/// The largest list for the other kinds of callers.
const MOST_CODES: usize = 8_000;

/// A contender with each kind of caller.
pub(crate) type Contender = [rounds::Contender<'static, Draws>; 3];

/// Returns a contender that finds the row of a text. The floor also has the row to compare with.
pub(crate) fn contender(name: &'static str, find: impl Fn(&str, usize) -> Option<u16> + Copy + 'static) -> Contender {
    [
        rounds::Contender::new(name, move |draws: &Draws| independent(draws, find)),
        rounds::Contender::new(name, move |draws: &Draws| dependent(draws, find)),
        rounds::Contender::new(name, move |draws: &Draws| branching(draws, find)),
    ]
}

/// Looks up all texts.
fn independent(draws: &Draws, find: impl Fn(&str, usize) -> Option<u16>) -> u64 {
    draws.iter().map(|(text, near)| black_box(find(text, near)).map_or(0, |row| u64::from(row) + 1)).sum()
}

/// Looks up half as many texts. Each result chooses the next text, so the latency counts.
fn dependent(draws: &Draws, find: impl Fn(&str, usize) -> Option<u16>) -> u64 {
    let (mut at, mut sum) = (0, 0);
    for _ in 0..draws.len() / 2 {
        let (text, near) = draws.get(at);
        let row = find(text, near).map_or(0, |row| usize::from(row) + 1);
        at += 1 + row % 2;
        sum += row as u64;
    }
    sum
}

/// Looks up all texts, and branches on each result.
fn branching(draws: &Draws, find: impl Fn(&str, usize) -> Option<u16>) -> u64 {
    let (mut known, mut unknown) = (0, 0);
    for (text, near) in draws.iter() {
        // Without `black_box`, the compiler could select a value instead of a branch.
        match find(text, near) {
            Some(row) => known = black_box(known + u64::from(row)),
            None => unknown = black_box(unknown + text.len() as u64),
        }
    }
    known + 3 * unknown
}

/// Measures the contenders and prints a table, or runs the one that the command line selects.
pub(crate) fn run(title: &str, source: &Source, contenders: Vec<Contender>) {
    let random = &mut fastrand::Rng::with_seed(7);
    if let Some(only) = argument("--only") {
        let kind = argument("--draws").map(|name| Draw::parse(&name).expect("an unknown kind of draws"));
        let rounds = argument("--rounds").map_or(1, |rounds| rounds.parse().expect("a number of rounds"));
        let draws = source.draw(DRAWS, kind, random);
        let [contender, ..] = contenders
            .iter()
            .find(|[contender, ..]| contender.name.replace('`', "") == only)
            .expect("an unknown contender");
        for _ in 0..rounds {
            black_box((contender.run)(black_box(&draws)));
        }
        return;
    }
    let mut kinds = [("independent", DRAWS), ("dependent", DRAWS / 2), ("branching", DRAWS)]
        .map(|(name, items)| (name, items, Vec::new()));
    for contender in contenders {
        for ((.., own), contender) in kinds.iter_mut().zip(contender) {
            own.push(contender);
        }
    }
    let count = source.count();
    let columns = kinds.iter().take(if count <= MOST_CODES { 3 } else { 1 }).map(|(name, items, contenders)| {
        let draw = |random: &mut _| source.draw(DRAWS, None, random);
        (*name, measure(name, ROUNDS, *items, contenders, random, draw))
    });
    rounds::print(&format!("{title}, {count} codes"), &columns.collect::<Vec<_>>());
}

/// Returns the argument after a flag.
fn argument(flag: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != flag).nth(1)
}
