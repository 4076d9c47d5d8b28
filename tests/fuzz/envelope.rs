//! `from_slice`, `from_response` and plain serde agree with an independent reading of the body.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

use model::agreement::check_body;
use model::object;
use mutate::mutate;

#[path = "../model/mod.rs"]
mod model;
mod mutate;
#[path = "../reading/mod.rs"]
mod reading;

fuzz_target!(|body: &[u8]| check_body(body));

fuzz_mutator!(|input: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(input, size, max_size, seed) });
