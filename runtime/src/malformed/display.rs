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

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;
    use crate::malformed::Problem;

    fn malformed(kind: MalformedKind, message: &str, path: &str, body: &[u8]) -> Malformed {
        let problem = Problem { kind, message: message.into(), path: path.into(), line: 2, column: 5 };
        Malformed::of(problem, body, None, None)
    }

    #[test]
    fn problem_and_location_are_shown() {
        for (kind, message, path, expected) in [
            (MalformedKind::Data, "no", "a[1]", "invalid data at a[1] (line 2 column 5): no"),
            (MalformedKind::Data, "", "", "invalid data (line 2 column 5)"),
            (MalformedKind::Truncated, "EOF", "a", "the body is truncated at a (line 2 column 5): EOF"),
            // A body that is empty has no positions.
            (MalformedKind::Empty, "", "", "the body is empty"),
        ] {
            assert_eq!(malformed(kind, message, path, b"[1]").to_string(), expected);
        }
    }

    #[test]
    fn status_and_request_id_are_shown() {
        for (status, id, expected) in [
            (None, None, "the body is empty"),
            (Some(502), None, "the body is empty (status 502)"),
            (None, Some("a1"), "the body is empty (request id a1)"),
            (Some(502), Some("a1"), "the body is empty (status 502, request id a1)"),
        ] {
            assert_eq!(Malformed::new(status, b"", "").or_request_id(id).to_string(), expected);
        }
    }

    #[test]
    fn start_of_a_foreign_body_is_shown() {
        use MalformedKind::{Data, Encoding, Envelope, Syntax, Truncated};

        for (kind, path, body, expected) in [
            (Syntax, "", "<html>", Some("<html>")),
            (Encoding, "", "<html>", Some("<html>")),
            (Syntax, "", " {oops", None),
            (Encoding, "", "{oops", None),
            // An envelope without a path may be an object of another service.
            (Envelope, "", "{\"a\": 1}", Some("{\"a\": 1}")),
            (Envelope, "a", "{\"a\": 1}", None),
            (Data, "", "[1]", None),
            (Truncated, "", "[1", None),
        ] {
            let text = malformed(kind, "", path, body.as_bytes()).to_string();
            let shown = text.split_once("; the body starts with ").map(|(_, start)| start);
            assert_eq!(shown, expected.map(|start| format!("`{start}`")).as_deref(), "{text}");
        }
    }

    #[test]
    fn only_40_bytes_of_a_body_are_shown() {
        let shown = |body: String| {
            malformed(MalformedKind::Syntax, "", "", body.as_bytes()).foreign_start().unwrap().into_owned()
        };
        assert_eq!(shown("x".repeat(40)), "x".repeat(40));
        assert_eq!(shown("x".repeat(41)), "x".repeat(40));
        // A character that is cut off.
        assert_eq!(shown("x".repeat(39) + "é"), "x".repeat(39) + "\u{fffd}");
    }

    #[test]
    fn text_from_the_wire_is_escaped_and_shortened() {
        let text = malformed(MalformedKind::Syntax, "a\nb", "c\u{202e}", b"\x1b[31m").or_request_id("d\r").to_string();
        assert_eq!(
            text,
            r"the body is not valid JSON at c\u{202e} (line 2 column 5): a\nb; the body starts with `\u{1b}[31m` (request id d\r)"
        );
        let long = "x".repeat(MAX_TEXT + 1);
        let text = malformed(MalformedKind::Data, &long, &long, b"").or_request_id(&*long).to_string();
        assert_eq!(text.matches(&format!("{} … ", "x".repeat(MAX_TEXT / 2))).count(), 3);
        assert!(!text.contains(&"x".repeat(MAX_TEXT / 2 + 1)));
    }

    #[test]
    fn debug_shows_bytes_as_text() {
        let text = format!("{:?}", malformed(MalformedKind::Encoding, "", "", b"\xff\"a"));
        assert!(
            text.starts_with("Malformed { kind: Encoding, ") && text.contains(r#"body_start: "\xff\"a""#),
            "{text}"
        );
    }
}
