//! Gathers the problems of all files of a table, to be told together.

use std::rc::Rc;

use crate::source::{Source, Span};
use crate::{Diagnostic, Rule};

/// The sources read so far, and what is wrong in them.
#[derive(Default)]
pub(crate) struct Problems {
    sources: Vec<Rc<Source>>,
    found: Vec<(Option<Span>, Diagnostic)>,
}

impl Problems {
    /// Takes a source in, so that spans of it can be shown; returns its number.
    pub(crate) fn add_source(&mut self, source: Rc<Source>) -> usize {
        self.sources.push(source);
        self.sources.len() - 1
    }

    /// Records a problem at a place; notes and help are added to what it returns.
    pub(crate) fn report(&mut self, rule: Rule, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = match self.sources.get(span.source) {
            Some(source) => Diagnostic::at(rule, source, span, message),
            None => Diagnostic::of_file(rule, "", message),
        };
        self.push(Some(span), diagnostic)
    }

    /// Records a problem with a file that is no source, because it could not be read.
    pub(crate) fn report_file(&mut self, rule: Rule, file: &str, message: impl Into<String>) -> &mut Diagnostic {
        self.push(None, Diagnostic::of_file(rule, file, message))
    }

    /// `file:line:column` of a place, for a note about it.
    pub(crate) fn place(&self, span: Span) -> String {
        self.sources.get(span.source).map(|source| source.place(span)).unwrap_or_default()
    }

    /// How many problems were reported so far.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// All problems: files in the order in which they were read, each from top to bottom.
    pub(crate) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|(span, _)| span.map(|span| (span.source, span.start)));
        self.found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    #[expect(clippy::indexing_slicing, reason = "an element was just pushed")]
    fn push(&mut self, span: Option<Span>, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.found.push((span, diagnostic));
        let last = self.found.len() - 1;
        &mut self.found[last].1
    }
}
