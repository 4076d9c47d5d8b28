//! Collects the problems of all files of a table, so that they are reported together.

use std::rc::Rc;

use self::diagnostic::Diagnostic;
use self::rule::Rule;
use crate::table::source::{Source, Span};

pub(crate) mod diagnostic;
pub(crate) mod rule;
pub(crate) mod suggest;

/// The sources read so far, and the problems found in them.
#[derive(Default)]
pub(crate) struct Report {
    sources: Vec<Rc<Source>>,
    diagnostics: Vec<(Option<Span>, Diagnostic)>,
}

impl Report {
    /// Adds a source and returns its number, to which spans refer.
    pub(crate) fn add_source(&mut self, source: Rc<Source>) -> usize {
        self.sources.push(source);
        self.sources.len() - 1
    }

    /// Reports a problem at a span. Notes and help are added to the returned diagnostic.
    pub(crate) fn error(&mut self, rule: Rule, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = match self.sources.get(span.source) {
            Some(source) => Diagnostic::at(rule, source, span, message),
            None => Diagnostic::of_file(rule, "", message),
        };
        self.push(Some(span), diagnostic)
    }

    /// Reports a problem with a file that could not be read.
    pub(crate) fn file_error(&mut self, rule: Rule, file: &str, message: impl Into<String>) -> &mut Diagnostic {
        self.push(None, Diagnostic::of_file(rule, file, message))
    }

    /// Returns `file:line:column` of a span, for a note.
    pub(crate) fn position(&self, span: Span) -> String {
        self.sources.get(span.source).map(|source| source.position(span)).unwrap_or_default()
    }

    /// Returns the number of problems so far.
    pub(crate) fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Returns all problems: files in the order they were read, each from top to bottom.
    pub(crate) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|(span, _)| span.map(|span| (span.source, span.start)));
        self.diagnostics.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    #[expect(clippy::indexing_slicing, reason = "an element was just pushed")]
    fn push(&mut self, span: Option<Span>, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.diagnostics.push((span, diagnostic));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last].1
    }
}
