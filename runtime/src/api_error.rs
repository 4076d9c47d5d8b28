//! A failure that the service reported.

use alloc::boxed::Box;
use core::error::Error;
use core::fmt;
use core::time::Duration;

use errtable_spec::{Resend, Retry};

use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::escape::Escaped;

/// A failure that the service reported: code, message and request id. Takes 48 bytes.
///
/// ```
/// use errtable::{ApiError, CommonError, Resend, Retry};
///
/// let error = ApiError::<CommonError>::new("RequestLimitExceeded", "slow down");
/// let error = error.with_request_id("ed93f3cb");
/// assert_eq!(error.code().known(), Some(CommonError::RequestLimitExceeded));
/// assert_eq!((error.retry(), error.resend(false)), (Retry::Throttled, Resend::AfterWait));
/// assert_eq!(error.to_string(), "RequestLimitExceeded: slow down (request id ed93f3cb)");
/// ```
#[derive(Clone, Debug)]
pub struct ApiError<C> {
    code: Code<C>,
    message: Box<str>,
    request_id: Option<Box<str>>,
}

impl<C> ApiError<C> {
    /// Creates an error without a request id.
    pub fn new(code: impl Into<Code<C>>, message: impl Into<Box<str>>) -> Self {
        Self { code: code.into(), message: message.into(), request_id: None }
    }

    /// Creates an error. An empty request id is ignored.
    pub(crate) fn from_parts(code: Code<C>, message: Box<str>, request_id: Option<Box<str>>) -> Self {
        Self { code, message, request_id: request_id.filter(|id| !id.is_empty()) }
    }

    /// Sets the request id. An empty string removes it.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        self.request_id = Some(request_id.into()).filter(|id| !id.is_empty());
        self
    }

    /// Returns the code, known or unknown.
    #[must_use]
    pub fn code(&self) -> &Code<C> {
        &self.code
    }

    /// Returns the message exactly as sent, or `""` if there is none.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the request id, if the service sent one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the code, the message and the request id.
    #[must_use]
    pub fn into_parts(self) -> (Code<C>, Box<str>, Option<Box<str>>) {
        (self.code, self.message, self.request_id)
    }
}

impl<C: ErrorCode> ApiError<C> {
    /// Returns how a request that failed with this error may be retried.
    ///
    /// For an unknown code, this is [`Retry::Never`].
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.code.retry()
    }

    /// Returns how long to wait before the next attempt, if the table specifies it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.code.retry_after()
    }

    /// Returns whether and how the request may be sent again.
    ///
    /// See [`Retry::resend`].
    #[must_use]
    pub fn resend(&self, idempotent: bool) -> Resend {
        self.code.resend(idempotent)
    }

    /// Returns whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.code.is_retryable()
    }

    /// Returns whether the request may be sent again without doing the work twice.
    ///
    /// See [`Retry::may_resend`].
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.code.may_resend(idempotent)
    }

    /// Looks up the code in another table; see [`Code::recode`].
    #[must_use]
    pub fn recode<D: ErrorCode>(self) -> ApiError<D> {
        ApiError { code: self.code.recode(), message: self.message, request_id: self.request_id }
    }
}

impl<C: ErrorCode> PartialEq for ApiError<C> {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code && self.message == other.message && self.request_id == other.request_id
    }
}

impl<C: ErrorCode> Eq for ApiError<C> {}

/// Writes `Code: message (request id …)`.
///
/// Control characters, line separators and bidi overrides are escaped.
impl<C: ErrorCode> fmt::Display for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Escaped(self.code.as_str()))?;
        if !self.message.is_empty() {
            write!(f, ": {}", Escaped(&self.message))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(f, " (request id {})", Escaped(request_id))?;
        }
        Ok(())
    }
}

impl<C: ErrorCode> Error for ApiError<C> {}
