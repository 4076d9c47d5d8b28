//! From an offset of a JSON text to the path of what stands there: `Response.Rows[1].Id`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use core::ops::Range;

/// A container that is open at the offset.
enum Frame {
    Object { key: Option<Range<usize>>, before_key: bool },
    Array { index: Option<usize> },
}

/// The path of the first token that ends at `end` or after it: of a value, a key, or the container that it opens or closes.
///
/// Walks without recursion, whatever the depth, and takes a text that is not sound as far as it goes.
pub(super) fn path_of_token_reaching(end: usize, json: &[u8]) -> String {
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some((token, token_end)) = next_token(json, at) {
        step(&mut frames, json, token.clone());
        if token_end >= end {
            break;
        }
        at = token_end;
    }
    render(&frames, json)
}

/// The next token after white space, as a range, and its end.
fn next_token(json: &[u8], from: usize) -> Option<(Range<usize>, usize)> {
    let rest = json.get(from..)?;
    let start = from + rest.iter().position(|byte| !is_space(*byte))?;
    let token = json.get(start..)?;
    let length = match token {
        [b'"', text @ ..] => 1 + string_length(text),
        [b'{' | b'}' | b'[' | b']' | b',' | b':', ..] => 1,
        _ => token.iter().position(|byte| is_space(*byte) || is_mark(*byte)).unwrap_or(token.len()),
    };
    Some((start..start + length, start + length))
}

/// The length of a string from behind its opening quote, with the closing one.
fn string_length(text: &[u8]) -> usize {
    let mut escaped = false;
    let is_end = |byte: &u8| {
        let is_end = !escaped && *byte == b'"';
        escaped = !escaped && *byte == b'\\';
        is_end
    };
    text.iter().position(is_end).map_or(text.len(), |quote| quote + 1)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"')
}

/// Takes one token into account.
fn step(frames: &mut Vec<Frame>, json: &[u8], token: Range<usize>) {
    let first = json.get(token.start).copied().unwrap_or_default();
    match (first, frames.last_mut()) {
        (b'}' | b']', _) => {
            frames.pop();
            return;
        }
        (b',', Some(Frame::Object { before_key, .. })) => *before_key = true,
        (b':', Some(Frame::Object { before_key, .. })) => *before_key = false,
        (b',' | b':', _) => {}
        (_, Some(Frame::Object { key, before_key: true })) => *key = Some(token),
        (_, Some(Frame::Array { index })) => *index = Some(index.map_or(0, |index| index + 1)),
        _ => {}
    }
    match first {
        b'{' => frames.push(Frame::Object { key: None, before_key: true }),
        b'[' => frames.push(Frame::Array { index: None }),
        _ => {}
    }
}

fn render(frames: &[Frame], json: &[u8]) -> String {
    let mut path = String::new();
    for frame in frames {
        match frame {
            Frame::Object { key: Some(key), .. } => push_key(&mut path, json.get(key.clone()).unwrap_or_default()),
            // Writing to a `String` cannot fail.
            Frame::Array { index: Some(index) } => drop(write!(path, "[{index}]")),
            _ => {}
        }
    }
    path
}

/// Appends a key from its JSON: `.Id`, or `["a.b"]` where it could be mistaken.
fn push_key(path: &mut String, json: &[u8]) {
    let key: Option<String> = serde_json::from_slice(json).ok();
    match key {
        Some(key) if is_plain(&key) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&key);
        }
        key => {
            let quoted = key.and_then(|key| serde_json::to_string(&key).ok());
            path.push('[');
            path.push_str(&quoted.unwrap_or_else(|| String::from_utf8_lossy(json).into_owned()));
            path.push(']');
        }
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
