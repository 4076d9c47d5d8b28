//! Reads JSON records: an array of objects, or an object of objects whose keys are names.

use errtable_spec::Json;

use crate::import::page::document::{at, lines_of, member, text_of};
use crate::import::page::grid::{self, GridRow};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, Place};

/// The maximum number of keys that records have together.
const MAX_KEYS: usize = 64;

/// The heading of the keys of an object of objects.
const KEY_HEADING: &str = "error name";

/// Reads the records at the pointer of the mapping, or those of the whole document.
pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    let Some(root) = Json::of(text) else { return Found::default() };
    let records = match &mapping.at {
        Some(pointer) => match at(root, pointer) {
            Some(value) => value,
            None => return Found::rejected(Place::Line(1), format!("no value at `{pointer}`")),
        },
        None => root,
    };
    let is_given = mapping.at.is_some();
    let records: Vec<(Option<String>, Json<'_>)> = match (records.elements(), records.entries()) {
        (Some(elements), _) => elements.into_iter().map(|record| (None, record)).collect(),
        // Most documents are objects of objects, also the body of a response.
        (None, Some(entries)) if is_given || is_map(&entries) => {
            entries.into_iter().map(|(key, record)| (key.unescape().ok().map(String::from), record)).collect()
        }
        _ => Vec::new(),
    };
    let lines = lines_of(text, records.iter().map(|(_, record)| record.range().start));
    let mut headings: Vec<String> = Vec::new();
    let mut rows = vec![];
    for ((key, record), line) in records.iter().zip(lines) {
        let mut cells: Vec<String> = vec![String::new(); headings.len()];
        let entries = record.entries().map(|entries| {
            entries
                .into_iter()
                .filter_map(|(key, value)| Some((key.unescape().ok()?.into_owned(), text_of(value))))
                .collect()
        });
        // `{"A.B": "Text."}`
        let mut entries: Vec<_> = match (entries, key) {
            (Some(entries), _) => entries,
            (None, Some(_)) => vec![("description".to_owned(), text_of(*record))],
            (None, None) => vec![],
        };
        entries.extend(key.clone().map(|key| (KEY_HEADING.to_owned(), key)));
        for (heading, text) in entries {
            let column = headings.iter().position(|own| *own == heading).unwrap_or(headings.len());
            if column == MAX_KEYS {
                continue;
            }
            if column == headings.len() {
                headings.push(heading);
            }
            cells.resize(cells.len().max(column + 1), String::new());
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
        rows.push(GridRow::new(Place::Line(line), cells));
    }
    for row in &mut rows {
        row.cells.resize(headings.len(), String::new());
    }
    rows.insert(0, GridRow::new(Place::Line(1), headings));
    grid::read(&rows, mapping)
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
    fn more_keys_are_left_out() {
        let keys: Vec<_> = (0..MAX_KEYS - 2).map(|number| format!(r#""x{number}": 1"#)).collect();
        let text = format!(r#"[{{{}, "description": "a", "code": "A.B", "other": "b"}}]"#, keys.join(", "));
        assert_eq!(codes(&text, None), [("A.B".to_owned(), None, "a".to_owned())]);
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
