//! The tokens of a body, and the path of a token: `Response.Rows[1].Id`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use core::ops::Range;

/// An open container.
pub(super) enum Frame {
    Object {
        /// The last key, still escaped.
        key: Option<Range<usize>>,
        /// Whether a key is next, not a value.
        before_key: bool,
    },
    Array {
        /// The index of the last element.
        index: Option<usize>,
    },
}

/// The tokens of a text that need not be valid JSON. Does not recurse.
pub(super) struct Tokens<'a> {
    json: &'a [u8],
    frames: Vec<Frame>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(json: &'a [u8]) -> Self {
        Self { json, frames: Vec::new(), at: 0 }
    }

    /// Returns the open containers after the last token, the outermost first.
    pub(super) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Returns the range of the next token.
    pub(super) fn next_token(&mut self) -> Option<Range<usize>> {
        let token = token_after(self.json, self.at)?;
        step(&mut self.frames, self.json, token.clone());
        self.at = token.end;
        Some(token)
    }
}

/// Returns the path of the first token that ends at `end` or later.
///
/// The path of a bracket is that of its container.
pub(super) fn path_of_token_at(end: usize, json: &[u8]) -> String {
    let mut tokens = Tokens::new(json);
    while let Some(token) = tokens.next_token() {
        if token.end >= end {
            break;
        }
    }
    render(tokens.frames(), json)
}

/// Returns the next token, without the white space before it.
fn token_after(json: &[u8], from: usize) -> Option<Range<usize>> {
    let rest = json.get(from..)?;
    let start = from + rest.iter().position(|byte| !is_space(*byte))?;
    let token = json.get(start..)?;
    let length = match token {
        [b'"', text @ ..] => 1 + string_length(text),
        [b'{' | b'}' | b'[' | b']' | b',' | b':', ..] => 1,
        _ => token.iter().position(|byte| is_space(*byte) || is_punctuation(*byte)).unwrap_or(token.len()),
    };
    Some(start..start + length)
}

/// Returns the length of a string, without the opening quote but with the closing one.
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

fn is_punctuation(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"')
}

/// Updates the open containers for a token.
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

/// The length at which a path is cut off. A body of `[[[…` has a path longer than itself.
const MAX_PATH: usize = 1024;

/// Renders the path of the open containers.
fn render(frames: &[Frame], json: &[u8]) -> String {
    let mut path = String::new();
    for frame in frames {
        match frame {
            Frame::Object { key: Some(key), .. } => push_key(&mut path, json.get(key.clone()).unwrap_or_default()),
            // Writing to a `String` cannot fail.
            Frame::Array { index: Some(index) } => drop(write!(path, "[{index}]")),
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
