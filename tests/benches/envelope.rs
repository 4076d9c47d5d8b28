//! Times the readers of response bodies: successes of 0 to 1,000 rows, and failures. The bodies are
//! generated for each round.

mod bodies;
mod readers;
mod rounds;

use std::hint::black_box;

use bodies::{failure, success, unknown_failure};
use fastrand::Rng;
use readers::{OF_FAILURE, OF_SUCCESS, Reader};
use rounds::{Contender, measure};

const ROUNDS: usize = 101;

fn main() {
    for (rows, count) in [(0, 1_000), (1, 500), (10, 100), (1_000, 2)] {
        compare(&format!("success, {rows} rows"), count, &OF_SUCCESS, |random| success(rows, random));
    }
    compare("failure, known code", 1_000, &OF_FAILURE, failure);
    compare("failure, unknown code", 1_000, &OF_FAILURE, unknown_failure);
    compare("failure after a key of T", 1_000, &OF_FAILURE, |random| bodies::late(&failure(random)));
}

/// Compares the readers, with `count` bodies in each round.
fn compare(title: &str, count: usize, readers: &[Reader], body: impl Fn(&mut Rng) -> String) {
    let contenders: Vec<Contender<'_, [String]>> = readers
        .iter()
        .map(|(name, read)| {
            Contender::new(name, |bodies: &[String]| bodies.iter().map(|body| read(black_box(body.as_bytes()))).sum())
        })
        .collect();
    let random = &mut Rng::with_seed(7);
    let measured = measure(title, ROUNDS, count, &contenders, random, |random| -> Vec<String> {
        (0..count).map(|_| body(random)).collect()
    });
    rounds::print(title, &[("ns", measured)]);
}
