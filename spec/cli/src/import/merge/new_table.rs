//! The text of a new table.

use errtable_spec::RowKey;

use crate::import::listing::Listing;
use crate::import::merge::document::json;
use crate::import::merge::values::inferred_type;

/// Returns the text of a table without rows. It has columns for the listed values whose keys are
/// not row keys, and their types are those of the values.
#[must_use]
pub fn new_table(name: &str, listing: &Listing) -> String {
    let mut columns: Vec<(String, Vec<&str>)> = Vec::new();
    for (key, text) in listing.codes.iter().flat_map(|listed| &listed.values) {
        match columns.iter_mut().find(|(own, _)| own == key) {
            Some((_, texts)) => texts.push(text),
            None if RowKey::NAMES.contains(&&**key) => {}
            None => columns.push((key.clone(), vec![text])),
        }
    }
    let declare = |(key, texts): &(String, Vec<&str>)| format!("{}: {}", json(key), json(inferred_type(key, texts)));
    let columns: Vec<_> = columns.iter().map(declare).collect();
    let columns =
        if columns.is_empty() { String::new() } else { format!("  \"columns\": {{ {} }},\n", columns.join(", ")) };
    format!("{{\n  \"name\": {},\n{columns}  \"errors\": []\n}}\n", json(name))
}
