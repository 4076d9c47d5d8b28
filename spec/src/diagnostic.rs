//! A problem in a table: what is wrong, where, and what to do.

use std::fmt;

use crate::source::{Source, Span};
use crate::{Rule, is_invisible};

/// A problem in a table file.
///
/// [`Display`](fmt::Display) writes it whole: the place, the message, the line with a caret under the
/// characters at fault, notes on other places that matter, and what to do.
///
/// ```text
/// spec/cls.json:14:15: unknown retry class `thortled`
///    |
/// 14 |     "retry": "thortled"
///    |              ^^^^^^^^^^
///    = help: did you mean `throttled`?
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    rule: Rule,
    file: String,
    place: Option<Place>,
    message: String,
    notes: Vec<String>,
    help: Option<String>,
}

/// The characters at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
    /// The part of the line that is shown.
    excerpt: String,
    /// What stands below it: blanks as wide as the text, then carets.
    underline: String,
}

impl Diagnostic {
    /// A problem with a file as a whole.
    pub(crate) fn of_file(rule: Rule, file: &str, message: impl Into<String>) -> Self {
        Self { rule, file: file.to_owned(), place: None, message: message.into(), notes: Vec::new(), help: None }
    }

    pub(crate) fn at(rule: Rule, source: &Source, span: Span, message: impl Into<String>) -> Self {
        Self { place: Some(Place::new(source, span)), ..Self::of_file(rule, source.name(), message) }
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// The rule that is broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The file, as it is named in the table that led to it: relative to the package, or `bundled:NAME`.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; `None` where the problem is the file as a whole.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.place.as_ref().map(|place| place.line)
    }

    /// The column, from 1, in characters.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.place.as_ref().map(|place| place.column)
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Other places that matter.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What to do.
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gutter = 1;
        if let Some(place) = &self.place {
            write!(f, "{}:{}:{}: ", self.file, place.line, place.column)?;
            gutter = place.line.to_string().len();
        } else if !self.file.is_empty() {
            write!(f, "{}: ", self.file)?;
        }
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n{:gutter$} |\n{} | {}\n{:gutter$} | {}", "", place.line, place.excerpt, "", place.underline)?;
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

/// How many characters are shown of a line before its fault, and from there on; a table on one line stays readable.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// How many carets at most.
const CARETS: usize = 60;

impl Place {
    fn new(source: &Source, span: Span) -> Self {
        let (line, column) = source.position(span.start);
        let (before, after) = source.line_around(span.start);
        let fault: String = source.slice(span).chars().take_while(|c| *c != '\n').take(CARETS).collect();
        // A short line is shown from its start.
        let skipped = if column > 2 * BEFORE { column - 1 - BEFORE } else { 0 };
        let shown_before = column - 1 - skipped;
        let before_start = before.char_indices().rev().take(shown_before).last().map_or(before.len(), |(at, _)| at);
        let (_, before) = before.split_at(before_start);

        let (mut excerpt, mut underline) = (String::new(), String::new());
        if skipped > 0 {
            excerpt.push('…');
            underline.push(' ');
        }
        excerpt.extend(before.chars().chain(after.chars().take(AFTER)).map(printable));
        if after.chars().nth(AFTER).is_some() {
            excerpt.push('…');
        }
        before.chars().for_each(|c| underline.push_str(blank(c)));
        fault.chars().for_each(|c| underline.push_str(if is_wide(c) { "^^" } else { "^" }));
        if fault.is_empty() {
            underline.push('^');
        }
        Self { line, column, excerpt, underline }
    }
}

/// A character that is not seen would move the cursor or the text, and the caret would stand wrong.
fn printable(c: char) -> char {
    if is_invisible(c) && c != '\t' { char::REPLACEMENT_CHARACTER } else { c }
}

/// A blank as wide as the character.
fn blank(c: char) -> &'static str {
    match c {
        '\t' => "\t",
        _ if is_wide(c) => "  ",
        _ => " ",
    }
}

/// Whether a terminal shows the character two columns wide: the blocks that are wide throughout (Unicode Standard Annex 11).
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}
