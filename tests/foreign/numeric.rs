//! A numeric code: `{"code": 0, "data": {…}, "trace": "…"}`, or `{"code": 4004, "msg": "…"}`.

use errtable::{ApiError, Body, ErrorCode, Success};
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
pub(crate) enum ShopError {
    #[error_code("4004")]
    NoSuchOrder,
    #[error_code("4029", retry = "throttled")]
    TooManyOrders,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Reply<T> {
    code: u32,
    #[serde(default)]
    msg: String,
    trace: Option<String>,
    data: T,
}

impl<'de, T: Deserialize<'de>> Body<'de> for Reply<T> {
    type Data = T;
    type Code = ShopError;
    const REQUEST_ID: &'static [&'static str] = &["trace"];

    fn into_result(self) -> Result<Success<T>, ApiError<ShopError>> {
        let id = self.trace.as_deref();
        match self.code {
            0 => Ok(Success::new(self.data).or_request_id(id)),
            code => Err(ApiError::new(code.to_string(), self.msg).or_request_id(id)),
        }
    }

    fn recover(body: &[u8]) -> Option<ApiError<ShopError>> {
        serde_json::from_slice::<Reply<Option<IgnoredAny>>>(body).ok()?.into_result().err()
    }
}
