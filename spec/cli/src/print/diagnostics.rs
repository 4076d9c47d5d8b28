//! Prints diagnostics.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use errtable_spec::{Diagnostic, visible};
use serde::Serialize;

use crate::print::write_json_text;

/// More than the width of an excerpt, which is shortened already.
const WIDTH: usize = 1000;

/// The colour that annotate-snippets uses for line numbers and arrows.
const ARROW: Style = AnsiColor::BrightBlue.on_default().bold();

/// Writes a diagnostic in the style of rustc.
pub(super) fn write_text(diagnostic: &Diagnostic, out: &mut impl Write) -> io::Result<()> {
    let line = diagnostic.line().unwrap_or_default();
    let snippet = diagnostic.excerpt().map(|(excerpt, problem)| {
        Snippet::source(excerpt).line_start(line).annotation(AnnotationKind::Primary.span(problem))
    });
    let notes = diagnostic.notes().iter().map(|note| Level::NOTE.message(visible(note)));
    let help = diagnostic.help_text().map(|help| Level::HELP.message(visible(help)));
    let level = if diagnostic.is_warning() { Level::WARNING } else { Level::ERROR };
    let title = level.primary_title(diagnostic.message());
    let report = [title.elements(snippet).elements(notes).elements(help)];
    let rendered = Renderer::styled().term_width(WIDTH).render(&report);

    // The renderer would count the column in the excerpt, which may be only a part of the line.
    let (title, rest) = rendered.split_once('\n').unwrap_or((&rendered, ""));
    write!(out, "{title}\n{:1$}{ARROW}-->{ARROW:#} ", "", line.to_string().len())?;
    writeln!(out, "{}\n{rest}\n", visible(&position(diagnostic)))
}

/// Returns `file:line:column`, or the file if the problem is not in a line.
fn position(diagnostic: &Diagnostic) -> String {
    match (diagnostic.line(), diagnostic.column()) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", diagnostic.file()),
        _ => diagnostic.file().to_owned(),
    }
}

/// Writes a diagnostic as a line with a JSON object.
pub(super) fn write_json(diagnostic: &Diagnostic, out: &mut impl Write) -> io::Result<()> {
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
    let problem = Problem {
        level: level(diagnostic),
        rule: diagnostic.rule().as_str(),
        file: diagnostic.file(),
        line: diagnostic.line(),
        column: diagnostic.column(),
        message: diagnostic.message(),
        notes: diagnostic.notes(),
        help: diagnostic.help_text(),
    };
    write_json_text(serde_json::to_string(&problem), out)
}

fn level(diagnostic: &Diagnostic) -> &'static str {
    if diagnostic.is_warning() { "warning" } else { "error" }
}

/// Writes a diagnostic as a command of a GitHub workflow: `::error file=…,line=…::message`.
pub(super) fn write_github(diagnostic: &Diagnostic, out: &mut impl Write) -> io::Result<()> {
    write!(out, "::{} file={}", level(diagnostic), escape_property(diagnostic.file()))?;
    if let (Some(line), Some(column)) = (diagnostic.line(), diagnostic.column()) {
        write!(out, ",line={line},col={column}")?;
    }
    write!(out, ",title={}::", diagnostic.rule())?;
    let notes = diagnostic.notes().iter().map(|note| format!("\nnote: {note}"));
    let help = diagnostic.help_text().map(|help| format!("\nhelp: {help}"));
    let message: String = [diagnostic.message().to_owned()].into_iter().chain(notes).chain(help).collect();
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
