//! The rules about the life of a code: what is reserved, what replaces it, and how its variant was
//! named before.

use std::ops::RangeInclusive;

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
    check_reserved_codes(merged, report);
    check_reserved_numbers(merged, report);
}

fn check_reserved_codes(merged: &Merged, report: &mut Report) {
    let mut codes: TextMap<&str, &Spanned<Reserved>> = TextMap::default();
    for reserved in &merged.reserved {
        if let Some(code) = &reserved.value.code {
            codes.entry(code).or_insert(reserved);
        }
    }
    for spelling in merged.rows.iter().flat_map(FileRow::spellings) {
        if let Some(reserved) = codes.get(spelling.value.as_str()) {
            report_reserved(&format!("code `{}`", excerpt(&spelling.value)), spelling.span, reserved, report);
        }
    }
}

fn check_reserved_numbers(merged: &Merged, report: &mut Report) {
    let mut ranges: Vec<_> = merged.reserved.iter().flat_map(ranges).collect();
    ranges.sort_by_key(|(range, _)| *range.start());
    let mut ranges = ranges.into_iter().peekable();
    let with_number = |row: &FileRow| row.number().zip(row.span(RowKey::Number));
    let mut numbers: Vec<_> = merged.rows.iter().filter_map(with_number).collect();
    numbers.sort_by_key(|(number, _)| *number);
    // Of the ranges that start at or before a number, the one that ends last.
    let mut last: Option<(RangeInclusive<i64>, &Spanned<Reserved>)> = None;
    for (number, span) in numbers {
        while let Some(next) = ranges.next_if(|(range, _)| *range.start() <= number) {
            if last.as_ref().is_none_or(|(last, _)| last.end() < next.0.end()) {
                last = Some(next);
            }
        }
        if let Some((_, reserved)) = last.as_ref().filter(|(range, _)| range.contains(&number)) {
            report_reserved(&format!("number `{number}`"), span, reserved, report);
        }
    }
}

/// Returns the numbers that an element of `reserved` reserves.
fn ranges(reserved: &Spanned<Reserved>) -> impl Iterator<Item = (RangeInclusive<i64>, &Spanned<Reserved>)> {
    let Reserved { number, numbers, .. } = &reserved.value;
    let ranges = number.map(|number| number..=number).into_iter().chain(numbers.clone());
    ranges.map(move |range| (range, reserved))
}

/// Reports the use of a reserved code or number, in the file of the table, which can be changed.
fn report_reserved(what: &str, span: Span, reserved: &Spanned<Reserved>, report: &mut Report) {
    let (message, here, there) = if span.file == reserved.span.file {
        (format!("reserved {what}"), span, format!("reserved at {}", report.position(reserved.span)))
    } else {
        let message = format!("reserved {what} is used in a base");
        (message, reserved.span, format!("defined at {}", report.position(span)))
    };
    let note =
        if reserved.value.note.is_empty() { there } else { format!("{there}: {}", excerpt(&reserved.value.note)) };
    let help = "use another one, or remove it from `reserved`";
    report.error(Rule::Reserved, here, message).add_note(note).add_help(help);
}

/// The maximum number of replacements that a suggestion follows.
const MAX_CHAIN: usize = 64;

/// Reports replacements that are no code of the table, or that are replaced themselves.
pub(super) fn check_replacements(merged: &Merged, report: &mut Report) {
    let rows = &merged.rows;
    if rows.iter().all(|row| replacement(row).is_none()) {
        return;
    }
    let by_code: TextMap<&str, &FileRow> = rows.iter().map(|row| (row.code.value.as_str(), row)).collect();
    for row in rows {
        let Some((code, span)) = replacement(row) else { continue };
        let quoted = excerpt(code);
        let Some(target) = by_code.get(code) else {
            // The code may be in a base that could not be read.
            if merged.is_complete {
                let help = if report.may_search(rows.len()) {
                    instead_of_unknown(code, rows)
                } else {
                    "write a code of the table".to_owned()
                };
                report.error(Rule::InvalidReplacement, span, format!("unknown replacement `{quoted}`")).add_help(help);
            }
            continue;
        };
        if target.code == row.code {
            let message = format!("code `{quoted}` replaces itself");
            report.error(Rule::InvalidReplacement, span, message).add_help("write the code to use instead");
        } else if let Some((_, next)) = replacement(target) {
            let last = last_replacement(target, &by_code);
            report_replaced(&row.code.value, code, [span, next], last, report);
        }
    }
}

/// Reports that the replacement of a code is replaced, in the file that can be changed: of two
/// files, the extending one, which was read first. `spans` are those of the two replacements.
fn report_replaced(code: &str, replacement: &str, spans: [Span; 2], last: Option<&str>, report: &mut Report) {
    let ([span, next], code, quoted) = (spans, excerpt(code), excerpt(replacement));
    let last = last.map(|last| format!("`{}`", excerpt(last)));
    if next.file < span.file {
        let note = format!("`{quoted}` replaces `{code}` at {}", report.position(span));
        let help = format!("override `replaced_by` of `{code}`, too, with {}", last.as_deref().unwrap_or(NOT_REPLACED));
        let message = format!("`{quoted}` is replaced, but is a replacement itself");
        report.error(Rule::InvalidReplacement, next, message).add_note(note).add_help(help);
        return;
    }
    let note = format!("`{quoted}` is replaced at {}", report.position(next));
    let help = match last {
        Some(last) => format!("write the last code of the chain: {last}"),
        None => format!("write {NOT_REPLACED}"),
    };
    let message = format!("replacement `{quoted}` is replaced itself");
    report.error(Rule::InvalidReplacement, span, message).add_note(note).add_help(help);
}

const NOT_REPLACED: &str = "a code that is not replaced";

/// Returns the replacement of a row, and where it is.
fn replacement(row: &FileRow) -> Option<(&str, Span)> {
    row.text(RowKey::ReplacedBy).zip(row.span(RowKey::ReplacedBy))
}

/// Suggests what to write instead of an unknown replacement.
fn instead_of_unknown(replacement: &str, rows: &[FileRow]) -> String {
    let has_alias = |row: &&FileRow| row.list(RowKey::Aliases).iter().any(|alias| alias.value == replacement);
    let has_variant = |row: &&FileRow| row.variant_name().value == replacement;
    match (rows.iter().find(has_alias), rows.iter().find(has_variant)) {
        (Some(row), _) => format!("it is an alias: write the code `{}`", excerpt(&row.code.value)),
        (None, Some(row)) => format!("it is a variant: write the code `{}`", excerpt(&row.code.value)),
        (None, None) => did_you_mean(replacement, &rows.iter().map(|row| row.code.value.as_str()).collect::<Vec<_>>()),
    }
}

/// Returns the code at the end of a chain of replacements. A cycle has none.
fn last_replacement<'a>(row: &'a FileRow, by_code: &TextMap<&str, &'a FileRow>) -> Option<&'a str> {
    let mut last = row;
    for _ in 0..MAX_CHAIN {
        match replacement(last) {
            Some((next, _)) => last = by_code.get(next)?,
            None => return Some(&last.code.value),
        }
    }
    None
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
                report.error(rule, *span, message).add_help("remove it from `former_variants`");
            } else if let Some(other) = self.taken.get(name.as_str()) {
                report_duplicate(name, *span, *other, report);
            } else {
                self.taken.insert(name, *span);
                distinct.push(name.clone());
            }
        }
        distinct
    }
}

/// Reports a former variant that is also another variant name, in the file that can be changed.
fn report_duplicate(name: &str, former: Span, other: Span, report: &mut Report) {
    if other.file < former.file {
        let note = format!("the former variant is at {}", report.position(former));
        let message = format!("variant name `{name}` is a former variant of a base");
        let help = "set another `variant`, or override `former_variants` of the base";
        report.error(Rule::DuplicateVariant, other, message).add_note(note).add_help(help);
        return;
    }
    let note = format!("also used at {}", report.position(other));
    let message = format!("duplicate variant name `{name}` in `former_variants`");
    let help = "remove it from `former_variants`";
    report.error(Rule::DuplicateVariant, former, message).add_note(note).add_help(help);
}
