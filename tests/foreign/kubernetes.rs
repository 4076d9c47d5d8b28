//! A Kubernetes `Status`: `{"reason": "…", "message": "…", "details": {"retryAfterSeconds": 1}}`.
//!
//! The request id is in the header `Audit-Id`.

use std::convert::Infallible;
use std::time::Duration;

use errtable::{ApiError, Body, ErrorCode, Success};
use serde::Deserialize;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
pub(crate) enum KubeError {
    NotFound,
    #[error_code(retry = "throttled", retry_after_ms = 100)]
    TooManyRequests,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Status {
    reason: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Details,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    retry_after_seconds: Option<u32>,
}

impl Body<'_> for Status {
    type Data = Infallible;
    type Code = KubeError;
    const REQUEST_ID: &'static [&'static str] = &[];

    fn into_result(self) -> Result<Success<Infallible>, ApiError<KubeError>> {
        let error = ApiError::new(self.reason, self.message);
        Err(match self.details.retry_after_seconds {
            Some(seconds) => error.with_retry_after(Duration::from_secs(seconds.into())),
            None => error,
        })
    }
}
