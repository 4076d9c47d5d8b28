//! Counts the instructions of the hot paths with callgrind. Unlike times, they are exact.
//!
//! `.ci/full instructions` installs the tools. A limit is a tenth above the count when it was set.

mod bodies;
mod names;

use std::hint::black_box;

use bodies::{failure, late, success, unknown_failure};
use errtable::{Code, CommonError, Error};
use fastrand::Rng;
use gungraun::prelude::*;
use gungraun::{Callgrind, EventKind, LibraryBenchmarkConfig};

#[errtable::error_table("spec/vpc.json")]
enum Codes {}

/// Returns a thousand codes, a fifth of them not in the table.
fn draws() -> Vec<String> {
    let random = &mut Rng::with_seed(7);
    let mut others = names::names(1_000, random);
    others.retain(|other| Codes::from_code(other).is_none());
    let mut one = || match random.usize(..5) {
        0 => others[random.usize(..others.len())].clone(),
        _ => Codes::ALL[random.usize(..Codes::ALL.len())].as_str().to_owned(),
    };
    (0..1_000).map(|_| one()).collect()
}

fn at_most(instructions: u64) -> LibraryBenchmarkConfig {
    let mut callgrind = Callgrind::with_args(["--cache-sim=no"]);
    callgrind.hard_limits([(EventKind::Ir, instructions)]);
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(callgrind);
    config
}

// The benchmarks return their input and their result, so that no drop is counted.

#[library_benchmark(config = at_most(115_000))]
#[bench::a_thousand(args = (), setup = draws)]
fn from_code(draws: Vec<String>) -> (usize, Vec<String>) {
    (black_box(&draws).iter().filter(|text| Codes::from_code(text).is_some()).count(), draws)
}

#[library_benchmark(config = at_most(32_000))]
#[bench::of_ten_rows(success(10, &mut Rng::with_seed(7)))]
fn envelope(body: String) -> (bool, String) {
    (errtable::from_slice::<serde::de::IgnoredAny, CommonError>(black_box(body.as_bytes())).is_ok(), body)
}

#[library_benchmark(config = at_most(6_500))]
#[bench::known(failure(&mut Rng::with_seed(7)))]
#[bench::unknown(unknown_failure(&mut Rng::with_seed(7)))]
#[bench::after_data(late(&failure(&mut Rng::with_seed(7))))]
fn error(body: String) -> (Option<Error<CommonError>>, String) {
    (errtable::from_slice::<(), CommonError>(black_box(body.as_bytes())).err(), body)
}

#[library_benchmark(config = at_most(200))]
#[bench::known("RequestLimitExceeded")]
#[bench::unknown("RequestLimitExceeded.Brand.New")]
fn code(text: &str) -> Code<CommonError> {
    Code::from(black_box(text))
}

// The table is in another crate, so its columns are not constants here.
#[library_benchmark(config = at_most(39))]
#[bench::known(CommonError::RequestLimitExceeded)]
fn as_str(code: CommonError) -> &'static str {
    black_box(code).as_str()
}

library_benchmark_group!(name = hot_paths; benchmarks = from_code, envelope, error, code, as_str);
main!(library_benchmark_groups = hot_paths);
