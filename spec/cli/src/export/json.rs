//! The table as JSON. `export.schema.json` describes the format.

use errtable_spec::{Column, ColumnType, Reserved, Row, Table, Value};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::row::Keys;
use crate::value::json;

/// The version of the format. A key may be added without a new version.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct ExportedTable<'t> {
    format: u32,
    name: &'t str,
    description: &'t str,
    source: &'t str,
    version: &'t str,
    ignore_case: bool,
    envelope: Option<Box<RawValue>>,
    reserved: Vec<NotUsed<'t>>,
    columns: Vec<Declaration<'t>>,
    errors: Vec<ExportedRow<'t>>,
}

#[derive(Serialize)]
struct NotUsed<'t> {
    code: Option<&'t str>,
    number: Option<i64>,
    numbers: Option<[i64; 2]>,
    note: Option<&'t str>,
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
struct ExportedRow<'t> {
    #[serde(flatten)]
    keys: Keys<'t>,
    table: &'t str,
    #[serde(serialize_with = "serialize_values")]
    columns: (&'t [Column], &'t [Option<Value>]),
}

/// Writes a table as an object.
pub(super) fn write(table: &Table) -> serde_json::Result<String> {
    // The order of keys has a meaning, which a `Value` would lose.
    let envelope = table.envelope.as_ref().map(|envelope| {
        let lines = envelope.to_json(usize::MAX);
        RawValue::from_string(lines.lines().map(str::trim_start).collect::<Vec<_>>().join(" "))
    });
    let exported = ExportedTable {
        format: FORMAT,
        name: &table.name,
        description: &table.description,
        source: &table.source,
        version: &table.version,
        ignore_case: table.ignore_case,
        envelope: envelope.transpose()?,
        reserved: table.reserved.iter().map(not_used).collect(),
        columns: table.columns.iter().map(declaration).collect(),
        errors: table.rows.iter().map(|row| entry(row, &table.columns)).collect(),
    };
    serde_json::to_string_pretty(&exported)
}

fn not_used(reserved: &Reserved) -> NotUsed<'_> {
    NotUsed {
        code: reserved.code.as_deref(),
        number: reserved.number,
        numbers: reserved.numbers.as_ref().map(|numbers| [*numbers.start(), *numbers.end()]),
        note: Some(&*reserved.note).filter(|note| !note.is_empty()),
    }
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

fn entry<'t>(row: &'t Row, columns: &'t [Column]) -> ExportedRow<'t> {
    ExportedRow { keys: Keys(row), table: &row.table, columns: (columns, &row.values) }
}

fn serialize_values<S: Serializer>(
    (columns, values): &(&[Column], &[Option<Value>]),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let values = values.iter().map(|value| value.as_ref().map(json));
    serializer.collect_map(columns.iter().map(|column| &column.name).zip(values))
}
