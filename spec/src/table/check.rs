//! The rules of a table as a whole: distinct codes, aliases, variants and values, and the maximum
//! number.

mod columns;
mod envelope;
mod lifecycle;
pub(crate) mod numbers;

use std::collections::hash_map::Entry;
use std::hash::BuildHasherDefault;

use self::columns::{check_http_status, check_unique_values, distinct_columns};
use self::envelope::{check_private_columns, check_written_code};
use self::lifecycle::{FormerVariants, check_replacements, check_reserved};
use self::numbers::check_numbers;
use crate::packed::MAX_CODES;
use crate::packed::write::text_map::TextMap;
use crate::table::column::Column;
use crate::table::merge::Merged;
use crate::table::model::Table;
use crate::table::names::free::FreeNames;
use crate::table::names::{Violation, check_variant_name, variant_name, violation};
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::rows::{FileRow, Names};
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::excerpt;
use crate::table::row::RowKey;
use crate::table::source::{Span, Spanned};
use crate::vocabulary::Retry;

/// Checks a table. Reports violations and leaves the rows out.
pub(crate) fn check(merged: &Merged, report: &mut Report) -> Table {
    let declarations = distinct_columns(&merged.columns, report);
    check_http_status(&declarations, report);
    check_unique_values(&declarations, &merged.rows, report);
    let columns: Vec<_> = declarations.iter().map(|column| column.value.column.clone()).collect();
    let names: Vec<_> = merged.rows.iter().map(FileRow::variant_name).collect();
    let mut variants = Variants::new(&names, &columns);
    check_numbers(merged, report);
    check_reserved(merged, report);
    check_replacements(merged, report);
    let mut former = FormerVariants::new(&merged.rows, &names, &columns);
    let mut aliases = Aliases::new(merged);
    let mut spelling_count = 0;
    let mut rows = Vec::with_capacity(merged.rows.len());
    let mut lower_case = merged.table.ignore_case.then(LowerCase::default);
    for (row, name) in merged.rows.iter().zip(&names) {
        if lower_case.as_mut().is_some_and(|lower_case| lower_case.collides(row, report)) {
            continue;
        }
        check_wait(row, report);
        let aliases = aliases.distinct(row, report);
        spelling_count += 1 + aliases.len();
        if spelling_count > MAX_CODES {
            let message = format!("too many codes and aliases: the maximum is {MAX_CODES}");
            report.error(Rule::TooManyCodes, row.code.span, message).add_help("split the table");
            break;
        }
        if let Some(variant) = variants.claim(row, name, report) {
            let value = |column: &&Spanned<ColumnDecl>| {
                let value = row.value(&column.value.name).map(|value| &value.value);
                value.or(column.value.column.default.as_ref()).cloned()
            };
            let names = Names { variant, former_variants: former.distinct(row, report), aliases };
            rows.push(row.checked(names, declarations.iter().map(value).collect()));
        }
    }
    let is_column = |name: &str| columns.iter().any(|column| column.name == name);
    let envelope = merged.envelope.as_ref().map(|envelope| envelope.value.envelope.clone().with_columns(is_column));
    let reserved = merged.reserved.iter().map(|reserved| reserved.value.clone()).collect();
    let table = Table { envelope, reserved, columns, rows, ..merged.table.clone() };
    if let Some(envelope) = &merged.envelope {
        check_private_columns(envelope, &table.columns, report);
        check_written_code(envelope, &table, report);
    }
    table
}

/// Checks that a row with `retry_after_ms` may be retried.
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_retry_after(code: &str, retry: Retry) -> Result<(), Violation> {
    if retry != Retry::Never {
        return Ok(());
    }
    let message = format!("unused `retry_after_ms`: the retry class of code `{}` is `never`", excerpt(code));
    let help = "remove it, or set another `retry`, such as `throttled`";
    violation(Rule::UnusedRetryAfter, message, help)
}

/// Reports a wait that is never used. The row is flawed if its retry class is unknown.
fn check_wait(row: &FileRow, report: &mut Report) {
    let (Some(wait), Some(retry), false) = (row.span(RowKey::RetryAfterMs), row.retry(), row.is_flawed) else { return };
    if let Err(Violation { rule, message, help }) = check_retry_after(&row.code.value, retry) {
        report.error(rule, wait, message).add_help(help);
    }
}

/// The codes and aliases so far, with their spans.
struct Aliases<'a>(TextMap<&'a str, Span>);

impl<'a> Aliases<'a> {
    fn new(merged: &'a Merged) -> Self {
        // Most tables have no aliases, so their codes need no map.
        if merged.rows.iter().all(|row| row.list(RowKey::Aliases).is_empty()) {
            return Self(TextMap::default());
        }
        Self(merged.rows.iter().map(|row| (row.code.value.as_str(), row.code.span)).collect())
    }

    /// Returns the aliases of a row that are neither a code nor another alias.
    fn distinct(&mut self, row: &'a FileRow, report: &mut Report) -> Vec<String> {
        let mut distinct = Vec::new();
        for alias in row.list(RowKey::Aliases) {
            if alias.value == row.code.value {
                let message = format!("alias `{}` equals the code of its row", excerpt(&alias.value));
                report.error(Rule::DuplicateAlias, alias.span, message).add_help("remove the alias");
                continue;
            }
            if let Some(first) = self.0.get(alias.value.as_str()) {
                report_duplicate_alias(alias, *first, &row.code.value, report);
                continue;
            }
            self.0.insert(&alias.value, alias.span);
            distinct.push(alias.value.clone());
        }
        distinct
    }
}

/// Reports a duplicate alias in the file that can be changed: of two files, the extending one,
/// which was read first.
fn report_duplicate_alias(alias: &Spanned<String>, first: Span, code: &str, report: &mut Report) {
    let text = excerpt(&alias.value);
    if first.file < alias.span.file {
        let code = excerpt(code);
        let note = format!("the alias is defined at {}", report.position(alias.span));
        let message = format!("`{text}` is an alias of `{code}` in a base");
        let help = format!("use `{code}` here, or override its `aliases`");
        report.error(Rule::DuplicateAlias, first, message).add_note(note).add_help(help);
        return;
    }
    let note = format!("first defined at {}", report.position(first));
    let help = "remove the alias: each spelling must identify one code";
    report.error(Rule::DuplicateAlias, alias.span, format!("duplicate alias `{text}`")).add_note(note).add_help(help);
}

/// The codes and aliases so far by their lower case, each with the code of its row.
#[derive(Default)]
struct LowerCase<'a>(TextMap<String, (&'a Spanned<String>, &'a str)>);

impl<'a> LowerCase<'a> {
    /// Reports codes and aliases that differ from those of another row only in case. Returns
    /// whether there are any.
    fn collides(&mut self, row: &'a FileRow, report: &mut Report) -> bool {
        let code = &row.code;
        let diagnostics_before = report.len();
        for text in row.spellings() {
            let (other, its_code) = *self.0.entry(text.value.to_ascii_lowercase()).or_insert((text, &code.value));
            if its_code != code.value && other.value != text.value {
                let message = format!("`{}` and `{}` differ only in case", excerpt(&other.value), excerpt(&text.value));
                let note = format!("`{}` is defined at {}", excerpt(&other.value), report.position(other.span));
                let help = "make one an alias of the other, or remove `ignore_case`";
                report.error(Rule::AmbiguousCase, text.span, message).add_note(note).add_help(help);
            }
        }
        report.len() > diagnostics_before
    }
}

/// The variants so far, with their codes and spans.
struct Variants<'a> {
    taken: TextMap<&'a str, (&'a str, Span)>,
    /// The names of all rows.
    names: &'a [Spanned<String>],
    /// The columns, whose methods a variant would shadow.
    columns: &'a [Column],
    /// The names of all rows and all suggestions, which no other suggestion may repeat. Computed
    /// for the first one, because most tables need none.
    free: Option<FreeNames>,
}

impl<'a> Variants<'a> {
    fn new(names: &'a [Spanned<String>], columns: &'a [Column]) -> Self {
        Self {
            taken: TextMap::with_capacity_and_hasher(names.len(), BuildHasherDefault::default()),
            names,
            columns,
            free: None,
        }
    }

    /// Returns the variant name of a row, if it is valid and distinct.
    fn claim(&mut self, row: &'a FileRow, name: &'a Spanned<String>, report: &mut Report) -> Option<String> {
        let code = &row.code;
        let Spanned { value: name, span } = name;
        if let Err(Violation { rule, message, .. }) = check_variant_name(name, self.columns) {
            let verb = if name.is_empty() { "set a name" } else { "set another name" };
            let is_derived = row.text(RowKey::Variant).is_none();
            let is_negative =
                is_derived && code.value.starts_with('-') && name.starts_with(|c: char| c.is_ascii_digit());
            let sign = if is_negative { "Minus" } else { "" };
            let mut help = self.suggestion(verb, &format!("Code{sign}{}", variant_name(name)));
            if is_derived && name.starts_with(|c: char| c.is_ascii_digit()) {
                help.push_str(", or set `variant_prefix` in the table");
            }
            let message = match name.as_str() {
                "" if is_derived => format!("code `{}` has no variant name", excerpt(&code.value)),
                _ => message,
            };
            report.error(rule, *span, message).add_help(help);
            return None;
        }
        let (other, first) = match self.taken.entry(name) {
            Entry::Occupied(taken) => *taken.get(),
            Entry::Vacant(free) => {
                free.insert((&code.value, *span));
                return Some(name.clone());
            }
        };
        let (other, code) = (excerpt(other), excerpt(&code.value));
        let message = format!("codes `{other}` and `{code}` have the same variant name `{name}`");
        let note = format!("`{other}` is defined at {}", report.position(first));
        let help = self.suggestion("set another name", name);
        report.error(Rule::DuplicateVariant, *span, message).add_note(note).add_help(help);
        None
    }

    /// Suggests the `variant` line to add, with a name that no row has.
    fn suggestion(&mut self, verb: &str, name: &str) -> String {
        let stem: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let free = self.free.get_or_insert_with(|| FreeNames::new(self.names.iter().map(|name| name.value.clone())));
        let free = free.claim(&stem);
        format!("{verb}: `\"variant\": \"{free}\"`")
    }
}
