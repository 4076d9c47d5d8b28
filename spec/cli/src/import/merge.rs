//! Merges the codes that pages list into the text of a table. Everything else stays as it is.

mod document;
mod key_notes;
mod known;
mod merger;
pub mod new_table;
mod rows;
mod skipped_codes;
pub(super) mod values;
mod variants;

use std::fmt;

use clap::ValueEnum;
use errtable_spec::Table;
use serde::Serialize;

use self::document::TableFile;
pub use self::key_notes::SkippedValue;
use self::merger::Merger;
use crate::import::listing::Listing;
use crate::import::origin::{Origin, PageMessage};

/// What to do with rows that the pages do not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Missing {
    /// Report them.
    #[default]
    Keep,
    /// Remove them.
    Prune,
    /// Set their key `deprecated`.
    Deprecate,
}

/// The note of a row that the pages no longer list.
pub const DEPRECATED_NOTE: &str = "The documentation no longer lists this code.";

/// What stays in a table that the pages list otherwise.
#[derive(Clone, Debug, Default)]
pub struct MergeOptions {
    /// What to do with rows that the pages do not list.
    pub missing: Missing,
    /// The codes that the pages never list. Their rows are not missing.
    pub unlisted: Vec<String>,
    /// The keys whose values stay in rows that have them.
    pub keep: Vec<String>,
}

/// A table after a merge, and how it differs from before.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// The text of the table.
    pub text: String,
    /// The new rows, in the order of the pages.
    pub added: Vec<Added>,
    /// The changed values of rows.
    pub changed: Vec<Changed>,
    /// The codes of rows that the pages do not list. Deprecated rows and overrides are not missing.
    pub missing: Vec<String>,
    /// The rows that a skipped cell may be about, so that they are not missing.
    pub kept: Vec<Kept>,
    /// The listed codes, aliases and numbers that the table cannot have.
    pub skipped: Vec<PageMessage>,
    /// The listed values that their keys cannot have.
    pub skipped_values: Vec<SkippedValue>,
    /// What else is not imported.
    pub notes: Vec<String>,
}

/// A new row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    /// The code.
    pub code: String,
    /// The number, in a numeric table.
    pub number: Option<i64>,
    /// The description, or `""`.
    pub description: String,
    /// The name of the variant, if it is not derived from the code.
    pub variant: Option<String>,
    /// Other spellings, such as one with surrounding white space.
    pub aliases: Vec<String>,
    /// The values of other keys and columns.
    pub values: Vec<(String, serde_json::Value)>,
}

/// A change of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The code.
    pub code: String,
    /// The changed key.
    pub key: String,
    /// The value before, if there was one.
    pub old: Option<String>,
    /// The value now. `None` if the key was removed.
    pub new: Option<String>,
}

/// A row that is not missing, because a skipped row of a page contains its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The code.
    pub code: String,
    /// Where the skipped row is.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Writes `` `A.B`: skipped at page.md:7 ``.
impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, origin } = self;
        write!(f, "`{code}`: skipped at {origin}")
    }
}

/// Merges a listing into a table. `text` is the file of the table, and `table` includes its bases.
/// Returns `None` if the text is not a table.
///
/// A second merge of the same listing changes nothing.
#[must_use]
pub fn merge(text: &str, table: &Table, listing: &Listing, options: &MergeOptions) -> Option<Merged> {
    let document = TableFile::parse(text)?;
    let mut merger = Merger::new(&document, table, listing, options);
    merger.merge_listed(listing);
    if listing.is_complete {
        merger.merge_missing(listing);
    }
    Some(merger.finish())
}
