//! Lookups in the common codes.

mod draws;
mod lookup;
mod rounds;

include!(concat!(env!("OUT_DIR"), "/common.rs"));

fn main() {
    lookup::run("common", &draws::Source::new(CODES, OTHERS, false), contenders());
}
