//! A body that cannot be read: what is wrong with it, where, and what could be saved of it.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use crate::escape::Escaped;
use errtable_spec::Retry;

/// How many bytes of the body are kept.
const BODY_START: usize = 256;

/// How many bytes of the body a message shows.
const SHOWN: usize = 40;

/// How long a text from the wire may be in a message before its middle is left out.
const LONGEST: usize = 512;

/// A body that is no valid envelope, or whose data does not fit `T`.
///
/// Says what is wrong and where, and keeps what can be saved: the request id, the HTTP status, the first bytes.
///
/// ```
/// use errtable::{CommonError, Error, MalformedKind, from_response};
/// use std::collections::BTreeMap;
///
/// let body = br#"{"Response": {"Total": "many", "RequestId": "b5b41468"}}"#;
/// let Err(Error::Malformed(malformed)) = from_response::<BTreeMap<String, u64>, CommonError>(200, body) else {
///     panic!("`many` is no number");
/// };
/// assert_eq!(malformed.kind(), MalformedKind::Data);
/// assert_eq!(malformed.path(), Some("Response.Total"));
/// assert_eq!(malformed.request_id(), Some("b5b41468"));
/// assert_eq!(
///     malformed.to_string(),
///     "the data does not fit at Response.Total (line 1 column 29): \
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

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MalformedKind {
    /// There is nothing in it but white space.
    Empty,
    /// It is not UTF-8.
    Encoding,
    /// It is not JSON: a page of a gateway, a byte order mark, words after the JSON.
    Syntax,
    /// It is JSON that ends too early.
    Truncated,
    /// It is JSON, but no envelope: no `Response`, a key twice, an `Error` that is neither a failure nor none.
    Envelope,
    /// The envelope is sound, but the data does not fit the type that was asked for.
    Data,
}

impl MalformedKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "the body is empty",
            Self::Encoding => "the body is not UTF-8",
            Self::Syntax => "the body is not JSON",
            Self::Truncated => "the body ends too early",
            Self::Envelope => "the body is no response envelope",
            Self::Data => "the data does not fit",
        }
    }
}

/// What is wrong with a body, and where.
pub(crate) struct Diagnosis {
    pub(crate) kind: MalformedKind,
    /// The message of the parser; may be empty.
    pub(crate) message: String,
    /// The field; empty at the root.
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Malformed {
    pub(crate) fn new(diagnosis: Diagnosis, body: &[u8], status: Option<u16>, request_id: Option<Box<str>>) -> Self {
        let Diagnosis { kind, message, path, line, column } = diagnosis;
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

    /// What is wrong with the body.
    #[must_use]
    pub fn kind(&self) -> MalformedKind {
        self.0.kind
    }

    /// The field that is wrong: `Response.Rows[1].Id`; `None` where it is the body as a whole.
    ///
    /// A key with other characters than letters, digits, `_` and `-` is quoted: `Response["a.b"]`. For a field that is
    /// missing it is the object that lacks it; the message names the field.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// The line of the problem, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column of the problem in bytes, as `serde_json` counts: the bytes of the line that were read, so that 1 is the
    /// first byte, and 0 stands before it.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// The first 256 bytes of the body.
    #[must_use]
    pub fn body_start(&self) -> &[u8] {
        &self.0.body_start
    }

    /// The HTTP status, where [`from_response`](crate::from_response) was given one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The id of the request, where the body still told it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What resending needs, by the HTTP status: 429 is throttled; 500, 502, 503 and 504 are transient; never otherwise.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self.0.status {
            Some(429) => Retry::Throttled,
            Some(500 | 502..=504) => Retry::Transient,
            _ => Retry::Never,
        }
    }

    /// Whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Whether a new attempt may be sent without doing the work twice; see [`Retry::may_resend`].
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }

    /// The start of a body that may be anybody's, to be shown.
    fn shown_start(&self) -> Option<Cow<'_, str>> {
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

/// One line: what is wrong, where, the HTTP status and the request id; all that comes from the wire is escaped.
impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, message, path, line, column, status, request_id, .. } = &*self.0;
        f.write_str(kind.as_str())?;
        if let Some(path) = path {
            f.write_str(" at ")?;
            shorten(path, f)?;
        }
        if *kind != MalformedKind::Empty {
            write!(f, " (line {line} column {column})")?;
        }
        if !message.is_empty() {
            f.write_str(": ")?;
            shorten(message, f)?;
        }
        if let Some(start) = self.shown_start() {
            write!(f, ", the body starts with `{}`", Escaped(&start))?;
        }
        match (status, request_id) {
            (None, None) => Ok(()),
            (Some(status), None) => write!(f, " (status {status})"),
            (status, Some(id)) => {
                let status = status.map(|status| format!("status {status}, ")).unwrap_or_default();
                write!(f, " ({status}request id ")?;
                shorten(id, f)?;
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

/// Writes a text from the wire, escaped, and without its middle where it is long: its end says what was expected.
fn shorten(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let from_end = |at: usize| text.len().saturating_sub(at);
    if text.len() > LONGEST {
        let (mut head, mut tail) = (LONGEST / 2, from_end(LONGEST / 2));
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
