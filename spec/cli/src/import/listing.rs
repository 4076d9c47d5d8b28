//! The rows of all pages: each code once, trimmed and valid.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use errtable_spec::__private::{check_code, check_spelling};

use crate::import::origin::{Origin, PageMessage};
use crate::import::page::format::Format;
use crate::import::page::{FoundRow, Page, UnreadTable};

/// A code that the pages list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The code, without surrounding white space.
    pub code: String,
    /// The number of which the code is the name, if the pages list both.
    pub number: Option<i64>,
    /// The first description that is not empty, or `""`.
    pub description: String,
    /// Whether the description is the message of a response, which may differ in the next one.
    pub is_message: bool,
    /// Other spellings, such as one with surrounding white space.
    pub aliases: Vec<String>,
    /// The first values of other keys and columns, as texts.
    pub values: Vec<(String, String)>,
    /// Whether the values are a proposal: unlike those of `--map`, they do not replace any.
    pub is_proposal: bool,
    /// Where the code is listed first.
    pub origin: Origin,
}

/// A row that is not imported, or a table that lacks a column of the mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The text of the cell in which a code is expected.
    pub text: String,
    /// What is wrong, and where.
    pub message: PageMessage,
}

/// The number of characters of a skipped text in messages.
const MAX_EXCERPT: usize = 60;

/// The codes of pages, in the order in which they are listed.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The codes, each once.
    pub codes: Vec<Listed>,
    /// The rows whose codes are not valid, and the tables that lack columns.
    pub skipped: Vec<Skipped>,
    /// The tables that are not read, with the texts of their first columns.
    pub unread: Vec<Skipped>,
    /// The rows that list a code again with other values, which do not count.
    pub disagreements: Vec<PageMessage>,
    /// Whether the pages list all codes. Response bodies do not.
    pub is_complete: bool,
    /// The keys that are read from columns of their own, with `--map`.
    pub mapped: Vec<String>,
    positions: HashMap<String, usize>,
    /// Where each value is, by code and key.
    origins: HashMap<(usize, String), Origin>,
}

impl Listing {
    /// Adds the rows of a page, and returns how many codes it lists.
    pub fn add(&mut self, name: &str, page: Page) -> usize {
        let name = Arc::<str>::from(name);
        let skip = |text, place, message| {
            let origin = Origin { page: name.clone(), place };
            Skipped { text, message: PageMessage { origin, message } }
        };
        let is_message = page.format == Format::Bodies;
        self.is_complete |= !is_message;
        for key in page.mapped.into_iter().flat_map(|(_, keys)| keys) {
            if !self.mapped.contains(&key) {
                self.mapped.push(key);
            }
        }
        let mut codes = HashSet::new();
        for row in &page.rows {
            match self.add_row(row, &name, is_message, page.format == Format::Smithy) {
                Ok(()) => _ = codes.insert(row.code.trim()),
                Err(message) => self.skipped.push(skip(row.code.clone(), row.place, message)),
            }
        }
        let skipped = page.skipped.into_iter().map(|FoundRow { code, place, .. }| {
            let excerpt: String = code.trim().chars().take(MAX_EXCERPT).collect();
            let message = if code.is_empty() { "empty code".to_owned() } else { format!("not a code: `{excerpt}`") };
            skip(code, place, message)
        });
        self.skipped.extend(skipped);
        let unread = page.unread.into_iter();
        self.unread.extend(unread.map(|UnreadTable { place, cells, .. }| skip(cells, place, String::new())));
        let missing = page.missing_columns.into_iter();
        self.skipped.extend(missing.map(|(place, message)| skip(String::new(), place, message)));
        codes.len()
    }

    fn add_row(&mut self, row: &FoundRow, page: &Arc<str>, is_message: bool, is_proposal: bool) -> Result<(), String> {
        let code = row.code.trim();
        check_code(code).map_err(|violation| violation.message)?;
        let here = Origin { page: page.clone(), place: row.place };
        let position = *self.positions.entry(code.to_owned()).or_insert(self.codes.len());
        if position == self.codes.len() {
            self.codes.push(Listed {
                code: code.to_owned(),
                number: None,
                description: String::new(),
                is_message,
                aliases: Vec::new(),
                values: Vec::new(),
                is_proposal,
                origin: here.clone(),
            });
        }
        let Some(listed) = self.codes.get_mut(position) else { return Ok(()) };
        let (mut new, mut differing) = (Vec::new(), Vec::new());
        // A description replaces a message.
        if !row.description.is_empty() && (listed.description.is_empty() || listed.is_message && !is_message) {
            listed.description.clone_from(&row.description);
            listed.is_message = is_message;
            new.push("description".to_owned());
        } else if !row.description.is_empty() && !is_message && listed.description != row.description {
            differing.push("description".to_owned());
        }
        match (listed.number, row.number) {
            (None, Some(number)) => {
                listed.number = Some(number);
                new.push("number".to_owned());
            }
            (Some(old), Some(number)) if old != number => differing.push("number".to_owned()),
            _ => {}
        }
        for (key, value) in &row.values {
            match listed.values.iter().find(|(own, _)| own == key) {
                Some((_, own)) if own != value => differing.push(key.clone()),
                Some(_) => {}
                None => {
                    listed.values.push((key.clone(), value.clone()));
                    new.push(key.clone());
                }
            }
        }
        self.origins.extend(new.into_iter().map(|key| ((position, key), here.clone())));
        self.disagreements.extend(differing.into_iter().filter_map(|key| {
            let id = (position, key);
            let first = self.origins.get(&id)?;
            let message = format!("`{}` of `{code}` differs from that at {first}, which is used", id.1);
            Some(PageMessage { origin: here.clone(), message })
        }));
        // A line break around a code cannot be part of an alias.
        for alias in row.aliases.iter().chain([&row.code]) {
            if alias != code && check_spelling("alias", alias).is_ok() && !listed.aliases.contains(alias) {
                listed.aliases.push(alias.clone());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::page::Place;

    fn listing(rows: &[(&str, &str)]) -> Listing {
        let found = |(code, text): &(&str, &str)| FoundRow::new(*code, (*text).to_owned(), Place::Line(1));
        listing_of(rows.iter().map(found).collect())
    }

    fn listing_of(rows: Vec<FoundRow>) -> Listing {
        let mut listing = Listing::default();
        let page = Page {
            format: Format::Text,
            rows,
            skipped: Vec::new(),
            unread: Vec::new(),
            unused: Vec::new(),
            notes: Vec::new(),
            headings: Vec::new(),
            mapped: Vec::new(),
            missing_columns: Vec::new(),
        };
        listing.add("a.txt", page);
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
    fn disagreements_name_the_value_that_counts() {
        let found = |line, text: &str| FoundRow::new("A.B", text.to_owned(), Place::Line(line));
        let mut rows = vec![found(3, ""), found(4, "one"), found(5, "two")];
        rows[1].number = Some(7);
        rows[2].number = Some(8);
        let disagreements: Vec<_> = listing_of(rows).disagreements.iter().map(ToString::to_string).collect();
        let expected = ["description", "number"]
            .map(|key| format!("a.txt:5: `{key}` of `A.B` differs from that at a.txt:4, which is used"));
        assert_eq!(disagreements, expected);
    }

    #[test]
    fn invalid_codes_are_skipped() {
        let long = "a".repeat(256);
        let listing = listing(&[(&long, "text"), ("A\u{0}B", ""), (" ", "")]);
        assert!(listing.codes.is_empty());
        let messages: Vec<_> = listing.skipped.iter().map(|skipped| &*skipped.message.message).collect();
        assert_eq!(messages, ["code of 256 bytes is too long", "control character U+0000 in code", "empty code"]);
    }
}
