//! The rules of numbers: all rows have one or none, and each identifies one row.

use crate::digits::parse_digits;
use crate::table::check::columns::duplicates;
use crate::table::merge::Merged;
use crate::table::names::{Violation, violation};
use crate::table::parse::rows::FileRow;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, short_list};
use crate::table::row::RowKey;
use crate::table::source::{Span, Spanned};

/// Checks the numbers of a table.
pub(super) fn check_numbers(merged: &Merged, report: &mut Report) {
    let rows = &merged.rows;
    let numbers = rows.iter().filter_map(|row| row.number().zip(row.span(RowKey::Number)));
    let numbers: Vec<_> = numbers.collect();
    let Some((_, first)) = numbers.first().copied() else { return };
    // A number may be in a base that could not be read.
    if merged.is_complete {
        report_missing(rows, merged.file, first, report);
    }
    for row in rows {
        row.spellings().for_each(|spelling| report_digits(row, spelling, report));
    }
    for [first, span] in duplicates(numbers) {
        let note = format!("first defined at {}", report.position(first));
        let message = format!("duplicate number `{}`", report.slice(span));
        report.error(Rule::DuplicateNumber, span, message).add_note(note).add_help("change one of them");
    }
}

/// Reports rows without a number: those of `file` where they are, and those of bases together.
fn report_missing(rows: &[FileRow], file: usize, first: Span, report: &mut Report) {
    let missing = rows.iter().filter(|row| row.number().is_none() && !row.is_flawed);
    let (own, of_bases): (Vec<_>, Vec<_>) = missing.partition(|row| row.code.span.file == file);
    for row in own {
        let message = format!("code `{}` has no `number`", excerpt(&row.code.value));
        let note = format!("other rows have one, such as at {}", report.position(first));
        let help = "add `number` to this row, or remove it from the others";
        report.error(Rule::MissingNumber, row.code.span, message).add_note(note).add_help(help);
    }
    let codes: Vec<_> = of_bases.iter().map(|row| row.code.value.as_str()).collect();
    if !codes.is_empty() {
        let (noun, verb) = if codes.len() == 1 { ("code", "has") } else { ("codes", "have") };
        let message = format!("{noun} {} of a base {verb} no `number`", short_list(&codes, "and", 3));
        let help = "override each of them with a `number`, or remove the numbers";
        report.error(Rule::MissingNumber, first, message).add_help(help);
    }
}

fn report_digits(row: &FileRow, spelling: &Spanned<String>, report: &mut Report) {
    let Some(Err(Violation { rule, message, help })) = row.number().map(|own| check_digits(&spelling.value, own))
    else {
        return;
    };
    report.error(rule, spelling.span, message).add_note("digits are read as a number").add_help(help);
}

/// Checks that a code or an alias is not read as the number of another row.
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_digits(spelling: &str, own: i64) -> Result<(), Violation> {
    match parse_digits(spelling) {
        Some(number) if number != own => {
            let message = format!("`{number}` differs from the `number` of its row");
            let help = "use the name of the code, or remove the alias";
            violation(Rule::AmbiguousDigits, message, help)
        }
        _ => Ok(()),
    }
}
