//! Texts in Markdown: the documentation of an enum, and the pages of the command.

use std::fmt::Write as _;

use crate::invisible::{is_invisible, visible};
use crate::table::ascii::is_alphanumeric_or;

/// Escapes a text for Markdown, on one line. Invisible characters become visible.
///
/// ```
/// use errtable_spec::__private::prose;
///
/// assert_eq!(prose("not *bold*\n1. no list"), r"not \*bold\* 1. no list");
/// ```
#[must_use]
pub fn prose(text: &str) -> String {
    // Most texts have nothing to escape, and this check is faster than `escaped`.
    let starts_and_ends_plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.ends_with(' ');
    let has_run = ["  ", "--", ".."].into_iter().any(|run| text.contains(run));
    if starts_and_ends_plain && is_alphanumeric_or(text, b" .,-()/;'\"%!?") && !has_run {
        return text.to_owned();
    }
    escaped(text)
}

/// Escapes each character of a text if necessary.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut escaped = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        if is_invisible(c) {
            let _ = write!(escaped, "\\{}", c.escape_unicode());
            continue;
        }
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '$' | '|' => true,
            // rustdoc replaces `--` by a dash and `...` by an ellipsis.
            '-' | '.' if line.get(..at).is_some_and(|before| before.ends_with(c)) => true,
            '#' | '+' | '-' | '=' => at == 0,
            // `1.` starts a list.
            '.' | ')' => at == number && at > 0 && line.as_bytes().get(at + 1).is_none_or(|next| *next == b' '),
            // rustdoc warns about a bare URL.
            ':' => line.get(at..).is_some_and(|rest| rest.starts_with("://")),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns a text as a Markdown code span. Invisible characters become visible.
///
/// ```
/// assert_eq!(errtable_spec::__private::code_span("a`b"), "`` a`b ``");
/// ```
#[must_use]
pub fn code_span(text: &str) -> String {
    if is_alphanumeric_or(text, b".-_:") {
        return format!("`{text}`");
    }
    fenced(text)
}

/// Returns a code span with enough backticks for the text: ``` ``a`b`` ```.
fn fenced(text: &str) -> String {
    let code = visible(text);
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // Markdown removes a space at both ends, unless the span contains only spaces.
    let trimmed = code.trim_matches(' ');
    let pad = if code.contains('`') || (!trimmed.is_empty() && trimmed != code) { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{code_span, escaped, fenced, prose};

    #[test]
    fn spaces_are_kept_in_code_spans() {
        for (text, span) in [(" ", "` `"), ("  ", "`  `"), (" a", "`  a `"), ("a ", "` a  `"), ("`", "`` ` ``")] {
            assert_eq!(code_span(text), span);
        }
    }

    #[test]
    fn runs_of_dashes_and_dots_are_escaped() {
        for (text, expected) in [("a--b", r"a-\-b"), ("wait...", r"wait.\.\."), ("a-b. c", "a-b. c")] {
            assert_eq!(prose(text), expected);
        }
    }

    proptest! {
        #[test]
        fn fast_paths_agree_with_full_escaping(text in "([A-Za-z0-9]| |[.,()/;'\"%!?:#*_`-]){0,12}") {
            prop_assert_eq!(prose(&text), escaped(&text));
            prop_assert_eq!(code_span(&text), fenced(&text));
        }
    }
}
