//! Loads a table from any bytes. A table without diagnostics has distinct codes, which its index
//! finds, and is equal when it is written as JSON and loaded again.

#![no_main]

use std::collections::HashSet;
use std::io::{self, ErrorKind};

use errtable_spec::__private::{build_index, build_index_ignore_case, render};
use errtable_spec::{Column, ColumnType, Files, Reserved, Row, Table, Value};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::{Map, json};

use mutate::mutate;
use rows::unpack;

mod mutate;
#[path = "../model/object.rs"]
mod object;
#[path = "../../spec/tests/rows/mod.rs"]
mod rows;

fuzz_mutator!(|input: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(input, size, max_size, seed) });

fuzz_target!(|json: &[u8]| {
    let loaded = Table::load(&OneFile(json), PATH);
    let messages = render(&loaded.diagnostics);
    if messages.is_empty() {
        assert!(loaded.is_complete);
        check_index(&loaded.table);
        check_round_trip(loaded.table);
    }
});

const PATH: &str = "table.json";

/// A directory with one file.
struct OneFile<'a>(&'a [u8]);

impl Files for OneFile<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == PATH { Ok(self.0.to_owned()) } else { Err(ErrorKind::NotFound.into()) }
    }

    fn siblings(&self, _: &str) -> Vec<String> {
        vec![PATH.to_owned()]
    }
}

/// The codes and aliases, each with its row.
fn codes(table: &Table) -> impl Iterator<Item = (&str, usize)> {
    table
        .rows
        .iter()
        .enumerate()
        .flat_map(|(at, row)| [&row.code].into_iter().chain(&row.aliases).map(move |text| (text.as_str(), at)))
}

fn check_index(table: &Table) {
    let fold = |code: &str| if table.ignore_case { code.to_ascii_lowercase() } else { code.to_owned() };
    assert_eq!(codes(table).map(|(code, _)| fold(code)).collect::<HashSet<_>>().len(), codes(table).count());
    let variants: HashSet<_> = table.rows.iter().map(|row| &row.variant).collect();
    assert_eq!(variants.len(), table.rows.len());

    let exact = unpack(build_index(codes(table)));
    for (code, row) in codes(table) {
        assert_eq!(exact.find(code), Some(row), "{code:?}");
    }
    if table.ignore_case {
        let ignoring_case = unpack(build_index_ignore_case(codes(table)));
        for (code, row) in codes(table) {
            assert_eq!(ignoring_case.find_ignore_case(&code.to_ascii_uppercase()), Some(row), "{code:?}");
        }
    }
}

fn check_round_trip(mut table: Table) {
    let json = write(&table).to_string();
    let reloaded = Table::load(&OneFile(json.as_bytes()), PATH);
    assert_eq!(render(&reloaded.diagnostics), Vec::<String>::new(), "{json}");
    // The bases are now a part of the table.
    table.rows.iter_mut().for_each(|row| row.table.clone_from(&table.name));
    assert_eq!(reloaded.table, table, "{json}");
}

fn write(table: &Table) -> serde_json::Value {
    let columns: Map<_, _> = table.columns.iter().map(|column| (column.name.clone(), write_column(column))).collect();
    let rows: Vec<_> = table.rows.iter().map(|row| write_row(row, &table.columns)).collect();
    let mut json = json!({
        "name": table.name,
        "description": table.description,
        "source": table.source,
        "version": table.version,
        "ignore_case": table.ignore_case,
        "reserved": table.reserved.iter().map(write_reserved).collect::<Vec<_>>(),
        "columns": columns,
        "errors": rows,
    });
    if let Some(envelope) = &table.envelope {
        json["envelope"] = serde_json::from_str(&envelope.to_json(usize::MAX)).unwrap();
    }
    json
}

fn write_reserved(reserved: &Reserved) -> serde_json::Value {
    let numbers = reserved.numbers.as_ref().map(|range| json!([range.start(), range.end()]));
    let code = reserved.code.as_ref().map(|code| json!(code));
    let values = [("code", code), ("number", reserved.number.map(|number| json!(number))), ("numbers", numbers)];
    let values = values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    values.chain([("note".to_owned(), json!(reserved.note))]).collect()
}

fn write_column(column: &Column) -> serde_json::Value {
    let mut json = Map::new();
    match &column.ty {
        ColumnType::Enum(values) => {
            let texts: Vec<_> = values.iter().map(|value| &value.text).collect();
            json.insert("enum".to_owned(), json!(texts));
        }
        ty => {
            json.insert("type".to_owned(), json!(ty.name()));
        }
    }
    if let Some(default) = &column.default {
        json.insert("default".to_owned(), write_value(default));
    }
    json.insert("required".to_owned(), json!(column.required));
    json.insert("unique".to_owned(), json!(column.unique));
    json.insert("private".to_owned(), json!(column.private));
    json.into()
}

fn write_row(row: &Row, columns: &[Column]) -> serde_json::Value {
    let mut json = Map::new();
    let mut write = |key: &str, value| json.insert(key.to_owned(), value);
    write("code", json!(row.code));
    write("variant", json!(row.variant));
    write("description", json!(row.description));
    write("retry", json!(row.retry.as_str()));
    write("fault", json!(row.fault.as_str()));
    write("evidence", json!(row.evidence));
    write("aliases", json!(row.aliases));
    if let Some(wait) = row.retry_after_ms {
        write("retry_after_ms", json!(wait));
    }
    if let Some(number) = row.number {
        write("number", json!(number));
    }
    write("former_variants", json!(row.former_variants));
    if !row.since.is_empty() {
        write("since", json!(row.since));
    }
    if let Some(note) = &row.deprecated {
        write("deprecated", json!(note));
    }
    if let Some(code) = &row.replaced_by {
        write("replaced_by", json!(code));
    }
    if !row.remove_after.is_empty() {
        write("remove_after", json!(row.remove_after));
    }
    for (column, value) in columns.iter().zip(&row.values) {
        if let Some(value) = value {
            write(&column.name, write_value(value));
        }
    }
    json.into()
}

fn write_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value) => json!(value),
        Value::Unsigned(value) | Value::DurationMs(value) => json!(value),
        Value::Signed(value) => json!(value),
        Value::Float(value) => json!(value),
        Value::Str(value) => json!(value),
        Value::Enum(value) => json!(value.text),
    }
}
