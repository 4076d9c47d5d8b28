//! Characters that a reader does not see, or that turn the text around them.

/// Whether a terminal, a log or a page could take the character for more than text.
///
/// Control characters, the line and paragraph separators, the byte order mark and the zero-width characters, and the
/// bidirectional marks, embeddings, overrides and isolates (Unicode Standard Annex 9, section 2).
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
