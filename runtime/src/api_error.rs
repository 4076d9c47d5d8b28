//! A failure that the service reported.

mod retry;

use alloc::boxed::Box;
use core::error::Error;
use core::fmt;
use core::time::Duration;

use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::escape::Escaped;

/// A failure that the service reported: code, message and request id. Takes 64 bytes.
///
/// ```
/// use errtable::{ApiError, CommonError, Resend, Retry};
///
/// let error = ApiError::<CommonError>::new("RequestLimitExceeded", "slow down");
/// let error = error.with_request_id("ed93f3cb");
/// assert_eq!(error.code().known(), Some(CommonError::RequestLimitExceeded));
/// assert_eq!(error.retry(), Retry::Throttled);
/// assert_eq!(error.resend(false), Resend::AfterWait);
/// assert_eq!(
///     error.to_string(),
///     "RequestLimitExceeded: slow down (request id ed93f3cb)",
/// );
/// ```
#[derive(Clone, Debug)]
pub struct ApiError<C> {
    code: Code<C>,
    message: Box<str>,
    request_id: Option<Box<str>>,
    status: Option<u16>,
    retry_after: Option<Wait>,
}

/// The parts of an [`ApiError`]; see [`ApiError::into_parts`].
///
/// ```
/// use errtable::{ApiError, ApiErrorParts, CommonError};
///
/// let error = ApiError::new(CommonError::InternalError, "try again");
/// let ApiErrorParts { code, message, .. } = error.into_parts();
/// assert_eq!(code, CommonError::InternalError);
/// assert_eq!(&*message, "try again");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ApiErrorParts<C> {
    /// The code, known or unknown.
    pub code: Code<C>,
    /// The message exactly as sent, or `""` if there is none.
    pub message: Box<str>,
    /// The request id, if the service sent one.
    pub request_id: Option<Box<str>>,
    /// The HTTP status, if the body was parsed with one.
    pub status: Option<u16>,
    /// The wait of [`ApiError::with_retry_after`], which replaces that of the table.
    pub retry_after: Option<Duration>,
}

/// A duration, packed into 8 bytes to keep [`ApiError`] small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wait {
    secs: u32,
    nanos: u32,
}

impl From<Duration> for Wait {
    /// Converts a duration. 136 years are the maximum.
    fn from(wait: Duration) -> Self {
        Self { secs: wait.as_secs().try_into().unwrap_or(u32::MAX), nanos: wait.subsec_nanos() }
    }
}

impl From<Wait> for Duration {
    fn from(wait: Wait) -> Self {
        Self::new(wait.secs.into(), wait.nanos)
    }
}

impl<C> ApiError<C> {
    /// Creates an error without a request id.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let known = ApiError::new(CommonError::InternalError, "try again");
    /// assert_eq!(known.to_string(), "InternalError: try again");
    ///
    /// let unknown = ApiError::<CommonError>::new("Quota.New", "");
    /// assert_eq!(unknown.to_string(), "Quota.New");
    /// ```
    pub fn new(code: impl Into<Code<C>>, message: impl Into<Box<str>>) -> Self {
        Self::from_parts(code.into(), message.into(), None)
    }

    /// Creates an error. An empty request id is ignored.
    pub(crate) fn from_parts(code: Code<C>, message: Box<str>, request_id: Option<Box<str>>) -> Self {
        Self { code, message, request_id: request_id.filter(|id| !id.is_empty()), status: None, retry_after: None }
    }

    /// Sets the request id. An empty string removes it.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::new(CommonError::InternalError, "");
    /// let error = error.with_request_id("a1");
    /// assert_eq!(error.to_string(), "InternalError (request id a1)");
    /// ```
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        self.request_id = Some(request_id.into()).filter(|id| !id.is_empty());
        self
    }

    /// Sets the request id, for example that of a header, if there is none.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "");
    /// let error = error.or_request_id("a1").or_request_id("b2");
    /// assert_eq!(error.request_id(), Some("a1"));
    /// ```
    #[must_use]
    pub fn or_request_id<'a>(self, request_id: impl Into<Option<&'a str>>) -> Self {
        match request_id.into() {
            Some(request_id) if self.request_id.is_none() => self.with_request_id(request_id),
            _ => self,
        }
    }

    /// Sets how long to wait before the next attempt, for example that of a header.
    ///
    /// It replaces the wait of the table. The maximum is 136 years.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("RequestLimitExceeded", "slow down");
    /// let error = error.with_retry_after(Duration::from_secs(7));
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    /// ```
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait.into());
        self
    }

    #[cfg(feature = "json")]
    pub(crate) fn with_status(mut self, status: Option<u16>) -> Self {
        self.status = status;
        self
    }

    /// Returns the code, known or unknown.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::new(CommonError::InternalError, "");
    /// assert_eq!(*error.code(), CommonError::InternalError);
    /// assert_eq!(error.code().known(), Some(CommonError::InternalError));
    /// ```
    #[must_use]
    pub fn code(&self) -> &Code<C> {
        &self.code
    }

    /// Returns the message exactly as sent, or `""` if there is none.
    ///
    /// It may contain control characters, which `Display` of the error escapes.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::new(CommonError::InternalError, "try again");
    /// assert_eq!(error.message(), "try again");
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the request id, if the service sent one.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::new(CommonError::InternalError, "");
    /// assert_eq!(error.request_id(), None);
    /// assert_eq!(error.with_request_id("a1").request_id(), Some("a1"));
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the HTTP status, if the body was parsed with one.
    ///
    /// The retry class is that of the code, whatever the status.
    ///
    /// ```
    /// use errtable::{CommonError, from_response};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    /// let error = from_response::<(), CommonError>(200, body).unwrap_err();
    /// assert_eq!(error.api().and_then(|error| error.status()), Some(200));
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the parts of the error by value.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "try again");
    /// let parts = error.into_parts();
    /// assert_eq!(parts.code, CommonError::InternalError);
    /// assert_eq!(&*parts.message, "try again");
    /// ```
    #[must_use]
    pub fn into_parts(self) -> ApiErrorParts<C> {
        let Self { code, message, request_id, status, retry_after } = self;
        ApiErrorParts { code, message, request_id, status, retry_after: retry_after.map(Duration::from) }
    }
}

impl<C: ErrorCode> ApiError<C> {
    /// Looks up the code in another table; see [`Code::recode`].
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, error_table};
    ///
    /// #[error_table(bundled = "cls")]
    /// enum ClsError {}
    ///
    /// let error = ApiError::new(ClsError::InternalError, "try again");
    /// let error: ApiError<CommonError> = error.recode();
    /// assert_eq!(*error.code(), CommonError::InternalError);
    /// ```
    #[must_use]
    pub fn recode<D: ErrorCode>(self) -> ApiError<D> {
        let Self { code, message, request_id, status, retry_after } = self;
        ApiError { code: code.recode(), message, request_id, status, retry_after }
    }
}

impl<C: ErrorCode> PartialEq for ApiError<C> {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
            && self.message == other.message
            && self.request_id == other.request_id
            && (self.status, self.retry_after) == (other.status, other.retry_after)
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
