//! Lookups in the codes of 80 services.

mod draws;
mod lookup;
mod rounds;

include!(concat!(env!("OUT_DIR"), "/union.rs"));

fn main() {
    lookup::run("80 services", &draws::Source::new(CODES, OTHERS, false), contenders());
}
