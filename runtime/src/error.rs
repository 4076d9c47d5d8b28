//! Why a body gave no data: the service's word, or a body that cannot be read.

use core::fmt;
use core::time::Duration;

use errtable_spec::Retry;

use crate::api_error::ApiError;
use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::malformed::Malformed;

/// Why a response gave no data.
///
/// ```
/// use errtable::{CommonError, Error, from_response};
///
/// let body = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded", "Message": "slow down"}, "RequestId": "a1"}}"#;
/// let error: Error<CommonError> = from_response::<(), _>(200, body).unwrap_err();
/// assert!(error.may_resend(false));
/// assert_eq!(error.to_string(), "RequestLimitExceeded: slow down (request id a1)");
///
/// let error: Error<CommonError> = from_response::<(), _>(502, b"<html>Bad Gateway</html>").unwrap_err();
/// assert!(error.api().is_none());
/// assert!(error.is_retryable());
/// ```
#[derive(Clone, Debug)]
pub enum Error<C> {
    /// The service failed, and said so in a valid envelope.
    Api(ApiError<C>),
    /// The body is no valid envelope, or its data does not fit.
    Malformed(Malformed),
}

impl<C> Error<C> {
    /// What the service said.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError<C>> {
        match self {
            Self::Api(error) => Some(error),
            Self::Malformed(_) => None,
        }
    }

    /// The code of the failure, known to the table or not.
    #[must_use]
    pub fn code(&self) -> Option<&Code<C>> {
        self.api().map(ApiError::code)
    }

    /// The id of the request, where one was found.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Malformed(malformed) => malformed.request_id(),
        }
    }

    /// The HTTP status of a malformed body, where [`from_response`](crate::from_response) was given one.
    ///
    /// `None` for a failure in the service's own words: there the code counts.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(_) => None,
            Self::Malformed(malformed) => malformed.status(),
        }
    }
}

impl<C: ErrorCode> Error<C> {
    /// What resending needs, by the code or, for a malformed body, by the HTTP status.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Api(error) => error.retry(),
            Self::Malformed(malformed) => malformed.retry(),
        }
    }

    /// How long to wait before the next attempt, where the table says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.api().and_then(ApiError::retry_after)
    }

    /// Whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Whether a new attempt may be sent without doing the work twice; for [`Retry::Reauthenticate`] one that is signed anew.
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

/// The inner error's.
impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Malformed(malformed) => malformed.fmt(f),
        }
    }
}

/// The source is the inner error's.
impl<C: ErrorCode> core::error::Error for Error<C> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Malformed(malformed) => malformed.source(),
        }
    }
}
