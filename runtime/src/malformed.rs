//! The error for a malformed response body.

mod display;

use alloc::boxed::Box;
use alloc::string::String;
use core::error::Error;
use core::time::Duration;

use errtable_spec::{Resend, Retry};

/// The number of bytes of the body that the error keeps.
const BODY_START: usize = 256;

/// A body that is not a valid envelope, or whose data is not a valid `T`.
///
/// Keeps the location of the problem, the request id, the HTTP status and the first bytes.
///
/// ```
/// use errtable::{CommonError, Error, MalformedKind, from_response};
/// use std::collections::BTreeMap;
///
/// let body = br#"{"Response": {"Total": "many", "RequestId": "b5b41468"}}"#;
/// let result = from_response::<BTreeMap<String, u64>, CommonError>(200, body);
/// let Err(Error::Malformed(malformed)) = result else {
///     panic!("`many` is not a number");
/// };
/// assert_eq!(malformed.kind(), MalformedKind::Data);
/// assert_eq!(malformed.path(), Some("Response.Total"));
/// assert_eq!(malformed.request_id(), Some("b5b41468"));
/// assert_eq!(
///     malformed.to_string(),
///     "invalid data at Response.Total (line 1 column 29): \
///      invalid type: string \"many\", expected u64 (status 200, request id b5b41468)",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Malformed(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: MalformedKind,
    message: Box<str>,
    path: Option<Box<str>>,
    line: usize,
    column: usize,
    body_start: Box<[u8]>,
    status: Option<u16>,
    request_id: Option<Box<str>>,
    wait: Option<Duration>,
}

/// The kind of problem in a malformed body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MalformedKind {
    /// The body is empty or white space.
    Empty,
    /// The body is not valid UTF-8.
    Encoding,
    /// The body is not valid JSON, for example an HTML page, or JSON with trailing text.
    Syntax,
    /// The body is truncated JSON.
    Truncated,
    /// The body is JSON, but not a valid envelope: `{}`, or `{"Response": {"Error": "x"}}`.
    Envelope,
    /// The envelope is valid, but the data is not a valid `T`.
    Data,
}

/// A problem in a body, with its location.
pub(crate) struct Problem {
    pub(crate) kind: MalformedKind,
    /// The message of the parser; may be empty.
    pub(crate) message: String,
    /// The path of the field; empty at the root.
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Malformed {
    pub(crate) fn new(problem: Problem, body: &[u8], status: Option<u16>, request_id: Option<Box<str>>) -> Self {
        let Problem { kind, message, path, line, column } = problem;
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            path: Some(path).filter(|path| !path.is_empty()).map(String::into_boxed_str),
            line,
            column,
            body_start: body.get(..BODY_START).unwrap_or(body).into(),
            status,
            request_id,
            wait: None,
        }))
    }

    /// Sets the request id, for example that of a header, if there is none.
    ///
    /// An empty string is ignored.
    #[must_use]
    pub fn or_request_id<'a>(mut self, request_id: impl Into<Option<&'a str>>) -> Self {
        if self.0.request_id.is_none() {
            self.0.request_id = request_id.into().filter(|id| !id.is_empty()).map(Box::from);
        }
        self
    }

    /// Sets how long to wait before the next attempt, for example that of a header.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.wait = Some(wait);
        self
    }

    /// Returns the kind of the problem.
    #[must_use]
    pub fn kind(&self) -> MalformedKind {
        self.0.kind
    }

    /// Returns the path of the invalid field: `Response.Rows[1].Id`.
    ///
    /// A key that contains characters other than letters, digits, `_` and `-` is quoted:
    /// `Response["a.b"]`. For a missing field, this is the path of the object without it. Returns
    /// `None` if the body as a whole is invalid.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// Returns the line of the problem, starting at 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column of the problem in bytes, as `serde_json` counts.
    ///
    /// This is the number of bytes of the line that were read: 1 after the first byte, 0 before it.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Returns the first 256 bytes of the body.
    #[must_use]
    pub fn body_start(&self) -> &[u8] {
        &self.0.body_start
    }

    /// Returns the HTTP status, if [`from_response`](crate::from_response) parsed the body.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the request id, if it could be recovered.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns how the request may be retried, by HTTP status.
    ///
    /// An empty or truncated body with status 2xx or without a status is [`Retry::Transient`],
    /// because the outcome is unknown. For all others, see [`Retry::from_http_status`].
    ///
    /// ```
    /// use errtable::{CommonError, Retry, from_response};
    ///
    /// // The work may have been done.
    /// let cut = br#"{"Response": {"#;
    /// let error = from_response::<(), CommonError>(200, cut).unwrap_err();
    /// assert_eq!(error.retry(), Retry::Transient);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        match (self.0.status, self.0.kind) {
            (None | Some(200..=299), MalformedKind::Empty | MalformedKind::Truncated) => Retry::Transient,
            (status, _) => status.map_or(Retry::Never, Retry::from_http_status),
        }
    }

    /// Returns how long to wait before the next attempt, if [`with_retry_after`] has set it.
    ///
    /// [`with_retry_after`]: Self::with_retry_after
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.wait
    }

    /// Returns whether and how the request may be sent again.
    ///
    /// See [`Retry::resend`].
    #[must_use]
    pub fn resend(&self, idempotent: bool) -> Resend {
        self.retry().resend(idempotent)
    }

    /// Returns whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Returns whether the request may be sent again without doing the work twice.
    ///
    /// See [`Retry::may_resend`].
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }
}

impl Error for Malformed {}
