//! The error of parsing a response.

use core::fmt;
use core::time::Duration;

use errtable_spec::{Resend, Retry};

use crate::api_error::ApiError;
use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::malformed::Malformed;

/// The error of a response: a failure that the service reported, or a malformed body.
///
/// ```
/// use errtable::{CommonError, Error, Resend, from_response};
///
/// let body = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded"}, "RequestId": "a1"}}"#;
/// let error: Error<CommonError> = from_response::<(), _>(200, body).unwrap_err();
/// assert_eq!(error.resend(false), Resend::AfterWait);
/// assert_eq!(error.to_string(), "RequestLimitExceeded (request id a1)");
///
/// let error: Error<CommonError> = from_response::<(), _>(502, b"<html>").unwrap_err();
/// assert!(error.api().is_none());
/// assert!(error.is_retryable());
/// ```
#[derive(Clone, Debug)]
pub enum Error<C> {
    /// The service reported an error.
    Api(ApiError<C>),
    /// The body is not a valid envelope, or its data is invalid.
    Malformed(Malformed),
}

impl<C> Error<C> {
    /// Returns the failure, if the service reported one.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError<C>> {
        match self {
            Self::Api(error) => Some(error),
            Self::Malformed(_) => None,
        }
    }

    /// Returns the code, if the service reported a failure.
    #[must_use]
    pub fn code(&self) -> Option<&Code<C>> {
        self.api().map(ApiError::code)
    }

    /// Returns the request id, if the body contains one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Malformed(malformed) => malformed.request_id(),
        }
    }

    /// Returns the HTTP status of a malformed body, if [`from_response`](crate::from_response)
    /// parsed it.
    ///
    /// Returns `None` for a failure that the service reported: its code decides, not the status.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(_) => None,
            Self::Malformed(malformed) => malformed.status(),
        }
    }
}

impl<C: ErrorCode> Error<C> {
    /// Returns how a request that failed with this error may be retried.
    ///
    /// The code decides or, for a malformed body, the HTTP status.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Api(error) => error.retry(),
            Self::Malformed(malformed) => malformed.retry(),
        }
    }

    /// Returns how long to wait before the next attempt, if the table specifies it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.api().and_then(ApiError::retry_after)
    }

    /// Returns whether and how the request may be sent again.
    ///
    /// See [`Retry::resend`].
    #[must_use]
    pub fn resend(&self, idempotent: bool) -> Resend {
        self.retry().resend(idempotent)
    }

    /// Returns whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Returns whether the request may be sent again without doing the work twice.
    ///
    /// See [`Retry::may_resend`].
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }
}

impl<C> From<ApiError<C>> for Error<C> {
    fn from(error: ApiError<C>) -> Self {
        Self::Api(error)
    }
}

impl<C> From<Malformed> for Error<C> {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl<C: ErrorCode> PartialEq for Error<C> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Api(a), Self::Api(b)) => a == b,
            (Self::Malformed(a), Self::Malformed(b)) => a == b,
            _ => false,
        }
    }
}

impl<C: ErrorCode> Eq for Error<C> {}

/// Writes the inner error.
impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Malformed(malformed) => malformed.fmt(f),
        }
    }
}

/// Transparent: the source is that of the inner error.
impl<C: ErrorCode> core::error::Error for Error<C> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Malformed(malformed) => malformed.source(),
        }
    }
}
