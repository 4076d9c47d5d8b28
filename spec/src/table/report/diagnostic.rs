//! A diagnostic: what is wrong with a table, where, and what to do.

use std::fmt;
use std::ops::Range;

use crate::invisible::{is_invisible, visible};
use crate::table::report::rule::Rule;
use crate::table::source::{SourceFile, Span};

/// A problem in a table file.
///
/// [`Display`](fmt::Display) writes the position, the message, the line with carets under the
/// problem, notes on related positions, and a help.
///
/// ```text
/// spec/cls.json:14:15: unknown retry class `thortled`
///    |
/// 14 |     "retry": "thortled"
///    |              ^^^^^^^^^^
///    = help: did you mean `throttled`?
/// ```
///
/// Its methods return the parts:
///
/// ```
/// use errtable_spec::{Directory, Rule, Table};
///
/// # let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
/// let loaded = Table::load(&Directory::new(root), "unknown-value/t.json");
/// let problem = &loaded.diagnostics[0];
/// assert_eq!(problem.rule(), Rule::UnknownValue);
/// assert_eq!(problem.file(), "unknown-value/t.json");
/// assert_eq!((problem.line(), problem.column()), (Some(3), Some(26)));
/// assert_eq!(problem.message(), "unknown retry class `Never`");
/// assert_eq!(problem.help(), Some("did you mean `never`?"));
/// assert!(problem.notes().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    rule: Rule,
    pub(super) is_warning: bool,
    file: String,
    snippet: Option<Snippet>,
    message: String,
    notes: Vec<String>,
    help: Option<String>,
}

/// The position of a problem and the line that contains it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Snippet {
    line: usize,
    column: usize,
    /// The part of the line that is shown.
    excerpt: String,
    /// The bytes of the problem in the excerpt. Empty at the end of a line.
    underlined: Range<usize>,
}

impl Diagnostic {
    /// Creates a diagnostic about a whole file.
    pub(crate) fn of_file(rule: Rule, file: &str, message: impl Into<String>) -> Self {
        let message = visible(&message.into());
        Self { rule, is_warning: false, file: visible(file), snippet: None, message, notes: Vec::new(), help: None }
    }

    /// Creates a diagnostic about a span.
    pub(crate) fn at(rule: Rule, source: &SourceFile, span: Span, message: impl Into<String>) -> Self {
        Self { snippet: Some(Snippet::new(source, span)), ..Self::of_file(rule, source.name(), message) }
    }

    pub(crate) fn add_note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(visible(&note.into()));
        self
    }

    pub(crate) fn add_help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(visible(&help.into()));
        self
    }

    /// Returns the rule that is violated.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns whether the table is valid all the same. Only `errtable check` prints warnings.
    ///
    /// ```
    /// use errtable_spec::{Diagnostic, Directory, Table};
    ///
    /// # let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
    /// let loaded = Table::load(&Directory::new(root), "unwritten-code/t.json");
    /// assert!(loaded.diagnostics.is_empty());
    /// assert!(loaded.warnings.iter().all(Diagnostic::is_warning));
    /// ```
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.is_warning
    }

    /// Returns the file: a path relative to the root, or `bundled:NAME`.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns the line, from 1, or `None` for a problem of the whole file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.snippet.as_ref().map(|snippet| snippet.line)
    }

    /// Returns the column in characters, from 1, or `None` for a problem of the whole file.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.snippet.as_ref().map(|snippet| snippet.column)
    }

    /// Returns the part of the line that is shown, and the bytes of the problem in it.
    ///
    /// A long line is shortened, and invisible characters are replaced. At the end of a line, the
    /// range is empty.
    ///
    /// ```
    /// use errtable_spec::{Directory, Table};
    ///
    /// # let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
    /// let loaded = Table::load(&Directory::new(root), "unknown-value/t.json");
    /// let (line, problem) = loaded.diagnostics[0].excerpt().unwrap();
    /// assert_eq!(&line[problem], "\"Never\"");
    /// ```
    #[must_use]
    pub fn excerpt(&self) -> Option<(&str, Range<usize>)> {
        self.snippet.as_ref().map(|snippet| (&*snippet.excerpt, snippet.underlined.clone()))
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns notes on related positions.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Returns what to do, if there is a suggestion.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gutter = 1;
        if let Some(snippet) = &self.snippet {
            write!(f, "{}:{}:{}: ", self.file, snippet.line, snippet.column)?;
            gutter = snippet.line.to_string().len();
        } else if !self.file.is_empty() {
            write!(f, "{}: ", self.file)?;
        }
        f.write_str(&self.message)?;
        if let Some(snippet) = &self.snippet {
            write!(
                f,
                "\n{:gutter$} |\n{} | {}\n{:gutter$} | {}",
                "",
                snippet.line,
                snippet.excerpt,
                "",
                snippet.underline()
            )?;
        }
        for note in &self.notes {
            write!(f, "\n{:gutter$} = note: {note}", "")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n{:gutter$} = help: {help}", "")?;
        }
        Ok(())
    }
}

/// The maximum number of characters shown of a long line before the problem.
const BEFORE: usize = 60;

/// The maximum number of characters shown from the problem on.
const AFTER: usize = 120;

/// The maximum number of characters underlined.
const UNDERLINED: usize = 60;

impl Snippet {
    fn new(source: &SourceFile, span: Span) -> Self {
        let (line, column) = source.line_and_column(span.start);
        let (before, after) = source.line_around(span.start);
        let text: String =
            source.slice(span).chars().take_while(|c| !matches!(c, '\n' | '\r')).take(UNDERLINED).collect();
        let skipped = if column > 2 * BEFORE { column - 1 - BEFORE } else { 0 };
        let shown_before = column - 1 - skipped;
        let before_start = before.char_indices().rev().take(shown_before).last().map_or(before.len(), |(at, _)| at);
        let (_, before) = before.split_at(before_start);

        let mut excerpt = String::new();
        if skipped > 0 {
            excerpt.push('…');
        }
        excerpt.extend(before.chars().map(printable));
        let start = excerpt.len();
        excerpt.extend(text.chars().map(printable));
        let underlined = start..excerpt.len();
        excerpt.extend(after.chars().take(AFTER).skip(text.chars().count()).map(printable));
        if after.chars().nth(AFTER).is_some() {
            excerpt.push('…');
        }
        Self { line, column, excerpt, underlined }
    }

    /// Returns blanks as wide as the text before the problem, then carets.
    fn underline(&self) -> String {
        let (before, rest) = self.excerpt.split_at(self.underlined.start);
        let (text, _) = rest.split_at(self.underlined.len());
        let mut underline: String = before.chars().map(blank).collect();
        text.chars().for_each(|c| underline.push_str(if is_wide(c) { "^^" } else { "^" }));
        if text.is_empty() {
            underline.push('^');
        }
        underline
    }
}

/// Replaces an invisible character, which could move the cursor or the text away from the caret.
fn printable(c: char) -> char {
    if is_invisible(c) && c != '\t' { char::REPLACEMENT_CHARACTER } else { c }
}

/// Returns blanks as wide as the character.
fn blank(c: char) -> &'static str {
    match c {
        '\t' => "\t",
        _ if is_wide(c) => "  ",
        _ => " ",
    }
}

/// Returns whether a terminal shows the character two columns wide. Lists the blocks in which all
/// characters are wide (Unicode Standard Annex 11).
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// The maximum number of diagnostics that are rendered.
const MAX_RENDERED: usize = 20;

/// Renders the first 20 diagnostics, and the number of the others.
///
/// ```
/// use errtable_spec::__private::render;
/// use errtable_spec::{Directory, Table};
///
/// # let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
/// let loaded = Table::load(&Directory::new(root), "unknown-value/t.json");
/// assert!(render(&loaded.diagnostics)[0].contains("unknown retry class"));
/// ```
#[must_use]
pub fn render(diagnostics: &[Diagnostic]) -> Vec<String> {
    let rest = diagnostics.len().saturating_sub(MAX_RENDERED);
    let count = (rest > 0).then(|| format!("and {rest} more"));
    diagnostics.iter().take(MAX_RENDERED).map(Diagnostic::to_string).chain(count).collect()
}
