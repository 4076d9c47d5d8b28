//! How texts of a table are written in pages. Templates apply this to each text.

use std::fmt::{self, Write};

use askama::filters::Escaper;
use errtable_spec::__private::{is_invisible, prose};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Text in elements and quoted attributes of HTML. Line breaks are kept, and other invisible
/// characters become visible.
#[derive(Clone, Copy, Debug)]
pub(super) struct HtmlEscaper;

impl Escaper for HtmlEscaper {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => dest.write_str("&amp;")?,
                '<' => dest.write_str("&lt;")?,
                '>' => dest.write_str("&gt;")?,
                '"' => dest.write_str("&quot;")?,
                '\'' => dest.write_str("&#39;")?,
                c if c != '\n' && is_invisible(c) => write!(dest, "{}", c.escape_default())?,
                c => dest.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Text of Markdown.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkdownEscaper;

impl Escaper for MarkdownEscaper {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        dest.write_str(&prose(text))
    }
}

/// Returns a fence that the lines of a code block do not contain.
pub(super) fn fence(lines: &str) -> String {
    let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

/// What is not encoded in a link to a code.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Returns the id of a code in a page, which is also the link to it: `%E7%AD%BE` for `签`.
///
/// A final dot is encoded, because mail and chat programs exclude it from a link.
pub(super) fn fragment(code: &str) -> String {
    let mut fragment = utf8_percent_encode(code, FRAGMENT).to_string();
    if fragment.ends_with('.') {
        fragment.pop();
        fragment.push_str("%2E");
    }
    fragment
}
