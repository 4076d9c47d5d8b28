//! The wording of suggestions.

use crate::invisible::visible;
use crate::nearest::nearest;

/// Returns "did you mean `x`?" if a candidate is near, else "expected" and the candidates.
///
/// ```
/// use errtable_spec::__private::did_you_mean;
///
/// assert_eq!(did_you_mean("sever", &["client", "server"]), "did you mean `server`?");
/// assert_eq!(did_you_mean("x", &["client", "server"]), "expected `client` or `server`");
/// ```
#[must_use]
pub fn did_you_mean(wrong: &str, candidates: &[&str]) -> String {
    suggestion(nearest_to(wrong, candidates), candidates)
}

/// Returns "did you mean `x`?" for a near candidate, else "expected" and the candidates.
pub(crate) fn suggestion(near: Option<&str>, candidates: &[&str]) -> String {
    match near {
        Some(candidate) => format!("did you mean `{}`?", excerpt(candidate)),
        None => format!("expected {}", one_of_list(candidates)),
    }
}

/// Returns "`a` or `b`", or "one of `a`, `b` or `c`".
pub(crate) fn one_of_list(values: &[&str]) -> String {
    let one_of = if values.len() > 2 { "one of " } else { "" };
    format!("{one_of}{}", quoted_list(values, "or"))
}

/// Returns the candidate that a wrong text was probably intended to be.
pub(crate) fn nearest_to<'c>(wrong: &str, candidates: &[&'c str]) -> Option<&'c str> {
    nearest(wrong, candidates.iter().copied()).and_then(|position| candidates.get(position)).copied()
}

/// The maximum number of items in a list.
const MAX_ITEMS: usize = 20;

/// Returns "`a`, `b` and `c`", with another conjunction if given.
pub(crate) fn quoted_list(items: &[&str], conjunction: &str) -> String {
    short_list(items, conjunction, MAX_ITEMS)
}

/// Returns a list of at most `max` items, then the number of the others.
///
/// ```
/// use errtable_spec::__private::short_list;
///
/// assert_eq!(short_list(&["a", "b", "c"], "and", 2), "`a`, `b` and 1 other");
/// ```
#[must_use]
pub fn short_list(items: &[&str], conjunction: &str, max: usize) -> String {
    let mut quoted: Vec<_> = items.iter().take(max).map(|item| format!("`{}`", excerpt(item))).collect();
    match items.len().saturating_sub(max) {
        0 => {}
        1 => quoted.push("1 other".to_owned()),
        count => quoted.push(format!("{count} others")),
    }
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The maximum number of characters that a message repeats of a text.
const MAX_CHARS: usize = 60;

/// Returns a text for a message: escaped, on one line, and shortened.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => visible(text.get(..end).unwrap_or_default()) + "…",
        None => visible(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_list_ends_with_a_count() {
        let items: Vec<_> = (1..=22).map(|item| item.to_string()).collect();
        let items: Vec<_> = items.iter().map(String::as_str).collect();
        assert_eq!(quoted_list(&items[..1], "and"), "`1`");
        assert_eq!(quoted_list(&items[..3], "or"), "`1`, `2` or `3`");
        assert!(quoted_list(&items[..MAX_ITEMS], "and").ends_with("`19` and `20`"));
        assert!(quoted_list(&items, "and").ends_with("`20` and 2 others"));
        assert_eq!(quoted_list(&[], "and"), "");
    }
}
