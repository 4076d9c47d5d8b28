//! The documentation of an enum.

use errtable_spec::__private::Json;
use errtable_spec::{Sample, Table, named_envelope};
use insta::assert_snapshot;

use super::load;
use crate::expand::docs::enum_docs;

#[test]
fn docs_show_the_envelope() {
    assert_snapshot!(enum_docs(&load("samples.json").table));
}

#[test]
fn docs_show_a_named_envelope() {
    let mut table = Table::default();
    "t".clone_into(&mut table.name);
    table.envelope = named_envelope("flat");
    assert_snapshot!(enum_docs(&table));
}

/// Returns the JSON in the documentation of a table with this envelope.
fn shown(table: &Table) -> String {
    let docs = enum_docs(table);
    let (_, block) = docs.split_once("```json\n").unwrap();
    block.strip_suffix("\n ```").unwrap().to_owned()
}

#[test]
fn shown_envelope_is_that_of_the_table() {
    for loaded in [load("samples.json"), load("written.json")] {
        let envelope = shown(&loaded.table);
        assert!(Json::of(envelope.trim()).is_some(), "{envelope}");
        let folder = tempfile::tempdir().unwrap();
        let columns: Vec<_> =
            loaded.table.columns.iter().map(|column| format!("\"{}\": \"str\"", column.name)).collect();
        let table =
            format!(r#"{{"name": "t", "columns": {{{}}}, "envelope": {envelope}, "errors": []}}"#, columns.join(", "));
        std::fs::write(folder.path().join("t.json"), table).unwrap();
        let again = Table::load(&errtable_spec::Directory::new(folder.path()), "t.json");
        assert!(again.diagnostics.is_empty(), "{:?}", again.diagnostics);
        assert_eq!(again.table.envelope, loaded.table.envelope);
    }
}

#[test]
fn only_sample_that_is_an_array_is_shown_in_a_list() {
    let mut table = load("samples.json").table;
    let envelope = table.envelope.as_mut().unwrap();
    envelope.failures.remove(0);
    assert!(matches!(envelope.failures.as_slice(), [Sample::Array(_)]));
    assert!(shown(&table).contains(r#""failure": [[{ "code": "{code}" }]]"#), "{}", shown(&table));
}

#[test]
fn table_without_envelope_shows_none() {
    assert!(!enum_docs(&load("three.json").table).contains("Envelope"));
}
