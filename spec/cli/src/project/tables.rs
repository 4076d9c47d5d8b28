//! The tables of a project, and their format.

use crate::check;
use crate::finding::Finding;
use crate::fmt::fmt;
use crate::project::file::Project;
use crate::project::{Report, Updated};

pub(super) fn check(project: &Project, report: &mut Report) {
    let inputs = project.inputs();
    let checked = check::check(&inputs, &project.rules);
    report.counts.tables = checked.tables;
    report.findings.extend(checked.diagnostics.iter().map(Finding::from));
    report.findings.extend(checked.lints);
    report.errors.extend(checked.errors);
    // The check has reported the tables that cannot be formatted.
    for table in fmt(&inputs, true).out_of_date() {
        let finding = Finding::new("not-formatted", &table.to_string(), "the table is not formatted");
        report.findings.push(finding.with_help("run `errtable update`, or `errtable fmt` for the table"));
    }
}

pub(super) fn update(project: &Project, updated: &mut Updated) {
    updated.formatted = fmt(&project.inputs(), false);
}
