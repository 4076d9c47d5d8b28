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

#[cfg(test)]
pub(super) mod tests {
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::String;

    use serde_core::de::{DeserializeOwned, Error as _};

    use super::*;
    use crate::response::data::read_whole;

    /// Locates the value that `T` rejects. Asserts that it ends at `|`.
    #[track_caller]
    fn locate_rejected<T: DeserializeOwned>(marked: &str) -> Position {
        let (before, after) = marked.split_once('|').unwrap();
        let body = [before, after].concat();
        let rejection = read_whole::<T>(&body).err().unwrap();
        let position = locate(body.as_bytes(), &Clue::Data(rejection), |text| read_whole::<T>(text).err());
        assert_eq!(position.token_end, Some(before.len()), "{body}");
        position
    }

    #[test]
    fn offset_is_a_line_and_a_column() {
        let body = b"[1,\n22]";
        let position = locate(body, &Clue::Body(6), |_| None);
        assert_eq!((position.line, position.column, position.token_end), (2, 2, None));
        let position = locate(body, &Clue::Token(6), |_| None);
        assert_eq!((position.line, position.column, position.token_end), (2, 2, Some(6)));
        assert!(!position.is_embedded);
    }

    #[test]
    fn rejected_value_is_located() {
        type Rows = BTreeMap<String, Vec<u8>>;
        for marked in [
            r#"{"a": [1, "x"|, 2]}"#,
            r#"{"a": [1, "x"| ], "b": []}"#,
            r#"{"a": [1, 256|]}"#,
            r#"{"a": [1, -1|  ] , "b": [ ]}"#,
            r#"{"a": [1, null|]}"#,
            r#"{"a": "text"|}"#,
            "{\"a\": [1],\r\n\"b\": 1.5|\n}",
            "true|",
            "\"text\"|  ",
        ] {
            let position = locate_rejected::<Rows>(marked);
            assert!(!position.is_embedded, "{marked}");
            let before = marked.split('|').next().unwrap();
            assert_eq!((position.line, position.column), line_and_column(before.len(), before.as_bytes()), "{marked}");
        }
    }

    #[test]
    fn bracket_that_was_not_read_is_located() {
        for marked in [r#"{"a": [|1]}"#, r#"{"a": {|}}"#] {
            let position = locate_rejected::<BTreeMap<String, u8>>(marked);
            assert!(!position.is_embedded, "{marked}");
        }
    }

    /// An array of arrays.
    #[derive(serde::Deserialize)]
    struct Nested(#[expect(dead_code)] Vec<Nested>);

    /// `serde_json` consumes all closing brackets while the error propagates.
    #[test]
    fn value_in_127_containers_is_located() {
        for depth in [1, 2, 126, 127] {
            let position = locate_rejected::<Nested>(&format!("{}1|{}", "[".repeat(depth), "]".repeat(depth)));
            assert_eq!(position.column, depth + 1);
            locate_rejected::<Nested>(&format!("{}1|{}", "[".repeat(depth), " , ]".repeat(depth)));
        }
    }

    #[test]
    fn container_that_is_rejected_ends_after_its_bracket() {
        #[derive(serde::Deserialize)]
        struct Row {
            #[expect(dead_code)]
            id: u8,
        }

        locate_rejected::<Vec<Vec<Row>>>(r#"[[{"id": 1}, {"x": 1 }| ] ]"#);
        locate_rejected::<Vec<(u8, u8)>>("[[1, 2], [3]|, [4, 5]]");
        // The parser has looked at the `3`, so that the error is one byte after what was consumed.
        assert!(!locate_rejected::<Vec<(u8, u8)>>("[[1, 2,|3]]").is_embedded);
    }

    /// JSON in a string.
    pub(in crate::response) struct Embedded(#[expect(dead_code)] Vec<u8>);

    impl<'de> serde_core::Deserialize<'de> for Embedded {
        fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            serde_json::from_str(&text).map(Self).map_err(D::Error::custom)
        }
    }

    #[test]
    fn position_in_embedded_json_is_not_one_of_the_body() {
        let position = locate_rejected::<BTreeMap<String, Embedded>>(r#"{"a": "[1,\n x]"|, "b": 1}"#);
        assert!(position.is_embedded);
        assert_eq!((position.line, position.column), (1, 16));
        // A column of the same line, but before the string.
        assert!(locate_rejected::<BTreeMap<String, Embedded>>(r#"{"a": "[x"|}"#).is_embedded);
    }
}
