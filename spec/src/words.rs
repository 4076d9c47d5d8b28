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
