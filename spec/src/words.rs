//! The wording of suggestions.

use crate::nearest::nearest;

/// "did you mean `throttled`?" where a word is near, else `list` and all the words.
#[must_use]
pub fn did_you_mean(wrong: &str, words: &[&str], list: &str) -> String {
    match nearest(wrong, words.iter().copied()).and_then(|position| words.get(position)) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("{list} {}", quoted_list(words)),
    }
}

/// "`a`, `b` and `c`".
pub(crate) fn quoted_list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
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
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
