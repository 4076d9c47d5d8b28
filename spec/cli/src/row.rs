//! The spellings of a row.

use errtable_spec::Row;

/// Returns the code and the aliases of a row.
pub(crate) fn spellings(row: &Row) -> impl Iterator<Item = &str> {
    std::iter::once(&row.code).chain(&row.aliases).map(String::as_str)
}
