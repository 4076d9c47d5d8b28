//! Indexes of codes whose values are their rows.

use std::sync::LazyLock;

use errtable_spec::__private::{Index, PackedIndex};
use errtable_spec::MAX_CODES;

/// The rows of any table.
static ROWS: LazyLock<Vec<usize>> = LazyLock::new(|| (0..MAX_CODES).collect());

/// An index of codes whose values are their rows, in the order of the rows and of the slots.
#[derive(Clone, Copy)]
pub(crate) struct Rows(pub [(Index, &'static [usize]); 2]);

impl Rows {
    pub(crate) fn find(&self, code: &str) -> Option<usize> {
        same(self.0.map(|(index, rows)| index.get::<_, false>(code, rows)))
    }

    pub(crate) fn find_ignore_case(&self, code: &str) -> Option<usize> {
        same(self.0.map(|(index, rows)| index.get::<_, true>(code, rows)))
    }
}

fn same([by_row, by_slot]: [Option<usize>; 2]) -> Option<usize> {
    assert_eq!(by_row, by_slot);
    by_row
}

/// Creates an index, which is never freed: its data are `'static`, as those of an expansion are.
pub(crate) fn unpack(packed: PackedIndex) -> Rows {
    let PackedIndex { hasher, joined, displacements, slots, rows } = packed;
    let row = |bytes: &[u8]| bytes.iter().rfold(0, |row, byte| row << 8 | usize::from(*byte));
    let by_slot: Vec<_> = rows.chunks_exact(2).map(row).collect();
    let (joined, displacements, slots) = (joined.leak(), displacements.leak(), slots.leak());
    let index = |rows| Index::new(hasher, joined, displacements, slots, rows);
    Rows([(index(rows.leak()), &ROWS), (index(&[]), by_slot.leak())])
}
