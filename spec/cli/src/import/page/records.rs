//! Reads JSON records: an array of objects, or an object of objects whose keys are names.

use errtable_spec::Json;

use crate::import::page::document::{at, lines_of, text_of};
use crate::import::page::grid::{self, GridRow};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, Place};
use crate::place::member;

/// The maximum number of keys that records have together.
const MAX_KEYS: usize = 64;

/// The heading of the keys of an object of objects.
const KEY_HEADING: &str = "error name";

/// Reads the records at the pointer of the mapping, or those of the whole document.
pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    let Some(root) = Json::of(text) else { return Found::default() };
    let pointer = mapping.at.as_deref().unwrap_or_default();
    let Some(value) = at(root, pointer) else {
        return Found::rejected(Place::Line(1), format!("no value at `{pointer}`"));
    };
    let records = records_of(value, mapping.at.is_some());
    let lines = lines_of(text, records.iter().map(|(_, record)| record.range().start));
    let (mut headings, mut rows) = (Vec::new(), vec![GridRow::new(Place::Line(1), Vec::new())]);
    for ((name, record), line) in records.into_iter().zip(lines) {
        rows.push(GridRow::new(Place::Line(line), cells(name, record, &mut headings)));
    }
    for row in &mut rows {
        row.cells.resize(headings.len(), String::new());
    }
    if let Some(first) = rows.first_mut() {
        first.cells = headings;
    }
    grid::read(&rows, mapping)
}

/// Returns the records of an array or an object, with their names in an object.
fn records_of(value: Json<'_>, is_given: bool) -> Vec<(Option<String>, Json<'_>)> {
    if let Some(elements) = value.elements() {
        return elements.into_iter().map(|record| (None, record)).collect();
    }
    // Most documents are objects of objects, also the body of a response.
    let entries = value.entries().filter(|entries| is_given || is_map(entries)).unwrap_or_default();
    entries.into_iter().map(|(key, record)| (key.unescape().ok().map(String::from), record)).collect()
}

/// Returns the values of a record by their heading. Adds new headings.
fn cells(name: Option<String>, record: Json<'_>, headings: &mut Vec<String>) -> Vec<String> {
    let mut entries: Vec<_> = match record.entries() {
        Some(entries) => {
            let entries = entries.into_iter();
            entries.filter_map(|(key, value)| Some((key.unescape().ok()?.into_owned(), text_of(value)))).collect()
        }
        // `{"A.B": "Text."}`
        None if name.is_some() => vec![("description".to_owned(), text_of(record))],
        None => Vec::new(),
    };
    // First, so that it is not cut.
    entries.splice(0..0, name.map(|name| (KEY_HEADING.to_owned(), name)));
    let mut cells = vec![String::new(); headings.len()];
    for (heading, text) in entries {
        let column = headings.iter().position(|own| *own == heading).unwrap_or(headings.len());
        if column == headings.len() {
            if column == MAX_KEYS {
                continue;
            }
            headings.push(heading);
            cells.push(String::new());
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    cells
}

/// Returns whether entries are likely records by name: at least three, each with a description.
fn is_map(entries: &[(Json<'_>, Json<'_>)]) -> bool {
    let has_text = |record: &Json<'_>| ["description", "message"].iter().any(|key| member(*record, key).is_some());
    entries.len() > 2 && entries.iter().all(|(_, record)| has_text(record))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, pointer: Option<&str>) -> Vec<(String, Option<i64>, String)> {
        let mapping = Mapping { at: pointer.map(str::to_owned), ..Mapping::default() };
        read(text, &mapping).rows.into_iter().map(|row| (row.code, row.number, row.description)).collect()
    }

    #[test]
    fn surplus_keys_are_left_out() {
        let others: Vec<_> = (0..MAX_KEYS - 2).map(|key| format!("\"k{key}\": 1, ")).collect();
        let others = others.concat();
        let record = format!("[{{{others}\"code\": \"A.B\", \"message\": \"a\", \"surplus\": \"b\"}}]");
        assert_eq!(codes(&record, None), [("A.B".to_owned(), None, "a".to_owned())]);
        let record = format!("{{\"A.B\": {{{others}\"x\": 1, \"y\": 2, \"z\": 3}}}}");
        assert_eq!(codes(&record, Some("")), [("A.B".to_owned(), None, String::new())]);
    }

    #[test]
    fn arrays_and_objects_are_read() {
        let expected = [("B", 10_040, "b"), ("A", 10_059, "a")].map(|(a, b, c)| (a.to_owned(), Some(b), c.to_owned()));
        for (text, pointer) in [
            (
                r#"[{"constant": "B", "code": 400, "error_code": 10040, "description": "b"},
                    {"constant": "A", "code": 400, "error_code": 10059, "description": "a"}]"#,
                None,
            ),
            (
                r#"{"x/y": [{"code": "B", "number": 10040, "text": 1, "message": "b"}, {"message": "a", "number": 10059, "code": "A"}]}"#,
                Some("/x~1y"),
            ),
            (r#"{"e": [{"B": {"code": 10040, "message": "b"}, "A": {"code": 10059, "message": "a"}}]}"#, Some("/e/0")),
        ] {
            assert_eq!(codes(text, pointer), expected, "{text}");
        }
        let texts = codes(r#"{"B": "b", "A": "a"}"#, Some(""));
        assert_eq!(texts, expected.map(|(code, _, text)| (code, None, text)));
        assert_eq!(codes(r#"{"error": {"code": "A", "message": "a"}, "meta": {"message": "b"}}"#, None), []);
    }
}
