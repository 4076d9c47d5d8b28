//! The pages of a table.

use std::collections::BTreeMap;

use askama::Template;
use errtable_spec::{Fault, Retry, Row, RowKey, Table, code_span};

use crate::doc::escape::fragment;
use crate::row::{spellings, values};
use crate::value::text;

/// The style sheet and the script, which each HTML page contains.
pub(super) const STYLE: &str = include_str!("style.css");
pub(super) const SCRIPT: &str = include_str!("script.js");

/// A table and its rows.
pub(super) struct Page<'t> {
    table: &'t Table,
    has_index: bool,
    entries: Vec<Entry<'t>>,
    facets: Vec<Facet<'t>>,
}

/// A row as pages show it.
struct Entry<'t> {
    row: &'t Row,
    family: &'t str,
    /// The id of the number, unless it is the one of the code or of an alias.
    number_id: Option<String>,
    values: Vec<(&'t str, String)>,
    facts: Vec<(&'static str, String)>,
}

/// Values by which rows are filtered, with their numbers of rows.
pub(super) struct Facet<'t> {
    pub(super) name: &'static str,
    pub(super) all: &'static str,
    pub(super) values: Vec<(&'t str, usize)>,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Html<'p> {
    page: &'p Page<'p>,
}

#[derive(Template)]
#[template(path = "page.md")]
struct Markdown<'p> {
    page: &'p Page<'p>,
}

impl<'t> Page<'t> {
    /// Creates the pages of a table. `has_index` is whether they link to the list of tables.
    pub(super) fn new(table: &'t Table, has_index: bool) -> Self {
        let entries = table.rows.iter().map(|row| entry(row, table)).collect();
        Self { table, has_index, entries, facets: facets(table) }
    }

    /// Returns the page in HTML.
    pub(super) fn html(&self) -> askama::Result<String> {
        Html { page: self }.render()
    }

    /// Returns the page in Markdown.
    pub(super) fn markdown(&self) -> askama::Result<String> {
        Markdown { page: self }.render()
    }
}

fn entry<'t>(row: &'t Row, table: &'t Table) -> Entry<'t> {
    let values = values(row, table).map(|(name, value)| (name, text(value))).collect();
    let number_id = row.number.map(|number| number.to_string());
    let number_id = number_id.filter(|digits| spellings(row).all(|spelling| spelling != digits));
    Entry { row, family: family(&row.code), number_id, values, facts: facts(row) }
}

/// Returns the keys that a page shows in a list, as labels and values.
fn facts(row: &Row) -> Vec<(&'static str, String)> {
    let fact = |key: &RowKey| {
        let label = match key {
            RowKey::Code
            | RowKey::Number
            | RowKey::Description
            | RowKey::Retry
            | RowKey::RetryAfterMs
            | RowKey::Fault
            | RowKey::Evidence
            | RowKey::Variant
            | RowKey::Aliases
            | RowKey::Deprecated
            | RowKey::ReplacedBy => return None,
            RowKey::FormerVariants => "Former variants",
            RowKey::Since => "Since",
            RowKey::RemoveAfter => "May be removed after",
        };
        Some((label, row.get(*key)?.to_string())).filter(|(_, value)| !value.is_empty())
    };
    RowKey::ALL.iter().filter_map(fact).collect()
}

/// Returns the first segment of a code.
pub(super) fn family(code: &str) -> &str {
    code.split('.').next().unwrap_or_default()
}

fn facets(table: &Table) -> Vec<Facet<'_>> {
    let rows = || table.rows.iter();
    let retry = |class: &Retry| (class.as_str(), rows().filter(|row| row.retry == *class).count());
    let fault = |fault: &Fault| (fault.as_str(), rows().filter(|row| row.fault == *fault).count());
    let facets = [
        families(rows().map(|row| &*row.code)),
        Facet { name: "retry", all: "All classes", values: Retry::ALL.iter().map(retry).collect() },
        Facet { name: "fault", all: "All faults", values: Fault::ALL.iter().map(fault).collect() },
        tables(rows().map(|row| &*row.table)),
    ];
    selective(facets, table.rows.len())
}

/// Removes values that no row or each row has, and facets without values.
pub(super) fn selective<'t>(facets: impl IntoIterator<Item = Facet<'t>>, rows: usize) -> Vec<Facet<'t>> {
    let facets = facets.into_iter().map(|mut facet| {
        facet.values.retain(|(_, count)| (1..rows).contains(count));
        facet
    });
    facets.filter(|facet| !facet.values.is_empty()).collect()
}

/// Returns the families of several codes, sorted.
pub(super) fn families<'t>(codes: impl Iterator<Item = &'t str>) -> Facet<'t> {
    let mut values = BTreeMap::new();
    codes.for_each(|code| *values.entry(family(code)).or_insert(0) += 1);
    let values = values.into_iter().filter(|(_, codes)| *codes > 1).collect();
    Facet { name: "family", all: "All families", values }
}

/// Returns the tables of rows, in order.
pub(super) fn tables<'t>(names: impl Iterator<Item = &'t str>) -> Facet<'t> {
    let mut values: Vec<(&str, usize)> = Vec::new();
    for name in names {
        match values.iter_mut().find(|(value, _)| *value == name) {
            Some((_, rows)) => *rows += 1,
            None => values.push((name, 1)),
        }
    }
    Facet { name: "table", all: "All tables", values }
}
