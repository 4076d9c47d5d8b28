//! Lookups in the codes of one service, ignoring ASCII case.

mod draws;
mod lookup;
mod rounds;

include!(concat!(env!("OUT_DIR"), "/ignore-case.rs"));

fn main() {
    lookup::run("one service, ignoring case", &draws::Source::new(CODES, OTHERS, true), contenders());
}
