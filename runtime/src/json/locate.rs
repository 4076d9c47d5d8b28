//! Locates a problem: its line and column, and the end of the invalid token.

use alloc::vec::Vec;

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

/// Parses the data in a prefix of the body, and returns the error.
pub(super) type Reparse<'a> = &'a mut dyn FnMut(usize) -> Option<ParseFailure>;

/// The position of a problem.
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
    /// The end of the invalid token; `None` if the body as a whole is invalid.
    pub(super) token_end: Option<usize>,
    /// Whether the error reports a position in embedded JSON: `{"Embedded": "[1,\n 2]"}`.
    pub(super) is_embedded: bool,
}

/// Locates a problem.
pub(super) fn locate(body: &[u8], clue: &Clue, reparse: Reparse<'_>) -> Position {
    match clue {
        Clue::Body(offset) => at(line_and_column(*offset, body), None),
        Clue::Token(end) => at(line_and_column(*end, body), Some(*end)),
        Clue::Data(failure) => locate_value(body, failure, reparse),
    }
}

fn at((line, column): (usize, usize), token_end: Option<usize>) -> Position {
    Position { line, column, token_end, is_embedded: false }
}

/// An error passes through at most 127 containers, and skips one bracket or comma for each.
const MAX_ENDS: usize = 2 + 127;

/// Locates the value that `T` rejected.
///
/// The error passes through the containers around the value, and the parser closes some of them.
/// The shortest prefix of the body with the same error ends with the value.
fn locate_value(body: &[u8], failure: &ParseFailure, reparse: Reparse<'_>) -> Position {
    let ParseFailure { error, consumed } = failure;
    let message = message_of(error);
    let ends = possible_ends(*consumed, body);
    let same = ends.partition_point(|end| reparse(*end).is_some_and(|failure| message_of(&failure.error) == message));
    let (token_end, (line, column)) = match same.checked_sub(1).and_then(|shortest| ends.get(shortest)) {
        Some(end) => (*end, line_and_column(*end, body)),
        // The parser rejected the next byte, such as the `[` of `{"Id": [1]}` for an integer.
        None => (consumed + 1, (error.line(), error.column())),
    };
    let is_in_body = token_end > *consumed
        || offset_of(error, body).is_some_and(|offset| (token_end..=consumed + 1).contains(&offset));
    Position { line, column, token_end: Some(token_end), is_embedded: !is_in_body }
}

/// Returns where the value may end, from right to left: before closing brackets and commas.
fn possible_ends(consumed: usize, body: &[u8]) -> Vec<usize> {
    let mut before = body.get(..consumed).unwrap_or(body).trim_ascii_end();
    let mut ends = Vec::from([consumed, before.len()]);
    while let [rest @ .., b'}' | b']' | b','] = before {
        before = rest.trim_ascii_end();
        ends.push(before.len());
        if ends.len() == MAX_ENDS {
            break;
        }
    }
    ends
}
