//! A packed column of optional values, dictionary-encoded: each distinct value once, and for each
//! row the number of its value.

use crate::packed::ints::PackedInts;
use crate::packed::strs::PackedStrs;

/// A packed column of optional integers.
#[derive(Clone, Copy, Debug)]
pub struct OptionalInts {
    /// For each row 0, or the index of its value plus 1.
    indices: PackedInts,
    values: PackedInts,
}

impl OptionalInts {
    /// Creates a column from the output of `pack_dictionary`.
    #[must_use]
    pub const fn new(indices: PackedInts, values: PackedInts) -> Self {
        Self { indices, values }
    }

    /// Returns the value of a row, counted from 0.
    #[must_use]
    pub const fn get(&self, row: usize) -> Option<u64> {
        match index(&self.indices, row) {
            Some(index) => Some(self.values.get(index)),
            None => None,
        }
    }
}

/// A packed column of optional strings.
#[derive(Clone, Copy, Debug)]
pub struct OptionalStrs {
    indices: PackedInts,
    values: PackedStrs,
}

impl OptionalStrs {
    /// Creates a column from the output of `pack_dictionary`.
    #[must_use]
    pub const fn new(indices: PackedInts, values: PackedStrs) -> Self {
        Self { indices, values }
    }

    /// Returns the value of a row, counted from 0.
    #[must_use]
    pub const fn get(&self, row: usize) -> Option<&'static str> {
        match index(&self.indices, row) {
            Some(index) => Some(self.values.get(index)),
            None => None,
        }
    }
}

/// Returns the index of a row's value.
#[expect(clippy::cast_possible_truncation, reason = "there are at most as many values as rows")]
const fn index(indices: &PackedInts, row: usize) -> Option<usize> {
    match indices.get(row).checked_sub(1) {
        Some(index) => Some(index as usize),
        None => None,
    }
}
