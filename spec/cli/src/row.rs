//! The spellings and values of a row.

use errtable_spec::{Row, Table, Value};

/// Returns the code and the aliases of a row.
pub(crate) fn spellings(row: &Row) -> impl Iterator<Item = &str> {
    std::iter::once(&row.code).chain(&row.aliases).map(String::as_str)
}

/// Returns the names of the columns in which a row has a value, and the values.
pub(crate) fn values<'t>(row: &'t Row, table: &'t Table) -> impl Iterator<Item = (&'t str, &'t Value)> {
    let values = table.columns.iter().zip(&row.values);
    values.filter_map(|(column, value)| Some((column.name.as_str(), value.as_ref()?)))
}
