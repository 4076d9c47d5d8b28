//! Where a file contains its rows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use errtable_spec::__private::Json;

/// The ranges of the codes of the rows in the text of a table.
pub(crate) struct RowPlaces<'t>(HashMap<Cow<'t, str>, Range<usize>>);

impl<'t> RowPlaces<'t> {
    /// Finds the rows. A text that is not a table has none.
    pub(crate) fn new(text: &'t str) -> Self {
        let rows = Json::of(text).and_then(|table| member(table, "errors")?.elements()).unwrap_or_default();
        let codes = rows.into_iter().filter_map(|row| member(row, "code"));
        Self(codes.filter_map(|code| Some((code.unescape().ok()?, code.range()))).collect())
    }

    /// Returns the range of a code.
    pub(crate) fn get(&self, code: &str) -> Option<&Range<usize>> {
        self.0.get(code)
    }
}

/// Returns the value of a key of an object.
pub(crate) fn member<'t>(object: Json<'t>, name: &str) -> Option<Json<'t>> {
    let entries = object.entries()?;
    entries.into_iter().find(|(key, _)| key.unescape().is_ok_and(|key| key == name)).map(|(_, value)| value)
}
