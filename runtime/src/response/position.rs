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
