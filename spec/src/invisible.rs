//! Characters that a reader does not see, or that change how the text around them is shown.

/// Returns whether a terminal, a log or a page could interpret the character instead of showing it.
///
/// These are control characters, line and paragraph separators, the byte order mark, zero-width
/// characters, and bidirectional marks, embeddings, overrides and isolates (Unicode Standard Annex
/// 9, section 2).
///
/// ```
/// use errtable_spec::__private::is_invisible;
///
/// assert!(is_invisible('\u{202e}') && !is_invisible('a'));
/// ```
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Returns a text as a JSON string. Invisible characters are escaped: `"\u202e"`.
#[cfg(feature = "table")]
pub(crate) fn json_string(text: &str) -> String {
    escape_invisible(&serde_json::Value::from(text).to_string())
}

/// Escapes the invisible characters of a JSON or TypeScript text: `"\u202e"`. Apart from line
/// breaks of the layout, all of them are in strings and comments.
///
/// ```
/// assert_eq!(errtable_spec::__private::escape_invisible("[\n\"\u{202e}\"]"), "[\n\"\\u202e\"]");
/// ```
#[cfg(feature = "table")]
#[must_use]
pub fn escape_invisible(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_invisible(c) {
            // All invisible characters are at most U+FEFF, so that one escape is enough.
            escaped.extend(format!("\\u{:04x}", u32::from(c)).chars());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Escapes invisible characters: `\u{202e}` for a right-to-left override.
#[cfg(feature = "table")]
#[must_use]
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) { visible.extend(c.escape_default()) } else { visible.push(c) }
    }
    visible
}
