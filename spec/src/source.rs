//! The text of a table file, and places in it.

use std::cell::OnceCell;

/// A table file as it was read.
#[derive(Debug)]
pub(crate) struct Source {
    name: String,
    text: String,
    /// Counted when the first place is asked for: most tables are right.
    marks: OnceCell<Marks>,
}

/// What lines and columns are counted from.
#[derive(Debug)]
struct Marks {
    /// Where each line starts.
    lines: Vec<usize>,
    /// How many characters stand before each block, so that a column of a long line need not be counted from its start.
    blocks: Vec<usize>,
}

/// Bytes in a block.
const BLOCK: usize = 1024;

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
        Self { name, text, marks: OnceCell::new() }
    }

    fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| Marks::of(&self.text))
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
        let line = self.marks().lines.partition_point(|start| *start <= offset);
        (line, self.characters_before(offset) - self.characters_before(self.start(line)) + 1)
    }

    /// How many characters stand before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let before = self.marks().blocks.get(block).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        before + rest.iter().filter(|byte| starts_character(**byte)).count()
    }

    /// The line around an offset, without its end, in two parts: before the offset and from there on.
    pub(crate) fn line_around(&self, offset: usize) -> (&str, &str) {
        let line = self.marks().lines.partition_point(|start| *start <= offset);
        let before = self.text.get(self.start(line)..offset).unwrap_or_default();
        let after = self.text.get(offset..self.start(line + 1)).unwrap_or_default();
        (before, after.trim_end_matches(['\n', '\r']))
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
        line.checked_sub(1).and_then(|index| self.marks().lines.get(index)).copied().unwrap_or(self.text.len())
    }
}

impl Marks {
    fn of(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        let count = |block: &[u8]| block.iter().filter(|byte| starts_character(**byte)).count();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += count(block);
            Some(here)
        });
        Self { lines, blocks: blocks.collect() }
    }
}

/// Whether a byte of UTF-8 is the first one of a character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_however_long_the_line() {
        let text = format!("first\n{}second", "签名 expired ".repeat(2000));
        let source = Source::new("t.json".to_owned(), text.clone());
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            let expected = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
            assert_eq!(source.position(offset), expected, "offset {offset}");
        }
        assert_eq!(source.position(text.len()).0, 2);
    }

    #[test]
    fn an_offset_inside_a_character_is_where_it_starts() {
        let source = Source::new("t.json".to_owned(), "a\n签名".to_owned());
        assert_eq!([1, 2, 3, 4, 5, 9].map(|column| source.offset(2, column)), [2, 2, 2, 5, 5, 8]);
    }
}
