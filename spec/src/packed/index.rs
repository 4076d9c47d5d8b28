//! The code index: a perfect hash table from codes to rows, built by the macros and read at run
//! time.
//!
//! A text is hashed once. The hash selects a bucket, and the displacement of the bucket turns other
//! bits of the hash into a slot. The slot contains the position of the only possible code in the
//! joined texts, and its row. The numbers of buckets and slots are powers of two, so a mask selects
//! them.
//!
//! This module defines the hash and the layout; `packed::write::index` is the builder.

use crate::packed::windows::{Windows, eq_ignore_case, lower_case, short, window};

/// The size of a displacement in bytes.
pub(crate) const DISPLACEMENT: usize = 2;

/// The size of a slot in bytes: offset of the code (3), its length (1; 0 in a free slot), its row
/// (2).
pub(crate) const SLOT: usize = 6;

/// A packed code index.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    hasher: Hasher,
    joined: &'static str,
    displacements: &'static [u8],
    slots: &'static [u8],
}

impl Index {
    /// Creates an index from the output of `build_index`. `joined` contains all codes and aliases.
    #[must_use]
    pub const fn new(hasher: Hasher, joined: &'static str, displacements: &'static [u8], slots: &'static [u8]) -> Self {
        Self { hasher, joined, displacements, slots }
    }

    /// Returns the row of a code or alias. The match is exact.
    #[must_use]
    #[expect(clippy::inline_always, reason = "called once per table, where the sizes are constants")]
    #[inline(always)]
    pub const fn find(&self, code: &str) -> Option<usize> {
        let code = code.as_bytes();
        let Some(windows) = Windows::new(code) else { return self.find_short(code) };
        match self.candidate(self.hasher.hash_windows(code, windows), code.len()) {
            Some((text, row)) if windows.same(code, text) => Some(row),
            _ => None,
        }
    }

    /// Implements [`Index::find`] for a text under 16 bytes.
    const fn find_short(&self, code: &[u8]) -> Option<usize> {
        match self.candidate(self.hasher.hash(code), code.len()) {
            Some((text, row)) if short(code) == short(text) && !code.is_empty() => Some(row),
            _ => None,
        }
    }

    /// Returns the row of a code or alias, ignoring ASCII case. Requires an index that was built by
    /// `build_index_ignore_case`.
    #[must_use]
    pub const fn find_ignore_case(&self, code: &str) -> Option<usize> {
        let lower = lower_case(code.as_bytes());
        let Some((lower, _)) = lower.split_at_checked(code.len()) else { return None };
        match self.candidate(self.hasher.hash(lower), lower.len()) {
            Some((text, row)) if eq_ignore_case(text, code.as_bytes()) && !code.is_empty() => Some(row),
            _ => None,
        }
    }

    /// Returns the only text that can have this hash and length, with its row. For length 0 it may
    /// be a free slot.
    #[inline]
    const fn candidate(&self, hash: u64, len: usize) -> Option<(&'static [u8], usize)> {
        let bucket = bucket(hash, self.displacements.len() / DISPLACEMENT);
        let displacement = u16::from_le_bytes(window(self.displacements, bucket * DISPLACEMENT));
        let slot = slot(hash, displacement, self.slots.len() / SLOT);
        let Some((_, slot)) = self.slots.split_at_checked(slot * SLOT) else { return None };
        let Some((offset_and_len, row)) = slot.split_first_chunk() else { return None };
        let Some(row) = row.first_chunk() else { return None };
        let offset_and_len = u32::from_le_bytes(*offset_and_len) as usize;
        let start = offset_and_len & 0xFF_FFFF;
        if offset_and_len >> 24 != len {
            return None;
        }
        let Some((text, _)) = self.joined.as_bytes().split_at_checked(start + len) else { return None };
        match text.split_at_checked(start) {
            Some((_, text)) => Some((text, u16::from_le_bytes(*row) as usize)),
            None => None,
        }
    }
}

/// The hash function of an index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hasher {
    /// The seed.
    pub seed: u64,
    /// The part of a text that is hashed.
    pub scope: HashScope,
}

/// The part of a text that is hashed: the smallest one that distinguishes the codes of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HashScope {
    /// The first 16 bytes and the last 16.
    Ends,
    /// The first 32 bytes and the last 16.
    Windows,
    /// Every byte.
    Whole,
}

/// Constants without structure: the fractional digits of pi, as in Blowfish's P-array, made odd.
pub(crate) const MIX: [u64; 4] =
    [0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7345, 0xA409_3822_299F_31D1, 0x082E_FA98_EC4E_6C89];

impl Hasher {
    /// Hashes a text.
    pub(crate) const fn hash(self, text: &[u8]) -> u64 {
        let [lane_a, _, lane_c, _] = MIX;
        match Windows::new(text) {
            Some(windows) => self.hash_windows(text, windows),
            None => self.fold(short(text), lane_a, lane_c) ^ self.hash_len(text),
        }
    }

    /// Hashes a text of at least 16 bytes, given its windows.
    #[inline]
    const fn hash_windows(self, text: &[u8], windows: Windows) -> u64 {
        let [lane_a, lane_b, lane_c, lane_d] = MIX;
        let head = match self.scope {
            HashScope::Ends | HashScope::Whole => windows.head,
            HashScope::Windows => sums(windows.head, windows.middle),
        };
        let hash = self.fold(head, lane_a, lane_c) ^ self.fold(windows.tail, lane_b, lane_d) ^ self.hash_len(text);
        match self.scope {
            HashScope::Ends | HashScope::Windows => hash,
            HashScope::Whole => self.hash_inside(hash, text),
        }
    }

    /// Hashes the length, independently of the bytes, so that no byte can cancel it. The seed is
    /// included so that lengths that collide under one seed differ under the next.
    #[inline]
    const fn hash_len(self, text: &[u8]) -> u64 {
        let [.., lane_d] = MIX;
        (text.len() as u64).wrapping_mul(lane_d ^ self.seed)
    }

    /// Adds the bytes between the ends of the text to a hash.
    const fn hash_inside(self, mut hash: u64, text: &[u8]) -> u64 {
        let [lane_a, _, _, lane_d] = MIX;
        let mut at = 16;
        while at + 16 < text.len() {
            hash = hash.rotate_left(23) ^ self.fold(u128::from_le_bytes(window(text, at)), lane_d ^ hash, lane_a);
            at += 16;
        }
        hash
    }

    /// Multiplies the halves of 16 bytes, each with a constant mixed in, and folds the product.
    ///
    /// The seed is in both factors, so a product of 0 under one seed changes under the next.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "takes the low half")]
    const fn fold(self, bytes: u128, low: u64, high: u64) -> u64 {
        let low = bytes as u64 ^ low ^ self.seed;
        let high = (bytes >> 64) as u64 ^ high ^ self.seed.rotate_left(32);
        let product = (low as u128).wrapping_mul(high as u128);
        product as u64 ^ (product >> 64) as u64
    }
}

/// Adds the halves of two 16-byte values pairwise, which costs half as much as multiplying both.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "takes the low half")]
const fn sums(a: u128, b: u128) -> u128 {
    let low = (a as u64).wrapping_add(b as u64);
    let high = ((a >> 64) as u64).wrapping_add((b >> 64) as u64);
    low as u128 | (high as u128) << 64
}

/// Returns the bucket of a hash. `count` is a power of two up to 2^15.
///
/// Buckets and slots use the upper half of the hash, which the multiplications mix best, and share
/// no bit of it.
#[inline]
pub(crate) const fn bucket(hash: u64, count: usize) -> usize {
    (hash >> 49) as usize & count.saturating_sub(1)
}

/// Returns the slot of a hash in a bucket with this displacement. `count` is a power of two up to
/// 2^17.
#[inline]
pub(crate) const fn slot(hash: u64, displacement: u16, count: usize) -> usize {
    ((hash >> 32) as usize ^ displacement as usize) & count.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    fn hash(text: &[u8], seed: u64) -> u64 {
        Hasher { seed, scope: HashScope::Whole }.hash(text)
    }

    /// Texts of every length that the hash treats differently.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        (1..=120_u8).map(|len| (0..len).map(|at| b'a' + (at.wrapping_mul(7) ^ len) % 26).collect())
    }

    /// The builder and the reader may run on machines of different word size or byte order.
    #[test]
    fn hash_is_platform_independent() {
        let of = |len: usize, scope| Hasher { seed: 7, scope }.hash(&texts().nth(len - 1).unwrap());
        assert_eq!(of(3, HashScope::Ends), 0xED01_2555_DF10_9982);
        assert_eq!(of(15, HashScope::Ends), 0xB5BF_B940_DC69_1AF7);
        assert_eq!(of(20, HashScope::Ends), 0xE00B_FE30_0EE4_B124);
        assert_eq!(of(70, HashScope::Ends), 0xF336_6FF2_A221_6967);
        assert_eq!(of(20, HashScope::Windows), 0xC366_1338_D255_9B00);
        assert_eq!(of(70, HashScope::Windows), 0x9BE7_15FE_494E_B354);
        assert_eq!(of(48, HashScope::Whole), 0x2D9D_7AB9_7CA1_B589);
        assert_eq!(of(70, HashScope::Whole), 0xA4E1_E656_2094_F059);
    }

    #[test]
    fn each_input_bit_flips_half_of_the_hash() {
        for (text, scope) in texts()
            .flat_map(|text| [HashScope::Ends, HashScope::Windows, HashScope::Whole].map(|scope| (text.clone(), scope)))
        {
            let hash = |text: &[u8], seed| Hasher { seed, scope }.hash(text);
            let is_read = |at: usize| match scope {
                HashScope::Ends => at < 16 || at + 16 >= text.len(),
                HashScope::Windows => at < 32 || at + 16 >= text.len(),
                HashScope::Whole => true,
            };
            let original = hash(&text, 0);
            let mut flipped = Vec::new();
            for bit in (0..text.len() * 8).filter(|bit| is_read(bit / 8)) {
                let mut other = text.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                flipped.push((hash(&other, 0) ^ original).count_ones());
            }
            flipped.extend((0..64).map(|bit| (hash(&text, 1 << bit) ^ original).count_ones()));
            let mean = f64::from(flipped.iter().sum::<u32>()) / f64::from(u32::try_from(flipped.len()).unwrap());
            assert!((29.0..35.0).contains(&mean), "{scope:?} of {} bytes: {mean} of 64 bits", text.len());
            assert!(flipped.iter().all(|count| *count >= 8), "{scope:?} of {} bytes: {flipped:?}", text.len());
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
