//! The table as a schema of OpenAPI.

use std::borrow::Cow;
use std::collections::BTreeMap;

use errtable_spec::{Row, Table, variant_name};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

use crate::row::wire;

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

/// Always empty: OpenAPI requires the key, but a table has no paths.
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
    /// Left out for a table without rows, because `"enum": []` is not valid.
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Json>,
    #[serde(rename = "x-enum-varnames")]
    variants: Vec<&'t str>,
    #[serde(rename = "x-enum-descriptions")]
    descriptions: Vec<&'t str>,
    #[serde(rename = "x-retry", serialize_with = "serialize_retry")]
    retry: &'t [Row],
    #[serde(rename = "x-fault", serialize_with = "serialize_fault")]
    fault: &'t [Row],
    #[serde(rename = "x-since", skip_serializing_if = "BTreeMap::is_empty")]
    since: BTreeMap<Cow<'t, str>, &'t str>,
    #[serde(rename = "x-deprecated", skip_serializing_if = "BTreeMap::is_empty")]
    deprecated: BTreeMap<Cow<'t, str>, String>,
}

/// Writes a table as a document with a schema.
pub(super) fn write(table: &Table) -> serde_json::Result<String> {
    let rows = || table.rows.iter();
    let schema = Schema {
        ty: if table.is_numeric() { "integer" } else { "string" },
        description: &table.description,
        codes: rows().map(|row| row.number.map_or_else(|| row.code.as_str().into(), Json::from)).collect(),
        variants: rows().map(|row| &*row.variant).collect(),
        descriptions: rows().map(|row| &*row.description).collect(),
        retry: &table.rows,
        fault: &table.rows,
        since: rows().map(|row| (wire(row), &*row.since)).filter(|(_, since)| !since.is_empty()).collect(),
        deprecated: rows().filter_map(|row| Some((wire(row), row.deprecation()?))).collect(),
    };
    serde_json::to_string_pretty(&Document {
        openapi: "3.0.3",
        info: Info { title: &table.name, version: &table.version },
        paths: Paths {},
        components: Components { schemas: BTreeMap::from([(variant_name(&table.name), schema)]) },
    })
}

fn serialize_retry<S: Serializer>(rows: &&[Row], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(rows.iter().map(|row| (wire(row), row.retry.as_str())))
}

fn serialize_fault<S: Serializer>(rows: &&[Row], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(rows.iter().map(|row| (wire(row), row.fault.as_str())))
}
