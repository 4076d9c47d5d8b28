//! Notes on keys whose values are not imported.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use crate::import::listing::{Listed, Listing};
use crate::import::merge::document::FileRow;
use crate::import::merge::values::texts_by_key;
use crate::import::origin::PageMessage;

/// A text of the pages that is no value of its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkippedValue {
    /// The key.
    pub key: String,
    /// The text.
    pub text: String,
    /// The number of rows with this text.
    pub rows: usize,
    /// The first of them, and why it has no value.
    #[serde(flatten)]
    pub first: PageMessage,
}

/// Writes `page.md:7: message, in 2 rows`.
impl fmt::Display for SkippedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        if self.rows > 1 { write!(f, ", in {} rows", self.rows) } else { Ok(()) }
    }
}

/// What is not imported of the keys of values.
pub(super) struct KeyNotes<'d> {
    /// The keys that the table does not have.
    unknown: Vec<&'d str>,
    /// Each key and text once.
    skipped: Vec<SkippedValue>,
    positions: HashMap<(&'d str, &'d str), usize>,
    /// For each mapped key, how many rows have a value of which the pages have none.
    without_value: Vec<(&'d str, usize)>,
}

/// The maximum number of texts that a note proposes to replace.
const MAX_PROPOSED: usize = 20;

impl<'d> KeyNotes<'d> {
    /// Prepares the notes. A row without a value of a key in `keep` needs none.
    pub(super) fn new(listing: &'d Listing, keep: &[String]) -> Self {
        // A row keeps its code and its variant, and aliases are only added.
        let is_replaced = |key: &&str| !["code", "number", "variant", "aliases"].contains(key);
        let keys = listing.mapped.iter().filter(|key| !keep.contains(key)).map(|key| &**key).filter(is_replaced);
        let without_value = keys.map(|key| (key, 0)).collect();
        Self { unknown: Vec::new(), skipped: Vec::new(), positions: HashMap::new(), without_value }
    }

    pub(super) fn add_unknown(&mut self, key: &'d str) {
        if !self.unknown.contains(&key) {
            self.unknown.push(key);
        }
    }

    pub(super) fn add_skipped(&mut self, key: &'d str, text: &'d str, listed: &Listed, message: String) {
        let position = *self.positions.entry((key, text)).or_insert(self.skipped.len());
        match self.skipped.get_mut(position) {
            Some(value) => value.rows += 1,
            None => self.skipped.push(SkippedValue {
                key: key.to_owned(),
                text: text.to_owned(),
                rows: 1,
                first: PageMessage { origin: listed.origin.clone(), message },
            }),
        }
    }

    /// Counts the values of a row that the pages do not have.
    pub(super) fn count_values(&mut self, row: &FileRow<'_>, listed: &Listed) {
        for (key, count) in &mut self.without_value {
            let is_listed = match *key {
                "description" => !listed.description.is_empty(),
                _ => listed.values.iter().any(|(own, _)| own == key),
            };
            let has_value = || row.value(key).is_some_and(|value| !value.is_null() && value != "");
            *count += usize::from(!is_listed && has_value());
        }
    }

    /// Returns the skipped values, and the notes.
    pub(super) fn finish(self) -> (Vec<SkippedValue>, Vec<String>) {
        let unknown = self.unknown.iter();
        let unknown = unknown.map(|key| format!("`{key}` is not imported: the table has no such column"));
        let without_value = self.without_value.iter().filter(|(_, count)| *count > 0).map(|(key, count)| {
            let (rows, verb) = if *count == 1 { ("row", "has") } else { ("rows", "have") };
            format!("`{key}`: {count} {rows} of the pages {verb} no value, and the table keeps its own")
        });
        let notes = unknown.chain(replacements(&self.skipped)).chain(without_value).collect();
        (self.skipped, notes)
    }
}

/// Returns a note for each key with skipped texts: the options that replace them.
fn replacements(skipped: &[SkippedValue]) -> Vec<String> {
    let texts = texts_by_key(skipped.iter().map(|SkippedValue { key, text, .. }| (&**key, &**text)));
    let notes = texts.into_iter().map(|(key, texts)| {
        let options: Vec<_> = texts.iter().take(MAX_PROPOSED).map(|text| value_option(key, text)).collect();
        let what = if texts.len() == 1 { "such a text" } else { "such texts" };
        format!("`{}` replaces {what}", options.join(" "))
    });
    notes.collect()
}

/// Returns the option that replaces a text, as it is written in a shell.
fn value_option(key: &str, text: &str) -> String {
    let argument = format!("{key}:{text}=VALUE");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.,:/+@%=".contains(c);
    if argument.chars().all(is_plain) {
        return format!("--value {argument}");
    }
    format!("--value '{}'", argument.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_quoted_for_a_shell() {
        for (text, option) in [
            ("No", "--value retry:No=VALUE"),
            ("Not now", "--value 'retry:Not now=VALUE'"),
            ("Don't", r"--value 'retry:Don'\''t=VALUE'"),
        ] {
            assert_eq!(value_option("retry", text), option);
        }
    }
}
