//! From the bytes of an answer to its data or its error: successes of 0 to 1,000 rows, and failures.

#![forbid(unsafe_code)]

mod answers;
mod bodies;
mod rounds;

use answers::{OF_FAILURE, OF_SUCCESS, Reader, late};
use bodies::{failure, success};
use rounds::{Contender, compare};

const ROUNDS: usize = 201;

fn main() {
    for (rows, times) in [(0, 2_000), (1, 1_000), (10, 200), (1_000, 2)] {
        measure(&format!("success, {rows} rows"), &success(rows), times, &OF_SUCCESS);
    }
    measure("failure, known code", &failure("RequestLimitExceeded"), 2_000, &OF_FAILURE);
    measure("failure, unknown code", &failure("RequestLimitExceeded.Brand.New"), 2_000, &OF_FAILURE);
    measure("failure after a key of T", &late(&failure("RequestLimitExceeded")), 2_000, &OF_FAILURE);
}

fn measure(title: &str, body: &str, times: usize, readers: &[Reader]) {
    let contenders: Vec<Contender<'_, [u8]>> = readers
        .iter()
        .map(|(name, read)| {
            Contender::new(name, move |body: &[u8]| (0..times).map(|_| read(std::hint::black_box(body))).sum())
        })
        .collect();
    let random = &mut fastrand::Rng::with_seed(7);
    compare(title, ROUNDS, times, &contenders, random, |_| body.as_bytes());
}
