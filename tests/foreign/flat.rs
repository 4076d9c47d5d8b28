//! A flat object: `{"error_code": "quota_full", "detail": "…", "request_id": "…"}`.

use std::convert::Infallible;

use errtable::{ApiError, Body, ErrorCode, Success};
use serde::Deserialize;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(rename_all = "snake_case")]
pub(crate) enum ShopError {
    QuotaFull,
    #[error_code(retry = "throttled", retry_after_ms = 500)]
    TooManyOrders,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Failure {
    error_code: String,
    #[serde(default)]
    detail: String,
    request_id: Option<String>,
}

impl Body<'_> for Failure {
    type Data = Infallible;
    type Code = ShopError;
    const REQUEST_ID: &'static [&'static str] = &["request_id"];

    fn into_result(self) -> Result<Success<Infallible>, ApiError<ShopError>> {
        Err(ApiError::new(self.error_code, self.detail).or_request_id(self.request_id.as_deref()))
    }
}
