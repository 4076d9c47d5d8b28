//! The tokens of a text that need not be valid JSON.

use alloc::vec::Vec;
use core::ops::Range;

/// A token and its place in the tree.
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
    /// The number of containers around the token.
    pub(super) depth: usize,
}

/// The role of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Key,
    /// A string, a number, `true`, `false` or `null`.
    Scalar,
    OpenObject,
    OpenArray,
    Close,
    /// A comma or a colon.
    Separator,
}

/// An iterator over tokens. Does not recurse, and keeps one byte for each open container.
pub(super) struct Tokens<'a> {
    json: &'a [u8],
    at: usize,
    /// Whether each open container is an object.
    open: Vec<bool>,
    /// Whether a key is next, if the innermost container is an object.
    is_before_key: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(json: &'a [u8]) -> Self {
        Self { json, at: 0, open: Vec::new(), is_before_key: false }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let range = token_after(self.json, self.at)?;
        self.at = range.end;
        let depth = self.open.len();
        let (kind, depth) = match self.json.get(range.start)? {
            b'}' | b']' => {
                self.open.pop();
                self.is_before_key = false;
                (TokenKind::Close, self.open.len())
            }
            separator @ (b',' | b':') => {
                self.is_before_key = *separator == b',';
                (TokenKind::Separator, depth)
            }
            bracket @ (b'{' | b'[') => {
                let is_object = *bracket == b'{';
                self.open.push(is_object);
                self.is_before_key = true;
                (if is_object { TokenKind::OpenObject } else { TokenKind::OpenArray }, depth)
            }
            _ if self.is_before_key && self.open.last() == Some(&true) => (TokenKind::Key, depth),
            _ => (TokenKind::Scalar, depth),
        };
        Some(Token { kind, range, depth })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the kind, text and depth of each token.
    fn tokens(json: &str) -> Vec<(char, &str, usize)> {
        let letter = |kind| match kind {
            TokenKind::Key => 'k',
            TokenKind::Scalar => 's',
            TokenKind::OpenObject | TokenKind::OpenArray => 'o',
            TokenKind::Close => 'c',
            TokenKind::Separator => ',',
        };
        Tokens::new(json.as_bytes()).map(|token| (letter(token.kind), &json[token.range], token.depth)).collect()
    }

    #[test]
    fn tokens_have_kinds_and_depths() {
        let expected = [
            ('o', "{", 0),
            ('k', r#""a""#, 1),
            (',', ":", 1),
            ('o', "[", 1),
            ('s', "-1.5e3", 2),
            (',', ",", 2),
            ('s', r#""b""#, 2),
            (',', ",", 2),
            ('o', "{", 2),
            ('c', "}", 2),
            ('c', "]", 1),
            (',', ",", 1),
            ('k', r#""c""#, 1),
            (',', ":", 1),
            ('s', "null", 1),
            ('c', "}", 0),
        ];
        assert_eq!(tokens("{\"a\"\t:[ -1.5e3,\"b\" ,{ }],\r\n\"c\": null} "), expected);
    }

    #[test]
    fn open_brackets_have_kinds() {
        let kinds: Vec<_> = Tokens::new(b"[{").map(|token| token.kind).collect();
        assert!(kinds == [TokenKind::OpenArray, TokenKind::OpenObject]);
    }

    #[test]
    fn string_ends_at_the_first_quote_that_is_not_escaped() {
        for (json, length) in [
            (r#""""#, 2),
            (r#""a{,:" "#, 6),
            (r#""\"" 1"#, 4),
            (r#""\\" 1"#, 4),
            (r#""\\\"" 1"#, 6),
            (r#""a" "b""#, 3),
            ("\"é\n\" 1", 5),
            // Truncated.
            (r#"""#, 1),
            (r#""a 1"#, 4),
            (r#""a\"#, 3),
            (r#""a\""#, 4),
        ] {
            assert_eq!(tokens(json)[0], ('s', &json[..length], 0), "{json}");
        }
    }

    #[test]
    fn invalid_json_has_tokens() {
        assert_eq!(tokens(""), []);
        assert_eq!(tokens(" \r\n\t"), []);
        assert_eq!(tokens("<p class=\"a\">"), [('s', "<p", 0), ('s', "class=", 0), ('s', "\"a\"", 0), ('s', ">", 0)]);
        // Only four characters are white space.
        assert_eq!(tokens("a\u{b}b\u{a0}c"), [('s', "a\u{b}b\u{a0}c", 0)]);
        assert_eq!(tokens("NaN}"), [('s', "NaN", 0), ('c', "}", 0)]);
        assert_eq!(tokens("]}1"), [('c', "]", 0), ('c', "}", 0), ('s', "1", 0)]);
        // The value of a key is not a key, even after a bracket of the wrong kind.
        assert_eq!(tokens(r#"{"a":"b""#)[3], ('s', r#""b""#, 1));
        assert_eq!(tokens(r#"{"a":{]"b""#)[5], ('s', r#""b""#, 1));
    }
}
