//! A column that not every row has a value in: for each row the number of its value, and each value once.

use crate::{PackedInts, PackedStrs};

/// Reads a column of numbers, or of what numbers stand for.
#[derive(Clone, Copy, Debug)]
pub struct OptionalInts {
    /// For each row 0, or the position of its value plus 1.
    choices: PackedInts,
    values: PackedInts,
}

impl OptionalInts {
    /// The column that `pack_dictionary` packed.
    #[must_use]
    pub const fn new(choices: PackedInts, values: PackedInts) -> Self {
        Self { choices, values }
    }

    /// The value of a row, from 0; `None` where it has none.
    #[must_use]
    pub const fn get(&self, row: usize) -> Option<u64> {
        match position(&self.choices, row) {
            Some(position) => Some(self.values.get(position)),
            None => None,
        }
    }
}

/// Reads a column of texts.
#[derive(Clone, Copy, Debug)]
pub struct OptionalStrs {
    choices: PackedInts,
    values: PackedStrs,
}

impl OptionalStrs {
    /// The column that `pack_dictionary` packed.
    #[must_use]
    pub const fn new(choices: PackedInts, values: PackedStrs) -> Self {
        Self { choices, values }
    }

    /// The value of a row, from 0; `None` where it has none.
    #[must_use]
    pub const fn get(&self, row: usize) -> Option<&'static str> {
        match position(&self.choices, row) {
            Some(position) => Some(self.values.get(position)),
            None => None,
        }
    }
}

/// The position of a row's value.
#[expect(clippy::cast_possible_truncation, reason = "there are no more values than rows")]
const fn position(choices: &PackedInts, row: usize) -> Option<usize> {
    match choices.get(row).checked_sub(1) {
        Some(position) => Some(position as usize),
        None => None,
    }
}

/// Packs a column: the choice of each row, and each distinct value once, in the order in which they first appear.
#[cfg(feature = "table")]
#[must_use]
pub fn pack_dictionary<T: Copy + Eq + std::hash::Hash>(
    rows: impl IntoIterator<Item = Option<T>>,
) -> (Vec<u64>, Vec<T>) {
    let mut positions = std::collections::HashMap::new();
    let mut values = Vec::new();
    let choice = |value: Option<T>| match value {
        Some(value) => *positions.entry(value).or_insert_with(|| {
            values.push(value);
            values.len() as u64
        }),
        None => 0,
    };
    let choices = rows.into_iter().map(choice).collect();
    (choices, values)
}

#[cfg(all(test, feature = "table"))]
mod tests {
    use super::*;
    use crate::{pack_ints, pack_strs};

    fn numbers(values: &[u64]) -> PackedInts {
        let (width, bytes) = pack_ints(values);
        PackedInts::new(width, bytes.leak())
    }

    #[test]
    fn numbers_and_gaps_read_back() {
        for rows in [
            vec![],
            vec![None, None],
            vec![Some(404), None, Some(404), Some(0)],
            vec![Some(u64::MAX), Some(0), None],
            (0..1000).map(Some).collect(),
        ] {
            let (choices, values) = pack_dictionary(rows.iter().copied());
            let column = OptionalInts::new(numbers(&choices), numbers(&values));
            let read: Vec<_> = (0..rows.len()).map(|row| column.get(row)).collect();
            assert_eq!(read, rows);
            assert_eq!(column.get(rows.len()), None, "a row too many has no value");
        }
    }

    #[test]
    fn texts_and_gaps_read_back_and_each_is_kept_once() {
        let rows = [Some("资源不存在"), None, Some(""), Some("资源不存在")];
        let (choices, values) = pack_dictionary(rows);
        assert_eq!(values, ["资源不存在", ""]);
        let (joined, offsets) = pack_strs(values);
        let column = OptionalStrs::new(numbers(&choices), PackedStrs::new(joined.leak(), numbers(&offsets)));
        assert_eq!([0, 1, 2, 3].map(|row| column.get(row)), rows);
    }
}
