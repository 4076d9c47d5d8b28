//! Lookups in 65,535 generated codes.

mod draws;
mod lookup;
mod rounds;

include!(concat!(env!("OUT_DIR"), "/generated-65535.rs"));

fn main() {
    lookup::run("generated", &draws::Source::new(CODES, OTHERS, false), contenders());
}
