//! What a service said when it failed.

use alloc::boxed::Box;
use core::error::Error;
use core::fmt;
use core::time::Duration;

use errtable_spec::Retry;

use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::escape::Escaped;

/// A failure in the service's own words: code, message, request id. Takes 48 bytes.
///
/// ```
/// use errtable::{ApiError, CommonError, Retry};
///
/// let error = ApiError::<CommonError>::new("RequestLimitExceeded", "slow down").with_request_id("ed93f3cb");
/// assert_eq!(error.code().known(), Some(CommonError::RequestLimitExceeded));
/// assert_eq!(error.retry(), Retry::Throttled);
/// assert_eq!(error.to_string(), "RequestLimitExceeded: slow down (request id ed93f3cb)");
/// ```
#[derive(Clone, Debug)]
pub struct ApiError<C> {
    code: Code<C>,
    message: Box<str>,
    request_id: Option<Box<str>>,
}

impl<C> ApiError<C> {
    /// An error without a request id.
    pub fn new(code: impl Into<Code<C>>, message: impl Into<Box<str>>) -> Self {
        Self { code: code.into(), message: message.into(), request_id: None }
    }

    /// Joins the parts of an error. An empty request id is ignored.
    pub(crate) fn from_parts(code: Code<C>, message: Box<str>, request_id: Option<Box<str>>) -> Self {
        Self { code, message, request_id: request_id.filter(|id| !id.is_empty()) }
    }

    /// The same with the id of the request that failed; an empty id is none.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        self.request_id = Some(request_id.into()).filter(|id| !id.is_empty());
        self
    }

    /// The code, known to the table or not.
    #[must_use]
    pub fn code(&self) -> &Code<C> {
        &self.code
    }

    /// The service's message, exactly as sent; "" where it sent none.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The id of the request that failed, where the service gave one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Code, message and request id, by value.
    #[must_use]
    pub fn into_parts(self) -> (Code<C>, Box<str>, Option<Box<str>>) {
        (self.code, self.message, self.request_id)
    }
}

impl<C: ErrorCode> ApiError<C> {
    /// What resending needs; [`Retry::Never`] for a code that the table does not hold.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.code.retry()
    }

    /// How long to wait before the next attempt, where the table says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.code.retry_after()
    }

    /// Whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.code.is_retryable()
    }

    /// Whether a new attempt may be sent without doing the work twice; for [`Retry::Reauthenticate`] one that is signed anew.
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.code.may_resend(idempotent)
    }

    /// The same error with its code read by another table; see [`Code::recode`].
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

/// `Code: message (request id …)`, with control characters, line separators and bidi overrides escaped.
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
