//! The Markdown of `evidence`: code, emphasis and links. All else is text.

use errtable_spec::__private::{code_span, is_alphanumeric_or, is_invisible, prose};

/// A part of a text. Parts are not nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    Text(&'t str),
    /// `` `code` ``
    Code(&'t str),
    /// `*emphasis*`
    Emphasis(&'t str),
    /// `**strong**`
    Strong(&'t str),
    /// `[text](https://example.com)`
    Link(&'t str, &'t str),
}

/// Splits a text into its parts.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest, mut previous) = (Vec::new(), text, None);
    while let Some((before, marked)) = rest.find(['`', '*', '[']).and_then(|at| rest.split_at_checked(at)) {
        let (part, after) = read(marked, before.chars().next_back().or(previous)).unwrap_or_else(|| skip(marked));
        parts.extend([Part::Text(before), part]);
        previous = marked.strip_suffix(after).and_then(|read| read.chars().next_back());
        rest = after;
    }
    parts.push(Part::Text(rest));
    parts.retain(|part| *part != Part::Text(""));
    parts
}

/// Reads the part that a text starts with, and returns the rest of the text.
///
/// A part must be one in GitHub's Markdown, too: `2*3*4` and `\*text*` are not emphasis, and
/// `![text](https://example.com)` would load an image.
fn read(text: &str, previous: Option<char>) -> Option<(Part<'_>, &str)> {
    let is_word = |c: char| c.is_alphanumeric();
    if previous.is_some_and(|c| is_word(c) || c == '\\' || c == '!') && !text.starts_with('`') {
        return None;
    }
    let (part, after) = if let Some(rest) = text.strip_prefix("**") {
        let (strong, after) = rest.split_once("**")?;
        (is_label(strong).then_some(Part::Strong(strong))?, after)
    } else if let Some(rest) = text.strip_prefix('*') {
        let (emphasis, after) = rest.split_once('*')?;
        (is_label(emphasis).then_some(Part::Emphasis(emphasis))?, after)
    } else if let Some(rest) = text.strip_prefix('`') {
        let (code, after) = rest.split_once('`')?;
        let is_code = !code.trim().is_empty() && !code.contains(is_invisible) && previous != Some('\\');
        (is_code.then_some(Part::Code(code))?, after)
    } else {
        let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
        let (url, after) = rest.split_once(')')?;
        return (is_label(label) && is_url(url)).then_some((Part::Link(label, url), after));
    };
    let is_end = |c: char| !text.starts_with(c) && (text.starts_with('`') || !is_word(c));
    after.chars().next().is_none_or(is_end).then_some((part, after))
}

/// Returns the marks at the start of a text as text, and the rest.
fn skip(text: &str) -> (Part<'_>, &str) {
    let after = text.trim_start_matches(|c| text.starts_with(c));
    (Part::Text(text.strip_suffix(after).unwrap_or(text)), after)
}

/// Returns whether a text is without marks, and is a word at its start and its end.
fn is_label(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_plain = !text.contains(|c| is_invisible(c) || "`*[]".contains(c));
    is_plain && is_word(text.chars().next()) && is_word(text.chars().next_back())
}

/// Returns whether a link is one to a page, and needs no escapes in Markdown.
fn is_url(text: &str) -> bool {
    let address = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    address.is_some_and(|address| !address.is_empty() && is_alphanumeric_or(address, b"-._~:/?#@!&+,;=%"))
}

/// Writes a text with its code, emphasis and links as Markdown, on one line.
pub(super) fn markdown(text: &str) -> String {
    let parts = parts(text);
    let parts = parts.iter().map(|part| match *part {
        Part::Text(text) => spaced(text),
        Part::Code(code) => code_span(code),
        Part::Emphasis(text) => format!("*{}*", prose(text)),
        Part::Strong(text) => format!("**{}**", prose(text)),
        Part::Link(text, url) => format!("[{}]({})", prose(text), url.replace('&', "&amp;")),
    });
    parts.collect()
}

/// Escapes a text, with a space where the text starts or ends with one.
fn spaced(text: &str) -> String {
    let space = |is_space: bool| if is_space { " " } else { "" };
    let escaped = prose(text);
    let (start, end) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}{escaped}{}", space(start), space(end && !escaped.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{Part, markdown, parts};

    #[test]
    fn marks_are_parts() {
        let text = "A `code`, *some* **more**: [RFC 9110](https://example.com/?a&b).";
        let expected = [
            Part::Text("A "),
            Part::Code("code"),
            Part::Text(", "),
            Part::Emphasis("some"),
            Part::Text(" "),
            Part::Strong("more"),
            Part::Text(": "),
            Part::Link("RFC 9110", "https://example.com/?a&b"),
            Part::Text("."),
        ];
        assert_eq!(parts(text), expected);
        assert_eq!(markdown(text), text.replace('&', "&amp;"));
    }

    #[test]
    fn other_marks_are_text() {
        for text in [
            "",
            "2*3*4",
            "* a*",
            "***a***",
            "**a*",
            "*a[b*",
            "*a\u{202e}b*",
            "[a]b](https://b.c)",
            "``a``",
            "`a``",
            "` `",
            "\\`a`",
            "\\*a*",
            "![a](https://b.c)",
            "[a](javascript:alert)",
            "[a](https://b\"c)",
            "[a](/b)",
            "[a][b]",
            "[^1](https://b.c)",
            "a_b_c",
        ] {
            assert!(parts(text).iter().all(|part| matches!(part, Part::Text(_))), "{text}: {:?}", parts(text));
        }
    }
}
