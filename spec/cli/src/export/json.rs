//! The table as JSON.

use errtable_spec::{Column, ColumnType, Row, Table, Value};
use serde::{Serialize, Serializer};

use crate::row::Keys;
use crate::value::json;

#[derive(Serialize)]
struct Document<'t> {
    name: &'t str,
    description: &'t str,
    source: &'t str,
    version: &'t str,
    ignore_case: bool,
    columns: Vec<Declaration<'t>>,
    errors: Vec<Entry<'t>>,
}

#[derive(Serialize)]
struct Declaration<'t> {
    name: &'t str,
    #[serde(rename = "type")]
    ty: &'static str,
    values: Option<Vec<&'t str>>,
    default: Option<serde_json::Value>,
    required: bool,
    unique: bool,
}

#[derive(Serialize)]
struct Entry<'t> {
    #[serde(flatten)]
    keys: Keys<'t>,
    table: &'t str,
    #[serde(serialize_with = "serialize_values")]
    columns: (&'t [Column], &'t [Option<Value>]),
}

/// Writes a table as an object.
pub(super) fn write(table: &Table) -> serde_json::Result<String> {
    let document = Document {
        name: &table.name,
        description: &table.description,
        source: &table.source,
        version: &table.version,
        ignore_case: table.ignore_case,
        columns: table.columns.iter().map(declaration).collect(),
        errors: table.rows.iter().map(|row| entry(row, &table.columns)).collect(),
    };
    serde_json::to_string_pretty(&document)
}

fn declaration(column: &Column) -> Declaration<'_> {
    let values = match &column.ty {
        ColumnType::Enum(values) => Some(values.iter().map(|value| &*value.text).collect()),
        _ => None,
    };
    Declaration {
        name: &column.name,
        ty: column.ty.name(),
        values,
        default: column.default.as_ref().map(json),
        required: column.required,
        unique: column.unique,
    }
}

fn entry<'t>(row: &'t Row, columns: &'t [Column]) -> Entry<'t> {
    Entry { keys: Keys(row), table: &row.table, columns: (columns, &row.values) }
}

fn serialize_values<S: Serializer>(
    (columns, values): &(&[Column], &[Option<Value>]),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let values = values.iter().map(|value| value.as_ref().map(json));
    serializer.collect_map(columns.iter().map(|column| &column.name).zip(values))
}
