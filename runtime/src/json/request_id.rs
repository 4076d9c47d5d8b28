//! Recovery of the request id from a malformed body.

use alloc::boxed::Box;
use alloc::string::String;

use crate::json::tokens::{Frame, Tokens};

/// Finds the first request id at a path: `["Response", "RequestId"]`.
///
/// Splits the body into tokens, so that invalid JSON elsewhere does not matter: `{"A": NaN, …}`.
pub(super) fn find(body: &[u8], path: &[&str]) -> Option<Box<str>> {
    let mut tokens = Tokens::new(body);
    while let Some(token) = tokens.next_token() {
        let frames = tokens.frames();
        let is_at_path = !path.is_empty()
            && frames.len() == path.len()
            && frames.iter().zip(path).all(|(frame, name)| is_value_of(frame, name, body));
        if let Some(id) = is_at_path.then(|| text(body.get(token).unwrap_or_default())).flatten() {
            return Some(id);
        }
    }
    None
}

/// Returns whether the frame is at the value of a key, or at an element if the name is `[]`.
fn is_value_of(frame: &Frame, name: &str, body: &[u8]) -> bool {
    match frame {
        Frame::Object { key: Some(key), before_key: false } => {
            let key = body.get(key.clone()).unwrap_or_default();
            let unquoted = key.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\""));
            unquoted == Some(name.as_bytes())
                || key.contains(&b'\\') && serde_json::from_slice::<String>(key).is_ok_and(|key| key == name)
        }
        Frame::Object { .. } => false,
        Frame::Array { .. } => name == "[]",
    }
}

/// Parses a string that is not empty.
fn text(token: &[u8]) -> Option<Box<str>> {
    let text: Option<String> = serde_json::from_slice(token).ok();
    text.filter(|text| !text.is_empty()).map(String::into_boxed_str)
}
