use errtable::error_table;

#[error_table(bundled = "common")]
pub struct ServiceError;

#[error_table(bundled = "common")]
pub fn service_error() {}

fn main() {
    let _ = ServiceError;
    service_error();
}
