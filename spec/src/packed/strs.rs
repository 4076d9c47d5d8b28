//! A packed column of strings: all of them joined, and the offset of each.

use crate::packed::ints::PackedInts;

/// A packed column of strings.
#[derive(Clone, Copy, Debug)]
pub struct PackedStrs {
    joined: &'static str,
    offsets: PackedInts,
}

impl PackedStrs {
    /// Creates a column from the joined strings and their offsets, one more than there are rows.
    #[must_use]
    pub const fn new(joined: &'static str, offsets: PackedInts) -> Self {
        Self { joined, offsets }
    }

    /// Returns the string of a row, counted from 0, or `""` past the last row.
    #[inline]
    #[must_use]
    pub const fn get(&self, row: usize) -> &'static str {
        let (start, end) = self.offsets.pair(row);
        self.slice(start, end)
    }

    /// Returns the text between two offsets, or `""` if they are out of range.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the offsets are within a text in memory")]
    const fn slice(&self, start: u64, end: u64) -> &'static str {
        let Some((head, _)) = self.joined.split_at_checked(end as usize) else { return "" };
        match head.split_at_checked(start as usize) {
            Some((_, text)) => text,
            None => "",
        }
    }
}
