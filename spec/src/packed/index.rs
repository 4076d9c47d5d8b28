//! The code index: a perfect hash table from codes to rows, built by the macros and read at run
//! time.
//!
//! A text is hashed once. The slot of the hash contains the position of the only possible code in
//! the joined texts. The values are in the order of the slots, so that a value and its code are
//! loaded at the same time; in a large table, the row of the slot selects the value.
//!
//! This module defines the layout, `packed::hash` the hash, `packed::displace` the slots, and
//! `packed::write::index` the builder.

#![expect(clippy::inline_always, reason = "a lookup is fast where the sizes of its table are constants")]

use crate::packed::displace::slot_of;
use crate::packed::hash::Hasher;
use crate::packed::windows::{fold_case, short, word};

/// The size of a slot in bytes: offset of the code (3), its length (1; 0 in a free slot).
pub(crate) const SLOT: usize = 4;

/// The size of a row number in bytes.
pub(crate) const ROW: usize = 2;

/// A packed code index.
///
/// The lookup must know its contents at compile time to be fast, so an index is a `const`.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    hasher: Hasher,
    joined: &'static str,
    displacements: &'static [u8],
    slots: &'static [u8],
    rows: &'static [u8],
}

/// The slot of the only code that can have the hash of a text, and whether it equals the text.
type Candidate = (usize, bool);

impl Index {
    /// Creates an index from the output of `build_index`. `joined` contains all codes and aliases.
    ///
    /// `rows` is empty if the values of lookups are in the order of the slots.
    #[must_use]
    pub const fn new(
        hasher: Hasher,
        joined: &'static str,
        displacements: &'static [u8],
        slots: &'static [u8],
        rows: &'static [u8],
    ) -> Self {
        Self { hasher, joined, displacements, slots, rows }
    }

    /// Looks up a code or alias. `values` has a value for each row, or for each slot if `rows` is
    /// empty.
    ///
    /// An index that ignores ASCII case must be built by `build_index_ignore_case`.
    #[inline(always)]
    #[must_use]
    pub const fn get<C: Copy, const IGNORE_CASE: bool>(&self, code: &str, values: &[C]) -> Option<C> {
        let text = code.as_bytes();
        // The paths join after a value is selected, so the rare one costs the other nothing.
        if !self.covers(text) {
            return self.value_if(self.rare_candidate::<IGNORE_CASE>(text), values);
        }
        self.value_if(self.candidate::<IGNORE_CASE>(text), values)
    }

    /// Returns whether the windows cover a text.
    #[inline(always)]
    const fn covers(&self, text: &[u8]) -> bool {
        let windows = self.hasher.windows;
        text.len() >= windows.width && text.len() <= windows.covered()
    }

    /// Returns the slot of the only code that can equal a text, and whether it does. The windows
    /// must cover the text.
    #[inline(always)]
    const fn candidate<const IGNORE_CASE: bool>(&self, text: &[u8]) -> Candidate {
        let slot = self.slot(self.hasher.hash_windows::<IGNORE_CASE>(text));
        // A large table does not fit in the L1 cache. There, the length rejects most other texts
        // before their code is loaded. In a small table, a branch costs more than the comparison.
        if !self.displacements.is_empty() && slot.len != text.len() {
            return (0, false);
        }
        let Some(code) = self.code(slot, text.len()) else { return (0, false) };
        (slot.number, (slot.len == text.len()) & self.hasher.windows.equal::<IGNORE_CASE>(text, code))
    }

    /// Implements [`Index::candidate`] for a text that is shorter than a window, or longer than
    /// all.
    #[cold]
    #[inline(never)]
    const fn rare_candidate<const IGNORE_CASE: bool>(&self, text: &[u8]) -> Candidate {
        let slot = self.slot(self.hasher.hash::<IGNORE_CASE>(text));
        let Some(code) = self.code(slot, text.len()) else { return (0, false) };
        let is_equal = if text.len() < self.hasher.windows.width {
            let (a, b) = (short::<IGNORE_CASE>(text), short::<IGNORE_CASE>(code));
            a.0 == b.0 && a.1 == b.1 && !text.is_empty()
        } else {
            self.hasher.windows.equal::<IGNORE_CASE>(text, code) && equal_inside::<IGNORE_CASE>(text, code)
        };
        (slot.number, is_equal && slot.len == text.len())
    }

    /// Returns the slot of a hash.
    #[inline(always)]
    const fn slot(&self, hash: u64) -> Slot {
        let number = slot_of(hash, self.displacements, self.slots.len() / SLOT);
        let (offset, len) = match self.slots.split_at_checked(number * SLOT) {
            Some((_, [o0, o1, o2, len, ..])) => (u32::from_le_bytes([*o0, *o1, *o2, 0]), *len),
            _ => (0, 0),
        };
        Slot { number, offset: offset as usize, len: len as usize }
    }

    /// Returns the code of a slot, cut to the length of the text so that no bound depends on the
    /// slot.
    #[inline(always)]
    const fn code(&self, slot: Slot, len: usize) -> Option<&'static [u8]> {
        let Some((head, _)) = self.joined.as_bytes().split_at_checked(slot.offset + len) else { return None };
        match head.split_at_checked(slot.offset) {
            Some((_, code)) => Some(code),
            None => None,
        }
    }

    /// Returns the value of a candidate that equals the text.
    ///
    /// The value is loaded before the comparison ends: both are often ready at the same time, and
    /// whether a code is known is hard to predict.
    #[inline(always)]
    const fn value_if<C: Copy>(&self, (slot, is_equal): Candidate, values: &[C]) -> Option<C> {
        let position = match self.rows.split_at_checked(slot * ROW) {
            Some((_, [low, high, ..])) => u16::from_le_bytes([*low, *high]) as usize,
            _ => slot,
        };
        let last = values.len().saturating_sub(1);
        let value = match values.split_at_checked(if position < last { position } else { last }) {
            Some((_, [value, ..])) => Some(*value),
            _ => None,
        };
        if is_equal { value } else { None }
    }
}

/// Sorts the values of rows into the order of the slots. `rows` contains the row of each slot.
///
/// A free slot gets the first value, which no code selects.
///
/// # Panics
///
/// Panics if there is no value, if `rows` contains a row without a value, or if it has fewer rows
/// than there are slots.
///
/// ```
/// use errtable_spec::__private::by_slot;
///
/// assert_eq!(by_slot::<_, 3>(&['a', 'b'], &[1, 0, 0, 0, 1, 0]), ['b', 'a', 'b']);
/// ```
#[expect(clippy::indexing_slicing, reason = "rustc evaluates this, and takes longer for other accesses")]
#[must_use]
pub const fn by_slot<C: Copy, const SLOTS: usize>(values: &[C], rows: &[u8]) -> [C; SLOTS] {
    let mut sorted = [values[0]; SLOTS];
    let mut slot = 0;
    while slot < SLOTS {
        let at = slot * ROW;
        sorted[slot] = values[u16::from_le_bytes([rows[at], rows[at + 1]]) as usize];
        slot += 1;
    }
    sorted
}

/// A slot of an index.
#[derive(Clone, Copy)]
struct Slot {
    number: usize,
    offset: usize,
    len: usize,
}

/// Returns whether two texts of one length are equal, except for their last eight bytes.
const fn equal_inside<const IGNORE_CASE: bool>(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at + 8 < a.len() {
        let (first, second) = fold_case::<IGNORE_CASE>((word(a, at), word(b, at)));
        if first != second {
            return false;
        }
        at += 8;
    }
    true
}
