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

#[error_table(bundled = "common" "spec/service.json", crate = 5)]
pub enum Unseparated {}

#[error_table(bundled = "spec/my-api.json")]
pub enum BundledPath {}

#[error_table(bundled = "bundled:common")]
pub enum BundledPrefix {}

#[error_table(bundled("common"))]
pub enum BundledList {}

#[error_table(bundled = common)]
pub enum BundledIdent {}

const PATH: &str = "spec/service.json";

#[error_table(concat!("spec/", "service.json"))]
pub enum Macro {}

#[error_table(PATH)]
pub enum Constant {}

#[error_table(crate::PATH)]
pub enum ConstantInCrate {}

fn main() {}
