//! The error for a malformed response body.

mod display;
mod retry;
pub(crate) mod shorten;
#[cfg(test)]
mod tests;

use alloc::boxed::Box;
use alloc::string::String;
use core::error::Error;
use core::time::Duration;

use errtable_spec::Retry;

use self::shorten::shorten;

/// The number of bytes of the body that the error keeps.
const BODY_START: usize = 256;

/// The number of bytes of the parser's message that the error keeps.
const MAX_MESSAGE: usize = 1000;

/// A body that is neither data nor a failure, or whose data is not a `T`.
///
/// It contains the location of the problem, the request id, the HTTP status and the first bytes of
/// the body.
///
/// ```
/// use errtable::{CommonError, Error, MalformedKind, from_response};
/// use std::collections::BTreeMap;
///
/// let body = br#"{"Response": {"Total": "many", "RequestId": "b5b4"}}"#;
/// type Counts = BTreeMap<String, u64>;
/// let result = from_response::<Counts, CommonError>(200, &(), body);
/// let Err(Error::Malformed(malformed)) = result else {
///     panic!("`many` is not a number");
/// };
/// assert_eq!(malformed.kind(), MalformedKind::Data);
/// assert_eq!(malformed.path(), Some("Response.Total"));
/// assert_eq!(malformed.request_id(), Some("b5b4"));
/// assert_eq!(
///     malformed.to_string(),
///     "invalid data at Response.Total (line 1 column 29): \
///      invalid type: string \"many\", expected u64 (status 200, request id b5b4)",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Malformed(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: MalformedKind,
    /// The message of the parser, shortened.
    message: Box<str>,
    path: Option<Box<str>>,
    line: usize,
    column: usize,
    body_start: Box<[u8]>,
    status: Option<u16>,
    request_id: Option<Box<str>>,
    retry: Option<Retry>,
    retry_after: Option<Duration>,
}

/// The kind of problem in a malformed body.
///
/// ```
/// use errtable::{CommonError, Error, MalformedKind, from_slice};
///
/// let result = from_slice::<(), CommonError>(br#"{"Response": {"#);
/// let Err(Error::Malformed(malformed)) = result else { panic!() };
/// assert_eq!(malformed.kind(), MalformedKind::Truncated);
/// ```
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
    /// The body is JSON, but neither data nor a failure.
    ///
    /// Also if a member that the envelope reads occurs twice, or if the request id of a success
    /// contains an unpaired surrogate such as `"\ud83d"`.
    Envelope,
    /// The data is not a `T`.
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
    /// Creates the error of a body in another format, such as XML, that you could not read.
    ///
    /// `message` says what is wrong. The kind is [`MalformedKind::Empty`] for a blank body, else
    /// [`MalformedKind::Syntax`].
    ///
    /// ```
    /// use errtable::{Malformed, MalformedKind, Retry};
    ///
    /// let malformed = Malformed::new(503, b"<error>", "expected `</error>`");
    /// assert_eq!(malformed.kind(), MalformedKind::Syntax);
    /// assert_eq!(malformed.retry(), Retry::Transient);
    /// ```
    #[must_use]
    pub fn new(status: impl Into<Option<u16>>, body: &[u8], message: impl Into<String>) -> Self {
        let kind = if body.trim_ascii().is_empty() { MalformedKind::Empty } else { MalformedKind::Syntax };
        let problem = Problem { kind, message: message.into(), path: String::new(), line: 1, column: 0 };
        Self::of(problem, body, status.into(), None)
    }

    pub(crate) fn of(problem: Problem, body: &[u8], status: Option<u16>, request_id: Option<Box<str>>) -> Self {
        let Problem { kind, message, path, line, column } = problem;
        Self(Box::new(Inner {
            kind,
            message: shorten(&message, MAX_MESSAGE).into(),
            path: Some(path).filter(|path| !path.is_empty()).map(String::into_boxed_str),
            line,
            column,
            body_start: body.get(..BODY_START).unwrap_or(body).into(),
            status,
            request_id,
            retry: None,
            retry_after: None,
        }))
    }

    /// Sets the request id, for example that of your request, if the response has none.
    ///
    /// An empty string is ignored.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// let result = from_slice::<(), CommonError>(b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// let malformed = malformed.or_request_id("b5b41468");
    /// assert_eq!(malformed.request_id(), Some("b5b41468"));
    /// ```
    #[must_use]
    pub fn or_request_id<'a>(mut self, request_id: impl Into<Option<&'a str>>) -> Self {
        if self.0.request_id.is_none() {
            self.0.request_id = request_id.into().filter(|id| !id.is_empty()).map(Box::from);
        }
        self
    }

    /// Sets how long to wait before the next attempt.
    ///
    /// This overrides the wait of the response.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{CommonError, Error, from_response};
    ///
    /// let result = from_response::<(), CommonError>(502, &(), b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// let malformed = malformed.with_retry_after(Duration::from_secs(120));
    /// assert_eq!(malformed.retry_after(), Some(Duration::from_secs(120)));
    /// ```
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// Sets the retry class.
    ///
    /// This overrides the class of the HTTP status.
    ///
    /// ```
    /// use errtable::{CommonError, Error, Retry, from_response};
    ///
    /// let result = from_response::<(), CommonError>(409, &(), b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.retry(), Retry::Never);
    /// assert_eq!(malformed.with_retry(Retry::Conflict).retry(), Retry::Conflict);
    /// ```
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.0.retry = Some(retry);
        self
    }

    /// Returns the kind of the problem.
    ///
    /// ```
    /// use errtable::{CommonError, Error, MalformedKind, from_slice};
    ///
    /// let result = from_slice::<(), CommonError>(b"");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.kind(), MalformedKind::Empty);
    /// ```
    #[must_use]
    pub fn kind(&self) -> MalformedKind {
        self.0.kind
    }

    /// Returns the path of the invalid field: `Response.Rows[1].Id`.
    ///
    /// Returns `None` if the body as a whole is invalid.
    ///
    /// A key that contains characters other than letters, digits, `_` and `-` is quoted:
    /// `Response["a.b"]`. If a field is missing, this is the path of the object that lacks it.
    ///
    /// serde may buffer a value and read it later, for example the content of an enum that comes
    /// before its tag. The path then leads to the place where serde reads the buffer.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// #[derive(serde::Deserialize)]
    /// #[serde(rename_all = "PascalCase")]
    /// struct Names {
    ///     names: Vec<String>,
    /// }
    ///
    /// let body = br#"{"Response": {"Names": ["a", 2]}}"#;
    /// let result = from_slice::<Names, CommonError>(body).map(|s| s.data.names);
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.path(), Some("Response.Names[1]"));
    /// ```
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// Returns the line of the problem, starting at 1.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// let result = from_slice::<(), CommonError>(b"{\n  oops\n}");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.line(), 2);
    /// ```
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column of the problem in bytes, as `serde_json` counts them.
    ///
    /// This is the number of bytes that were read of the line: 0 before the first byte, 1 after it.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// let result = from_slice::<(), CommonError>(b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!((malformed.line(), malformed.column()), (1, 1));
    /// ```
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Returns the first 256 bytes of the body.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// let result = from_slice::<(), CommonError>(b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.body_start(), b"<html>");
    /// ```
    #[must_use]
    pub fn body_start(&self) -> &[u8] {
        &self.0.body_start
    }

    /// Returns the HTTP status, if it is known.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_response};
    ///
    /// let result = from_response::<(), CommonError>(502, &(), b"<html>");
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.status(), Some(502));
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the request id, if it could be recovered.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_slice};
    ///
    /// let truncated = br#"{"Response": {"RequestId": "b5b41468", "Rows": ["#;
    /// let result = from_slice::<(), CommonError>(truncated);
    /// let Err(Error::Malformed(malformed)) = result else { panic!() };
    /// assert_eq!(malformed.request_id(), Some("b5b41468"));
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }
}

impl Error for Malformed {}
