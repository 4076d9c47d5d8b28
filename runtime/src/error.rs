//! The error of a response.

use core::fmt;
use core::time::Duration;

use errtable_spec::{Retry, RetryAction};

use crate::api_error::ApiError;
use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::malformed::Malformed;

/// The error of a response: a failure that the service reported, or a malformed body.
///
/// ```
/// use errtable::{CommonError, Error, RetryAction, from_response};
///
/// fn describe(error: &Error<CommonError>) -> String {
///     match error {
///         Error::Api(error) => format!("reported: {}", error.code()),
///         Error::Malformed(error) => format!("no data: {:?}", error.kind()),
///     }
/// }
///
/// let body = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded"}}}"#;
/// let error = from_response::<(), _>(200, &(), body).unwrap_err();
/// assert_eq!(describe(&error), "reported: RequestLimitExceeded");
/// assert_eq!(error.retry_action(false), RetryAction::Wait);
///
/// let error = from_response::<(), _>(502, &(), b"<html>").unwrap_err();
/// assert_eq!(describe(&error), "no data: Syntax");
/// assert!(error.is_retryable());
/// ```
#[derive(Clone, Debug)]
pub enum Error<C> {
    /// The service reported an error.
    Api(ApiError<C>),
    /// The body is neither data nor a failure, or its data is not a `T`.
    Malformed(Malformed),
}

impl<C> Error<C> {
    /// Returns the failure, if the service reported one.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Error};
    ///
    /// let error = Error::from(ApiError::new(CommonError::InternalError, "again"));
    /// assert_eq!(error.api().map(ApiError::message), Some("again"));
    /// ```
    #[must_use]
    pub fn api(&self) -> Option<&ApiError<C>> {
        match self {
            Self::Api(error) => Some(error),
            Self::Malformed(_) => None,
        }
    }

    /// Returns the code, known or unknown, if the service reported a failure.
    ///
    /// ```
    /// use errtable::{CommonError, from_slice};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "Quota.New"}}}"#;
    /// let error = from_slice::<(), CommonError>(body).unwrap_err();
    /// assert_eq!(error.code().unwrap().as_str(), "Quota.New");
    ///
    /// let error = from_slice::<(), CommonError>(b"<html>").unwrap_err();
    /// assert!(error.code().is_none());
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<&Code<C>> {
        self.api().map(ApiError::code)
    }

    /// Returns the message of the service exactly as sent, or `""` if there is none.
    ///
    /// ```
    /// use errtable::{CommonError, from_slice};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "X", "Message": "busy"}}}"#;
    /// let error = from_slice::<(), CommonError>(body).unwrap_err();
    /// assert_eq!(error.message(), "busy");
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        self.api().map_or("", ApiError::message)
    }

    /// Returns the request id, if the service sent one.
    ///
    /// ```
    /// use errtable::{CommonError, from_slice};
    ///
    /// let truncated = br#"{"Response": {"RequestId": "b5b41468", "Rows": ["#;
    /// let error = from_slice::<(), CommonError>(truncated).unwrap_err();
    /// assert_eq!(error.request_id(), Some("b5b41468"));
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Malformed(malformed) => malformed.request_id(),
        }
    }

    /// Sets the request id, for example that of your request, if the response has none.
    ///
    /// An empty string is ignored.
    ///
    /// ```
    /// use errtable::{CommonError, from_response};
    ///
    /// let error = from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    /// assert_eq!(error.or_request_id("b5b41468").request_id(), Some("b5b41468"));
    /// ```
    #[must_use]
    pub fn or_request_id<'a>(self, request_id: impl Into<Option<&'a str>>) -> Self {
        match self {
            Self::Api(error) => Self::Api(error.or_request_id(request_id)),
            Self::Malformed(malformed) => Self::Malformed(malformed.or_request_id(request_id)),
        }
    }

    /// Sets how long to wait before the next attempt.
    ///
    /// This overrides the wait of the response and of the table. The maximum is 136 years.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{CommonError, from_response};
    ///
    /// let error = from_response::<(), CommonError>(503, &(), b"<html>").unwrap_err();
    /// let error = error.with_retry_after(Duration::from_secs(120));
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    /// ```
    #[must_use]
    pub fn with_retry_after(self, wait: Duration) -> Self {
        match self {
            Self::Api(error) => Self::Api(error.with_retry_after(wait)),
            Self::Malformed(malformed) => Self::Malformed(malformed.with_retry_after(wait)),
        }
    }

    /// Sets the retry class.
    ///
    /// This overrides the class of the table and of the HTTP status.
    ///
    /// ```
    /// use errtable::{CommonError, Retry, from_response};
    ///
    /// let error = from_response::<(), CommonError>(409, &(), b"<html>").unwrap_err();
    /// assert_eq!(error.retry(), Retry::Never);
    /// assert_eq!(error.with_retry(Retry::Conflict).retry(), Retry::Conflict);
    /// ```
    #[must_use]
    pub fn with_retry(self, retry: Retry) -> Self {
        match self {
            Self::Api(error) => Self::Api(error.with_retry(retry)),
            Self::Malformed(malformed) => Self::Malformed(malformed.with_retry(retry)),
        }
    }

    /// Returns the HTTP status, if it is known.
    ///
    /// ```
    /// use errtable::{CommonError, from_response};
    ///
    /// let error = from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    /// assert_eq!(error.status(), Some(502));
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(error) => error.status(),
            Self::Malformed(malformed) => malformed.status(),
        }
    }

    /// Deserializes the body of a failure; see [`ApiError::details`].
    ///
    /// # Errors
    ///
    /// Returns an error for a malformed body, or if the body is not a `D` or was not kept.
    ///
    /// ```
    /// use errtable::{CommonError, from_slice};
    ///
    /// #[derive(serde::Deserialize)]
    /// #[serde(rename_all = "PascalCase")]
    /// struct Hint<'a> {
    ///     hint: &'a str,
    /// }
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "X"}}, "Hint": "later"}"#;
    /// let error = from_slice::<(), CommonError>(body).unwrap_err();
    /// assert_eq!(error.details::<Hint>()?.hint, "later");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn details<'a, D: serde_core::Deserialize<'a>>(&'a self) -> serde_json::Result<D> {
        match self {
            Self::Api(error) => error.details(),
            Self::Malformed(_) => Err(serde_core::de::Error::custom("the service reported no failure")),
        }
    }
}

impl<C: ErrorCode> Error<C> {
    /// Returns whether the service reported the given code.
    ///
    /// ```
    /// use errtable::{CommonError, from_slice};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    /// let error = from_slice::<(), CommonError>(body).unwrap_err();
    /// assert!(error.is(CommonError::InternalError));
    /// ```
    #[must_use]
    pub fn is(&self, known: C) -> bool {
        self.known() == Some(known)
    }

    /// Returns the code, if the service reported one and the table contains it.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// fn advice(error: &Error<CommonError>) -> &'static str {
    ///     match error.known() {
    ///         Some(CommonError::ResourceNotFound) => "create it first",
    ///         Some(other) => other.meaning(),
    ///         None => "an unknown code, or a malformed body",
    ///     }
    /// }
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "ResourceNotFound"}}}"#;
    /// let error = from_slice::<(), CommonError>(body).unwrap_err();
    /// assert_eq!(advice(&error), "create it first");
    /// ```
    #[must_use]
    pub fn known(&self) -> Option<C> {
        self.code().and_then(Code::known)
    }

    /// Returns the [`label`](Code::label) of the code, or `malformed` for a malformed body.
    ///
    /// The number of distinct labels is bounded, so it can be the label of a metric.
    ///
    /// ```
    /// use errtable::{CommonError, from_slice};
    ///
    /// let label = |body| from_slice::<(), CommonError>(body).unwrap_err().label();
    /// assert_eq!(label(br#"{"Response": {"Error": {"Code": "New"}}}"#), "_OTHER");
    /// assert_eq!(label(b"<html>"), "malformed");
    /// ```
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.code().map_or("malformed", Code::label)
    }

    /// Returns how a request that failed with this error may be retried.
    ///
    /// The table defines the class of a known code. For an unknown code and for a malformed body,
    /// the HTTP status decides. [`with_retry`](Self::with_retry) overrides both.
    ///
    /// ```
    /// use errtable::{CommonError, Retry, from_response};
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "RequestLimitExceeded"}}}"#;
    /// let error = from_response::<(), CommonError>(200, &(), body).unwrap_err();
    /// assert_eq!(error.retry(), Retry::Throttled);
    ///
    /// let error = from_response::<(), CommonError>(503, &(), b"<html>").unwrap_err();
    /// assert_eq!(error.retry(), Retry::Transient);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Api(error) => error.retry(),
            Self::Malformed(malformed) => malformed.retry(),
        }
    }

    /// Returns how long to wait before the next attempt, if the service or the table specifies it.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{CommonError, from_response};
    ///
    /// let error = from_response::<(), CommonError>(503, &(), b"<html>").unwrap_err();
    /// assert_eq!(error.retry_after(), None); // no header has a wait
    ///
    /// let wait = Duration::from_secs(7);
    /// assert_eq!(error.with_retry_after(wait).retry_after(), Some(wait));
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            Self::Malformed(malformed) => malformed.retry_after(),
        }
    }

    /// Returns whether and how to retry the request.
    ///
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    /// See [`Retry::retry_action`].
    ///
    /// ```
    /// use errtable::{ApiError, CommonError, Error, RetryAction};
    ///
    /// let stale = ApiError::new(CommonError::AuthFailureTokenFailure, "");
    /// assert_eq!(Error::from(stale).retry_action(false), RetryAction::Renew);
    /// ```
    #[must_use]
    pub fn retry_action(&self, idempotent: bool) -> RetryAction {
        self.retry().retry_action(idempotent)
    }

    /// Returns whether an idempotent request can be retried with the same parameters.
    ///
    /// ```
    /// use errtable::{CommonError, from_response};
    ///
    /// let error = from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    /// assert!(error.is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Looks up the code in another table; see [`Code::recode`].
    ///
    /// ```
    /// use errtable::{CommonError, Error, error_table, from_response};
    ///
    /// #[error_table(bundled = "cls")]
    /// enum ClsError {}
    ///
    /// let body = br#"{"Response": {"Error": {"Code": "InternalError"}}}"#;
    /// let error = from_response::<(), ClsError>(200, &(), body).unwrap_err();
    /// let error: Error<CommonError> = error.recode();
    /// assert_eq!(error.code(), Some(&CommonError::InternalError.into()));
    /// ```
    #[must_use]
    pub fn recode<D: ErrorCode>(self) -> Error<D> {
        match self {
            Self::Api(error) => Error::Api(error.recode()),
            Self::Malformed(malformed) => Error::Malformed(malformed),
        }
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

/// Writes the inner error.
impl<C: ErrorCode> fmt::Display for Error<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Malformed(malformed) => malformed.fmt(f),
        }
    }
}

/// Transparent: the source is that of the inner error.
impl<C: ErrorCode> core::error::Error for Error<C> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Malformed(malformed) => malformed.source(),
        }
    }
}
