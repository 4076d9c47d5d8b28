//! Where a file contains a row.

use std::ops::Range;

use errtable_spec::Json;

/// Returns the range of the code of a row in the text of a table.
pub(crate) fn row_place(text: &str, code: &str) -> Option<Range<usize>> {
    let rows = member(Json::of(text)?, "errors")?.elements()?;
    let mut codes = rows.into_iter().filter_map(|row| member(row, "code"));
    codes.find(|value| value.unescape().is_ok_and(|text| text == code)).map(Json::range)
}

fn member<'t>(object: Json<'t>, name: &str) -> Option<Json<'t>> {
    let entries = object.entries()?;
    entries.into_iter().find(|(key, _)| key.unescape().is_ok_and(|key| key == name)).map(|(_, value)| value)
}
