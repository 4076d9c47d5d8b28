//! The wording of suggestions.

use crate::is_invisible;
use crate::nearest::nearest;

/// "did you mean `throttled`?" where a word is near, else `list` and all the words.
#[must_use]
pub fn did_you_mean(wrong: &str, words: &[&str], list: &str) -> String {
    match meant(wrong, words) {
        Some(word) => format!("did you mean `{}`?", shown(word)),
        None => format!("{list} {}", quoted_list(words)),
    }
}

/// The word that a wrong one was probably meant to be.
pub(crate) fn meant<'w>(wrong: &str, words: &[&'w str]) -> Option<&'w str> {
    nearest(wrong, words.iter().copied()).and_then(|position| words.get(position)).copied()
}

/// How many words a list names.
const LISTED: usize = 20;

/// "`a`, `b` and `c`".
pub(crate) fn quoted_list(words: &[&str]) -> String {
    let mut quoted: Vec<_> = words.iter().take(LISTED).map(|word| format!("`{}`", shown(word))).collect();
    if words.len() > LISTED {
        quoted.push(format!("{} others", words.len() - LISTED));
    }
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// How many characters of a text from a table a message repeats.
const SHOWN: usize = 60;

/// A text from a table as a message repeats it: on one line, and not for ever.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars().take(SHOWN) {
        if is_invisible(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_as_many_words_as_fit_and_counts_the_others() {
        let words: Vec<_> = (1..=22).map(|word| word.to_string()).collect();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        assert_eq!(quoted_list(&words[..1]), "`1`");
        assert_eq!(quoted_list(&words[..3]), "`1`, `2` and `3`");
        assert!(quoted_list(&words[..LISTED]).ends_with("`19` and `20`"));
        assert!(quoted_list(&words).ends_with("`20` and 2 others"));
        assert_eq!(quoted_list(&[]), "");
    }
}
