//! A lookup of the integers of a unique column, built by the macros and read at run time.
//!
//! An integer is looked up by its offset from the first one, modulo 2^64. If at least a quarter of
//! all offsets are used, the offset is the slot. Otherwise, a perfect hash of the offset is the
//! slot, which contains the offset of the only integer that can have this hash. The values are in
//! the order of the slots. A free slot has no value. The last slot is always free.

#![expect(clippy::inline_always, reason = "a lookup is fast where its table is a constant")]

use crate::packed::displace::slot_of;
use crate::packed::index::ROW;
use crate::packed::ints::PackedInts;

/// The slots of distinct integers.
///
/// The lookup must know its contents at compile time to be fast, so this is a `const`.
#[derive(Clone, Copy, Debug)]
pub struct UniqueInts {
    first: u64,
    /// The number of slots without the last one.
    last: usize,
    hashed: Option<HashedInts>,
}

/// The slots of integers that are far apart.
#[derive(Clone, Copy, Debug)]
pub struct HashedInts {
    /// The factor of the hash.
    pub factor: u64,
    /// The displacement of each bucket.
    pub displacements: &'static [u8],
    /// The offset of each slot.
    pub offsets: PackedInts,
}

impl UniqueInts {
    /// Creates a lookup from the output of `pack_unique`.
    #[must_use]
    pub const fn new(first: u64, last: usize, hashed: Option<HashedInts>) -> Self {
        Self { first, last, hashed }
    }

    /// Returns the slot of an integer, or the last one, which is free, if there is none.
    ///
    /// Selects a slot without a branch: whether an integer is known is hard to predict.
    #[inline(always)]
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "at most the last slot")]
    pub const fn slot(&self, int: u64) -> usize {
        let offset = int.wrapping_sub(self.first);
        match &self.hashed {
            None if offset < self.last as u64 => offset as usize,
            None => self.last,
            Some(HashedInts { factor, displacements, offsets }) => {
                let slot = slot_of(hash(offset, *factor), displacements, self.last);
                if offsets.get(slot) == offset { slot } else { self.last }
            }
        }
    }
}

/// Hashes an offset: folds the product with the factor.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "takes the low half")]
pub(crate) const fn hash(offset: u64, factor: u64) -> u64 {
    let product = (offset as u128).wrapping_mul(factor as u128);
    product as u64 ^ (product >> 64) as u64
}

/// Sorts the values of rows into the order of the slots. `rows` contains the row of each slot. A
/// free one has a row without a value.
///
/// ```
/// use errtable_spec::__private::by_slot_or_none;
///
/// assert_eq!(by_slot_or_none::<_, 2>(&['a', 'b'], &[1, 0, 2, 0]), [Some('b'), None]);
/// ```
#[expect(clippy::indexing_slicing, reason = "rustc evaluates this, and takes longer for other accesses")]
#[must_use]
pub const fn by_slot_or_none<C: Copy, const SLOTS: usize>(values: &[C], rows: &[u8]) -> [Option<C>; SLOTS] {
    let mut sorted = [None; SLOTS];
    let mut slot = 0;
    while slot < SLOTS {
        let at = slot * ROW;
        let row = u16::from_le_bytes([rows[at], rows[at + 1]]) as usize;
        if row < values.len() {
            sorted[slot] = Some(values[row]);
        }
        slot += 1;
    }
    sorted
}
