//! Lookups in the codes of one service.

mod draws;
mod lookup;
mod rounds;

include!(concat!(env!("OUT_DIR"), "/vpc.rs"));

fn main() {
    lookup::run("one service", &draws::Source::new(CODES, OTHERS, false), contenders());
}
