//! How a request may be retried after a malformed body.

use core::time::Duration;

use errtable_spec::{Retry, RetryAction};

use crate::malformed::{Malformed, MalformedKind};

impl Malformed {
    /// Returns how the request may be retried.
    ///
    /// The HTTP status decides: see [`Retry::from_http_status`]. If the status is 2xx or unknown,
    /// an empty or truncated body is [`Retry::Transient`], because the outcome of the request is
    /// unknown. [`with_retry`] overrides both.
    ///
    /// [`with_retry`]: Self::with_retry
    ///
    /// ```
    /// use errtable::{CommonError, Retry, from_response};
    ///
    /// // The work may have been done.
    /// let cut = br#"{"Response": {"#;
    /// let error = from_response::<(), CommonError>(200, &(), cut).unwrap_err();
    /// assert_eq!(error.retry(), Retry::Transient);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.0.retry.unwrap_or_else(|| match (self.0.status, self.0.kind) {
            (None | Some(200..=299), MalformedKind::Empty | MalformedKind::Truncated) => Retry::Transient,
            (status, _) => status.map_or(Retry::Never, Retry::from_http_status),
        })
    }

    /// Returns how long to wait before the next attempt, if a header or [`with_retry_after`]
    /// specifies it.
    ///
    /// [`with_retry_after`]: Self::with_retry_after
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{ErrorCode, from_response};
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// #[error_code(envelope = "nested")]
    /// enum UploadError {}
    ///
    /// let headers = [("retry-after", "120")];
    /// let result = from_response::<(), UploadError>(503, &headers, b"<html>");
    /// let wait = result.unwrap_err().retry_after();
    /// assert_eq!(wait, Some(Duration::from_secs(120)));
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns whether and how to retry the request.
    ///
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    /// See [`Retry::retry_action`].
    ///
    /// ```
    /// use errtable::{CommonError, Error, RetryAction, from_response};
    ///
    /// let result = from_response::<(), CommonError>(502, &(), b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.retry_action(true), RetryAction::Wait);
    /// assert_eq!(malformed.retry_action(false), RetryAction::GiveUp);
    /// ```
    #[must_use]
    pub fn retry_action(&self, idempotent: bool) -> RetryAction {
        self.retry().retry_action(idempotent)
    }

    /// Returns whether an idempotent request can be retried with the same parameters.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_response};
    ///
    /// let result = from_response::<(), CommonError>(502, &(), b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert!(malformed.is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }
}
