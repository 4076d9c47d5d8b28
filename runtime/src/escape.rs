//! Text from the wire, made safe to print.

use core::fmt::{self, Write as _};

use errtable_spec::is_invisible;

/// Displays a text with control characters, line separators and bidi overrides escaped as in Rust source: see [`is_invisible`].
///
/// A hostile message must neither write to a terminal nor forge a line of a log.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_invisible(*c)) {
            let (clean, tail) = rest.split_at(at);
            f.write_str(clean)?;
            for escaped in hidden.escape_default() {
                f.write_char(escaped)?;
            }
            rest = tail.get(hidden.len_utf8()..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}

/// Writes a code: escaped where it must be, else by `pad`, so that width and fill are honoured.
pub(crate) fn fmt_code(code: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if code.contains(is_invisible) { write!(f, "{}", Escaped(code)) } else { f.pad(code) }
}
