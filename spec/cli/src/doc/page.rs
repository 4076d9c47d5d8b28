//! The pages of a table.

use std::collections::BTreeMap;

use askama::Template;
use errtable_spec::__private::code_span;
use errtable_spec::{Fault, Retry, RetryAction, Row, RowKey, Table, variant_name};

use crate::doc::escape::{fence, fragment};
use crate::doc::inline::{Part, markdown, parts};
use crate::doc::response::ResponseSamples;
use crate::row::{spellings, values};
use crate::value::text;

/// The style sheet and the scripts, which each HTML page contains.
pub(super) const STYLE: &str = include_str!("style.css");
pub(super) const SCRIPT: &str = concat!(include_str!("text.js"), include_str!("script.js"));

/// A table and its rows.
pub(super) struct TablePage<'t> {
    table: &'t Table,
    has_index: bool,
    response: Option<ResponseSamples>,
    /// The rows of each table. Those of this table are the first.
    groups: Vec<Group<'t>>,
    facets: Vec<Facet<'t>>,
}

/// The rows of a table.
struct Group<'t> {
    table: &'t str,
    entries: Vec<PageRow<'t>>,
}

/// A row as pages show it.
struct PageRow<'t> {
    row: &'t Row,
    family: &'t str,
    todo: &'static str,
    /// The variant, unless its name follows from the code.
    variant: Option<&'t str>,
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
struct PageHtml<'p> {
    page: &'p TablePage<'p>,
}

#[derive(Template)]
#[template(path = "page.md")]
struct PageMarkdown<'p> {
    page: &'p TablePage<'p>,
}

impl<'t> TablePage<'t> {
    /// Creates the pages of a table. `has_index` is whether they link to the list of tables.
    pub(super) fn new(table: &'t Table, has_index: bool) -> Self {
        let response = table.envelope.as_ref().and_then(ResponseSamples::new);
        Self { table, has_index, response, groups: groups(table), facets: facets(table) }
    }

    /// Returns the page in HTML.
    pub(super) fn html(&self) -> askama::Result<String> {
        PageHtml { page: self }.render()
    }

    /// Returns the page in Markdown.
    pub(super) fn markdown(&self) -> askama::Result<String> {
        PageMarkdown { page: self }.render()
    }
}

/// Groups the rows by the table that defines the code: first this one, then its bases.
fn groups(table: &Table) -> Vec<Group<'_>> {
    let mut groups = vec![Group { table: &table.name, entries: Vec::new() }];
    for row in &table.rows {
        let entry = entry(row, table);
        match groups.iter_mut().find(|group| group.table == row.table) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group { table: &row.table, entries: vec![entry] }),
        }
    }
    groups.retain(|group| !group.entries.is_empty());
    groups
}

fn entry<'t>(row: &'t Row, table: &'t Table) -> PageRow<'t> {
    let values = values(row, table).map(|(name, value)| (name, text(value))).collect();
    let number_id = row.number.map(|number| number.to_string());
    let number_id = number_id.filter(|digits| spellings(row).all(|spelling| spelling != digits));
    let variant = Some(&*row.variant).filter(|variant| *variant != variant_name(&row.code));
    PageRow {
        row,
        family: family(&row.code),
        todo: what_to_do(row.retry),
        variant,
        number_id,
        values,
        facts: facts(row),
    }
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

/// Returns what to do after a failure, as a sentence.
fn what_to_do(class: Retry) -> &'static str {
    match class.retry_action(true) {
        RetryAction::GiveUp => "Do not retry the request as it is.",
        RetryAction::Restart => "Read the state again, then build a new request.",
        RetryAction::Renew => "Renew what is stale, such as a token, then retry once.",
        RetryAction::Wait if class == Retry::Conflict => "Wait until the state changes, then retry.",
        RetryAction::Wait if class.retry_action(false) == RetryAction::Wait => {
            "Wait, then retry; safe for every request."
        }
        RetryAction::Wait => "Wait, then retry; safe only for idempotent requests.",
    }
}

/// Returns the first segment of a code.
pub(super) fn family(code: &str) -> &str {
    code.split('.').next().unwrap_or_default()
}

fn facets(table: &Table) -> Vec<Facet<'_>> {
    let rows = || table.rows.iter();
    let fault = |fault: &Fault| (fault.as_str(), rows().filter(|row| row.fault == *fault).count());
    let facets = [
        families(rows().map(|row| &*row.code)),
        classes(rows().map(|row| row.retry.as_str())),
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

/// Returns the retry classes of rows.
pub(super) fn classes<'t>(names: impl Iterator<Item = &'t str>) -> Facet<'t> {
    let mut values: Vec<_> = Retry::ALL.iter().map(|class| (class.as_str(), 0)).collect();
    for name in names {
        values.iter_mut().filter(|(class, _)| *class == name).for_each(|(_, rows)| *rows += 1);
    }
    Facet { name: "retry", all: "All classes", values }
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
