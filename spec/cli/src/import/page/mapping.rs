//! Which columns of a page are imported, and as what.

use std::borrow::Cow;

/// The keys of rows that are read from columns other than those that their headings decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// A row key or a column of the table, and the heading of its column in the page.
    pub columns: Vec<(String, String)>,
    /// A key, the text of a cell, and the value that it means.
    pub values: Vec<(String, String, String)>,
    /// The JSON Pointer of the records or the enum in a document.
    pub at: Option<String>,
}

impl Mapping {
    /// Returns the heading of the column from which a key is read, if it is given.
    pub(in crate::import) fn heading(&self, key: &str) -> Option<&str> {
        self.columns.iter().find(|(mapped, _)| mapped == key).map(|(_, heading)| &**heading)
    }

    /// Returns the value that the text of a cell means.
    pub(super) fn value<'t>(&'t self, key: &str, text: &'t str) -> Cow<'t, str> {
        let mut values = self.values.iter().filter(|(mapped, _, _)| mapped == key);
        values.find(|(_, from, _)| from == text).map_or(text, |(_, _, to)| to).into()
    }

    /// Returns whether the column of codes is given by its number: the page has no headings.
    pub(super) fn has_positions(&self) -> bool {
        self.heading("code").is_some_and(|heading| heading.parse::<usize>().is_ok())
    }
}
