//! A packed column of optional values, dictionary-encoded: each distinct value once, and for each
//! row the number of its value.

use crate::packed::ints::PackedInts;
use crate::packed::strs::PackedStrs;

/// A packed column of optional integers.
#[derive(Clone, Copy, Debug)]
pub struct OptionalInts {
    /// For each row 0, or the position of its value plus 1.
    keys: PackedInts,
    values: PackedInts,
}

impl OptionalInts {
    /// Creates a column from the output of `pack_dictionary`.
    #[must_use]
    pub const fn new(keys: PackedInts, values: PackedInts) -> Self {
        Self { keys, values }
    }

    /// Returns the value of a row, counted from 0.
    #[must_use]
    pub const fn get(&self, row: usize) -> Option<u64> {
        match position(&self.keys, row) {
            Some(position) => Some(self.values.get(position)),
            None => None,
        }
    }
}

/// A packed column of optional strings.
#[derive(Clone, Copy, Debug)]
pub struct OptionalStrs {
    keys: PackedInts,
    values: PackedStrs,
}

impl OptionalStrs {
    /// Creates a column from the output of `pack_dictionary`.
    #[must_use]
    pub const fn new(keys: PackedInts, values: PackedStrs) -> Self {
        Self { keys, values }
    }

    /// Returns the value of a row, counted from 0.
    #[must_use]
    pub const fn get(&self, row: usize) -> Option<&'static str> {
        match position(&self.keys, row) {
            Some(position) => Some(self.values.get(position)),
            None => None,
        }
    }
}

/// Returns the position of a row's value.
#[expect(clippy::cast_possible_truncation, reason = "there are at most as many values as rows")]
const fn position(keys: &PackedInts, row: usize) -> Option<usize> {
    match keys.get(row).checked_sub(1) {
        Some(position) => Some(position as usize),
        None => None,
    }
}
