//! Whether failures are written with their code, and without private columns.

use std::collections::HashSet;

use crate::table::column::{Column, Value};
use crate::table::envelope::{Part, Placeholder};
use crate::table::model::Table;
use crate::table::parse::envelope::EnvelopeDecl;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::row::Row;
use crate::table::source::{Span, Spanned};

/// Warns if the first sample writes failures without anything that tells the codes of the table
/// apart. This is no error, because the table may be for clients only, or the server may send the
/// code in a header.
pub(super) fn check_written_code(envelope: &Spanned<EnvelopeDecl>, table: &Table, report: &mut Report) {
    let Spanned { value, span } = envelope;
    let is_code = |part: &Part| matches!(part, Part::Placeholder(Placeholder::Code, _));
    let identifies = |part: &Part| match part {
        Part::Placeholder(Placeholder::Code, is_second_choice) => !is_second_choice,
        Part::Placeholder(Placeholder::Column(name), _) => distinguishes_rows(table, name),
        _ => false,
    };
    let is_in_header = value.envelope.headers.iter().any(|header| header.text.iter().any(is_code));
    let is_in_body = value.envelope.failures.first().is_none_or(|first| first.any_part(&identifies));
    // If there are errors, rows may be missing.
    if is_in_header || is_in_body || table.rows.is_empty() || report.len() > 0 {
        return;
    }
    let message = "failures are written without their code: the first sample of `failure` has no `{code}`";
    let help = "add `\"{code}\"` to it, or put a sample with `{code}` first";
    report.warning(Rule::UnwrittenCode, Span { end: span.start + 1, ..*span }, message).add_help(help);
}

/// Reports private columns that a sample writes.
pub(super) fn check_private_columns(envelope: &Spanned<EnvelopeDecl>, columns: &[Column], report: &mut Report) {
    let Spanned { value, span } = envelope;
    for column in columns.iter().filter(|column| column.private) {
        let is_column =
            |part: &Part| matches!(part, Part::Placeholder(Placeholder::Column(name), _) if *name == column.name);
        if value.envelope.failures.iter().any(|failure| failure.any_part(&is_column)) {
            let name = &column.name;
            let message = format!("column `{name}` is private, but a failure contains its value");
            let help = format!("remove `private` from the column, or `{{{name}}}` from the envelope");
            report.error(Rule::PrivatePlaceholder, Span { end: span.start + 1, ..*span }, message).add_help(help);
        }
    }
}

/// Returns whether all rows have a value in a column, and no two have the same one.
fn distinguishes_rows(table: &Table, name: &str) -> bool {
    let Some(position) = table.columns.iter().position(|column| column.name == name) else { return false };
    let value = |row: &Row| match row.values.get(position)?.as_ref()? {
        Value::Str(text) => Some((0, text.clone())),
        value => Some((value.number()?, String::new())),
    };
    let mut seen = HashSet::new();
    table.rows.iter().all(|row| value(row).is_some_and(|value| seen.insert(value)))
}
