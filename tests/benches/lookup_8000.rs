//! Lookups in 8,000 generated codes.

mod draws;
mod lookup;
mod rounds;

include!(concat!(env!("OUT_DIR"), "/generated-8000.rs"));

fn main() {
    lookup::run("generated", &draws::Source::new(CODES, OTHERS, false), contenders());
}
