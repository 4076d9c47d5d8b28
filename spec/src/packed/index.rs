//! The code index: a perfect hash table from codes to rows, built by the macros and read at run
//! time.
//!
//! A text is hashed once. The hash selects a bucket, and the displacement of the bucket turns other
//! bits of the hash into a slot. The slot contains the position of the only possible code in the
//! joined texts, and its row. The numbers of buckets and slots are powers of two, so a mask selects
//! them.
//!
//! This module defines the hash and the layout; `packed::write::index` is the builder.

#![expect(clippy::inline_always, reason = "a lookup is fast where the sizes of its table are constants")]

use crate::packed::windows::{Lanes, Windows, fold_case, short, word};

/// The size of a displacement in bytes.
pub(crate) const DISPLACEMENT: usize = 2;

/// The size of a slot in bytes: offset of the code (3), its length (1; 0 in a free slot), its row
/// (2).
pub(crate) const SLOT: usize = 6;

/// The bytes after the last slot: a slot is read as eight bytes.
pub(crate) const PADDING: usize = 2;

/// A packed code index.
///
/// The lookup must know its contents at compile time to be fast, so an index is a `const`.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    hasher: Hasher,
    joined: &'static str,
    displacements: &'static [u8],
    slots: &'static [u8],
}

/// The only code that can have the hash of a text, and whether it equals the text.
type Candidate = (usize, bool);

impl Index {
    /// Creates an index from the output of `build_index`. `joined` contains all codes and aliases.
    #[must_use]
    pub const fn new(hasher: Hasher, joined: &'static str, displacements: &'static [u8], slots: &'static [u8]) -> Self {
        Self { hasher, joined, displacements, slots }
    }

    /// Returns the row of a code or alias. The match is exact.
    #[inline(always)]
    #[must_use]
    pub const fn find(&self, code: &str) -> Option<usize> {
        self.find_in::<false>(code)
    }

    /// Returns the row of a code or alias, ignoring ASCII case. Requires an index that was built by
    /// `build_index_ignore_case`.
    #[inline(always)]
    #[must_use]
    pub const fn find_ignore_case(&self, code: &str) -> Option<usize> {
        self.find_in::<true>(code)
    }

    #[inline(always)]
    const fn find_in<const IGNORE_CASE: bool>(&self, code: &str) -> Option<usize> {
        let text = code.as_bytes();
        let candidate = if self.covers(text) {
            self.candidate::<IGNORE_CASE>(text)
        } else {
            self.rare_candidate::<IGNORE_CASE>(text)
        };
        match candidate {
            (row, true) => Some(row),
            _ => None,
        }
    }

    /// Returns whether the windows cover a text.
    #[inline(always)]
    #[must_use]
    pub const fn covers(&self, text: &[u8]) -> bool {
        let windows = self.hasher.windows;
        text.len() >= windows.width && text.len() <= windows.covered()
    }

    /// Returns the row of the only code that can equal a text, and whether it does. The windows
    /// must cover the text.
    ///
    /// The row is valid in both cases, so that a caller can load its data before the answer is
    /// known.
    #[inline(always)]
    #[must_use]
    pub const fn candidate<const IGNORE_CASE: bool>(&self, text: &[u8]) -> Candidate {
        let slot = self.slot(self.hasher.hash_windows::<IGNORE_CASE>(text));
        // A large table is not in the nearest cache: the length rejects most other texts before
        // their code is loaded. In a small table, a branch costs more than the comparison.
        if !self.displacements.is_empty() && slot.len != text.len() {
            return (0, false);
        }
        let Some(code) = self.code(slot, text.len()) else { return (0, false) };
        (slot.row, (slot.len == text.len()) & self.hasher.windows.equal::<IGNORE_CASE>(text, code))
    }

    /// Implements [`Index::candidate`] for a text that is shorter than a window, or longer than
    /// all.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub const fn rare_candidate<const IGNORE_CASE: bool>(&self, text: &[u8]) -> Candidate {
        let slot = self.slot(self.hasher.hash::<IGNORE_CASE>(text));
        let Some(code) = self.code(slot, text.len()) else { return (0, false) };
        let is_equal = if text.len() < self.hasher.windows.width {
            let (a, b) = (short::<IGNORE_CASE>(text), short::<IGNORE_CASE>(code));
            a.0 == b.0 && a.1 == b.1 && !text.is_empty()
        } else {
            self.hasher.windows.equal::<IGNORE_CASE>(text, code) && equal_inside::<IGNORE_CASE>(text, code)
        };
        (slot.row, is_equal && slot.len == text.len())
    }

    /// Returns the slot of a hash.
    #[inline(always)]
    const fn slot(&self, hash: u64) -> Slot {
        let buckets = self.displacements.len() / DISPLACEMENT;
        let displacement = match self.displacements.split_at_checked(bucket(hash, buckets) * DISPLACEMENT) {
            Some((_, rest)) => match rest.first_chunk() {
                Some(bytes) => u16::from_le_bytes(*bytes),
                None => 0,
            },
            None => 0,
        };
        let slots = self.slots.len().saturating_sub(PADDING) / SLOT;
        let [o0, o1, o2, len, r0, r1, ..] = word(self.slots, slot(hash, displacement, slots) * SLOT).to_le_bytes();
        Slot {
            offset: u32::from_le_bytes([o0, o1, o2, 0]) as usize,
            len: len as usize,
            row: u16::from_le_bytes([r0, r1]) as usize,
        }
    }

    /// Returns the code of a slot, cut to the length of the text so that no bound depends on the
    /// slot.
    #[inline(always)]
    const fn code(&self, slot: Slot, len: usize) -> Option<&'static [u8]> {
        let Some((_, rest)) = self.joined.as_bytes().split_at_checked(slot.offset) else { return None };
        match rest.split_at_checked(len) {
            Some((code, _)) => Some(code),
            None => None,
        }
    }
}

/// A slot of an index.
#[derive(Clone, Copy)]
struct Slot {
    offset: usize,
    len: usize,
    row: usize,
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

/// The hash function of an index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hasher {
    /// The seed.
    pub seed: u64,
    /// The windows through which texts are hashed and compared.
    pub windows: Windows,
    /// The part of a text that is hashed.
    pub scope: HashScope,
}

/// The part of a text that is hashed: the smallest one that distinguishes the codes of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HashScope {
    /// The sums of the windows.
    Sums,
    /// Every byte.
    Whole,
}

/// Constants without structure: the fractional digits of pi, as in Blowfish's P-array, made odd.
pub(crate) const MIX: [u64; 3] = [0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7345, 0xA409_3822_299F_31D1];

impl Hasher {
    /// Hashes a text.
    pub(crate) const fn hash<const IGNORE_CASE: bool>(self, text: &[u8]) -> u64 {
        if text.len() < self.windows.width {
            return self.finish(short::<IGNORE_CASE>(text), text.len());
        }
        self.hash_windows::<IGNORE_CASE>(text)
    }

    /// Hashes a text that is at least as long as a window.
    #[inline(always)]
    const fn hash_windows<const IGNORE_CASE: bool>(self, text: &[u8]) -> u64 {
        let hash = self.finish(self.windows.sums::<IGNORE_CASE>(text), text.len());
        match self.scope {
            HashScope::Sums => hash,
            HashScope::Whole => self.hash_inside::<IGNORE_CASE>(hash, text),
        }
    }

    /// Adds every word of the text, in order, to the hash of the windows, which cover the last one.
    const fn hash_inside<const IGNORE_CASE: bool>(self, mut hash: u64, text: &[u8]) -> u64 {
        let mut at = 0;
        while at + 8 < text.len() {
            let (word, _) = fold_case::<IGNORE_CASE>((word(text, at), 0));
            hash = hash.rotate_left(23) ^ self.finish((word, hash), at);
            at += 8;
        }
        hash
    }

    /// Multiplies the lanes, each with a constant mixed in, and folds the product with the length.
    ///
    /// The seed is in all factors, so a product of 0 under one seed changes under the next, and so
    /// do lengths that collide.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "takes the low half")]
    const fn finish(self, (a, b): Lanes, len: usize) -> u64 {
        let [lane_a, lane_b, lane_c] = MIX;
        let a = a ^ lane_a ^ self.seed;
        let b = b ^ lane_b ^ self.seed.rotate_left(32);
        let product = (a as u128).wrapping_mul(b as u128);
        product as u64 ^ (product >> 64) as u64 ^ (len as u64).wrapping_mul(lane_c ^ self.seed)
    }
}

/// Returns the bucket of a hash. `count` is a power of two up to 2^15.
///
/// Buckets and slots use the upper half of the hash, which the multiplication mixes best, and share
/// no bit of it.
#[inline(always)]
pub(crate) const fn bucket(hash: u64, count: usize) -> usize {
    (hash >> 49) as usize & count.saturating_sub(1)
}

/// Returns the slot of a hash in a bucket with this displacement. `count` is a power of two up to
/// 2^17.
#[inline(always)]
pub(crate) const fn slot(hash: u64, displacement: u16, count: usize) -> usize {
    ((hash >> 32) as usize ^ displacement as usize) & count.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    const NARROW: Windows = Windows { width: 8, count: 5, hashed: u8::MAX };
    const WIDE: Windows = Windows { width: 16, count: 4, hashed: u8::MAX };

    fn hash(text: &[u8], seed: u64) -> u64 {
        Hasher { seed, windows: WIDE, scope: HashScope::Whole }.hash::<false>(text)
    }

    /// Texts of every length that the hash treats differently.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        (1..=120_u8).map(|len| (0..len).map(|at| b'a' + (at.wrapping_mul(7) ^ len) % 26).collect())
    }

    /// The builder and the reader may run on machines of different word size or byte order.
    #[test]
    fn hash_is_platform_independent() {
        let of = |len: usize, windows, scope| {
            Hasher { seed: 7, windows, scope }.hash::<false>(&texts().nth(len - 1).unwrap())
        };
        assert_eq!(of(3, NARROW, HashScope::Sums), 0xE1E4_F120_1236_695C);
        assert_eq!(of(15, WIDE, HashScope::Sums), 0x75AB_CF43_5D74_D1F7);
        assert_eq!(of(20, NARROW, HashScope::Sums), 0x3369_EB7B_5EC4_72F5);
        assert_eq!(of(70, NARROW, HashScope::Sums), 0xC4B9_FB22_7A58_1E31);
        assert_eq!(of(20, WIDE, HashScope::Sums), 0xC9EF_23AE_BE40_C23A);
        assert_eq!(of(70, WIDE, HashScope::Sums), 0x8AEC_199A_71AD_DD9E);
        assert_eq!(of(48, NARROW, HashScope::Whole), 0xB25C_A94D_4F79_E986);
        assert_eq!(of(70, WIDE, HashScope::Whole), 0xBF18_2643_E2D6_A17E);
    }

    #[test]
    fn each_input_bit_flips_half_of_the_hash() {
        let hashers = [NARROW, WIDE]
            .into_iter()
            .flat_map(|windows| [HashScope::Sums, HashScope::Whole].map(|scope| Hasher { seed: 0, windows, scope }));
        for (text, hasher) in texts().flat_map(|text| hashers.clone().map(move |hasher| (text.clone(), hasher))) {
            let hash = |text: &[u8], seed| Hasher { seed, ..hasher }.hash::<false>(text);
            let Windows { width, count, .. } = hasher.windows;
            let is_read =
                |at: usize| hasher.scope == HashScope::Whole || at < width * (count - 1) || at + width >= text.len();
            let original = hash(&text, 0);
            let mut flipped = Vec::new();
            for bit in (0..text.len() * 8).filter(|bit| is_read(bit / 8)) {
                let mut other = text.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                flipped.push((hash(&other, 0) ^ original).count_ones());
            }
            flipped.extend((0..64).map(|bit| (hash(&text, 1 << bit) ^ original).count_ones()));
            let mean = f64::from(flipped.iter().sum::<u32>()) / f64::from(u32::try_from(flipped.len()).unwrap());
            assert!((27.0..37.0).contains(&mean), "{hasher:?} of {} bytes: {mean} of 64 bits", text.len());
            assert!(flipped.iter().all(|count| *count >= 8), "{hasher:?} of {} bytes: {flipped:?}", text.len());
        }
    }

    #[test]
    fn prefixes_have_unrelated_hashes() {
        let zeros: Vec<u64> = (1..=255).map(|len| hash(&std::vec![0; len], 0)).collect();
        for (a, b) in zeros.iter().zip(zeros.iter().skip(1)) {
            assert!((8..56).contains(&(a ^ b).count_ones()), "the length is hashed");
        }
        for bit in 0..64 {
            let set = zeros.iter().filter(|hash| *hash >> bit & 1 == 1).count();
            assert!((80..175).contains(&set), "bit {bit} is set in {set} of 255");
        }
    }
}
