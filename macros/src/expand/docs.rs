//! The documentation of an expansion, which people read in the editor.

use std::fmt::Write as _;

use errtable_spec::{Row, Table};

/// The lines below the user's own documentation of the enum.
pub(super) fn enum_docs(table: &Table) -> Vec<String> {
    let mut lines = vec![String::new()];
    let codes = match table.rows.len() {
        1 => "1 code".to_owned(),
        count => format!("{count} codes"),
    };
    let mut summary = format!("The {codes} of table {}", code_span(&table.name));
    if !table.version.is_empty() {
        let _ = write!(summary, ", version {}", prose(&table.version));
    }
    lines.push(format!("{summary}. {}", prose(&table.description)).trim_end().to_owned());
    if !table.source.is_empty() {
        lines.push(String::new());
        lines.push(format!("Source: {}", prose(&table.source)));
    }
    lines
}

/// The documentation of a variant.
pub(super) fn variant_docs(row: &Row) -> String {
    let mut docs = String::new();
    if !row.description.trim().is_empty() {
        let _ = write!(docs, "{}\n\n", prose(&row.description));
    }
    let _ = write!(docs, "{}, of table {}.", code_span(&row.code), code_span(&row.table));
    let _ = write!(docs, " Retry {}: {}.", code_span(row.retry.as_str()), row.retry.description());
    if !row.evidence.is_empty() {
        let _ = write!(docs, "\n\nEvidence: {}", prose(&row.evidence));
    }
    docs
}

/// A text as Markdown that shows it: no character of it is markup, and a control character is visible.
fn prose(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let mut escaped = String::new();
    for c in words.join(" ").chars() {
        if c.is_control() {
            let _ = write!(escaped, "\\\\u{{{:x}}}", u32::from(c));
            continue;
        }
        if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '?' | '\'' | '"') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A code as Markdown: between as many back-ticks as it takes.
fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if code.contains('`') || code.starts_with(' ') || code.ends_with(' ') { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}
