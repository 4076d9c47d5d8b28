//! How a request that failed with a code may be retried.

use core::time::Duration;

use errtable_spec::{Retry, RetryAction};

use crate::code::Code;
use crate::error_code::ErrorCode;

impl<C: ErrorCode> Code<C> {
    /// Returns how a request that failed with this code may be retried.
    ///
    /// An unknown code has the class [`Retry::Never`].
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
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    /// See [`Retry::retry_action`].
    ///
    /// ```
    /// use errtable::{Code, CommonError, RetryAction};
    ///
    /// let code = Code::from(CommonError::InternalError);
    /// assert_eq!(code.retry_action(true), RetryAction::Wait);
    /// // The work may have been done.
    /// assert_eq!(code.retry_action(false), RetryAction::GiveUp);
    /// ```
    #[must_use]
    pub fn retry_action(&self, idempotent: bool) -> RetryAction {
        self.retry().retry_action(idempotent)
    }

    /// Returns whether an idempotent request can be retried with the same parameters.
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
}
