//! Where T stopped reading, as a field, a line and a column.

use alloc::string::{String, ToString as _};

use super::tokens::path_of_token_at;
use crate::malformed::{MalformedKind, Problem};

/// The error of the first reading, and how far the reader had come.
pub(super) struct ParseFailure {
    error: serde_json::Error,
    read: usize,
}

impl ParseFailure {
    pub(super) fn new(error: serde_json::Error, read: usize) -> Self {
        Self { error, read }
    }

    /// Line and column as `serde_json` says.
    pub(super) fn position(&self) -> (usize, usize) {
        (self.error.line(), self.error.column())
    }

    /// The field that T refused. `reparse` reads a beginning of the body as T once more.
    ///
    /// The error comes up through the containers around the field, and the reader closes some of them on the way. The shortest
    /// beginning of the body that meets the same error ends with the field.
    pub(super) fn locate(&self, body: &[u8], reparse: &dyn Fn(usize) -> Option<ParseFailure>) -> Problem {
        let message = message_of(&self.error);
        let is_same = |end| reparse(end).is_some_and(|failure| message_of(&failure.error) == message);
        let own = offset_of(body, self.position());
        let (token_end, position) = if is_same(self.read) {
            let end = shortest(self.read - closers_before(body, self.read), self.read, is_same);
            (end, position_of(body, end))
        } else {
            // What comes next was looked at and not read: a container of the wrong kind, or one too deep.
            (self.read + 1, self.position())
        };
        // A position from elsewhere is part of the words: that of JSON inside a string, which T read by itself.
        let is_own = token_end > self.read || own.is_some_and(|own| (token_end..=self.read + 1).contains(&own));
        Problem {
            kind: MalformedKind::Data,
            message: if is_own { message } else { self.error.to_string() },
            path: path_of_token_at(token_end, body),
            line: position.0,
            column: position.1,
        }
    }
}

/// The least number from `low` to `high` that meets a condition, which all above it meet as `high` does.
fn shortest(mut low: usize, mut high: usize, meets: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if meets(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

/// How many bytes before the offset only close containers, or part values.
fn closers_before(body: &[u8], offset: usize) -> usize {
    let before = body.get(..offset).unwrap_or(body);
    before.iter().rev().take_while(|byte| matches!(byte, b'}' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t')).count()
}

/// An error's words without the position that `serde_json` appends.
pub(super) fn message_of(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    let position = alloc::format!(" at line {} column {}", error.line(), error.column());
    if let Some(words) = message.strip_suffix(&position) {
        message.truncate(words.len());
    }
    message
}

/// The offset of a line and a column, where the body has them.
pub(super) fn offset_of(body: &[u8], (line, column): (usize, usize)) -> Option<usize> {
    let mut lines = body.split(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(line.checked_sub(1)?).map(|line| line.len() + 1).sum();
    lines.next().filter(|line| column <= line.len() + 1).map(|_| before + column)
}

/// Line and column of an offset, as `serde_json` counts.
pub(super) fn position_of(body: &[u8], offset: usize) -> (usize, usize) {
    let before = body.get(..offset).unwrap_or(body);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (before.split(|byte| *byte == b'\n').count(), before.len() - line_start)
}
