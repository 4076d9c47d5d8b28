//! Google APIs: `{"error": {"status": "…", "message": "…", "details": [{"reason": "…"}]}}`.

use std::convert::Infallible;

use errtable::{ApiError, Body, ErrorCode, Success};
use serde::Deserialize;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum StorageError {
    ApiDisabled,
    #[error_code(retry = "throttled")]
    RateLimitExceeded,
    #[error_code(retry = "transient", fault = "server")]
    Unavailable,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Failure {
    error: ErrorBody,
}

#[derive(Debug, Deserialize)]
struct ErrorBody {
    status: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Vec<Detail>,
}

/// An `ErrorInfo`, a `RequestInfo`, or another message.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    reason: Option<String>,
    request_id: Option<String>,
}

impl Body<'_> for Failure {
    type Data = Infallible;
    type Code = StorageError;
    const REQUEST_ID: &'static [&'static str] = &["error", "details", "[]", "requestId"];

    fn into_result(self) -> Result<Success<Infallible>, ApiError<StorageError>> {
        let ErrorBody { status, message, details } = self.error;
        let id = details.iter().find_map(|detail| detail.request_id.as_deref());
        let reason = details.iter().find_map(|detail| detail.reason.as_deref());
        Err(ApiError::new(reason.unwrap_or(&status), message).or_request_id(id))
    }
}
