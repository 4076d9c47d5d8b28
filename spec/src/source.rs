//! The text of a table file, and places in it.

use std::ops::Range;

/// A table file as it was read.
#[derive(Debug)]
pub(crate) struct Source {
    name: String,
    text: String,
    /// Where each line starts.
    lines: Vec<usize>,
}

/// A part of the text of one source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The number of the source, in the order in which they were read.
    pub(crate) source: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A value and the place where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl Source {
    pub(crate) fn new(name: String, text: String) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { name, text, lines }
    }

    /// How the file is named in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Line and column of an offset, both from 1, the column in characters.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.start(line);
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// A line without its end.
    pub(crate) fn line(&self, line: usize) -> &str {
        let range = Range { start: self.start(line), end: self.start(line + 1) };
        self.text.get(range).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// The offset that `serde_json` means by a line and a column in bytes.
    pub(crate) fn offset(&self, line: usize, column: usize) -> usize {
        let mut offset = (self.start(line) + column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// `file:line:column` of a place.
    pub(crate) fn place(&self, span: Span) -> String {
        let (line, column) = self.position(span.start);
        format!("{}:{line}:{column}", self.name)
    }

    fn start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(self.text.len())
    }
}
