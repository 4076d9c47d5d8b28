//! The rows of all pages: each code once, trimmed and valid.

use std::collections::{HashMap, HashSet};

use errtable_spec::{check_code, check_spelling};

use crate::import::page::{Format, FoundRow, Page, Place};

/// A code that the pages list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The code, without surrounding white space.
    pub code: String,
    /// The first description that is not empty, or `""`.
    pub description: String,
    /// Whether the description is the message of a response, which may differ in the next one.
    pub is_message: bool,
    /// The spellings with surrounding white space.
    pub aliases: Vec<String>,
}

/// A row that is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The number of the page, from 0.
    pub page: usize,
    /// Where the page lists the code.
    pub place: Place,
    /// What is wrong with the code.
    pub message: String,
}

/// The number of characters of a skipped text in messages.
const MAX_EXCERPT: usize = 60;

/// The codes of pages, in the order in which they are listed.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The codes, each once.
    pub codes: Vec<Listed>,
    /// The rows whose codes are not valid.
    pub skipped: Vec<Skipped>,
    /// Whether the pages list all codes. Response bodies do not.
    pub is_complete: bool,
    /// The codes that the pages never list.
    pub unlisted: Vec<String>,
    positions: HashMap<String, usize>,
    pages: usize,
}

impl Listing {
    /// Adds the rows of a page, and returns how many codes it lists.
    pub fn add(&mut self, page: Page) -> usize {
        let is_message = page.format == Format::Bodies;
        self.is_complete |= !is_message;
        let mut codes = HashSet::new();
        for row in &page.rows {
            match self.add_row(row, is_message) {
                Ok(()) => _ = codes.insert(row.code.trim()),
                Err(message) => self.skipped.push(Skipped { page: self.pages, place: row.place, message }),
            }
        }
        let skipped = page.skipped.into_iter().map(|FoundRow { code, place, .. }| {
            let excerpt: String = code.trim().chars().take(MAX_EXCERPT).collect();
            let message = if code.is_empty() { "empty code".to_owned() } else { format!("not a code: `{excerpt}`") };
            Skipped { page: self.pages, place, message }
        });
        self.skipped.extend(skipped);
        self.pages += 1;
        codes.len()
    }

    fn add_row(&mut self, row: &FoundRow, is_message: bool) -> Result<(), String> {
        let code = row.code.trim();
        check_code(code).map_err(|violation| violation.message)?;
        let position = *self.positions.entry(code.to_owned()).or_insert(self.codes.len());
        if position == self.codes.len() {
            let (description, aliases) = (String::new(), Vec::new());
            self.codes.push(Listed { code: code.to_owned(), description, is_message, aliases });
        }
        let Some(listed) = self.codes.get_mut(position) else { return Ok(()) };
        // A description replaces a message.
        if !row.description.is_empty() && (listed.description.is_empty() || listed.is_message && !is_message) {
            listed.description.clone_from(&row.description);
            listed.is_message = is_message;
        }
        // A line break around a code cannot be part of an alias.
        let is_alias = row.code != code && check_spelling("alias", &row.code).is_ok();
        if is_alias && !listed.aliases.contains(&row.code) {
            listed.aliases.push(row.code.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(rows: &[(&str, &str)]) -> Listing {
        let found = |(code, description): &(&str, &str)| FoundRow {
            code: (*code).to_owned(),
            description: (*description).to_owned(),
            place: Place::Line(1),
        };
        let mut listing = Listing::default();
        listing.add(Page { format: Format::Text, rows: rows.iter().map(found).collect(), skipped: Vec::new() });
        listing
    }

    #[test]
    fn padded_spelling_is_an_alias() {
        let listing = listing(&[("A.B ", ""), ("A.B", "text"), ("A.B ", "other"), ("\nC", "")]);
        assert_eq!(listing.codes.len(), 2);
        assert_eq!((&*listing.codes[0].code, &*listing.codes[0].description), ("A.B", "text"));
        assert_eq!(listing.codes[0].aliases, ["A.B "]);
        assert_eq!(listing.codes[1].aliases, [""; 0]);
    }

    #[test]
    fn invalid_codes_are_skipped() {
        let long = "a".repeat(256);
        let listing = listing(&[(&long, "text"), ("A\u{0}B", ""), (" ", "")]);
        assert!(listing.codes.is_empty());
        let messages: Vec<_> = listing.skipped.iter().map(|skipped| &*skipped.message).collect();
        assert_eq!(messages, ["code of 256 bytes is too long", "control character U+0000 in code", "empty code"]);
    }
}
