//! The path of a token: `Response.Rows[1].Id`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use core::ops::Range;

use crate::response::tokens::{TokenKind, Tokens};

/// The length after which a path is cut off. A body of `[[[…` has a path longer than itself.
const MAX_PATH: usize = 1024;

/// The length of the longest key in a path. A key is copied when it is unescaped.
const MAX_KEY: usize = 1 << 16;

/// The last key, still escaped, or the index of the last element of an open container.
enum Step {
    Key(Option<Range<usize>>),
    Index(Option<usize>),
}

/// Returns the path of the first token that ends at `end` or later.
///
/// The path of a bracket is that of its container.
pub(super) fn path_of_token_at(end: usize, json: &[u8]) -> String {
    // A longer list is useless: each step but the last renders as a byte or more.
    let mut steps = Vec::new();
    for token in Tokens::new(json) {
        steps.truncate(token.depth);
        match (token.kind, token.depth.checked_sub(1).and_then(|last| steps.get_mut(last))) {
            (TokenKind::Key, Some(Step::Key(key))) => *key = Some(token.range.clone()),
            (TokenKind::Scalar | TokenKind::OpenObject | TokenKind::OpenArray, Some(Step::Index(index))) => {
                *index = Some(index.map_or(0, |index| index + 1));
            }
            _ => {}
        }
        match token.kind {
            TokenKind::OpenObject if steps.len() <= MAX_PATH => steps.push(Step::Key(None)),
            TokenKind::OpenArray if steps.len() <= MAX_PATH => steps.push(Step::Index(None)),
            _ => {}
        }
        if token.range.end >= end {
            break;
        }
    }
    render(&steps, json)
}

fn render(steps: &[Step], json: &[u8]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(Some(key)) if key.len() > MAX_KEY => {
                path.push('…');
                break;
            }
            Step::Key(Some(key)) => push_key(&mut path, json.get(key.clone()).unwrap_or_default()),
            // Writing to a `String` cannot fail.
            Step::Index(Some(index)) => drop(write!(path, "[{index}]")),
            _ => {}
        }
        if path.len() > MAX_PATH {
            path.push('…');
            break;
        }
    }
    path
}

/// Appends a key: `.Id`, or `["a.b"]` if it contains special characters.
fn push_key(path: &mut String, json: &[u8]) {
    let Ok(key) = serde_json::from_slice::<String>(json) else { return };
    if is_plain(&key) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&key);
    } else if let Ok(quoted) = serde_json::to_string(&key) {
        path.push('[');
        path.push_str(&quoted);
        path.push(']');
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the path of the first token that ends at `|` or later.
    fn path(marked: &str) -> String {
        let (before, after) = marked.split_once('|').unwrap();
        path_of_token_at(before.len(), [before, after].concat().as_bytes())
    }

    #[test]
    fn path_leads_to_the_token() {
        for (marked, expected) in [
            ("|", ""),
            ("1|", ""),
            ("[1, 2|]", "[1]"),
            ("[[], [7|]]", "[1][0]"),
            (r#"{"Response": {"Rows": [{"Id": 1}, {"Id": x|}]}}"#, "Response.Rows[1].Id"),
            // A key, and what is between its value and the next key.
            (r#"{"a": 1, "b|": 2}"#, "b"),
            (r#"{"a": 1, "b":| 2}"#, "b"),
            (r#"{"a": 1,| "b": 2}"#, "a"),
            // Containers that have been left.
            (r#"{"a": [[1], [{"x": 2}]], "b": 3|}"#, "b"),
            (r#"{"a": "[{\"", "b": 1|}"#, "b"),
            // Truncated.
            (r#"{"a": [1, tr|"#, "a[1]"),
        ] {
            assert_eq!(path(marked), expected, "{marked}");
        }
    }

    #[test]
    fn path_of_a_bracket_is_that_of_its_container() {
        for (marked, expected) in [
            ("[|", ""),
            ("[1]|", ""),
            (r#"{"a": {|"b": 1}}"#, "a"),
            (r#"{"a": {"b": 1}|}"#, "a"),
            (r#"[{"a": [|1]}]"#, "[0].a"),
            (r#"[0, {"a": [1]}|]"#, "[1]"),
        ] {
            assert_eq!(path(marked), expected, "{marked}");
        }
    }

    #[test]
    fn token_that_ends_at_the_offset_counts() {
        assert_eq!(path("[10, 2|0]"), "[1]");
        assert_eq!(path("[10|, 20]"), "[0]");
        assert_eq!(path("[10,| 20]"), "[0]");
        assert_eq!(path("[10, |20]"), "[1]");
        assert_eq!(path_of_token_at(9, b"[10, 20"), "[1]");
    }

    #[test]
    fn special_keys_are_quoted() {
        for (key, expected) in [
            ("Id", "x.Id"),
            ("é_-9", "x.é_-9"),
            (r"\u0041", "x.A"),
            ("", r#"x[""]"#),
            ("a.b", r#"x["a.b"]"#),
            ("a b", r#"x["a b"]"#),
            (r#"\""#, r#"x["\""]"#),
            (r"\u000a", r#"x["\n"]"#),
        ] {
            assert_eq!(path(&alloc::format!(r#"{{"x": {{"{key}": 1|}}}}"#)), expected);
        }
        assert_eq!(path(r#"{"a.b": 1|}"#), r#"["a.b"]"#);
    }

    #[test]
    fn long_path_is_cut_off() {
        let key = |length| "k".repeat(length);
        let path_of_key = |length| path(&alloc::format!(r#"{{"{}": 1|}}"#, key(length)));
        assert_eq!(path_of_key(MAX_PATH), key(MAX_PATH));
        assert_eq!(path_of_key(MAX_PATH + 1), key(MAX_PATH + 1) + "…");
        // The length of a key includes its quotes.
        assert_eq!(path_of_key(MAX_KEY - 2), key(MAX_KEY - 2) + "…");
        assert_eq!(path_of_key(MAX_KEY - 1), "…");

        let deep = path_of_token_at(usize::MAX, "[".repeat(100_000).as_bytes());
        assert_eq!(deep, "[0]".repeat(MAX_PATH / 3 + 1) + "…");
    }
}
