//! Reads an enum of an OpenAPI 3 document, with the descriptions of `x-enum-descriptions`, or the
//! alternatives of `oneOf` that have a `const`.

use std::borrow::Cow;
use std::collections::HashMap;

use errtable_spec::__private::{Json, parse_digits};

use crate::import::page::document::{lines_of, text_of, value_at};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, FoundRow, Place, on_one_line};
use crate::place::member;

/// The maximum depth of schemas that are searched.
const MAX_DEPTH: usize = 16;

/// Reads the enum at the pointer of the mapping, or the only one. Several are listed.
pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    let Some(root) = Json::of(text) else { return Found::default() };
    let schema = if let Some(pointer) = &mapping.at {
        let Some(schema) = value_at(root, pointer) else {
            return Found::rejected(Place::Line(1), format!("no value at `{pointer}`"));
        };
        schema
    } else {
        let mut enums = Vec::new();
        if let Some(schemas) = value_at(root, "/components/schemas") {
            collect(schemas, "/components/schemas", MAX_DEPTH, &mut enums);
        }
        enums.sort_by_key(|(_, schema)| schema.range().start);
        let [(_, schema)] = &*enums else { return several(text, &enums) };
        *schema
    };
    let values = values_of(schema);
    let names = member(schema, "x-enum-varnames").and_then(Json::elements).unwrap_or_default();
    let descriptions = Descriptions::of(schema);
    let lines = lines_of(text, values.iter().map(|(value, _)| value.range().start));
    let rows = values.into_iter().zip(lines).enumerate().map(|(at, ((value, own), line))| {
        let value = text_of(value);
        let description = own.or_else(|| descriptions.get(at, &value)).map(text_of).unwrap_or_default();
        let name = names.get(at).copied().map(text_of);
        let number = parse_digits(&value).filter(|_| name.is_some());
        let code = name.filter(|_| number.is_some()).unwrap_or(value);
        FoundRow { number, ..FoundRow::new(code, on_one_line(&description), Place::Line(line)) }
    });
    rows.collect::<Vec<_>>().into()
}

/// The value of `x-enum-descriptions`.
enum Descriptions<'a> {
    /// In the order of the enum.
    Elements(Vec<Json<'a>>),
    /// By value.
    Members(HashMap<Cow<'a, str>, Json<'a>>),
}

impl<'a> Descriptions<'a> {
    fn of(schema: Json<'a>) -> Self {
        let descriptions = member(schema, "x-enum-descriptions");
        if let Some(elements) = descriptions.and_then(Json::elements) {
            return Self::Elements(elements);
        }
        let entries = descriptions.and_then(Json::entries).unwrap_or_default();
        let mut members = HashMap::with_capacity(entries.len());
        for (key, text) in entries {
            if let Ok(key) = key.unescape() {
                members.entry(key).or_insert(text);
            }
        }
        Self::Members(members)
    }

    /// Returns the description of a value at a position of the enum.
    fn get(&self, at: usize, value: &str) -> Option<Json<'a>> {
        match self {
            Self::Elements(elements) => elements.get(at).copied(),
            Self::Members(members) => members.get(value).copied(),
        }
    }
}

/// Returns the values of an enum, with their descriptions in `oneOf`:
///
/// ```json
/// { "oneOf": [{ "const": "cart_empty", "description": "Add one." }, { "enum": ["sold_out"] }] }
/// ```
fn values_of(schema: Json<'_>) -> Vec<(Json<'_>, Option<Json<'_>>)> {
    if let Some(values) = member(schema, "enum").and_then(Json::elements) {
        return values.into_iter().map(|value| (value, None)).collect();
    }
    let alternatives = ["oneOf", "anyOf"].iter().find_map(|key| member(schema, key)?.elements());
    let value = |alternative| {
        let single = |values: Vec<_>| <[_; 1]>::try_from(values).ok().map(|[value]| value);
        let constant = member(alternative, "const");
        let value = constant.or_else(|| member(alternative, "enum")?.elements().and_then(single));
        value.map(|value| (value, member(alternative, "description")))
    };
    alternatives.into_iter().flatten().map(value).collect::<Option<_>>().unwrap_or_default()
}

/// Collects the schemas with several values, and their pointers.
fn collect<'a>(value: Json<'a>, pointer: &str, depth: usize, found: &mut Vec<(String, Json<'a>)>) {
    if depth == 0 {
        return;
    }
    let entries = value.entries().into_iter().flatten();
    let entries = entries.filter_map(|(key, value)| Some((key.unescape().ok()?.into_owned(), value)));
    let elements = value.elements().into_iter().flatten().enumerate().map(|(at, value)| (at.to_string(), value));
    if values_of(value).len() > 1 {
        found.push((pointer.to_owned(), value));
    }
    for (key, inner) in entries.chain(elements) {
        if !matches!(&*key, "enum" | "example" | "examples" | "default") && !key.starts_with("x-") {
            let key = key.replace('~', "~0").replace('/', "~1");
            collect(inner, &format!("{pointer}/{key}"), depth - 1, found);
        }
    }
}

/// Reports the enums of a document that has several, or none. Those of errors come first.
fn several(text: &str, enums: &[(String, Json<'_>)]) -> Found {
    let lines = lines_of(text, enums.iter().map(|(_, schema)| schema.range().start));
    let mut enums: Vec<_> = enums.iter().zip(lines).collect();
    enums.sort_by_key(|((pointer, _), _)| !pointer.to_lowercase().contains("error"));
    let rejected = enums.into_iter().map(|((pointer, schema), line)| {
        let values = values_of(*schema).len();
        (Place::Line(line), format!("an enum of {values} values: `--at {pointer}`"))
    });
    match rejected.collect::<Vec<_>>() {
        none if none.is_empty() => Found::rejected(Place::Line(1), "no enum in `/components/schemas`".to_owned()),
        rejected => Found { rejected, ..Found::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"openapi": "3.1.0", "components": {"schemas": {
        "Failure": {"properties": {"code": {"enum": ["A.B", "C"], "x-enum-descriptions": ["First.", "Second."]}}},
        "Errno": {"enum": [-1, 7], "x-enum-varnames": ["LOST", "BUSY"], "x-enum-descriptions": {"7": "Busy."}}}}}"#;

    fn codes(pointer: &str) -> Vec<(String, Option<i64>, String)> {
        let mapping = Mapping { at: Some(pointer.to_owned()), ..Mapping::default() };
        read(DOCUMENT, &mapping).rows.into_iter().map(|row| (row.code, row.number, row.description)).collect()
    }

    #[test]
    fn enums_are_read_at_a_pointer() {
        let row = |(code, number, text): (&str, _, &str)| (code.to_owned(), number, text.to_owned());
        let expected = [("A.B", None, "First."), ("C", None, "Second.")].map(row);
        assert_eq!(codes("/components/schemas/Failure/properties/code"), expected);
        assert_eq!(codes("/components/schemas/Errno"), [("LOST", Some(-1), ""), ("BUSY", Some(7), "Busy.")].map(row));
    }

    #[test]
    fn alternatives_are_read() {
        let document = r#"{"openapi": "3.1.0", "components": {"schemas": {"Code": {"oneOf": [
            {"const": "A.B", "description": "First."}, {"type": "string", "enum": ["C"]}]},
            "Shape": {"oneOf": [{"const": "D"}, {"$ref": "x"}]}}}}"#;
        let rows = read(document, &Mapping::default()).rows;
        let rows: Vec<_> = rows.iter().map(|row| (&*row.code, &*row.description, row.place)).collect();
        assert_eq!(rows, [("A.B", "First.", Place::Line(2)), ("C", "", Place::Line(2))]);
    }

    #[test]
    fn several_enums_are_listed_with_those_of_errors_first() {
        let document = DOCUMENT.replace("Errno", "ErrorNumber");
        let rejected = read(&document, &Mapping::default()).rejected;
        let messages: Vec<_> = rejected.iter().map(|(_, why)| &**why).collect();
        assert_eq!(
            messages,
            [
                "an enum of 2 values: `--at /components/schemas/ErrorNumber`",
                "an enum of 2 values: `--at /components/schemas/Failure/properties/code`"
            ]
        );
    }
}
