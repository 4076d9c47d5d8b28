//! How a request that failed with an error of the service may be retried.

use core::time::Duration;

use errtable_spec::{Resend, Retry};

use crate::api_error::ApiError;
use crate::error_code::ErrorCode;

impl<C: ErrorCode> ApiError<C> {
    /// Returns how a request that failed with this error may be retried.
    ///
    /// For an unknown code, this is [`Retry::Never`].
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Retry};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "");
    /// assert_eq!(error.retry(), Retry::Transient);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.code.retry()
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

    /// Returns whether and how the request may be sent again.
    ///
    /// See [`Retry::resend`].
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Resend};
    ///
    /// let error = ApiError::new(CommonError::AuthFailureSignatureExpire, "");
    /// assert_eq!(error.resend(false), Resend::AfterRenewal);
    /// ```
    #[must_use]
    pub fn resend(&self, idempotent: bool) -> Resend {
        self.code.resend(idempotent)
    }

    /// Returns whether an idempotent request may be sent again: `may_resend(true)`.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "");
    /// assert!(error.is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.code.is_retryable()
    }

    /// Returns whether the request may be sent again without doing the work twice.
    ///
    /// See [`Retry::may_resend`].
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// // The service may have done the work before it failed.
    /// let error = ApiError::new(CommonError::InternalError, "");
    /// assert!(error.may_resend(true) && !error.may_resend(false));
    /// ```
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.code.may_resend(idempotent)
    }
}
