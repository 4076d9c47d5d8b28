//! Escaping of text from the wire.

use core::fmt::{self, Write as _};

use errtable_spec::__private::is_invisible;

/// A text whose `Display` escapes invisible characters as in Rust source: see [`is_invisible`].
///
/// A hostile message must not control a terminal or forge a log line.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, invisible)) = rest.char_indices().find(|(_, c)| is_invisible(*c)) {
            let (clean, tail) = rest.split_at(at);
            f.write_str(clean)?;
            for escaped in invisible.escape_default() {
                f.write_char(escaped)?;
            }
            rest = tail.get(invisible.len_utf8()..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}

/// Writes a code, escaped if it contains invisible characters. A code without them honours width.
pub(crate) fn fmt_code(code: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if code.contains(is_invisible) { write!(f, "{}", Escaped(code)) } else { f.pad(code) }
}
