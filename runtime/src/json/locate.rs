//! Locates a problem: its line and column, and the end of the invalid token.

use crate::json::ParseFailure;
use crate::json::position::{line_and_column, message_of, offset_of};

/// What is known of the location of a problem.
pub(super) enum Clue {
    /// The body as a whole is invalid. The parser stopped at this offset.
    Body(usize),
    /// The invalid token ends at this offset.
    Token(usize),
    /// `T` rejected a value.
    Data(ParseFailure),
}

/// The position of a problem.
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
    /// The end of the invalid token; `None` if the body as a whole is invalid.
    pub(super) token_end: Option<usize>,
    /// Whether the error reports a position in embedded JSON: `{"Embedded": "[1,\n 2]"}`.
    pub(super) is_embedded: bool,
}

/// Locates a problem. `reparse` parses a prefix of the body as `T`.
pub(super) fn locate(body: &[u8], clue: &Clue, reparse: &dyn Fn(usize) -> Option<ParseFailure>) -> Position {
    match clue {
        Clue::Body(offset) => at(line_and_column(*offset, body), None),
        Clue::Token(end) => at(line_and_column(*end, body), Some(*end)),
        Clue::Data(failure) => locate_value(body, failure, reparse),
    }
}

fn at((line, column): (usize, usize), token_end: Option<usize>) -> Position {
    Position { line, column, token_end, is_embedded: false }
}

/// Locates the value that `T` rejected.
///
/// The error passes through the containers around the value, and the parser closes some of them.
/// The shortest prefix of the body with the same error ends with the value.
fn locate_value(body: &[u8], failure: &ParseFailure, reparse: &dyn Fn(usize) -> Option<ParseFailure>) -> Position {
    let ParseFailure { error, consumed } = failure;
    let message = message_of(error);
    let is_same = |end| reparse(end).is_some_and(|failure| message_of(&failure.error) == message);
    let (token_end, (line, column)) = if is_same(*consumed) {
        let end = least(consumed - closers_before(*consumed, body), *consumed, is_same);
        (end, line_and_column(end, body))
    } else {
        // The parser rejected the next byte, such as the `[` of `{"Id": [1]}` for an integer.
        (consumed + 1, (error.line(), error.column()))
    };
    let is_in_body = token_end > *consumed
        || offset_of(error, body).is_some_and(|offset| (token_end..=consumed + 1).contains(&offset));
    Position { line, column, token_end: Some(token_end), is_embedded: !is_in_body }
}

/// Returns the least number from `low` to `high` that satisfies a monotonic condition.
///
/// The condition must hold for `high`.
fn least(mut low: usize, mut high: usize, condition: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if condition(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

/// Counts the bytes before the offset that only close containers or separate values.
fn closers_before(offset: usize, body: &[u8]) -> usize {
    let before = body.get(..offset).unwrap_or(body);
    before.iter().rev().take_while(|byte| matches!(byte, b'}' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t')).count()
}
