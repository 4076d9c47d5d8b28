//! The table as a schema of OpenAPI.

use std::collections::BTreeMap;

use errtable_spec::{Row, Table, variant_name};
use serde::{Serialize, Serializer};

#[derive(Serialize)]
struct Document<'t> {
    openapi: &'static str,
    info: Info<'t>,
    paths: Paths,
    components: Components<'t>,
}

#[derive(Serialize)]
struct Info<'t> {
    title: &'t str,
    version: &'t str,
}

/// The key is required, but a table has no paths.
#[derive(Serialize)]
struct Paths {}

#[derive(Serialize)]
struct Components<'t> {
    schemas: BTreeMap<String, Schema<'t>>,
}

/// The schema of a code.
#[derive(Serialize)]
struct Schema<'t> {
    #[serde(rename = "type")]
    ty: &'static str,
    description: &'t str,
    /// `"enum": []` is not valid.
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    codes: Vec<&'t str>,
    #[serde(rename = "x-enum-varnames")]
    variants: Vec<&'t str>,
    #[serde(rename = "x-enum-descriptions")]
    descriptions: Vec<&'t str>,
    #[serde(rename = "x-retry", serialize_with = "serialize_retry")]
    retry: &'t [Row],
    #[serde(rename = "x-fault", serialize_with = "serialize_fault")]
    fault: &'t [Row],
}

/// Writes a table as a document with a schema.
pub(super) fn write(table: &Table) -> serde_json::Result<String> {
    let rows = || table.rows.iter();
    let schema = Schema {
        ty: "string",
        description: &table.description,
        codes: rows().map(|row| &*row.code).collect(),
        variants: rows().map(|row| &*row.variant).collect(),
        descriptions: rows().map(|row| &*row.description).collect(),
        retry: &table.rows,
        fault: &table.rows,
    };
    serde_json::to_string_pretty(&Document {
        openapi: "3.0.3",
        info: Info { title: &table.name, version: &table.version },
        paths: Paths {},
        components: Components { schemas: BTreeMap::from([(variant_name(&table.name), schema)]) },
    })
}

fn serialize_retry<S: Serializer>(rows: &&[Row], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(rows.iter().map(|row| (&row.code, row.retry.as_str())))
}

fn serialize_fault<S: Serializer>(rows: &&[Row], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(rows.iter().map(|row| (&row.code, row.fault.as_str())))
}
