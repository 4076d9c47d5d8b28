//! Collects the diagnostics of all files of a table, so that they are reported together.

pub(crate) mod diagnostic;
pub(crate) mod rule;
pub(crate) mod suggest;

use std::rc::Rc;

use self::diagnostic::Diagnostic;
use self::rule::Rule;
use self::suggest::nearest_to;
use crate::table::source::{SourceFile, Span};

/// The number of diagnostics after which a help is no longer worth a search among many candidates.
const MAX_SEARCHES: usize = 100;

/// The number of candidates that are always searched.
const FEW_CANDIDATES: usize = 64;

/// The files read so far, and the diagnostics about them.
#[derive(Default)]
pub(crate) struct Report {
    files: Vec<Rc<SourceFile>>,
    diagnostics: Vec<(Option<Span>, Diagnostic)>,
}

impl Report {
    /// Adds a file and returns its number, to which spans refer.
    pub(crate) fn add_file(&mut self, source: Rc<SourceFile>) -> usize {
        self.files.push(source);
        self.files.len() - 1
    }

    /// Reports a problem at a span. Notes and help are added to the returned diagnostic.
    pub(crate) fn error(&mut self, rule: Rule, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = match self.files.get(span.file) {
            Some(source) => Diagnostic::at(rule, source, span, message),
            None => Diagnostic::of_file(rule, "", message),
        };
        self.push(Some(span), diagnostic)
    }

    /// Reports what is valid, but probably a mistake.
    pub(crate) fn warning(&mut self, rule: Rule, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = self.error(rule, span, message);
        diagnostic.is_warning = true;
        diagnostic
    }

    /// Reports a problem with a file that could not be read.
    pub(crate) fn file_error(&mut self, rule: Rule, file: &str, message: impl Into<String>) -> &mut Diagnostic {
        self.push(None, Diagnostic::of_file(rule, file, message))
    }

    /// Returns `file:line:column` of a span, for a note.
    pub(crate) fn position(&self, span: Span) -> String {
        self.files.get(span.file).map(|source| source.position(span)).unwrap_or_default()
    }

    /// Returns the name of a file.
    pub(crate) fn file_name(&self, number: usize) -> &str {
        self.files.get(number).map(|file| file.name()).unwrap_or_default()
    }

    /// Returns the text of a span.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.files.get(span.file).map(|file| file.slice(span)).unwrap_or_default()
    }

    /// Returns whether the next help may search so many candidates for a similar text. A search for
    /// each of many thousand problems would take time in proportion to the square of the table.
    pub(crate) fn may_search(&self, candidates: usize) -> bool {
        candidates <= FEW_CANDIDATES || self.diagnostics.len() < MAX_SEARCHES
    }

    /// Returns the candidate that a wrong text was probably intended to be, if it may search.
    pub(crate) fn nearest<'c>(&self, wrong: &str, candidates: &[&'c str]) -> Option<&'c str> {
        if self.may_search(candidates.len()) { nearest_to(wrong, candidates) } else { None }
    }

    /// Returns the number of diagnostics so far.
    pub(crate) fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Returns all diagnostics: files in the order they were read, each from top to bottom.
    pub(crate) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|(span, _)| span.map(|span| (span.file, span.start)));
        self.diagnostics.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    #[expect(clippy::indexing_slicing, reason = "an element was just pushed")]
    fn push(&mut self, span: Option<Span>, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.diagnostics.push((span, diagnostic));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last].1
    }
}
