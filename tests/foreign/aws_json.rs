//! AWS JSON: `{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "…"}`.
//!
//! The request id is in the header `x-amzn-RequestId`.

use std::convert::Infallible;

use errtable::{ApiError, Body, ErrorCode, Success};
use serde::Deserialize;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
pub(crate) enum DynamoError {
    #[error_code("ResourceNotFoundException")]
    ResourceNotFound,
    #[error_code("ThrottlingException", retry = "throttled")]
    Throttling,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Failure {
    __type: String,
    #[serde(default, alias = "Message")]
    message: String,
}

impl Body<'_> for Failure {
    type Data = Infallible;
    type Code = DynamoError;
    const REQUEST_ID: &'static [&'static str] = &[];

    fn into_result(self) -> Result<Success<Infallible>, ApiError<DynamoError>> {
        let code = self.__type.rsplit('#').next().unwrap_or_default();
        Err(ApiError::new(code, self.message))
    }
}
