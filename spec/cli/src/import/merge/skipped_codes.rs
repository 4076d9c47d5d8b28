//! Finds codes of a table in the cells that are skipped, such as `rate_limited` in `rate limited`.

use std::collections::{HashMap, HashSet};

use crate::import::listing::Skipped;
use crate::import::origin::Origin;

/// The maximum number of words of a code. The bound keeps the time linear in the cells.
const MAX_WORDS: usize = 32;

/// Returns the letters and digits of a text, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns where one of these folded codes is first in a cell, as whole words, by code.
pub(super) fn find<'s>(
    skipped: impl Iterator<Item = &'s Skipped>,
    codes: &HashSet<String>,
) -> HashMap<String, &'s Origin> {
    let longest = codes.iter().map(String::len).max().unwrap_or_default();
    let mut found = HashMap::new();
    for cell in skipped {
        let words = words(&cell.text);
        for start in 0..words.len() {
            let mut text = String::new();
            for word in words.iter().skip(start).take(MAX_WORDS) {
                text.push_str(word);
                if text.len() > longest {
                    break;
                }
                if codes.contains(&text) {
                    found.entry(text.clone()).or_insert(&cell.message.origin);
                }
            }
        }
    }
    found
}

/// Returns the folded words of a text: `rate`, `limited`, `2` for `Rate-Limited2`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        if c.is_alphanumeric() {
            let continues = before.is_some_and(|before| {
                before.is_alphabetic() == c.is_alphabetic() && !(before.is_lowercase() && c.is_uppercase())
            });
            match words.last_mut().filter(|_| continues) {
                Some(word) => word.extend(c.to_lowercase()),
                None => words.push(c.to_lowercase().collect()),
            }
        }
        before = Some(c).filter(|c| c.is_alphanumeric());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::origin::PageMessage;
    use crate::import::page::Place;

    #[test]
    fn codes_are_found_as_whole_words() {
        for (text, code, is_found) in [
            ("rate limited", "rate_limited", true),
            ("Rate\u{200B}Limited (see below)", "rate_limited", true),
            ("`RateLimitedError`", "Rate.Limited", true),
            ("rate_limited1", "rate_limited", true),
            ("Error 4001:", "4001", true),
            ("rate unlimited", "limited", false),
            ("Any other", "A", false),
            ("...", "_", false),
        ] {
            let origin = Origin { page: "a.md".into(), place: Place::Line(1) };
            let message = PageMessage { origin, message: String::new() };
            let cell = Skipped { text: text.to_owned(), message };
            assert_eq!(find([cell].iter(), &HashSet::from([folded(code)])).len(), usize::from(is_found), "{text}");
        }
    }
}
