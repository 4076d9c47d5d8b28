//! The documentation of the generated items.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use errtable_spec::__private::{code_span, prose};
use errtable_spec::{Column, EnumValue, Envelope, Row, RowKey, Table, Value};

use crate::input::Target;

/// Returns the documentation of the enum, which follows the user's.
pub(crate) fn enum_docs(table: &Table) -> String {
    let codes = match table.rows.len() {
        1 => "1 code".to_owned(),
        count => format!("{count} codes"),
    };
    let mut summary = format!("The {codes} of table {}", code_span(&table.name));
    if !table.version.is_empty() {
        let _ = write!(summary, ", version {}", prose(&table.version));
    }
    let summary = format!("{summary}. {}", prose(&table.description));
    let source = if table.source.is_empty() { String::new() } else { format!("Source: {}", prose(&table.source)) };
    let envelope = table.envelope.as_ref().map(envelope).unwrap_or_default();
    paragraphs(&[summary.trim_end(), &source, &families(table), &envelope])
}

/// The maximum width of a sample on one line.
const MAX_WIDTH: usize = 80;

/// Returns a section that shows what a response looks like.
fn envelope(envelope: &Envelope) -> String {
    // No line of JSON consists of backticks, so none ends the block.
    let json = envelope.to_json(MAX_WIDTH).replace('\n', "\n ");
    format!("# Envelope\n\n What a response looks like:\n\n ```json\n {json}\n ```")
}

/// Returns a Markdown table of the families of several codes, largest first, or "".
fn families(table: &Table) -> String {
    let mut families: Vec<(&str, usize)> = Vec::new();
    let mut positions = HashMap::new();
    for row in &table.rows {
        let family = row.code.split('.').next().unwrap_or_default();
        let position = *positions.entry(family).or_insert_with(|| {
            families.push((family, 0));
            families.len() - 1
        });
        if let Some((_, count)) = families.get_mut(position) {
            *count += 1;
        }
    }
    families.retain(|(_, count)| *count > 1);
    if families.is_empty() {
        return String::new();
    }
    families.sort_by_key(|(_, count)| Reverse(*count));
    let mut lines = "| family | codes |\n |---|---|".to_owned();
    for (family, count) in families {
        // `|` ends a cell of a Markdown table, even in a code span.
        let _ = write!(lines, "\n | {} | {count} |", code_span(family).replace('|', "\\|"));
    }
    lines
}

/// Returns the documentation of a variant.
pub(super) fn variant_docs(row: &Row, columns: &[Column]) -> String {
    let mut facts = format!("Code {} of table {}.", code_span(&row.code), code_span(&row.table));
    for key in RowKey::ALL {
        let Some(value) = row.get(*key) else { continue };
        let _ = match key {
            RowKey::Code
            | RowKey::Description
            | RowKey::Evidence
            | RowKey::Variant
            | RowKey::FormerVariants
            | RowKey::Deprecated
            | RowKey::ReplacedBy => continue,
            RowKey::Number => write!(facts, " Number {value} (`as` gives the position of the row instead)."),
            RowKey::RemoveAfter => write!(facts, " May be removed after {value}."),
            RowKey::Aliases if row.aliases.is_empty() => continue,
            RowKey::Aliases => {
                let aliases: Vec<_> = row.aliases.iter().map(|alias| code_span(alias)).collect();
                write!(facts, " Aliases: {}.", aliases.join(", "))
            }
            RowKey::Retry => write!(facts, " Retry `{value}`: {}.", row.retry.meaning()),
            RowKey::RetryAfterMs => write!(facts, " Retry after {value}."),
            RowKey::Fault => write!(facts, " Fault: {value}."),
            RowKey::Since => write!(facts, " Since version {}.", prose(&row.since)),
        };
    }
    let evidence = if row.evidence.is_empty() { String::new() } else { format!("Evidence: {}", prose(&row.evidence)) };
    let values = columns.iter().zip(&row.values).filter_map(|(column, value)| {
        let value = value_text(value.as_ref()?);
        Some(format!("- {}: {value}", code_span(&column.name)))
    });
    let values = values.collect::<Vec<_>>().join("\n ");
    paragraphs(&[&prose(&row.description), &facts, &evidence, &values])
}

/// Returns the documentation of a column's method.
pub(super) fn column_docs(column: &Column) -> String {
    match &column.default {
        None if column.required => format!(" Returns the value of column {}.", code_span(&column.name)),
        None => format!(" Returns the value of column {}, if the row has one.", code_span(&column.name)),
        Some(default) => {
            let default = value_text(default);
            format!(" Returns the value of column {}, or {default} if the row has none.", code_span(&column.name))
        }
    }
}

/// Returns the documentation of a unique column's lookup.
pub(super) fn lookup_docs(column: &Column) -> String {
    format!(" Looks up the code with this value in column {}.", code_span(&column.name))
}

/// Returns the documentation of a column's enum.
pub(super) fn column_enum_docs(target: &Target, column: &Column) -> String {
    format!(" The values of column {} of [`{}`].", code_span(&column.name), target.ident)
}

/// Returns the documentation of a value of an enum column.
pub(super) fn value_docs(value: &EnumValue) -> String {
    format!(" The value {}.", code_span(&value.text))
}

/// Returns a value as Markdown.
fn value_text(value: &Value) -> String {
    match value {
        Value::Bool(value) => code_span(&value.to_string()),
        Value::DurationMs(value) => format!("{value} ms"),
        Value::Unsigned(value) => code_span(&value.to_string()),
        Value::Signed(value) => code_span(&value.to_string()),
        Value::Float(value) => code_span(&format!("{value:?}")),
        Value::Str(text) => code_span(&format!("{text:?}")),
        Value::Enum(value) => code_span(&value.text),
    }
}

/// Joins paragraphs, with the leading space of a `///` comment. Empty paragraphs are omitted.
fn paragraphs(paragraphs: &[&str]) -> String {
    let mut joined = String::new();
    for text in paragraphs {
        if !text.is_empty() {
            joined.push_str(if joined.is_empty() { " " } else { "\n\n " });
            joined.push_str(text);
        }
    }
    joined
}
