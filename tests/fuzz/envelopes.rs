//! Responses are read by made envelopes as an independent reading of the rules reads them.
//!
//! The target leaks the layout of each envelope, because a shape is `'static`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;

use made::{make, read_response};
use model::check::check;
use model::generate::{Source, envelope, response};
use model::sample::Envelope;

#[path = "../made/mod.rs"]
mod made;
#[path = "../model/envelope/mod.rs"]
mod model;

fuzz_target!(|choices: &[u8]| {
    let source = &mut Source::new(choices);
    let json = envelope(source);
    if make(&json) {
        let envelope = Envelope::read(&json);
        let response = response(source, &envelope);
        let response = response.response();
        check::<Value>(&envelope, &response, &[], &read_response(&response));
    }
});
