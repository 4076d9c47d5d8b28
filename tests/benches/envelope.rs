//! Times the readers of response bodies: successes of 0 to 1,000 rows, and failures. The bodies are
//! generated for each round.

mod bodies;
mod readers;
mod rounds;

use std::hint::black_box;

use bodies::{failure, success, unknown_failure};
use fastrand::Rng;
use readers::{OF_FAILURE, OF_SUCCESS, Reader};
use rounds::{Contender, Measured, measure};

const ROUNDS: usize = 101;

fn main() {
    let sizes = [("empty", 0, 1_000), ("1 element", 1, 500), ("10 elements", 10, 100), ("1,000 elements", 1_000, 2)];
    let successes = sizes
        .map(|(heading, rows, count)| (heading, compare(heading, count, &OF_SUCCESS, |random| success(rows, random))));
    rounds::print("success", &successes);
    let after_data = |random: &mut Rng| bodies::late(&failure(random));
    let failures = [
        ("known code", compare("known code", 1_000, &OF_FAILURE, failure)),
        ("unknown code", compare("unknown code", 1_000, &OF_FAILURE, unknown_failure)),
        ("after a key of T", compare("after a key of T", 1_000, &OF_FAILURE, after_data)),
    ];
    rounds::print("failure", &failures);
}

/// Compares the readers, with `count` bodies in each round.
fn compare(title: &str, count: usize, readers: &[Reader], body: impl Fn(&mut Rng) -> String) -> Vec<Measured> {
    let contenders: Vec<Contender<'_, [String]>> = readers
        .iter()
        .map(|(name, read)| {
            Contender::new(name, |bodies: &[String]| bodies.iter().map(|body| read(black_box(body.as_bytes()))).sum())
        })
        .collect();
    let random = &mut Rng::with_seed(7);
    measure(title, ROUNDS, count, &contenders, random, |random| -> Vec<String> {
        (0..count).map(|_| body(random)).collect()
    })
}
