//! A column of texts, packed: all of them one after the other, and the offset at which each one starts.

use crate::PackedInts;

/// Reads a packed column; a row that the column does not have is "".
#[derive(Clone, Copy, Debug)]
pub struct PackedStrs {
    joined: &'static str,
    offsets: PackedInts,
}

impl PackedStrs {
    /// A column over the joined texts; `offsets` has one number more than there are rows.
    #[must_use]
    pub const fn new(joined: &'static str, offsets: PackedInts) -> Self {
        Self { joined, offsets }
    }

    /// The text of a row, from 0.
    #[inline]
    #[must_use]
    pub const fn get(&self, row: usize) -> &'static str {
        self.cut(self.offsets.get(row), self.offsets.get(row + 1))
    }

    /// The text between two offsets; "" where they are none of this column.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the offsets lie within a text in memory")]
    const fn cut(&self, start: u64, end: u64) -> &'static str {
        let Some((head, _)) = self.joined.split_at_checked(end as usize) else { return "" };
        match head.split_at_checked(start as usize) {
            Some((_, text)) => text,
            None => "",
        }
    }
}

/// Packs a column; returns the joined texts and the offsets that [`PackedStrs::new`] takes, the latter to be packed in turn.
#[cfg(feature = "table")]
#[must_use]
pub fn pack_strs<'a>(texts: impl IntoIterator<Item = &'a str>) -> (String, Vec<u64>) {
    let mut joined = String::new();
    let mut offsets = vec![0];
    for text in texts {
        joined.push_str(text);
        offsets.push(joined.len() as u64);
    }
    (joined, offsets)
}

#[cfg(all(test, feature = "table"))]
mod tests {
    use super::*;
    use crate::pack_ints;

    #[test]
    fn texts_of_every_shape_read_back() {
        let texts = ["InternalError", "", "签名过期", "UnsupportedOperation.", &"x".repeat(300)];
        let (joined, offsets) = pack_strs(texts);
        let (width, bytes) = pack_ints(&offsets);
        let column = PackedStrs::new(joined.leak(), PackedInts::new(width, bytes.leak()));
        for (row, text) in texts.into_iter().enumerate() {
            assert_eq!(column.get(row), text);
        }
        assert_eq!(column.get(texts.len()), "", "a row too many is empty");
    }
}
