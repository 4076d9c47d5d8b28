//! The text of a new table.

use errtable_spec::RowKey;

use crate::import::listing::Listing;
use crate::import::merge::document::json;
use crate::import::merge::values::{inferred_type, odd_text, texts_by_key};

/// Returns the text of a table without rows. It has columns for the listed values whose keys are
/// not row keys, and their types are those of the values.
#[must_use]
pub fn new_table(name: &str, listing: &Listing) -> String {
    let declare = |(key, texts): &(&str, Vec<&str>)| format!("{}: {}", json(key), json(inferred_type(key, texts)));
    let columns: Vec<_> = new_columns(listing).iter().map(declare).collect();
    let columns =
        if columns.is_empty() { String::new() } else { format!("  \"columns\": {{ {} }},\n", columns.join(", ")) };
    format!("{{\n  \"name\": {},\n{columns}  \"errors\": []\n}}\n", json(name))
}

/// Returns notes on the columns of a new table that are strings because of a few texts.
pub(in crate::import) fn notes(listing: &Listing) -> Vec<String> {
    let note = |(key, texts): (&str, Vec<&str>)| {
        let (text, what) = odd_text(key, &texts)?;
        Some(format!("the column `{key}` has the type `str`, because `{text}` is not {what}"))
    };
    new_columns(listing).into_iter().filter_map(note).collect()
}

/// Returns the columns of a new table, with their texts.
fn new_columns(listing: &Listing) -> Vec<(&str, Vec<&str>)> {
    let values = listing.codes.iter().flat_map(|listed| &listed.values).map(|(key, text)| (&**key, &**text));
    texts_by_key(values.filter(|(key, _)| !RowKey::NAMES.contains(key)))
}
