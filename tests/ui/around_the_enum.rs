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

fn main() {
    // The table's variants exist in each of them.
    let _ = WithVariants::InternalError;
    let _ = WithGenerics::InternalError;
    let _ = WithRepr::InternalError;
    let _ = WithDerives::InternalError;
}
