//! A failure that the service reported.

mod retry;

use alloc::boxed::Box;
use core::error::Error;
use core::fmt;
use core::num::NonZeroU32;
use core::time::Duration;

use errtable_spec::__private::parse_digits;
use errtable_spec::{Fault, Retry};

use crate::code::Code;
use crate::enveloped::Enveloped;
use crate::error_code::ErrorCode;
use crate::escape::Escaped;

/// A failure that the service reported, with its code, message and request id.
///
/// An `ApiError` takes 80 bytes on 64-bit platforms.
///
/// ```
/// use errtable::{ApiError, CommonError, RetryAction, Retry};
///
/// let error = ApiError::<CommonError>::new("RequestLimitExceeded", "slow down");
/// let error = error.with_request_id("ed93f3cb");
/// assert_eq!(error.known(), Some(CommonError::RequestLimitExceeded));
/// assert_eq!(error.retry(), Retry::Throttled);
/// assert_eq!(error.retry_action(false), RetryAction::Wait);
/// assert_eq!(
///     error.to_string(),
///     "RequestLimitExceeded: slow down (request id ed93f3cb)",
/// );
/// ```
#[derive(Clone)]
pub struct ApiError<C> {
    code: Code<C>,
    message: Box<str>,
    request_id: Option<Box<str>>,
    /// The body, or none if it is empty or too long.
    body: Box<[u8]>,
    status: Option<u16>,
    retry: Option<Retry>,
    /// Whether `body` has the details that a server writes, not the body of a response. An enum of
    /// both would take 8 bytes more.
    is_details: bool,
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
    /// The body of the response. Empty if it is longer than 64 KiB or unknown.
    pub body: Box<[u8]>,
    /// The HTTP status, if it is known.
    pub status: Option<u16>,
    /// The class that [`ApiError::with_retry`] set. It overrides those of the table and the status.
    pub retry: Option<Retry>,
    /// The wait that the service asked for, or that [`ApiError::with_retry_after`] set. It
    /// overrides that of the table.
    pub retry_after: Option<Duration>,
}

/// The longest body that an error keeps, in bytes.
#[cfg(feature = "json")]
const MAX_BODY: usize = 64 * 1024;

/// A duration in 8 bytes, also as an `Option`, to keep [`ApiError`] small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wait {
    secs: u32,
    nanos_plus_1: NonZeroU32,
}

impl From<Duration> for Wait {
    /// Converts a duration. 136 years are the maximum.
    fn from(wait: Duration) -> Self {
        let secs = u32::try_from(wait.as_secs());
        let nanos = secs.map_or(999_999_999, |_| wait.subsec_nanos());
        Self { secs: secs.unwrap_or(u32::MAX), nanos_plus_1: NonZeroU32::MIN.saturating_add(nanos) }
    }
}

impl From<Wait> for Duration {
    fn from(wait: Wait) -> Self {
        Self::new(wait.secs.into(), wait.nanos_plus_1.get() - 1)
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
    #[must_use]
    pub fn new(code: impl Into<Code<C>>, message: impl Into<Box<str>>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            request_id: None,
            body: Box::default(),
            status: None,
            retry: None,
            is_details: false,
            retry_after: None,
        }
    }

    /// Creates the error of a response.
    #[cfg(feature = "json")]
    pub(crate) fn reported(
        code: Code<C>,
        message: Box<str>,
        request_id: Option<Box<str>>,
        status: Option<u16>,
        retry_after: Option<Duration>,
        body: &[u8],
    ) -> Self {
        let body = if body.len() <= MAX_BODY { body.into() } else { Box::default() };
        let retry_after = retry_after.map(Wait::from);
        Self { request_id, body, status, retry_after, ..Self::new(code, message) }
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

    /// Sets the request id, for example that of your request, if the response has none.
    ///
    /// An empty string is ignored.
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

    /// Sets how long to wait before the next attempt.
    ///
    /// This overrides the wait of the response and of the table. The maximum is 136 years.
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

    /// Sets the retry class.
    ///
    /// This overrides the class of the table and of the HTTP status.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Retry};
    ///
    /// let error = ApiError::new(CommonError::FailedOperation, "the disk is busy");
    /// assert_eq!(error.retry(), Retry::Never);
    /// assert_eq!(error.with_retry(Retry::Conflict).retry(), Retry::Conflict);
    /// ```
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets the HTTP status.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Retry};
    ///
    /// let error = ApiError::<CommonError>::new("Quota.New", "").with_status(429);
    /// // The table does not contain the code, so the status decides.
    /// assert_eq!(error.retry(), Retry::Throttled);
    /// ```
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
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

    /// Returns the HTTP status, if it is known.
    ///
    /// ```
    /// use errtable::{CommonError, from_response};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    /// let error = from_response::<(), CommonError>(200, &(), body).unwrap_err();
    /// assert_eq!(error.api().and_then(|error| error.status()), Some(200));
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Converts the error to its parts.
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
        let Self { code, message, request_id, body, status, retry, is_details, retry_after } = self;
        let body = if is_details { Box::default() } else { body };
        let retry_after = retry_after.map(Duration::from);
        ApiErrorParts { code, message, request_id, body, status, retry, retry_after }
    }
}

#[cfg(feature = "json")]
impl<C> ApiError<C> {
    /// Returns the body of the response.
    ///
    /// It is empty if the body is longer than 64 KiB or unknown, as that of an error that you
    /// created with [`new`](Self::new).
    ///
    /// ```
    /// use errtable::{CommonError, from_response};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    /// let error = from_response::<(), CommonError>(200, &(), body).unwrap_err();
    /// assert_eq!(error.api().map(|error| error.body()), Some(&body[..]));
    /// ```
    #[must_use]
    pub fn body(&self) -> &[u8] {
        if self.is_details { &[] } else { &self.body }
    }

    /// Sets the details that [`Envelope`] writes where the sample has `{details}`.
    ///
    /// If the error was read from a response, the details replace the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the details cannot be written as JSON.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::new(CommonError::InvalidParameter, "too long");
    /// let error = error.with_details(&["name"])?;
    /// assert_eq!(error.details::<Vec<&str>>()?, ["name"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// An error that was read from a response has no details to write, because its body may contain
    /// the field names of another service. To pass details on, read them from the body and set
    /// them:
    ///
    /// ```
    /// use errtable::{Envelope, Error, error_table, from_response};
    /// use serde_json::Value;
    ///
    /// // "failure": {"code": "{code}", "message": "{message}", "fields": "{details}"}
    /// #[error_table("spec/signup.json")]
    /// enum SignupError {}
    ///
    /// let body = br#"{"code": "invalid_form", "message": "", "fields": ["name"]}"#;
    /// let result = from_response::<(), SignupError>(400, &(), body);
    /// let Err(Error::Api(error)) = result else { panic!() };
    ///
    /// let received = error.details::<Value>()?;
    /// let error = error.with_details(&received["fields"])?;
    /// let json = serde_json::to_vec(&Envelope::<(), _>::from(error))?;
    /// # let json: Value = serde_json::from_slice(&json)?;
    /// # let body: Value = serde_json::from_slice(body)?;
    /// assert_eq!(json, body);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// [`Envelope`]: crate::Envelope
    pub fn with_details(mut self, details: &impl serde_core::Serialize) -> serde_json::Result<Self> {
        self.body = serde_json::to_vec(details)?.into();
        self.is_details = true;
        Ok(self)
    }

    /// Returns what [`with_details`](Self::with_details) set.
    pub(crate) fn written_details(&self) -> Option<serde_json::Value> {
        if self.is_details { serde_json::from_slice(&self.body).ok() } else { None }
    }

    /// Deserializes the body of the response, or what [`with_details`](Self::with_details) set.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a `D`, or was not kept; see [`body`](Self::body).
    ///
    /// ```
    /// use errtable::{ErrorCode, from_response};
    /// use serde::Deserialize;
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// #[error_code(envelope = "nested", rename_all = "snake_case")]
    /// enum ShopError {
    ///     CartEmpty,
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct Details<'a> {
    ///     #[serde(borrow)]
    ///     error: Field<'a>,
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct Field<'a> {
    ///     field: &'a str,
    /// }
    ///
    /// let body = br#"{"error": {"code": "cart_empty", "field": "items"}}"#;
    /// let error = from_response::<(), ShopError>(400, &(), body).unwrap_err();
    /// let details: Details = error.details()?;
    /// assert_eq!(details.error.field, "items");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn details<'a, D: serde_core::Deserialize<'a>>(&'a self) -> serde_json::Result<D> {
        if self.body.is_empty() {
            return Err(serde_core::de::Error::custom("the body of the failure was not kept"));
        }
        serde_json::from_slice(&self.body)
    }
}

impl<C: ErrorCode> ApiError<C> {
    /// Returns whether the service reported the given code.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "try again");
    /// assert!(error.is(CommonError::InternalError));
    /// ```
    #[must_use]
    pub fn is(&self, known: C) -> bool {
        self.code.is(known)
    }

    /// Returns the code, if the table contains it.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::<CommonError>::new("InternalError", "try again");
    /// assert_eq!(error.known(), Some(CommonError::InternalError));
    /// assert_eq!(ApiError::<CommonError>::new("Quota.New", "").known(), None);
    /// ```
    #[must_use]
    pub fn known(&self) -> Option<C> {
        self.code.known()
    }

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
        let Self { code, message, request_id, body, status, retry, is_details, retry_after } = self;
        ApiError { code: code.recode(), message, request_id, body, status, retry, is_details, retry_after }
    }
}

impl<C: Enveloped> ApiError<C> {
    /// Returns the HTTP status that a server sends with this failure.
    ///
    /// This is the error's own [`status`](Self::status), or else that of the table's column of type
    /// `http_status`: what `{status}` writes. Without either, it is 500 if the server is at fault
    /// or the table does not list the code, and else 400.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// let error = ApiError::new(CommonError::InvalidParameter, "");
    /// assert_eq!(error.response_status(), 400);
    /// assert_eq!(error.with_status(422).response_status(), 422);
    /// ```
    #[must_use]
    pub fn response_status(&self) -> u16 {
        let of_code = |code: C| C::http_status(code).unwrap_or(if code.fault() == Fault::Server { 500 } else { 400 });
        self.status.unwrap_or_else(|| self.known().map_or(500, of_code))
    }
}

/// Compares everything but the body and the details.
impl<C: ErrorCode> PartialEq for ApiError<C> {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
            && self.message == other.message
            && self.request_id == other.request_id
            && (self.status, self.retry, self.retry_after) == (other.status, other.retry, other.retry_after)
    }
}

impl<C: ErrorCode> Eq for ApiError<C> {}

/// Writes `Code: message (request id …)`, or the HTTP status if there is no code.
///
/// In a numeric table, the number follows the code: `Code (3): message`.
///
/// Control characters, line separators and bidi overrides are escaped.
impl<C: ErrorCode> fmt::Display for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code.as_str(), self.status) {
            ("", Some(status)) => write!(f, "status {status}")?,
            ("", None) => f.write_str("failure without a code")?,
            (code, _) => write!(f, "{}", Escaped(code))?,
        }
        // A code may be the digits themselves.
        if let Some(number) = self.code.number().filter(|_| parse_digits(self.code.as_str()).is_none()) {
            write!(f, " ({number})")?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", Escaped(&self.message))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(f, " (request id {})", Escaped(request_id))?;
        }
        Ok(())
    }
}

/// Writes the body as text: a list of bytes such as `[123, 34, …]` is unreadable.
impl<C: fmt::Debug> fmt::Debug for ApiError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("body", &format_args!("\"{}\"", self.body.escape_ascii()))
            .field("status", &self.status)
            .field("retry", &self.retry)
            .field("retry_after", &self.retry_after.map(Duration::from))
            .finish_non_exhaustive()
    }
}

impl<C: ErrorCode> Error for ApiError<C> {}
