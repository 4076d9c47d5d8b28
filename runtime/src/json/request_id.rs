//! Recovery of the request id from a malformed body.

use alloc::boxed::Box;

use crate::json::tokens::{TokenKind, Tokens, is_key, parse_text};

/// Finds the first request id at a path: `["Response", "RequestId"]`.
///
/// Splits the body into tokens, so that invalid JSON elsewhere does not matter: `{"A": NaN, …}`.
pub(super) fn find(body: &[u8], path: &[&str]) -> Option<Box<str>> {
    // The number of open containers at the keys of the path, from the outermost.
    let mut matched = 0;
    for token in Tokens::new(body) {
        let text = body.get(token.range).unwrap_or_default();
        let depth = token.depth;
        matched = matched.min(depth);
        match token.kind {
            // A key is compared once, not for each token of its value.
            TokenKind::Key if matched + 1 >= depth => {
                let is_next = path.get(depth - 1).is_some_and(|name| is_key(text, name));
                matched = if is_next { depth } else { depth - 1 };
            }
            TokenKind::OpenArray if matched == depth && path.get(depth) == Some(&"[]") => matched += 1,
            TokenKind::Scalar if matched == depth && depth == path.len() && depth > 0 => {
                if let Some(id) = parse_text(text) {
                    return Some(id);
                }
            }
            _ => {}
        }
    }
    None
}
