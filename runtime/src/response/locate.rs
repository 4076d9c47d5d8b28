//! Locates a problem: its line and column, and the end of the invalid token.

use alloc::vec::Vec;

use crate::response::data::{Attempt, Rejection};
use crate::response::position::{line_and_column, offset_of};

/// What is known of the location of a problem.
pub(super) enum Clue {
    /// The body as a whole is invalid. The parser stopped at this offset.
    Body(usize),
    /// The invalid token ends at this offset.
    Token(usize),
    /// `T` rejected a value.
    Data(Rejection),
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

/// Locates a problem. `attempt` reads the data in a prefix of the body, and returns the error.
pub(super) fn locate<'de>(body: &'de [u8], clue: &Clue, attempt: Attempt<'de>) -> Position {
    match clue {
        Clue::Body(offset) => at(line_and_column(*offset, body), None),
        Clue::Token(end) => at(line_and_column(*end, body), Some(*end)),
        Clue::Data(rejection) => locate_value(body, rejection, attempt),
    }
}

fn at((line, column): (usize, usize), token_end: Option<usize>) -> Position {
    Position { line, column, token_end, is_embedded: false }
}

/// While an error propagates, `serde_json` may consume one `]`, `}` or `,` for each of up to 127
/// levels.
const MAX_ENDS: usize = 2 + 127;

/// Locates the value that `T` rejected, which is before the end of what was consumed.
///
/// A prefix of the body that ends before the value is truncated JSON. So the shortest prefix that
/// is not truncated ends with the value.
fn locate_value<'de>(body: &'de [u8], rejection: &Rejection, attempt: Attempt<'de>) -> Position {
    let Rejection { error, consumed } = rejection;
    let ends = possible_ends(*consumed, body);
    let is_rejected = |end: &usize| {
        let prefix = body.get(..*end).and_then(|prefix| core::str::from_utf8(prefix).ok());
        prefix.and_then(attempt).is_some_and(|rejection| !rejection.error.is_eof())
    };
    let rejected = ends.partition_point(is_rejected);
    let (token_end, (line, column)) = match rejected.checked_sub(1).and_then(|shortest| ends.get(shortest)) {
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
