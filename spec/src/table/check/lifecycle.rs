//! The rules about the life of a code: what is reserved, what replaces it, and how its variant was
//! named before.

use crate::packed::write::text_map::TextMap;
use crate::table::column::Column;
use crate::table::merge::Merged;
use crate::table::model::Reserved;
use crate::table::names::{Violation, check_variant_name};
use crate::table::parse::rows::FileRow;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{did_you_mean, excerpt};
use crate::table::row::RowKey;
use crate::table::source::{Span, Spanned};

/// Reports codes, aliases and numbers that the table reserves.
pub(super) fn check_reserved(merged: &Merged, report: &mut Report) {
    for reserved in &merged.reserved {
        for row in &merged.rows {
            let spelling = row.spellings().find(|spelling| reserved.value.code.as_ref() == Some(&spelling.value));
            if let Some(spelling) = spelling {
                report_reserved(&format!("code `{}`", excerpt(&spelling.value)), spelling.span, reserved, report);
            }
            let number = row.number().filter(|number| reserved.value.has_number(*number));
            if let (Some(number), Some(span)) = (number, row.span(RowKey::Number)) {
                report_reserved(&format!("number `{number}`"), span, reserved, report);
            }
        }
    }
}

/// Reports the use of a reserved code or number, in the file of the table, which can be changed.
fn report_reserved(what: &str, span: Span, reserved: &Spanned<Reserved>, report: &mut Report) {
    let (message, here, there) = if span.file == reserved.span.file {
        (format!("reserved {what}"), span, format!("reserved at {}", report.position(reserved.span)))
    } else {
        let message = format!("reserved {what} is in a base");
        (message, reserved.span, format!("defined at {}", report.position(span)))
    };
    let note =
        if reserved.value.note.is_empty() { there } else { format!("{there}: {}", excerpt(&reserved.value.note)) };
    let help = "use another one, or remove it from `reserved`";
    report.error(Rule::Reserved, here, message).note(note).help(help);
}

/// Reports replacements that are no code of the table, or that are replaced themselves.
pub(super) fn check_replacements(rows: &[FileRow], report: &mut Report) {
    let replacement = |row: &FileRow| Some((row.text(RowKey::ReplacedBy)?.to_owned(), row.span(RowKey::ReplacedBy)?));
    if rows.iter().all(|row| replacement(row).is_none()) {
        return;
    }
    let by_code: TextMap<&str, &FileRow> = rows.iter().map(|row| (row.code.value.as_str(), row)).collect();
    for row in rows {
        let Some((code, span)) = replacement(row) else { continue };
        let quoted = excerpt(&code);
        let Some(target) = by_code.get(code.as_str()) else {
            let of_alias = rows.iter().find(|row| row.list(RowKey::Aliases).iter().any(|alias| alias.value == code));
            let help = match of_alias {
                Some(row) => format!("it is an alias: write the code `{}`", excerpt(&row.code.value)),
                None => did_you_mean(&code, &by_code.keys().copied().collect::<Vec<_>>()),
            };
            report.error(Rule::InvalidReplacement, span, format!("unknown replacement `{quoted}`")).help(help);
            continue;
        };
        if target.code == row.code {
            let message = format!("code `{quoted}` replaces itself");
            report.error(Rule::InvalidReplacement, span, message).help("write the code to use instead");
        } else if let Some((next, next_span)) = replacement(target) {
            let note = format!("`{quoted}` is replaced at {}", report.position(next_span));
            let help = format!("write the last code of the chain, such as `{}`", excerpt(&next));
            let message = format!("replacement `{quoted}` is replaced itself");
            report.error(Rule::InvalidReplacement, span, message).note(note).help(help);
        }
    }
}

/// The variant names of all rows and the former ones so far, with their spans.
pub(super) struct FormerVariants<'a> {
    taken: TextMap<&'a str, Span>,
    columns: &'a [Column],
}

impl<'a> FormerVariants<'a> {
    pub(super) fn new(rows: &[FileRow], names: &'a [Spanned<String>], columns: &'a [Column]) -> Self {
        // Most tables have no former variants.
        let is_used = rows.iter().any(|row| !row.list(RowKey::FormerVariants).is_empty());
        let names = if is_used { names } else { &[] };
        Self { taken: names.iter().map(|name| (name.value.as_str(), name.span)).collect(), columns }
    }

    /// Returns the valid former variants of a row.
    pub(super) fn distinct(&mut self, row: &'a FileRow, report: &mut Report) -> Vec<String> {
        let mut distinct = Vec::new();
        for Spanned { value: name, span } in row.list(RowKey::FormerVariants) {
            if let Err(Violation { rule, message, .. }) = check_variant_name(name, self.columns) {
                report.error(rule, *span, message).help("remove it from `former_variants`");
            } else if let Some(other) = self.taken.get(name.as_str()) {
                let note = format!("the other one is at {}", report.position(*other));
                let message = format!("former variant `{name}` is also another variant name");
                let help = "remove it from `former_variants`";
                report.error(Rule::DuplicateVariant, *span, message).note(note).help(help);
            } else {
                self.taken.insert(name, *span);
                distinct.push(name.clone());
            }
        }
        distinct
    }
}
