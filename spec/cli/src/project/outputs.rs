//! The exports and pages of a project.

use std::ops::Range;
use std::path::Path;

use crate::doc::{DocOptions, Documented, doc, other_pages};
use crate::error::Error;
use crate::export::{ExportOptions, Exported, export};
use crate::finding::Finding;
use crate::project::file::{Export, NAME, Project, ProjectTable};
use crate::project::{Report, Updated};
use crate::replace::Outcome;

pub(super) fn check(project: &Project, report: &mut Report) {
    for (table, entry) in exports(project) {
        match export_table(table, entry, true) {
            Ok(exported) => {
                report.counts.exports += 1;
                if let Some(file) = exported.file.filter(|file| file.outcome.is_out_of_date()) {
                    let is_new = file.outcome == Outcome::WouldBeCreated;
                    report.findings.push(out_of_date(project, &entry.out.range, &file.path, is_new));
                }
            }
            Err(error) => report.error(error),
        }
    }
    match document(project, true) {
        None => {}
        Some(Ok(documented)) => {
            report.counts.pages = documented.files.len();
            report.findings.extend(old_pages(project, &documented));
            report.findings.extend(other_tables(project, &documented));
        }
        Some(Err(error)) => report.error(error),
    }
}

pub(super) fn update(project: &Project, updated: &mut Updated) {
    for (table, entry) in exports(project) {
        match export_table(table, entry, false) {
            Ok(exported) => updated.exports.push(exported),
            Err(error) => updated.errors.push(error),
        }
    }
    match document(project, false) {
        None => {}
        Some(Ok(documented)) => {
            updated.findings.extend(other_tables(project, &documented));
            updated.documented = Some(documented);
        }
        Some(Err(error)) => updated.errors.push(error),
    }
}

fn exports(project: &Project) -> impl Iterator<Item = (&ProjectTable, &Export)> {
    project.tables.iter().flat_map(|table| table.exports.iter().map(move |export| (table, export)))
}

fn export_table(table: &ProjectTable, entry: &Export, check: bool) -> Result<Exported, Error> {
    export(&table.input(), &ExportOptions { to: entry.to, out: Some(entry.out.value.clone()), check })
}

fn document(project: &Project, check: bool) -> Option<Result<Documented, Error>> {
    let out = project.pages.as_ref()?.value.clone();
    Some(doc(&project.inputs(), &DocOptions { out, check }))
}

/// Returns one finding for all pages that differ.
fn old_pages(project: &Project, documented: &Documented) -> Option<Finding> {
    let out = project.pages.as_ref()?;
    let changed: Vec<_> = documented.files.iter().filter(|file| file.outcome.is_out_of_date()).collect();
    let is_new = !documented.folder.exists() && changed.iter().all(|file| file.outcome == Outcome::WouldBeCreated);
    let notes = changed.iter().map(|file| {
        let what = if file.outcome == Outcome::WouldBeCreated { "does not exist" } else { "would change" };
        format!("`{}` {what}", file.path.display())
    });
    let finding = out_of_date(project, &out.range, &documented.folder, is_new);
    (!changed.is_empty()).then(|| finding.with_list(notes.collect()))
}

/// Returns one finding for all pages that belong to no table.
fn other_tables(project: &Project, documented: &Documented) -> Option<Finding> {
    let out = project.pages.as_ref()?;
    let pages = other_pages(documented);
    let notes = pages.iter().map(|page| format!("`{}` belongs to no table", page.display())).collect();
    let help = "remove these pages, or generate those of other projects in another directory";
    let finding = out_of_date(project, &out.range, &documented.folder, false);
    (!pages.is_empty()).then(|| finding.with_list(notes).with_help(help))
}

fn out_of_date(project: &Project, range: &Range<usize>, path: &Path, is_new: bool) -> Finding {
    let what = if is_new { "does not exist" } else { "is out of date" };
    let finding = Finding::new("out-of-date", NAME, format!("`{}` {what}", path.display()));
    finding.at(&project.text, range).with_help("run `errtable update`")
}
