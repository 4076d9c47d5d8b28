//! Text from the wire, made safe to print.

use core::fmt::{self, Write as _};

/// Displays a text with control characters, line separators and bidi overrides escaped as in Rust source.
///
/// A hostile message must neither write to a terminal nor forge a line of a log.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, hostile)) = rest.char_indices().find(|(_, c)| is_hostile(*c)) {
            let (clean, tail) = rest.split_at(at);
            f.write_str(clean)?;
            for escaped in hostile.escape_default() {
                f.write_char(escaped)?;
            }
            rest = tail.get(hostile.len_utf8()..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}

/// Whether a terminal or a log could take the character for more than text.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Line and paragraph separator.
            '\u{2028}' | '\u{2029}'
            // The byte order mark, which is not seen at all.
            | '\u{FEFF}'
            // The bidirectional marks, embeddings, overrides and isolates (Unicode Standard Annex 9, section 2).
            | '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Writes a code: escaped where it must be, else by `pad`, so that width and fill are honoured.
pub(crate) fn fmt_code(code: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if code.contains(is_hostile) { write!(f, "{}", Escaped(code)) } else { f.pad(code) }
}
