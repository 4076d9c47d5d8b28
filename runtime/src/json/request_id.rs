//! Recovery of the request id from a malformed body.

use alloc::boxed::Box;
use alloc::string::String;

use crate::json::tokens::{Frame, Tokens};

/// Finds the request id. The one in `Response` takes precedence.
///
/// Splits the body into tokens, so that invalid JSON elsewhere does not matter: `{"A": NaN, …}`.
pub(super) fn find(body: &[u8]) -> Option<Box<str>> {
    let (mut inner, mut outer) = (None, None);
    let mut tokens = Tokens::new(body);
    while let Some(token) = tokens.next_token() {
        let found = match tokens.frames() {
            [top] if is_value_of(top, "RequestId", body) => &mut outer,
            [top, response] if is_value_of(top, "Response", body) && is_value_of(response, "RequestId", body) => {
                &mut inner
            }
            _ => continue,
        };
        if found.is_none() {
            *found = text(body.get(token).unwrap_or_default());
        }
    }
    inner.or(outer)
}

/// Returns whether the frame is at the value of a key.
fn is_value_of(frame: &Frame, name: &str, body: &[u8]) -> bool {
    match frame {
        Frame::Object { key: Some(key), before_key: false } => {
            let key = body.get(key.clone()).unwrap_or_default();
            let unquoted = key.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\""));
            unquoted == Some(name.as_bytes())
                || key.contains(&b'\\') && serde_json::from_slice::<String>(key).is_ok_and(|key| key == name)
        }
        _ => false,
    }
}

/// Parses a string that is not empty.
fn text(token: &[u8]) -> Option<Box<str>> {
    let text: Option<String> = serde_json::from_slice(token).ok();
    text.filter(|text| !text.is_empty()).map(String::into_boxed_str)
}
