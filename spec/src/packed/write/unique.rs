//! Builds the lookup of a unique column.

use crate::packed::hash::MIX;
use crate::packed::unique::hash;
use crate::packed::write::displace::{Crowded, Displaced, displace};

/// The maximum number of slots per integer without a hash.
const MAX_SPARSE: usize = 4;

/// The row of a free slot, which no table has.
const NO_ROW: u16 = u16::MAX;

/// The arguments of [`UniqueInts::new`](crate::__private::UniqueInts::new), and the row of each slot.
#[derive(Debug)]
pub struct PackedUnique {
    /// The integer with offset 0.
    pub first: u64,
    /// The hash, unless the offset of an integer is its slot.
    pub hashed: Option<PackedHash>,
    /// The row of each slot in two bytes; 65,535 in a free one, such as the last.
    pub rows: Vec<u8>,
}

/// The fields of [`HashedInts`](crate::__private::HashedInts), with the offsets still to be packed.
#[derive(Debug)]
pub struct PackedHash {
    /// The factor of the hash.
    pub factor: u64,
    /// The displacement of each bucket.
    pub displacements: Vec<u8>,
    /// The offset of each slot.
    pub offsets: Vec<u64>,
}

impl PackedUnique {
    /// Returns the number of slots.
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.rows.len() / size_of_val(&NO_ROW)
    }
}

/// Packs a lookup of the distinct integers of rows. A signed integer is given as its bit pattern.
#[must_use]
pub fn pack_unique(rows: impl IntoIterator<Item = Option<u64>>) -> PackedUnique {
    let mut entries: Vec<Entry> = rows.into_iter().zip(0..NO_ROW).filter_map(|(int, row)| Some((int?, row))).collect();
    let first = first(&mut entries);
    for (int, _) in &mut entries {
        *int = int.wrapping_sub(first);
    }
    let last = entries.iter().map(|(offset, _)| *offset).max();
    let span = last.map_or(Some(0), |last| usize::try_from(last).ok()?.checked_add(1));
    match span.filter(|span| *span <= entries.len() * MAX_SPARSE) {
        Some(span) => dense(first, &entries, span),
        None => hashed(first, &entries),
    }
}

/// An integer, later its offset, and its row.
type Entry = (u64, u16);

/// Returns the integer after the longest gap, from which the offsets of all others are smallest.
/// The gaps are those of a circle, on which -1 precedes 0.
fn first(entries: &mut [Entry]) -> u64 {
    entries.sort_unstable();
    let ints = || entries.iter().map(|(int, _)| *int);
    let before = ints().next_back().into_iter().chain(ints());
    ints().zip(before).max_by_key(|(int, before)| int.wrapping_sub(*before)).map_or(0, |(int, _)| int)
}

fn dense(first: u64, entries: &[Entry], span: usize) -> PackedUnique {
    let mut rows = vec![NO_ROW.to_le_bytes(); span + 1];
    for (offset, row) in entries {
        if let Some(slot) = usize::try_from(*offset).ok().and_then(|offset| rows.get_mut(offset)) {
            *slot = row.to_le_bytes();
        }
    }
    PackedUnique { first, hashed: None, rows: rows.concat() }
}

/// Tries one factor after the other.
fn hashed(first: u64, entries: &[Entry]) -> PackedUnique {
    let [mut factor, step, _] = MIX;
    loop {
        let hashes: Vec<u64> = entries.iter().map(|(offset, _)| hash(*offset, factor)).collect();
        match displace(&hashes) {
            Ok(Displaced { displacements, slots }) => {
                let entry = |position: &Option<usize>| position.and_then(|position| entries.get(position).copied());
                // A free slot has the offset of the first integer, whose slot is another one.
                let (offsets, rows): (_, Vec<u16>) =
                    slots.iter().map(|position| entry(position).unwrap_or((0, NO_ROW))).unzip();
                let rows = rows.into_iter().chain([NO_ROW]).flat_map(u16::to_le_bytes).collect();
                return PackedUnique { first, hashed: Some(PackedHash { factor, displacements, offsets }), rows };
            }
            // The next one is odd, too.
            Err(Crowded) => factor = factor.wrapping_add(step << 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use crate::packed::ints::PackedInts;
    use crate::packed::unique::{HashedInts, UniqueInts, by_slot_or_none};
    use crate::packed::write::pack_ints;

    use super::*;

    /// A lookup as an expansion has it.
    struct Lookup {
        ints: UniqueInts,
        packed: PackedUnique,
    }

    impl Lookup {
        fn new(ints: impl IntoIterator<Item = Option<u64>>) -> Self {
            let packed = pack_unique(ints);
            let hashed = packed.hashed.as_ref().map(|PackedHash { factor, displacements, offsets }| {
                let (width, bytes) = pack_ints(offsets);
                let offsets = PackedInts::new(width, bytes.leak());
                HashedInts { factor: *factor, displacements: displacements.clone().leak(), offsets }
            });
            Self { ints: UniqueInts::new(packed.first, packed.slot_count() - 1, hashed), packed }
        }

        fn of(ints: &[i64]) -> Self {
            Self::new(ints.iter().map(|int| Some(int.cast_unsigned())))
        }

        fn row(&self, int: u64) -> Option<usize> {
            let rows: Vec<_> =
                self.packed.rows.chunks_exact(2).map(|row| u16::from_le_bytes([row[0], row[1]])).collect();
            let row = rows[self.ints.slot(int)];
            (row != NO_ROW).then_some(row.into())
        }

        fn is_hashed(&self) -> bool {
            self.packed.hashed.is_some()
        }
    }

    #[test]
    fn every_integer_has_its_row_and_no_other_has_one() {
        for rows in [
            vec![],
            vec![None],
            vec![Some(0)],
            vec![Some(u64::MAX), None, Some(0), Some(7)],
            (0..1000).rev().map(|row| (row % 3 != 0).then_some(row * 5)).collect(),
            (0..64).map(|bit| Some(1 << bit)).collect(),
            (0..64).map(|bit| Some(u64::MAX << bit)).collect(),
            (0..500).map(|row| Some(row << 55)).collect(),
        ] {
            let lookup = Lookup::new(rows.iter().copied());
            let candidates = rows.iter().flatten().flat_map(|int| [*int, int ^ 1, int ^ 1 << 63]);
            for int in candidates.chain([0, 1, u64::MAX]) {
                assert_eq!(lookup.row(int), rows.iter().position(|row| *row == Some(int)), "{int} of {rows:?}");
            }
        }
    }

    #[test]
    fn integers_that_are_near_are_not_hashed() {
        let near: Vec<i64> = (-1..128).collect();
        for (ints, is_hashed, slot_count) in [
            (&near[..], false, 130),
            (&[i64::MAX, i64::MIN], false, 3),
            (&[5, 1], false, 6),
            (&[-3, 4], false, 9),
            (&[-3, 5], true, 9),
            (&[-32_700, -32_600], true, 9),
        ] {
            let lookup = Lookup::of(ints);
            assert_eq!((lookup.is_hashed(), lookup.packed.slot_count()), (is_hashed, slot_count), "{ints:?}");
        }
    }

    #[test]
    fn values_are_in_slot_order() {
        let packed = pack_unique([Some(9), None, Some(6)]);
        assert_eq!(packed.first, 6);
        assert_eq!(by_slot_or_none::<_, 5>(&["a", "b", "c"], &packed.rows), [Some("c"), None, None, Some("a"), None]);
    }

    proptest! {
        #[test]
        fn any_integers_are_found(ints in btree_set(any::<i64>(), 0..200), others: [i64; 16]) {
            check(&ints.into_iter().collect::<Vec<_>>(), &others)?;
        }

        #[test]
        fn integers_of_any_distance_are_found(
            first: i64,
            gaps in proptest::collection::vec(1..5_i64, 0..200),
            shift in 0..60_u32,
            others: [i8; 16],
        ) {
            let mut int = first;
            let ints: Vec<_> = gaps.iter().map(|gap| { int = int.wrapping_add(gap << shift); int }).collect();
            prop_assume!(ints.iter().collect::<std::collections::BTreeSet<_>>().len() == ints.len());
            check(&ints, &others.map(|other| first.wrapping_add(i64::from(other) << shift)))?;
        }
    }

    fn check(ints: &[i64], others: &[i64]) -> Result<(), TestCaseError> {
        let rows: BTreeMap<i64, usize> = ints.iter().copied().zip(0..).collect();
        let lookup = Lookup::of(ints);
        for int in ints.iter().chain(others) {
            prop_assert_eq!(lookup.row(int.cast_unsigned()), rows.get(int).copied(), "{}", int);
        }
        Ok(())
    }
}
