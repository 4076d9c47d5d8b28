//! The error for a malformed response body.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use errtable_spec::{Resend, Retry};

use crate::escape::Escaped;

/// The number of bytes of the body that the error keeps.
const BODY_START: usize = 256;

/// The number of bytes of the body that the message shows.
const SHOWN: usize = 40;

/// The longest text from the wire, in bytes, that the message shows in full.
const MAX_TEXT: usize = 512;

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

impl MalformedKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "the body is empty",
            Self::Encoding => "the body is not valid UTF-8",
            Self::Syntax => "the body is not valid JSON",
            Self::Truncated => "the body is truncated",
            Self::Envelope => "the body is not a valid response envelope",
            Self::Data => "invalid data",
        }
    }
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
        }))
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
    #[must_use]
    pub fn retry(&self) -> Retry {
        match (self.0.status, self.0.kind) {
            (None | Some(200..=299), MalformedKind::Empty | MalformedKind::Truncated) => Retry::Transient,
            (status, _) => status.map_or(Retry::Never, Retry::from_http_status),
        }
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

    /// Returns the start of a body that is probably from another program, such as an HTML page.
    fn foreign_start(&self) -> Option<Cow<'_, str>> {
        let is_object = self.0.body_start.trim_ascii_start().starts_with(b"{");
        let is_foreign = match self.0.kind {
            MalformedKind::Syntax | MalformedKind::Encoding => !is_object,
            MalformedKind::Envelope => self.0.path.is_none(),
            _ => false,
        };
        let start = self.0.body_start.get(..SHOWN).unwrap_or(&self.0.body_start);
        is_foreign.then(|| String::from_utf8_lossy(start))
    }
}

/// Writes one line: the problem, its location, the HTTP status and the request id.
///
/// Text from the wire is escaped.
impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, message, path, line, column, status, request_id, .. } = &*self.0;
        f.write_str(kind.as_str())?;
        if let Some(path) = path {
            f.write_str(" at ")?;
            write_shortened(path, f)?;
        }
        if *kind != MalformedKind::Empty {
            write!(f, " (line {line} column {column})")?;
        }
        if !message.is_empty() {
            f.write_str(": ")?;
            write_shortened(message, f)?;
        }
        if let Some(start) = self.foreign_start() {
            write!(f, "; the body starts with `{}`", Escaped(&start))?;
        }
        match (status, request_id) {
            (None, None) => Ok(()),
            (Some(status), None) => write!(f, " (status {status})"),
            (status, Some(id)) => {
                let status = status.map(|status| format!("status {status}, ")).unwrap_or_default();
                write!(f, " ({status}request id ")?;
                write_shortened(id, f)?;
                f.write_str(")")
            }
        }
    }
}

impl fmt::Debug for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Malformed")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("path", &self.0.path)
            .field("line", &self.0.line)
            .field("column", &self.0.column)
            .field("body_start", &format_args!("\"{}\"", self.0.body_start.escape_ascii()))
            .field("status", &self.0.status)
            .field("request_id", &self.0.request_id)
            .finish()
    }
}

impl Error for Malformed {}

/// Writes a text from the wire, escaped. The middle of a long text is left out.
///
/// The end stays, because `serde_json` writes there what it expected.
fn write_shortened(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let from_end = |at: usize| text.len().saturating_sub(at);
    if text.len() > MAX_TEXT {
        let (mut head, mut tail) = (MAX_TEXT / 2, from_end(MAX_TEXT / 2));
        while !text.is_char_boundary(head) {
            head -= 1;
        }
        while !text.is_char_boundary(tail) {
            tail += 1;
        }
        let ends = (text.get(..head).unwrap_or_default(), text.get(tail..).unwrap_or_default());
        return write!(f, "{} … {}", Escaped(ends.0), Escaped(ends.1));
    }
    write!(f, "{}", Escaped(text))
}
