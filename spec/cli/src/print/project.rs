//! Prints what a project check finds, and what an update writes.

use std::io::{self, BufWriter, Write};

use errtable_spec::__private::visible;

use crate::cli::{CheckFormat, OutputFormat};
use crate::print::{count, diagnostics, documented, error, exported, imported, problems, write_finding};
use crate::project::{Initialized, Report, Updated};
use crate::replace::Outcome;

/// Prints the findings, and a summary to standard error.
pub(crate) fn project(report: &Report, format: CheckFormat) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let mut findings = report.findings.iter().cloned();
    findings.try_for_each(|finding| write_finding(finding, format, &mut out))?;
    out.flush()?;
    notes(&report.notes)?;
    report.errors.iter().try_for_each(error)?;
    let counts = &report.counts;
    let parts =
        [(counts.tables, "table"), (counts.imports, "import"), (counts.exports, "export"), (counts.pages, "page")];
    let parts = parts.into_iter().filter(|(number, noun)| *number > 0 || *noun == "table");
    let mut parts: Vec<_> = parts.map(|(number, noun)| count(number, noun)).collect();
    if counts.compared > 0 {
        parts.push(format!("the changes of {}", count(counts.compared, "table")));
    }
    let problems = problems(report.problems(), report.errors.is_empty());
    let warnings = match report.findings.len() - report.problems() {
        0 => String::new(),
        warnings => format!(", {}", count(warnings, "warning")),
    };
    writeln!(io::stderr(), "checked {}: {problems}{warnings}", parts.join(", "))
}

/// Prints what was written to standard error, and the changes of imports to standard output.
pub(crate) fn updated(updated: &Updated) -> io::Result<()> {
    updated.imports.iter().try_for_each(|import| imported(import, OutputFormat::Text))?;
    for (table, _) in updated.formatted.tables.iter().filter(|(_, outcome)| *outcome == Outcome::Written) {
        writeln!(io::stderr(), "{}: formatted", visible(&table.to_string()))?;
    }
    updated.exports.iter().try_for_each(exported)?;
    updated.documented.iter().try_for_each(documented)?;
    notes(&updated.notes)?;
    let mut messages = BufWriter::new(anstream::stderr().lock());
    updated.findings.iter().try_for_each(|finding| diagnostics::write_text(finding.clone(), &mut messages))?;
    messages.flush()?;
    drop(messages);
    updated.distinct_errors().iter().try_for_each(error)
}

/// Prints what a new project lists to standard error.
pub(crate) fn initialized(initialized: &Initialized) -> io::Result<()> {
    let Initialized { tables, exports, pages, .. } = initialized;
    let pages = pages.as_ref().map_or(String::new(), |out| format!(", pages in {}", out.display()));
    writeln!(io::stderr(), "errtable.toml: {}, {}{pages}, written", count(*tables, "table"), count(*exports, "export"))
}

fn notes(notes: &[String]) -> io::Result<()> {
    notes.iter().try_for_each(|note| writeln!(io::stderr(), "note: {}", visible(note)))
}
