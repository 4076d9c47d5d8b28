//! Prints findings.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use errtable_spec::__private::visible;
use serde::Serialize;

use crate::finding::{Finding, Position};
use crate::print::{visible_lines, write_json_text};

/// More than the width of an excerpt, which is shortened already.
const WIDTH: usize = 1000;

/// The colour that annotate-snippets uses for line numbers and arrows.
const ARROW: Style = AnsiColor::BrightBlue.on_default().bold();

/// Writes a finding in the style of rustc.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_text(finding: impl Into<Finding>, out: &mut impl Write) -> io::Result<()> {
    let finding = finding.into();
    let line = finding.position.as_ref().map_or(0, |position| position.line);
    let snippet = finding.position.as_ref().map(|Position { excerpt, problem, .. }| {
        Snippet::source(excerpt).line_start(line).annotation(AnnotationKind::Primary.span(problem.clone()))
    });
    let notes = finding.notes.iter().map(|note| Level::NOTE.message(visible(note)));
    let help = finding.help.as_deref().map(|help| Level::HELP.message(visible_lines(help)));
    let level = if finding.is_warning { Level::WARNING } else { Level::ERROR };
    let title = level.primary_title(visible(&finding.message));
    let report = [title.elements(snippet).elements(notes).elements(help)];
    let rendered = Renderer::styled().term_width(WIDTH).render(&report);

    // The renderer would count the column in the excerpt, which may be only a part of the line.
    let (title, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
    write!(out, "{title}\n{:1$}{ARROW}-->{ARROW:#} ", "", line.to_string().len())?;
    writeln!(out, "{}\n{rest}\n", visible(&position(&finding)))
}

/// Returns `file:line:column`, or the file if the finding is not in a line.
fn position(finding: &Finding) -> String {
    match &finding.position {
        Some(Position { line, column, .. }) => format!("{}:{line}:{column}", finding.file),
        None => finding.file.clone(),
    }
}

/// Writes a finding as a line with a JSON object.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_json(finding: impl Into<Finding>, out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Problem<'a> {
        level: &'a str,
        rule: &'a str,
        file: &'a str,
        line: Option<usize>,
        column: Option<usize>,
        message: &'a str,
        notes: &'a [String],
        help: Option<&'a str>,
    }
    let finding = finding.into();
    let problem = Problem {
        level: level(&finding),
        rule: finding.rule,
        file: &finding.file,
        line: finding.position.as_ref().map(|position| position.line),
        column: finding.position.as_ref().map(|position| position.column),
        message: &finding.message,
        notes: &finding.notes,
        help: finding.help.as_deref(),
    };
    write_json_text(serde_json::to_string(&problem), out)
}

fn level(finding: &Finding) -> &'static str {
    if finding.is_warning { "warning" } else { "error" }
}

/// Writes a finding as a command of a GitHub workflow: `::error file=…,line=…::message`.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_github(finding: impl Into<Finding>, out: &mut impl Write) -> io::Result<()> {
    let finding = finding.into();
    write!(out, "::{} file={}", level(&finding), escape_property(&finding.file))?;
    if let Some(Position { line, column, .. }) = finding.position {
        write!(out, ",line={line},col={column}")?;
    }
    write!(out, ",title={}::", finding.rule)?;
    let notes = finding.notes.iter().map(|note| format!("\nnote: {}", visible(note)));
    let help = finding.help.map(|help| format!("\nhelp: {}", visible_lines(&help)));
    let message: String = [visible(&finding.message)].into_iter().chain(notes).chain(help).collect();
    writeln!(out, "{}", escape_message(&message))
}

/// Escapes the message of a workflow command.
fn escape_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, which ends at a comma or colon.
fn escape_property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}
