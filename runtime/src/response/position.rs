//! Errors and positions as `serde_json` reports them.

use alloc::format;
use alloc::string::String;
use core::fmt::{self, Write};

use serde_json::Error;

use crate::malformed::shorten::shorten;

/// The length of a part of a message at which it is shortened.
const MAX_PART: usize = 4096;

/// A message that does not keep a long text of the body.
struct Message(String);

impl Write for Message {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0.push_str(&shorten(part, MAX_PART));
        Ok(())
    }
}

/// Returns the message of an error with the position that `serde_json` appends.
pub(super) fn text_of(error: &Error) -> String {
    let mut message = Message(String::new());
    // Writing to a `String` cannot fail.
    let _ = write!(message, "{error}");
    message.0
}

/// Returns the message of an error without the position that `serde_json` appends.
pub(super) fn message_of(error: &Error) -> String {
    let mut message = text_of(error);
    let position = format!(" at line {} column {}", error.line(), error.column());
    if let Some(text) = message.strip_suffix(&position) {
        message.truncate(text.len());
    }
    message
}

/// Returns the offset that an error reports, or `None` if the body has no such line and column.
pub(super) fn offset_of(error: &Error, body: &[u8]) -> Option<usize> {
    let (line, column) = (error.line(), error.column());
    let mut lines = body.split(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(line.checked_sub(1)?).map(|line| line.len() + 1).sum();
    lines.next().filter(|line| column <= line.len()).map(|_| before + column)
}

/// Returns the line and column of an offset. `serde_json` counts columns in bytes.
pub(super) fn line_and_column(offset: usize, body: &[u8]) -> (usize, usize) {
    let before = body.get(..offset).unwrap_or(body);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (before.split(|byte| *byte == b'\n').count(), before.len() - line_start)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use serde_core::de::{Error as _, IgnoredAny};

    use super::*;

    fn error_of(json: &str) -> Error {
        serde_json::from_str::<IgnoredAny>(json).unwrap_err()
    }

    #[test]
    fn lines_start_at_1_and_columns_at_0() {
        let body = "a\r\né\n\nb".as_bytes();
        for (offset, expected) in [
            (0, (1, 0)),
            (1, (1, 1)),
            // A carriage return is a byte of its line.
            (2, (1, 2)),
            (3, (2, 0)),
            // Columns are bytes, also of a character that is not complete.
            (4, (2, 1)),
            (5, (2, 2)),
            (6, (3, 0)),
            (7, (4, 0)),
            (8, (4, 1)),
            // After the end.
            (9, (4, 1)),
        ] {
            assert_eq!(line_and_column(offset, body), expected, "{offset}");
        }
        assert_eq!(line_and_column(0, b""), (1, 0));
        assert_eq!(line_and_column(2, b"\r\r"), (1, 2));
    }

    /// The error of a truncated body is at its end.
    #[test]
    fn positions_are_those_of_serde_json() {
        let body = "[\"é\",\r\n\n  [true,\n-1.5";
        for (end, _) in body.char_indices() {
            let error = error_of(&body[..end]);
            assert_eq!(offset_of(&error, body.as_bytes()), Some(end), "{error}");
            assert_eq!(line_and_column(end, body.as_bytes()), (error.line(), error.column()), "{error}");
        }
    }

    #[test]
    fn position_outside_of_the_body_has_no_offset() {
        let error = error_of("[\n1 2");
        assert_eq!((error.line(), error.column()), (2, 3));
        assert_eq!(offset_of(&error, b"\n123"), Some(4));
        assert_eq!(offset_of(&error, b"\n12"), None);
        assert_eq!(offset_of(&error, b"\n12\n456"), None);
        assert_eq!(offset_of(&error, b"12345"), None);
        assert_eq!(offset_of(&error, b""), None);
        // An error without a position is at line 0.
        assert_eq!(offset_of(&Error::custom("no"), b"[]"), None);
    }

    #[test]
    fn position_is_removed_from_a_message() {
        let error = error_of("[1,");
        assert_eq!(text_of(&error), "EOF while parsing a value at line 1 column 3");
        assert_eq!(message_of(&error), "EOF while parsing a value");
        // Without a position, the message is complete.
        assert_eq!(message_of(&Error::custom("at line 1")), "at line 1");
        assert_eq!(message_of(&Error::custom("")), "");
    }

    #[test]
    fn message_does_not_keep_a_long_text_of_the_body() {
        let json = alloc::format!("\"{}\"", "a".repeat(1_000_000));
        let error = serde_json::from_str::<Vec<u8>>(&json).unwrap_err();
        let message = message_of(&error);
        assert!(message.len() < 2 * MAX_PART);
        assert!(message.starts_with("invalid type: string \"aaa") && message.ends_with("aaa\", expected a sequence"));
    }
}
