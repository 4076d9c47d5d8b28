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
    // White space after the token ends the number.
    start.filter(|range| range.end == body.len()).and_then(|range| body.get(range)).is_some_and(is_start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::data::read_whole;
    use crate::response::locate::tests::Embedded;

    /// Returns the kind and the position of the problem in a body that is not JSON.
    fn syntax_problem(body: &str) -> (MalformedKind, usize, usize) {
        let error = serde_json::from_str::<IgnoredAny>(body).unwrap_err();
        let problem = Finding::of_syntax(&error, body.as_bytes()).locate(body.as_bytes(), |_| None);
        (problem.kind, problem.line, problem.column)
    }

    #[test]
    fn start_of_a_valid_body_is_truncated() {
        let body = r#"{"a": [-0.5e+1, 12, true, null, "\u00e9\n"], "b": {"c": {}}} "#;
        for end in 1..body.len() - 1 {
            assert_eq!(syntax_problem(&body[..end]), (MalformedKind::Truncated, 1, end), "{}", &body[..end]);
        }
    }

    #[test]
    fn other_text_is_a_syntax_error() {
        for (body, column) in [
            ("<html>", 1),
            ("{} {", 4),
            ("[1 2]", 4),
            ("[1,]", 4),
            ("[nul3", 5),
            ("{\"a\" 1", 6),
            ("{1", 2),
            // No number starts so, or none can be here.
            ("[1..", 4),
            ("[--", 3),
            ("[1 -", 4),
            ("{-", 2),
            ("{\"a\": 1-", 8),
            ("1 -", 3),
            ("[01", 3),
            // A number that is not the last token.
            ("[1. ", 4),
        ] {
            assert_eq!(syntax_problem(body), (MalformedKind::Syntax, 1, column), "{body}");
        }
    }

    #[test]
    fn number_may_be_cut_off() {
        for (body, expected) in [
            ("-", true),
            ("[1.", true),
            ("[1,2e", true),
            ("{\"a\":1e+", true),
            ("[ -", true),
            ("", false),
            ("[", false),
            ("[1,", false),
            ("[\"-", false),
            ("[-\n", false),
            ("[1e+-", false),
            ("[+", false),
            ("{\"a\":1,-", false),
            ("[1] -", false),
        ] {
            assert_eq!(ends_in_number(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn position_in_embedded_json_stays_in_the_message() {
        let message = |body: &str| {
            let rejection = read_whole::<Embedded>(body).err().unwrap();
            let finding = Finding::of_data(rejection);
            finding.locate(body.as_bytes(), |text| read_whole::<Embedded>(text).err()).message
        };
        assert_eq!(message(r#""[1,\n x]""#), "expected value at line 2 column 2");
        assert_eq!(message("1"), "invalid type: integer `1`, expected a string");
    }

    #[test]
    fn error_of_null_is_added_unless_the_body_is_empty() {
        let error = serde_json::from_str::<u8>("null").unwrap_err();
        for (kind, message) in [
            (MalformedKind::Data, "no data: invalid type: null, expected u8"),
            (MalformedKind::Envelope, "no data: invalid type: null, expected u8"),
            (MalformedKind::Empty, "no data"),
        ] {
            let finding = Finding::new(kind, "no data", Clue::Body(0)).with_error(&error);
            assert_eq!(finding.message, message);
        }
    }

    #[test]
    fn problem_has_the_path_of_its_token() {
        let locate = |clue| Finding::new(MalformedKind::Envelope, "m", clue).locate(br#"{"a": [1]}"#, |_| None);
        assert_eq!(locate(Clue::Token(8)).path, "a[0]");
        assert_eq!(locate(Clue::Body(8)).path, "");
        assert_eq!(locate(Clue::Body(8)).message, "m");
    }
}
