use errtable::error_table;

#[error_table(bundled = "common")]
pub enum WithVariants {
    InternalError,
    Other,
}

#[error_table(bundled = "common")]
pub enum WithGenerics<T> {}

#[error_table(bundled = "common")]
#[repr(u32)]
pub enum WithRepr {}

#[error_table(bundled = "common")]
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub enum WithDerives {}

#[error_table(bundled = "common")]
#[derive(Debug, Default)]
pub enum WithDefault {}

#[error_table(bundled = "common")]
#[errtable::error_table(bundled = "cls")]
pub enum WithTwoTables {}

fn main() {
    // Each enum has the variants of the table despite its errors.
    let _ = WithVariants::InternalError;
    let _ = WithGenerics::InternalError;
    let _ = WithRepr::InternalError;
    let _ = WithDerives::InternalError;
    let _ = WithDefault::InternalError;
    let _ = WithTwoTables::InternalError;
}
