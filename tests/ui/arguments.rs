use errtable::error_table;

#[error_table]
pub enum NoTable {}

#[error_table(path = "spec/service.json")]
pub enum WrongKey {}

#[error_table("/etc/service.json")]
pub enum Absolute {}

#[error_table(bundled = "comon")]
pub enum WrongName {}

#[error_table(bundled = "common", crate = "errtable")]
pub enum QuotedCrate {}

#[error_table(bundled = "common", "spec/service.json")]
pub enum TwoTables {}

fn main() {}
