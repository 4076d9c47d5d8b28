//! The pages that the tables of a project are imported from.

use std::path::Path;

use crate::error::Error;
use crate::finding::{Finding, limited};
use crate::import::merge::{Added, Changed, Missing};
use crate::import::{ImportOptions, Imported, import};
use crate::input::Input;
use crate::project::file::{NAME, Project, ProjectTable, Source};
use crate::project::reader::Located;
use crate::project::{Report, Updated};

/// The number of characters of a value that a finding shows.
const MAX_SHOWN: usize = 60;

pub(super) fn check(project: &Project, report: &mut Report) {
    for (table, source) in sources(project) {
        let Some(pages) = at_hand(project, source, &mut report.findings) else {
            report.notes.extend(note(table, source, "compared with"));
            continue;
        };
        match import(&pages, &options(table, source, true)) {
            Ok(imported) => {
                report.counts.imports += 1;
                if !source.strict {
                    report.notes.extend(unread_rows(table, &imported));
                }
                report.findings.extend(difference(project, table, source, &imported));
                report.findings.extend(strict_rows(project, table, source, &imported));
            }
            Err(error) => report.error(error),
        }
    }
}

pub(super) fn update(project: &Project, updated: &mut Updated) {
    for (table, source) in sources(project) {
        let Some(pages) = at_hand(project, source, &mut updated.findings) else {
            updated.notes.extend(note(table, source, "imported from"));
            continue;
        };
        if !table.path.value.exists() {
            // An import would create it, without what its rows had.
            let help = format!(
                "correct the path in `{NAME}`, or create the table: `errtable import {} --into {}`",
                source.pages.first().map_or("PAGE", |page| &*page.value),
                table.input()
            );
            updated.errors.push(Error::new(format!("there is no table `{}`", table.input())).with_help(help));
            continue;
        }
        match import(&pages, &options(table, source, false)) {
            Ok(imported) => {
                // What the import does not change is left to a person.
                updated.findings.extend(difference(project, table, source, &imported));
                updated.findings.extend(strict_rows(project, table, source, &imported));
                updated.imports.push(imported);
            }
            Err(error) => updated.errors.push(error),
        }
    }
}

fn sources(project: &Project) -> impl Iterator<Item = (&ProjectTable, &Source)> {
    project.tables.iter().filter_map(|table| Some((table, table.import.as_ref()?)))
}

/// Returns the pages, or `None` if one is not a file or directory. Unless pages are optional, each
/// of these is a finding.
fn at_hand(project: &Project, source: &Source, findings: &mut Vec<Finding>) -> Option<Vec<Input>> {
    if !source.optional {
        findings.extend(missing_pages(source).map(|page| missing_page(project, page)));
    }
    let pages = || source.pages.iter().map(|page| Input::Path(page.value.clone().into())).collect();
    missing_pages(source).next().is_none().then(pages)
}

fn missing_pages(source: &Source) -> impl Iterator<Item = &Located<String>> {
    source.pages.iter().filter(|page| !Path::new(&page.value).exists())
}

fn missing_page(project: &Project, page: &Located<String>) -> Finding {
    let help = if page.value.contains("://") {
        "download the page, and name the file; if only a workflow downloads it, also add `optional = true`"
    } else {
        "correct the path, or add `optional = true` if only a workflow downloads the page"
    };
    let finding = Finding::new("page-missing", NAME, format!("there is no page `{}`", page.value));
    finding.at(&project.text, &page.range).with_help(help)
}

/// Returns a note on a table whose optional pages are missing.
fn note(table: &ProjectTable, source: &Source, what: &str) -> Option<String> {
    let missing = missing_pages(source).next().filter(|_| source.optional)?;
    Some(format!("`{}` is not {what} its pages: there is no `{}`", table.input(), missing.value))
}

/// Returns notes on what is not read, or counts less than something else.
fn unread_rows(table: &ProjectTable, imported: &Imported) -> Vec<String> {
    let rows = imported.skipped.iter().map(|row| format!("skipped {row}"));
    let values = imported.merged.skipped_values.iter().map(|value| format!("skipped {value}"));
    let disagreements = imported.disagreements.iter().map(|row| format!("differs {row}"));
    let notes = rows.chain(values).chain(disagreements).chain(kept(imported)).collect();
    limited(notes).into_iter().map(|note| format!("`{}`: {note}", table.input())).collect()
}

/// Returns notes on rows that the pages may list.
fn kept(imported: &Imported) -> impl Iterator<Item = String> {
    imported.merged.kept.iter().map(|kept| format!("kept {kept}"))
}

fn options(table: &ProjectTable, source: &Source, check: bool) -> ImportOptions {
    ImportOptions {
        into: Some(table.path.value.clone()),
        from: source.from,
        prune: source.missing == Missing::Prune,
        deprecate: source.missing == Missing::Deprecate,
        unlisted: source.unlisted.iter().map(|code| code.value.clone()).collect(),
        keep: source.keep.clone(),
        map: source.map.clone(),
        value: source.value.clone(),
        at: source.at.clone(),
        check,
        ..ImportOptions::default()
    }
}

/// Returns how a table differs from its pages, or what an import leaves different.
fn difference(project: &Project, table: &ProjectTable, source: &Source, imported: &Imported) -> Option<Finding> {
    let (merged, is_out_of_date) = (&imported.merged, imported.outcome.is_out_of_date());
    // An update removes or deprecates the others.
    let has_missing = !merged.missing.is_empty() && source.missing == Missing::Keep;
    if !is_out_of_date && !has_missing {
        return None;
    }
    let added = merged.added.iter().map(|Added { code, .. }| format!("`{code}` would be added"));
    let changed = merged.changed.iter().map(change);
    let missing = merged.missing.iter().map(|code| format!("the pages do not list `{code}`"));
    let notes = added.chain(changed).filter(|_| is_out_of_date).chain(missing);
    let help = if is_out_of_date {
        "run `errtable update`"
    } else {
        "remove the rows, name them in `unlisted`, or set `missing` to `deprecate` or `prune`"
    };
    let message = format!("`{}` differs from its pages", table.input());
    finding(project, source, ("import-differs", message), notes.collect(), help)
}

/// Describes the change of a key.
fn change(Changed { code, key, old, new }: &Changed) -> String {
    match (old, new) {
        (Some(old), Some(new)) => {
            format!("`{key}` of `{code}` would change from `{}` to `{}`", short(old), short(new))
        }
        (None, Some(new)) => format!("`{key}` of `{code}` would be added: `{}`", short(new)),
        (_, None) => format!("`{key}` of `{code}` would be removed"),
    }
}

/// Returns the start of a text.
fn short(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// Returns the rows of strict pages that are skipped, or that have other values than earlier rows.
fn strict_rows(project: &Project, table: &ProjectTable, source: &Source, imported: &Imported) -> Option<Finding> {
    let skipped_values = &imported.merged.skipped_values;
    let has_skipped = !imported.skipped.is_empty() || !skipped_values.is_empty();
    let what = match (has_skipped, !imported.disagreements.is_empty()) {
        (true, true) if source.strict => "are skipped, or disagree",
        (true, false) if source.strict => "are skipped",
        (false, true) if source.strict => "disagree",
        _ => return None,
    };
    let rows = imported.skipped.iter().chain(&imported.disagreements);
    let values = skipped_values.iter().map(ToString::to_string);
    let notes = rows.map(ToString::to_string).chain(values).collect();
    let message = format!("rows of the pages of `{}` {what}", table.input());
    finding(project, source, ("page-rows", message), notes, "correct these rows, or remove `strict`")
}

/// Creates a finding about the pages of a table.
fn finding(
    project: &Project,
    source: &Source,
    (rule, message): (&'static str, String),
    notes: Vec<String>,
    help: &str,
) -> Option<Finding> {
    let first = source.pages.first()?;
    Some(Finding::new(rule, NAME, message).at(&project.text, &first.range).with_list(notes).with_help(help))
}
