//! The text of a table file, and positions in it.

use std::cell::OnceCell;

/// The text of a table file.
#[derive(Debug)]
pub(crate) struct SourceFile {
    name: String,
    text: String,
    /// Computed for the first message, because most tables have none.
    starts: OnceCell<Starts>,
}

/// The starting points from which lines and columns are counted.
#[derive(Debug)]
struct Starts {
    /// The offset of each line.
    lines: Vec<usize>,
    /// The number of characters before each block, so that long lines are not counted repeatedly.
    blocks: Vec<usize>,
}

/// The size of a block in bytes.
const BLOCK: usize = 1024;

/// A range of bytes in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The number of the file, in the order they were read.
    pub(crate) file: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A value and its span. Equality ignores the span, as that of `syn::Ident` does.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl SourceFile {
    pub(crate) fn new(name: String, text: String) -> Self {
        Self { name, text, starts: OnceCell::new() }
    }

    fn starts(&self) -> &Starts {
        self.starts.get_or_init(|| Starts::of(&self.text))
    }

    /// Returns the name of the file for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Returns the line and the column of an offset, both from 1. Columns count characters.
    pub(crate) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let line = self.starts().lines.partition_point(|start| *start <= offset);
        (line, self.chars_before(offset) - self.chars_before(self.line_start(line)) + 1)
    }

    /// Returns the number of characters before an offset.
    fn chars_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let before = self.starts().blocks.get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        before + rest.iter().filter(|byte| is_char_start(**byte)).count()
    }

    /// Returns the line around an offset, without its line break, split at the offset.
    pub(crate) fn line_around(&self, offset: usize) -> (&str, &str) {
        let line = self.starts().lines.partition_point(|start| *start <= offset);
        let before = self.text.get(self.line_start(line)..offset).unwrap_or_default();
        let after = self.text.get(offset..self.line_start(line + 1)).unwrap_or_default();
        (before, after.trim_end_matches(['\n', '\r']))
    }

    /// Converts a line and a column of `serde_json`, which counts bytes, to an offset.
    pub(crate) fn offset(&self, line: usize, column: usize) -> usize {
        let mut offset = (self.line_start(line) + column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// Returns `file:line:column` of a span.
    pub(crate) fn position(&self, span: Span) -> String {
        let (line, column) = self.line_and_column(span.start);
        format!("{}:{line}:{column}", self.name)
    }

    fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|index| self.starts().lines.get(index)).copied().unwrap_or(self.text.len())
    }
}

impl Starts {
    fn of(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        let count = |block: &[u8]| block.iter().filter(|byte| is_char_start(**byte)).count();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += count(block);
            Some(here)
        });
        Self { lines, blocks: blocks.collect() }
    }
}

/// Returns whether a byte of UTF-8 is the first byte of a character.
fn is_char_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = format!("first\n{}second", "签名 expired ".repeat(2000));
        let source = SourceFile::new("t.json".to_owned(), text.clone());
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let expected = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
            assert_eq!(source.line_and_column(offset), expected, "offset {offset}");
        }
        assert_eq!(source.line_and_column(text.len()).0, 2);
    }

    #[test]
    fn offset_rounds_down_to_a_char_boundary() {
        let source = SourceFile::new("t.json".to_owned(), "a\n签名".to_owned());
        assert_eq!([1, 2, 3, 4, 5, 9].map(|column| source.offset(2, column)), [2, 2, 2, 5, 5, 8]);
    }
}
