//! Prints what commands return: data to standard output, messages to standard error.

pub mod diagnostics;
pub mod diff;
pub mod explanation;
pub mod import;
mod project;
mod rule;
#[cfg(test)]
mod tests;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use annotate_snippets::{Level, Message, Renderer};
use errtable_spec::__private::{escape_invisible, short_list, visible};

pub(crate) use self::project::{initialized, project, updated};
pub(crate) use self::rule::rules;
use crate::check::Checked;
use crate::cli::{CheckFormat, DiffFormat, OutputFormat};
use crate::diff::{Comparison, Deny};
use crate::doc::Documented;
use crate::envelope::Proposal;
use crate::error::{Error, Status};
use crate::explain::Explanation;
use crate::export::Exported;
use crate::finding::Finding;
use crate::fmt::Formatted;
use crate::import::Imported;
use crate::input::SkippedPaths;
use crate::replace::{Outcome, OutputFile};

/// Prints bytes as they are.
pub(crate) fn data(bytes: &[u8]) -> io::Result<()> {
    io::stdout().lock().write_all(bytes)
}

/// Prints the result of `check`, and a summary to standard error.
pub(crate) fn checked(checked: &Checked, format: CheckFormat) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let lints = checked.lints.iter().cloned();
    for finding in checked.diagnostics.iter().map(Finding::from).chain(lints) {
        write_finding(finding, format, &mut out)?;
    }
    out.flush()?;
    checked.errors.iter().try_for_each(error)?;
    skipped(&checked.skipped)?;
    let tables = count(checked.tables, "table");
    let problems = problems(checked.problems(), checked.errors.is_empty());
    let warnings = match checked.diagnostics.len() + checked.lints.len() - checked.problems() {
        0 => String::new(),
        warnings => format!(", {}", count(warnings, "warning")),
    };
    writeln!(io::stderr(), "{tables} checked, {problems}{warnings}")
}

/// Returns the number of problems. A check that cannot read an input may have missed some.
fn problems(problems: usize, is_complete: bool) -> String {
    match (problems, is_complete) {
        (0, true) => "no problems".to_owned(),
        (problems, true) => count(problems, "problem"),
        (0, false) => "incomplete".to_owned(),
        (problems, false) => format!("{}, incomplete", count(problems, "problem")),
    }
}

/// Writes a finding of a check.
fn write_finding(finding: Finding, format: CheckFormat, out: &mut impl Write) -> io::Result<()> {
    match format {
        CheckFormat::Text => diagnostics::write_text(finding, out),
        CheckFormat::Json => diagnostics::write_json(finding, out),
        CheckFormat::Github => diagnostics::write_github(finding, out),
    }
}

/// Prints the result of `diff`. Prints accepted changes that no longer apply, and the number of
/// denied changes, to standard error.
pub(crate) fn comparison(comparison: &Comparison, format: DiffFormat, deny: &[Deny]) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    match format {
        DiffFormat::Text => diff::write_text(comparison, &mut out)?,
        DiffFormat::Json => diff::write_json(comparison, &mut out)?,
        DiffFormat::Markdown => diff::write_markdown(comparison, &mut out)?,
    }
    out.flush()?;
    let mut err = BufWriter::new(anstream::stderr().lock());
    for accepted in &comparison.stale {
        let title = format!("accepted change no longer applies: {}", visible(&accepted.to_string()));
        let report = [Level::WARNING.primary_title(&title).elements(None::<Message<'_>>)];
        writeln!(err, "{}", Renderer::styled().render(&report))?;
    }
    for deny in deny {
        match comparison.denied(*deny) {
            0 => {}
            denied => {
                let noun = if *deny == Deny::Stale { "accepted change" } else { "change" };
                let message = format!("{} denied by `--deny {deny}`", count(denied, noun));
                write_error(&Error::new(message), &mut err)?;
            }
        }
    }
    err.flush()
}

/// Prints the result of `doc`.
pub(crate) fn documented(documented: &Documented) -> io::Result<()> {
    skipped(&documented.skipped)?;
    let mut out = BufWriter::new(io::stderr().lock());
    let Documented { folder, tables, files, .. } = documented;
    let changed: Vec<_> = files.iter().filter(|file| file.outcome != Outcome::Unchanged).collect();
    for file in &changed {
        writeln!(out, "{}: {}", file.path.display(), file.outcome.as_str())?;
    }
    let summary = match documented.status() {
        _ if changed.is_empty() => Outcome::Unchanged.as_str().to_owned(),
        Status::Success => format!("{} {}", changed.len(), Outcome::Written.as_str()),
        Status::Findings | Status::Failure => format!("{} {}", changed.len(), Outcome::WouldChange.as_str()),
    };
    let (tables, pages) = (count(*tables, "table"), count(files.len(), "page"));
    writeln!(out, "{}: {tables}, {pages}, {summary}", folder.display())?;
    out.flush()
}

/// Prints the result of `envelope`: the key to standard output, the rest to standard error.
pub(crate) fn proposal(proposal: &Proposal) -> io::Result<()> {
    let Some(text) = &proposal.text else {
        let help = "write the sample by hand, with `{code}` and `{message}` where the values are: \
            `\"envelope\": {\"failure\": {\"error\": {\"code\": \"{code}\", \"message\": \"{message}\"}}}`";
        return error(&Error::new("nothing looks like a code or a message").with_help(help));
    };
    writeln!(io::stdout().lock(), "{text},")?;
    let mut messages = BufWriter::new(anstream::stderr().lock());
    write_proposal_messages(proposal, &mut messages)?;
    messages.flush()
}

/// Writes what a proposal reads, and what is not certain.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_proposal_messages(proposal: &Proposal, out: &mut impl Write) -> io::Result<()> {
    for (name, reading) in &proposal.readings {
        writeln!(out, "{}: {}", visible(name), visible(reading))?;
    }
    proposal.notes.iter().try_for_each(|note| writeln!(out, "note: {}", visible(note)))
}

/// Prints the result of `explain`.
pub(crate) fn explanation(explanation: &Explanation, format: OutputFormat) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    match format {
        OutputFormat::Text => explanation::write_text(explanation, &mut out)?,
        OutputFormat::Json => explanation::write_json(explanation, &mut out)?,
    }
    out.flush()
}

/// Prints the result of `export`. A table without a file is printed to standard output.
pub(crate) fn exported(exported: &Exported) -> io::Result<()> {
    let Some(OutputFile { path, outcome }) = &exported.file else { return data(exported.text.as_bytes()) };
    writeln!(io::stderr(), "{}: {}, {}", path.display(), count(exported.codes, "code"), outcome.as_str())
}

/// Prints the result of `fmt`.
pub(crate) fn formatted(formatted: &Formatted) -> io::Result<()> {
    let mut out = io::stdout().lock();
    formatted.out_of_date().try_for_each(|input| writeln!(out, "{input}"))?;
    drop(out);
    formatted.output.as_deref().map_or(Ok(()), |text| data(text.as_bytes()))?;
    formatted.errors.iter().try_for_each(error)
}

/// The maximum number of paths in a list.
const MAX_PATHS: usize = 5;

/// Prints what is no table in the directories to standard error.
fn skipped(skipped: &SkippedPaths) -> io::Result<()> {
    let list = |paths: &[PathBuf]| {
        let mut paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        paths.sort();
        short_list(&paths.iter().map(String::as_str).collect::<Vec<_>>(), "and", MAX_PATHS)
    };
    let SkippedPaths { files, folders } = skipped;
    if !files.is_empty() {
        writeln!(io::stderr(), "skipped {}: no key `errors`", list(files))?;
    }
    if !folders.is_empty() {
        writeln!(io::stderr(), "skipped the fixtures in {}", list(folders))?;
    }
    Ok(())
}

/// Prints the result of `import`. A table without a file is printed to standard output.
pub(crate) fn imported(imported: &Imported, format: OutputFormat) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    match (&imported.target, format) {
        (None, _) => out.write_all(imported.merged.text.as_bytes())?,
        (Some(_), OutputFormat::Text) => import::write_text(imported, &mut out)?,
        (Some(_), OutputFormat::Json) => import::write_json(imported, &mut out)?,
    }
    out.flush()?;
    let mut messages = BufWriter::new(anstream::stderr().lock());
    import::write_messages(imported, &mut messages)?;
    messages.flush()
}

/// Prints an error to standard error.
pub(crate) fn error(error: &Error) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stderr().lock());
    write_error(error, &mut out)?;
    out.flush()
}

/// Writes an error.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_error(error: &Error, out: &mut impl Write) -> io::Result<()> {
    match error {
        Error::Input { message, help } => {
            let help = help.as_deref().map(|help| Level::HELP.message(visible_lines(help)));
            let title = Level::ERROR.primary_title(message);
            let report = [title.elements(help)];
            writeln!(out, "{}", Renderer::styled().render(&report))
        }
        Error::Table(problems) => problems.iter().try_for_each(|problem| diagnostics::write_text(problem, out)),
        Error::Project(problems) => {
            problems.iter().try_for_each(|problem| diagnostics::write_text(problem.clone(), out))
        }
    }
}

/// Prints the error of printing, if standard error is usable.
pub(crate) fn output_error(error: &io::Error) {
    let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
}

/// Writes a JSON text and a line break. Its strings may contain characters of a hostile body.
fn write_json_text(json: serde_json::Result<String>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", escape_invisible(&json?))
}

/// Escapes invisible characters other than line breaks.
fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
