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

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    struct Code(&'static str);

    impl fmt::Display for Code {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            fmt_code(self.0, f)
        }
    }

    #[test]
    fn invisible_characters_are_escaped() {
        for (text, expected) in [
            ("", ""),
            ("a é \" ' \\ 😀", "a é \" ' \\ 😀"),
            ("\n", r"\n"),
            ("a\r\nb\t", r"a\r\nb\t"),
            ("\u{1b}[31m\0", r"\u{1b}[31m\u{0}"),
            ("é\u{202e}é\u{feff}", r"é\u{202e}é\u{feff}"),
            ("\u{2028}\u{85}", r"\u{2028}\u{85}"),
        ] {
            assert_eq!(format!("{}", Escaped(text)), expected);
        }
    }

    #[test]
    fn code_honours_width_unless_it_is_escaped() {
        assert_eq!(format!("{:>4}|{:<4}|{:.1}", Code("ab"), Code("ab"), Code("ab")), "  ab|ab  |a");
        assert_eq!(format!("{:>9}", Code("a\n")), r"a\n");
    }
}
