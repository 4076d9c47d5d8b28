// The macro cannot see a derive above the attribute, so rustc reports the conflict.
#[derive(Clone)]
#[errtable::error_table(bundled = "common")]
pub enum Above {}

#[errtable::error_table(bundled = "common")]
#[derive(Clone)]
pub enum Below {}

fn main() {}
