//! The request id of a body, whatever else is wrong with it.

use alloc::boxed::Box;
use alloc::string::String;

use super::tokens::{Frame, Tokens};

/// Finds the request id, that of `Response` first.
///
/// By tokens alone: a value that is no JSON, or words around the JSON, stand in nobody's way.
pub(super) fn find(body: &[u8]) -> Option<Box<str>> {
    let (mut inside, mut beside) = (None, None);
    let mut tokens = Tokens::new(body);
    while let Some(token) = tokens.next_token() {
        let found = match tokens.frames() {
            [top] if is_value_of(top, "RequestId", body) => &mut beside,
            [top, response] if is_value_of(top, "Response", body) && is_value_of(response, "RequestId", body) => {
                &mut inside
            }
            _ => continue,
        };
        if found.is_none() {
            *found = text(body.get(token).unwrap_or_default());
        }
    }
    inside.or(beside)
}

/// Whether the walk stands at the value of this key.
fn is_value_of(frame: &Frame, name: &str, body: &[u8]) -> bool {
    match frame {
        Frame::Object { key: Some(key), before_key: false } => {
            let key = body.get(key.clone()).unwrap_or_default();
            let plain = key.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\""));
            plain == Some(name.as_bytes())
                || key.contains(&b'\\') && serde_json::from_slice::<String>(key).is_ok_and(|key| key == name)
        }
        _ => false,
    }
}

/// The text of a string that is not empty.
fn text(token: &[u8]) -> Option<Box<str>> {
    let text: Option<String> = serde_json::from_slice(token).ok();
    text.filter(|text| !text.is_empty()).map(String::into_boxed_str)
}
