//! The messages of a malformed body.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::escape::Escaped;
use crate::malformed::shorten::shorten;
use crate::malformed::{Inner, Malformed, MalformedKind};

/// The number of bytes of the body that the message shows.
const SHOWN: usize = 40;

/// The longest text from the wire, in bytes, that the message shows in full.
const MAX_TEXT: usize = 512;

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

impl Malformed {
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
            write!(f, " at {}", Escaped(&shorten(path, MAX_TEXT)))?;
        }
        if *kind != MalformedKind::Empty {
            write!(f, " (line {line} column {column})")?;
        }
        if !message.is_empty() {
            write!(f, ": {}", Escaped(&shorten(message, MAX_TEXT)))?;
        }
        if let Some(start) = self.foreign_start() {
            write!(f, "; the body starts with `{}`", Escaped(&start))?;
        }
        match (status, request_id) {
            (None, None) => Ok(()),
            (Some(status), None) => write!(f, " (status {status})"),
            (status, Some(id)) => {
                let status = status.map(|status| format!("status {status}, ")).unwrap_or_default();
                write!(f, " ({status}request id {})", Escaped(&shorten(id, MAX_TEXT)))
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
            .field("retry", &self.0.retry)
            .field("retry_after", &self.0.retry_after)
            .finish()
    }
}
