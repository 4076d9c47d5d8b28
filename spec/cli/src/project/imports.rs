//! The pages that the tables of a project are imported from.

use std::path::Path;

use crate::finding::Finding;
use crate::import::merge::{Added, Changed, Missing};
use crate::import::{ImportOptions, Imported, import};
use crate::input::Input;
use crate::project::file::{NAME, Project, ProjectTable, Source};
use crate::project::{Report, Updated};

/// The number of rows that a finding lists.
const MAX_LISTED: usize = 5;

pub(super) fn check(project: &Project, report: &mut Report) {
    for (table, source) in sources(project) {
        match at_hand(source) {
            Err(missing) => report.notes.push(note(table, "compared with", missing)),
            Ok(pages) => match import(&pages, &options(table, source, true)) {
                Ok(imported) => {
                    report.counts.imports += 1;
                    if !imported.skipped.is_empty() {
                        let (rows, table) = (imported.skipped.len(), table.input());
                        report.notes.push(format!("rows of the pages of `{table}` are skipped: {rows}"));
                    }
                    report.findings.extend(difference(project, table, source, &imported));
                }
                Err(error) => report.error(error),
            },
        }
    }
}

pub(super) fn update(project: &Project, updated: &mut Updated) {
    for (table, source) in sources(project) {
        match at_hand(source) {
            Err(missing) => updated.notes.push(note(table, "imported from", missing)),
            Ok(pages) => match import(&pages, &options(table, source, false)) {
                Ok(imported) => updated.imports.push(imported),
                Err(error) => updated.errors.push(error),
            },
        }
    }
}

fn sources(project: &Project) -> impl Iterator<Item = (&ProjectTable, &Source)> {
    project.tables.iter().filter_map(|table| Some((table, table.import.as_ref()?)))
}

/// Returns the pages, or the first one that is not a file, such as a URL.
fn at_hand(source: &Source) -> Result<Vec<Input>, &str> {
    match source.pages.iter().find(|page| !Path::new(&page.value).exists()) {
        Some(page) => Err(&page.value),
        None => Ok(source.pages.iter().map(|page| Input::Path(page.value.clone().into())).collect()),
    }
}

fn note(table: &ProjectTable, what: &str, missing: &str) -> String {
    format!("`{}` is not {what} its pages: there is no `{missing}`", table.input())
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
        strict: source.strict,
        check,
        ..ImportOptions::default()
    }
}

/// Returns how a table differs from its pages.
fn difference(project: &Project, table: &ProjectTable, source: &Source, imported: &Imported) -> Option<Finding> {
    let merged = &imported.merged;
    let skipped = imported.skipped.iter().chain(&imported.disagreements).filter(|_| source.strict);
    let skipped: Vec<_> = skipped.map(ToString::to_string).collect();
    if !imported.outcome.is_out_of_date() && merged.missing.is_empty() && skipped.is_empty() {
        return None;
    }
    let added = merged.added.iter().map(|Added { code, .. }| format!("`{code}` would be added"));
    let changed = merged.changed.iter().map(|Changed { code, key, .. }| format!("`{key}` of `{code}` would change"));
    let missing = merged.missing.iter().map(|code| format!("the pages do not list `{code}`"));
    let mut notes: Vec<_> = added.chain(changed).chain(missing).chain(skipped).collect();
    let others = notes.len().saturating_sub(MAX_LISTED);
    notes.truncate(MAX_LISTED);
    notes.extend((others > 0).then(|| format!("and {others} more")));
    let help = if imported.outcome.is_out_of_date() {
        "run `errtable update`"
    } else if merged.missing.is_empty() {
        "correct the rows that are skipped, or remove `strict`"
    } else {
        "remove the rows, name them in `unlisted`, or set `missing` to `deprecate` or `prune`"
    };
    let first = source.pages.first()?;
    let finding = Finding::new("import-differs", NAME, format!("`{}` differs from its pages", table.input()));
    Some(finding.at(&project.text, &first.range).with_notes(notes).with_help(help))
}
