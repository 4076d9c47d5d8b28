//! A lookup of rows by the integers of a unique column, which are sorted.

use crate::packed::ints::PackedInts;

/// The rows of a unique column by their integers.
#[derive(Clone, Copy, Debug)]
pub struct UniqueInts {
    len: usize,
    /// In ascending order.
    values: PackedInts,
    /// The row of each value.
    rows: PackedInts,
}

impl UniqueInts {
    /// Creates a lookup from the output of `pack_unique`, which has `len` values.
    #[must_use]
    pub const fn new(len: usize, values: PackedInts, rows: PackedInts) -> Self {
        Self { len, values, rows }
    }

    /// Returns the row of a value, counted from 0.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a row is the position of a variant")]
    pub const fn find(&self, value: u64) -> Option<usize> {
        let (mut start, mut end) = (0, self.len);
        while start < end {
            let middle = usize::midpoint(start, end);
            let found = self.values.get(middle);
            if found == value {
                return Some(self.rows.get(middle) as usize);
            }
            if found < value {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        None
    }
}
