//! What is wrong with a body, and where.

use alloc::format;
use alloc::string::String;

use serde_core::de::IgnoredAny;
use serde_json::error::Category;

use crate::malformed::{MalformedKind, Problem};
use crate::response::data::{Attempt, Rejection};
use crate::response::locate::{Clue, Position, locate};
use crate::response::path::path_of_token_at;
use crate::response::position::{message_of, offset_of, text_of};
use crate::response::tokens::{TokenKind, Tokens};

/// A problem in a body, not yet located.
pub(super) struct Finding {
    pub(super) kind: MalformedKind,
    message: String,
    clue: Clue,
}

impl Finding {
    pub(super) fn new(kind: MalformedKind, message: impl Into<String>, clue: Clue) -> Self {
        Self { kind, message: message.into(), clue }
    }

    /// Adds why `T` rejects null, unless the body is empty.
    pub(super) fn with_error(self, error: &serde_json::Error) -> Self {
        match self.kind {
            MalformedKind::Empty => self,
            _ => Self { message: format!("{}: {}", self.message, message_of(error)), ..self },
        }
    }

    /// Describes data that is not a `T`.
    pub(super) fn of_data(rejection: Rejection) -> Self {
        Self::new(MalformedKind::Data, message_of(&rejection.error), Clue::Data(rejection))
    }

    /// Describes a body that is not valid JSON.
    pub(super) fn of_syntax(error: &serde_json::Error, body: &[u8]) -> Self {
        let end = offset_of(error, body).unwrap_or(body.len());
        let kind = match error.classify() {
            Category::Eof => MalformedKind::Truncated,
            // `serde_json` reports `-1.` as an invalid number, not as EOF.
            _ if end >= body.len() && ends_in_number(body) => MalformedKind::Truncated,
            _ => MalformedKind::Syntax,
        };
        Self::new(kind, message_of(error), Clue::Token(end))
    }

    /// Locates the problem: its line and column, then its field.
    pub(super) fn locate<'de>(self, body: &'de [u8], attempt: Attempt<'de>) -> Problem {
        let Position { line, column, token_end, is_embedded } = locate(body, &self.clue, attempt);
        let message = match self.clue {
            // The position in embedded JSON stays in the message: `… at line 2 column 2`.
            Clue::Data(rejection) if is_embedded => text_of(&rejection.error),
            _ => self.message,
        };
        let path = token_end.map(|end| path_of_token_at(end, body)).unwrap_or_default();
        Problem { kind: self.kind, message, path, line, column }
    }
}

/// Returns whether a body ends in the start of a number: `-`, `1.`, `1e` or `1e+`.
fn ends_in_number(body: &[u8]) -> bool {
    let (mut may_start, mut start) = (true, None);
    for token in Tokens::new(body) {
        start = Some(token.range).filter(|_| may_start && token.kind == TokenKind::Scalar);
        may_start = matches!(token.kind, TokenKind::Separator | TokenKind::OpenArray);
    }
    let is_start = |text: &[u8]| serde_json::from_slice::<IgnoredAny>(&[text, b"0"].concat()).is_ok();
    start.and_then(|range| body.get(range)).is_some_and(is_start)
}
