//! The rules of columns: distinct methods and enums, at most one HTTP status, and distinct values
//! in unique columns.

use std::cmp::Reverse;
use std::rc::Rc;

use crate::packed::write::text_map::TextMap;
use crate::table::column::ColumnType;
use crate::table::names::variant_name;
use crate::table::ordered_map::OrderedMap;
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::rows::FileRow;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::excerpt;
use crate::table::source::{Span, Spanned};

/// Returns the columns, without those that have the enum name or the method of another one.
pub(super) fn distinct_columns<'c>(
    columns: &'c OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    report: &mut Report,
) -> Vec<&'c Spanned<ColumnDecl>> {
    let mut enums: TextMap<String, &Spanned<ColumnDecl>> = TextMap::default();
    let mut distinct = Vec::new();
    for column in columns.values() {
        if shares_method(column, columns, report) {
            continue;
        }
        if matches!(column.value.column.ty, ColumnType::Enum(_)) {
            let name = variant_name(&column.value.name);
            if let Some(other) = enums.get(&name) {
                let (first, second) = (&other.value.name, &column.value.name);
                let message = format!("columns `{first}` and `{second}` have the same enum name `…{name}`");
                let note = format!("`{first}` is declared at {}", report.position(other.span));
                report.error(Rule::DuplicateEnum, column.span, message).add_note(note).add_help("rename one of them");
                continue;
            }
            enums.insert(name, column);
        }
        distinct.push(column);
    }
    distinct
}

/// Reports a column that is named like the lookup of a unique one: `from_errno` for `errno`.
fn shares_method(
    column: &Spanned<ColumnDecl>,
    columns: &OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    report: &mut Report,
) -> bool {
    let Some(looked_up) = column.value.name.strip_prefix("from_") else { return false };
    let unique = columns.get(looked_up).filter(|other| other.value.column.unique);
    let Some(unique) = unique else { return false };
    // A column of a base cannot be renamed here, and bases are read later.
    let (here, there) = if column.span.file > unique.span.file { (unique, column) } else { (column, unique) };
    let (name, other) = (&here.value.name, &there.value.name);
    let message = format!("columns `{other}` and `{name}` have the same method `from_{looked_up}`");
    let note = format!("`{other}` is declared at {}", report.position(there.span));
    report.error(Rule::DuplicateMethod, here.span, message).add_note(note).add_help(format!("rename `{name}`"));
    true
}

/// Reports columns of type `http_status` after the first. Such a column keeps its method, so that
/// rustc reports no use of it.
pub(super) fn check_http_status(columns: &[&Spanned<ColumnDecl>], report: &mut Report) {
    let mut statuses = columns.iter().filter(|column| column.value.column.ty == ColumnType::HttpStatus);
    let Some(first) = statuses.next() else { return };
    for column in statuses {
        let name = &column.value.name;
        let message = format!("second column of type `http_status`: `{name}`");
        let note = format!("`{}` is declared at {}", first.value.name, report.position(first.span));
        let help = format!("use type `u16` for `{name}`, because `{{status}}` is the value of one column");
        report.error(Rule::DuplicateHttpStatus, column.span, message).add_note(note).add_help(help);
    }
}

/// Reports values of unique columns that two rows have.
pub(super) fn check_unique_values(columns: &[&Spanned<ColumnDecl>], rows: &[FileRow], report: &mut Report) {
    for column in columns.iter().filter(|column| column.value.column.unique) {
        let name = &column.value.name;
        let numbers = rows.iter().filter(|row| !row.is_flawed).filter_map(|row| {
            let value = row.value(name)?;
            Some((value.value.number()?, value.span))
        });
        for [first, span] in duplicates(numbers.collect()) {
            let value = excerpt(report.slice(span));
            let note = format!("first defined at {}", report.position(first));
            let message = format!("duplicate value `{value}` in unique column `{name}`");
            let help = "change one of them, or remove `unique` from the column";
            report.error(Rule::DuplicateValue, span, message).add_note(note).add_help(help);
        }
    }
}

/// Returns the spans of equal values: the first, and each other one.
///
/// Rows of bases are first, although they are read later: the table that extends them can be
/// changed.
pub(super) fn duplicates<T: Copy + Ord>(mut values: Vec<(T, Span)>) -> Vec<[Span; 2]> {
    values.sort_by_key(|(value, span)| (*value, Reverse(span.file), span.start));
    let equal = values.chunk_by(|(a, _), (b, _)| a == b);
    let pairs = equal.flat_map(|equal| equal.iter().take(1).cycle().zip(equal.iter().skip(1)));
    pairs.map(|((_, first), (_, other))| [*first, *other]).collect()
}
