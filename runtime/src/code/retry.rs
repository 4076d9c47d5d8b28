//! How a request that failed with a code may be retried.

use core::time::Duration;

use errtable_spec::{Resend, Retry};

use crate::code::Code;
use crate::error_code::ErrorCode;

impl<C: ErrorCode> Code<C> {
    /// Returns how a request that failed with this code may be retried.
    ///
    /// For an unknown code, this is [`Retry::Never`].
    ///
    /// ```
    /// use errtable::{Code, CommonError, Retry};
    ///
    /// let known: Code<CommonError> = "InternalError".into();
    /// assert_eq!(known.retry(), Retry::Transient);
    ///
    /// let unknown: Code<CommonError> = "InternalError.New".into();
    /// assert_eq!(unknown.retry(), Retry::Never);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.known().map_or(Retry::Never, C::retry)
    }

    /// Returns how long to wait before the next attempt, if the table specifies it.
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// let code = Code::from(CommonError::RequestLimitExceeded);
    /// assert_eq!(code.retry_after(), None); // the table specifies no wait
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.known().and_then(C::retry_after)
    }

    /// Returns whether and how to retry the request.
    ///
    /// See [`Retry::resend`].
    ///
    /// ```
    /// use errtable::{Code, CommonError, Resend};
    ///
    /// let code = Code::from(CommonError::InternalError);
    /// assert_eq!(code.resend(true), Resend::AfterWait);
    /// assert_eq!(code.resend(false), Resend::No); // the work may have been done
    /// ```
    #[must_use]
    pub fn resend(&self, idempotent: bool) -> Resend {
        self.retry().resend(idempotent)
    }

    /// Returns whether an idempotent request can be retried: `may_resend(true)`.
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// assert!(Code::from(CommonError::InternalError).is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Returns whether the request can be retried without doing the work twice.
    ///
    /// See [`Retry::may_resend`].
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// let code = Code::from(CommonError::InternalError);
    /// assert!(code.may_resend(true) && !code.may_resend(false));
    /// ```
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }
}
