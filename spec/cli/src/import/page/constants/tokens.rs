//! Tokens that source code of most languages shares.

/// A token. White space other than a line break separates tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Name(&'a str),
    /// The text of a string, unescaped.
    Text(String),
    /// The text of a comment, which may have several lines.
    Comment(&'a str),
    Symbol(char),
    LineBreak,
}

/// The maximum length of a string in bytes, which bounds the search for its end. A longer one is
/// not a code.
const MAX_TEXT: usize = 512;

/// Returns the tokens of a text, each with its line.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (Token<'_>, usize)> {
    let mut rest = text;
    let mut line = 1;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c != '\n' && c.is_whitespace());
        let (token, length) = next(rest)?;
        let (read, after) = rest.split_at_checked(length)?;
        let start = line;
        line += read.bytes().filter(|byte| *byte == b'\n').count();
        rest = after;
        Some((token, start))
    })
}

/// Returns the next token and its length.
fn next(text: &str) -> Option<(Token<'_>, usize)> {
    let first = text.chars().next()?;
    let token = match first {
        '\n' => (Token::LineBreak, 1),
        '"' | '\'' | '`' => string(text, first).unwrap_or((Token::Symbol(first), 1)),
        // An attribute of Rust: `#[deprecated]`
        '#' if text.starts_with("#[") => (Token::Symbol('#'), 1),
        // A comment that Sphinx shows: `#: Text.`
        '#' if text.starts_with("#:") => line_comment(text, 2),
        '#' => line_comment(text, 1),
        '/' if text.starts_with("//") => line_comment(text, 2),
        '/' if text.starts_with("/*") => block_comment(text),
        c if is_name(c) => {
            let length = text.find(|c| !is_name(c)).unwrap_or(text.len());
            (Token::Name(text.get(..length).unwrap_or_default()), length)
        }
        c => (Token::Symbol(c), c.len_utf8()),
    };
    Some(token)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn line_comment(text: &str, mark: usize) -> (Token<'_>, usize) {
    let length = text.find('\n').unwrap_or(text.len());
    (Token::Comment(text.get(mark..length).unwrap_or_default()), length)
}

fn block_comment(text: &str) -> (Token<'_>, usize) {
    let inner = text.get(2..).unwrap_or_default();
    match inner.find("*/") {
        Some(length) => (Token::Comment(inner.get(..length).unwrap_or_default()), length + 4),
        None => (Token::Comment(inner), text.len()),
    }
}

/// Reads a string. Only those in backticks may contain a line break.
fn string(text: &str, quote: char) -> Option<(Token<'_>, usize)> {
    let mut content = String::new();
    let mut characters = text.char_indices().skip(1).take_while(|(at, _)| *at < MAX_TEXT);
    while let Some((at, c)) = characters.next() {
        match c {
            '\n' if quote != '`' => return None,
            '\\' => content.push(match characters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                other => other,
            }),
            c if c == quote => return Some((Token::Text(content), at + 1)),
            c => content.push(c),
        }
    }
    None
}
