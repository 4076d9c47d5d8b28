//! How a request that failed with an error of the service may be retried.

use core::time::Duration;

use errtable_spec::{Fault, Retry, RetryAction};

use crate::api_error::ApiError;
use crate::error_code::ErrorCode;

impl<C: ErrorCode> ApiError<C> {
    /// Returns how a request that failed with this error may be retried.
    ///
    /// The table defines the class of a known code. For any other code, the HTTP status decides:
    /// see [`Retry::from_http_status`]. Without a status, the class is [`Retry::Never`].
    /// [`with_retry`] overrides all of these.
    ///
    /// [`with_retry`]: Self::with_retry
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Retry};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "");
    /// assert_eq!(error.retry(), Retry::Transient);
    ///
    /// let error = ApiError::<CommonError>::new("Brand.New", "").with_status(503);
    /// assert_eq!(error.retry(), Retry::Transient);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        let of_status = || self.status.map_or(Retry::Never, Retry::from_http_status);
        self.retry.unwrap_or_else(|| self.code.known().map_or_else(of_status, C::retry))
    }

    /// Returns who has to fix the error: the client or the server.
    ///
    /// The table defines this for a known code. For any other code, it is the server if the HTTP
    /// status is 500 to 599, else the client.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Fault};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "");
    /// assert_eq!(error.fault(), Fault::Server);
    ///
    /// let error = ApiError::<CommonError>::new("Brand.New", "");
    /// assert_eq!(error.fault(), Fault::Client);
    /// assert_eq!(error.with_status(503).fault(), Fault::Server);
    /// ```
    #[must_use]
    pub fn fault(&self) -> Fault {
        let is_server = matches!(self.status, Some(500..=599));
        self.code.known().map_or(if is_server { Fault::Server } else { Fault::Client }, C::fault)
    }

    /// Returns how long to wait before the next attempt, if the service or the table specifies it.
    ///
    /// ```
    /// use errtable::{ApiError, ErrorCode};
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// enum UploadError {
    ///     #[error_code(retry = "throttled", retry_after_ms = 1500)]
    ///     TooFast,
    /// }
    ///
    /// let error = ApiError::new(UploadError::TooFast, "");
    /// assert_eq!(error.retry_after().map(|wait| wait.as_millis()), Some(1500));
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after.map(Duration::from).or_else(|| self.code.retry_after())
    }

    /// Returns whether and how to retry the request.
    ///
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    /// See [`Retry::retry_action`].
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, RetryAction};
    ///
    /// let error = ApiError::new(CommonError::AuthFailureSignatureExpire, "");
    /// assert_eq!(error.retry_action(false), RetryAction::Renew);
    /// ```
    #[must_use]
    pub fn retry_action(&self, idempotent: bool) -> RetryAction {
        self.retry().retry_action(idempotent)
    }

    /// Returns whether an idempotent request can be retried with the same parameters.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "");
    /// assert!(error.is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }
}
