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
