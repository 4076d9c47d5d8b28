//! From an offset of a JSON text to the path of what stands there: `Response.Rows[1].Id`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use core::ops::Range;

/// A container that is open where the walk stands.
pub(super) enum Frame {
    Object {
        /// The last key, as it stands in the text.
        key: Option<Range<usize>>,
        /// Whether a key comes next, not a value.
        before_key: bool,
    },
    Array {
        /// The position of the last element.
        index: Option<usize>,
    },
}

/// A walk over the tokens of a JSON text, without recursion, whatever the depth; a text that is not sound is walked all the same.
pub(super) struct Tokens<'a> {
    json: &'a [u8],
    frames: Vec<Frame>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(json: &'a [u8]) -> Self {
        Self { json, frames: Vec::new(), at: 0 }
    }

    /// The containers around the last token, the outermost first; one that the token opens is among them.
    pub(super) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The next token.
    pub(super) fn next_token(&mut self) -> Option<Range<usize>> {
        let token = token_after(self.json, self.at)?;
        step(&mut self.frames, self.json, token.clone());
        self.at = token.end;
        Some(token)
    }
}

/// The path of the first token that ends at `end` or after it: of a value, a key, or the container that it opens or closes.
pub(super) fn path_of_token_at(end: usize, json: &[u8]) -> String {
    let mut tokens = Tokens::new(json);
    while let Some(token) = tokens.next_token() {
        if token.end >= end {
            break;
        }
    }
    render(tokens.frames(), json)
}

/// The next token after white space.
fn token_after(json: &[u8], from: usize) -> Option<Range<usize>> {
    let rest = json.get(from..)?;
    let start = from + rest.iter().position(|byte| !is_space(*byte))?;
    let token = json.get(start..)?;
    let length = match token {
        [b'"', text @ ..] => 1 + string_length(text),
        [b'{' | b'}' | b'[' | b']' | b',' | b':', ..] => 1,
        _ => token.iter().position(|byte| is_space(*byte) || is_mark(*byte)).unwrap_or(token.len()),
    };
    Some(start..start + length)
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

/// How long a path may become: a body of brackets alone has one as long as itself.
const LONGEST: usize = 1024;

fn render(frames: &[Frame], json: &[u8]) -> String {
    let mut path = String::new();
    for frame in frames {
        match frame {
            Frame::Object { key: Some(key), .. } => push_key(&mut path, json.get(key.clone()).unwrap_or_default()),
            // Writing to a `String` cannot fail.
            Frame::Array { index: Some(index) } => drop(write!(path, "[{index}]")),
            _ => {}
        }
        if path.len() > LONGEST {
            path.push('…');
            break;
        }
    }
    path
}

/// Appends a key from its JSON: `.Id`, or `["a.b"]` where it could be mistaken; nothing where it is no key.
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
