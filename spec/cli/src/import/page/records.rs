//! Reads JSON records: an array of objects, or an object of objects whose keys are names.

use errtable_spec::__private::Json;

use crate::import::page::document::{lines_of, text_of, value_at};
use crate::import::page::grid::{self, GridRow};
use crate::import::page::headings::is_known;
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, MAX_HEADINGS, Place, add_new};
use crate::place::member;

/// The maximum number of keys that records have together. Others are not imported, except those of
/// codes and descriptions, and those of the mapping.
const MAX_KEYS: usize = 64;

/// The heading of the keys of an object of objects.
const KEY_HEADING: &str = "error name";

/// Reads the records at the pointer of the mapping, or those of the whole document.
pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    let Some(root) = Json::of(text) else { return Found::default() };
    let pointer = mapping.at.as_deref().unwrap_or_default();
    let Some(value) = value_at(root, pointer) else {
        return Found::rejected(Place::Line(1), format!("no value at `{pointer}`"));
    };
    let records = records_of(value, mapping.at.is_some());
    let lines = lines_of(text, records.iter().map(|(_, record)| record.range().start));
    let mut keys = Keys { mapping, headings: Vec::new(), surplus: Vec::new() };
    let mut rows = vec![GridRow::new(Place::Line(1), Vec::new())];
    for ((name, record), line) in records.into_iter().zip(lines) {
        rows.push(GridRow::new(Place::Line(line), keys.cells(name, record)));
    }
    let Keys { headings, surplus, .. } = keys;
    for row in &mut rows {
        row.cells.resize(headings.len(), String::new());
    }
    if let Some(first) = rows.first_mut() {
        first.cells = headings;
    }
    let mut found = grid::read(&rows, mapping);
    if !found.rows.is_empty() {
        add_new(&mut found.unused, surplus, MAX_HEADINGS);
    }
    found
}

/// The keys of all records.
struct Keys<'m> {
    mapping: &'m Mapping,
    headings: Vec<String>,
    /// The first keys that are not imported.
    surplus: Vec<String>,
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

impl Keys<'_> {
    /// Returns the values of a record by their heading. Adds new headings.
    fn cells(&mut self, name: Option<String>, record: Json<'_>) -> Vec<String> {
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
        let mut cells = vec![String::new(); self.headings.len()];
        for (heading, text) in entries {
            let column = self.headings.iter().position(|own| *own == heading).unwrap_or(self.headings.len());
            if column == self.headings.len() {
                if !self.fits(&heading) {
                    add_new(&mut self.surplus, vec![heading], MAX_HEADINGS);
                    continue;
                }
                self.headings.push(heading);
                cells.push(String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
        cells
    }

    fn fits(&self, heading: &str) -> bool {
        let count = self.headings.len();
        let is_mapped = || self.mapping.columns.iter().any(|(_, mapped)| mapped == heading);
        count < MAX_KEYS || count < 2 * MAX_KEYS && (is_known(heading) || is_mapped())
    }
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
    fn keys_with_a_meaning_are_read_after_many_others() {
        for (others, messages, headings) in [
            (3 * MAX_KEYS, 0, Some(MAX_KEYS + 1)),
            (MAX_KEYS, MAX_KEYS - 1, Some(2 * MAX_KEYS)),
            // Even the keys of descriptions are limited.
            (MAX_KEYS, MAX_KEYS, None),
        ] {
            let others = (0..others).map(|key| format!("\"k{key}\": 1, "));
            let messages = (0..messages).map(|key| format!("\"message{}\": 1, ", "_".repeat(key)));
            let keys: String = others.chain(messages).collect();
            let found = read(&format!("[{{{keys}\"code\": \"A.B\"}}]"), &Mapping::default());
            assert_eq!(found.rows.first().map(|_| found.headings.len()), headings);
        }
    }

    #[test]
    fn surplus_keys_are_named_once() {
        let others: Vec<_> = (0..=MAX_KEYS).map(|key| format!("\"k{key}\": 1, ")).collect();
        let others = others.concat();
        let columns = vec![("http_status".to_owned(), "status".to_owned())];
        let mapping = Mapping { columns, ..Mapping::default() };
        for (is_array, surplus) in [(true, "k64"), (false, "k63")] {
            let record = |code| format!("{{{others}\"status\": 404, \"code\": \"{code}\", \"message\": \"a\"}}");
            let [first, second] = ["A.B", "C.D"].map(record);
            let page = if is_array {
                format!("[{first}, {second}]")
            } else {
                format!("{{\"A.B\": {first}, \"C.D\": {second}}}")
            };
            let mapping = Mapping { at: Some(String::new()), ..mapping.clone() };
            let found = read(&page, &mapping);
            let rows: Vec<_> = found.rows.iter().map(|row| (&*row.code, &*row.description, row.values.len())).collect();
            assert_eq!(rows, [("A.B", "a", 1), ("C.D", "a", 1)]);
            assert_eq!(found.unused.iter().filter(|key| *key == surplus).count(), 1, "{:?}", found.unused);
        }
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
