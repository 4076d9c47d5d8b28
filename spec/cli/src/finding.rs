//! What a check reports about a file, with its position.

use std::ops::Range;

use errtable_spec::__private::visible;
use errtable_spec::Diagnostic;

/// The maximum number of notes of a list.
const MAX_LISTED: usize = 6;

/// A problem, or a likely mistake, in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// Whether the exit code stays the same.
    pub is_warning: bool,
    /// The file.
    pub file: String,
    /// The position, or `None` if the finding is about the whole file.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// Notes on related positions and values.
    pub notes: Vec<String>,
    /// What to do, if there is a suggestion. It may have several lines.
    pub help: Option<String>,
}

/// The position of a finding, and the line that contains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The part of the line that is shown.
    pub excerpt: String,
    /// The bytes of the problem in the excerpt.
    pub problem: Range<usize>,
}

impl Finding {
    /// Creates an error about a file.
    pub(crate) fn new(rule: &'static str, file: &str, message: impl Into<String>) -> Self {
        let (file, message) = (file.to_owned(), message.into());
        Self { rule, is_warning: false, file, position: None, message, notes: Vec::new(), help: None }
    }

    /// Sets the position: a range of the text of the file.
    pub(crate) fn at(self, text: &str, range: &Range<usize>) -> Self {
        Self { position: Some(Position::new(text, range)), ..self }
    }

    /// Makes the finding a warning.
    pub(crate) fn warning(self) -> Self {
        Self { is_warning: true, ..self }
    }

    /// Adds notes.
    pub(crate) fn with_notes(self, notes: impl IntoIterator<Item = String>) -> Self {
        Self { notes: notes.into_iter().collect(), ..self }
    }

    /// Adds the first notes of a list, and how many others there are.
    pub(crate) fn with_list(self, notes: Vec<String>) -> Self {
        self.with_notes(limited(notes))
    }

    /// Adds a suggestion.
    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Replaces all but the first notes with the number of the others.
pub(crate) fn limited(mut notes: Vec<String>) -> Vec<String> {
    let others = notes.len().saturating_sub(MAX_LISTED);
    notes.truncate(MAX_LISTED);
    notes.extend((others > 0).then(|| format!("and {others} more")));
    notes
}

impl From<&Diagnostic> for Finding {
    fn from(diagnostic: &Diagnostic) -> Self {
        let place = diagnostic.line().zip(diagnostic.column()).zip(diagnostic.excerpt());
        let position = place.map(|((line, column), (excerpt, problem))| Position {
            line,
            column,
            excerpt: excerpt.to_owned(),
            problem,
        });
        Self {
            rule: diagnostic.rule().as_str(),
            is_warning: diagnostic.is_warning(),
            file: diagnostic.file().to_owned(),
            position,
            message: diagnostic.message().to_owned(),
            notes: diagnostic.notes().to_vec(),
            help: diagnostic.help().map(str::to_owned),
        }
    }
}

/// The maximum number of characters shown before a problem.
const BEFORE: usize = 60;

/// The maximum number of characters of a problem that are shown.
const PROBLEM: usize = 60;

/// The maximum number of characters shown after a problem.
const AFTER: usize = 120;

impl Position {
    fn new(text: &str, range: &Range<usize>) -> Self {
        let (before, after) = text.split_at_checked(range.start).unwrap_or((text, ""));
        let line = before.matches('\n').count() + 1;
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.lines().next().unwrap_or_default();
        let length = after.char_indices().nth(PROBLEM).map_or(after.len(), |(at, _)| at).min(range.len());
        let (problem, after) = after.split_at_checked(length).unwrap_or((after, ""));
        let column = before.chars().count() + 1;
        // A line may be a whole table.
        let shown = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        let mut excerpt = if shown > 0 { "…".to_owned() } else { String::new() };
        excerpt.push_str(&visible(before.get(shown..).unwrap_or_default()));
        let start = excerpt.len();
        excerpt.push_str(&visible(problem));
        let problem = start..excerpt.len();
        let end = after.char_indices().nth(AFTER).map_or(after.len(), |(at, _)| at);
        excerpt.push_str(&visible(after.get(..end).unwrap_or_default()));
        if end < after.len() {
            excerpt.push('…');
        }
        Self { line, column, excerpt, problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_is_that_of_the_range() {
        let text = "a\né = \"b\u{1b}\" # c\r\n";
        let at = Position::new(text, &(text.find('"').unwrap()..text.rfind('"').unwrap() + 1));
        assert_eq!((at.line, at.column), (2, 5));
        assert!(at.excerpt.ends_with("\" # c"), "{}", at.excerpt);
        assert!(at.excerpt[at.problem].starts_with("\"b"));
        // A line that is a whole table.
        let text = format!("{}\"A\"{0}", "é".repeat(10_000));
        let at = Position::new(&text, &(20_000..20_003));
        assert_eq!((at.line, at.column, &at.excerpt[at.problem]), (1, 10_001, "\"A\""));
        assert!(at.excerpt.chars().count() < 300 && at.excerpt.starts_with('…') && at.excerpt.ends_with('…'));
        let at = Position::new(&text, &(0..text.len()));
        assert!(at.excerpt.chars().count() < 300, "{}", at.excerpt.len());
        // A range over several lines, and one behind the end.
        assert_eq!(Position::new("[a\nb]", &(0..5)).problem, 0..2);
        assert_eq!(Position::new("a", &(9..10)).problem, 1..1);
    }
}
