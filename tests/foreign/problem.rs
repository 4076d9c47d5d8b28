//! Problem details (RFC 9457): `{"type": "https://shop.example/errors/quota-full", "detail": "…"}`.

use std::convert::Infallible;

use errtable::{ApiError, Body, ErrorCode, Success};
use serde::Deserialize;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(rename_all = "kebab-case")]
pub(crate) enum ShopError {
    QuotaFull,
    #[error_code(retry = "throttled")]
    TooManyOrders,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Problem {
    r#type: String,
    #[serde(default)]
    detail: String,
    #[serde(rename = "traceId")]
    trace_id: Option<String>,
}

impl Body<'_> for Problem {
    type Data = Infallible;
    type Code = ShopError;
    const REQUEST_ID: &'static [&'static str] = &["traceId"];

    fn into_result(self) -> Result<Success<Infallible>, ApiError<ShopError>> {
        let code = self.r#type.rsplit('/').next().unwrap_or_default();
        Err(ApiError::new(code, self.detail).or_request_id(self.trace_id.as_deref()))
    }
}
