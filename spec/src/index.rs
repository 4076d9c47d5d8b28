//! The code index: from the text of a code to its row, by a perfect hash that the macros build and the runtime reads.
//!
//! A text is hashed once. The high half of the hash picks a bucket; the bucket's displacement, mixed with the
//! low half, picks a slot; the slot says where the one possible code stands in the joined texts, and its row.
//! Hash and layout stand here alone, for the reader and, with feature `table`, for the builder.

#[cfg(feature = "table")]
mod build;
mod bytes;

#[cfg(feature = "table")]
pub use build::{PackedIndex, build_index, build_index_ignore_case};
use bytes::{eq, lanes, lower_case, window};

/// The longest code that a table may hold, in bytes; a longer text is looked up nowhere.
pub const MAX_CODE_LEN: usize = 255;

/// The most codes and aliases that a table may hold.
pub const MAX_CODES: usize = 65_535;

/// Bytes a displacement takes.
const DISPLACEMENT: usize = 2;

/// Bytes a slot takes: offset of the code (3), its length (1; 0 marks a free slot), its row (2).
const SLOT: usize = 6;

/// Reads a packed index.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    seed: u64,
    joined: &'static str,
    displacements: &'static [u8],
    slots: &'static [u8],
}

impl Index {
    /// The index that `build_index` packed over the joined codes and aliases of a table.
    #[must_use]
    pub const fn new(seed: u64, joined: &'static str, displacements: &'static [u8], slots: &'static [u8]) -> Self {
        Self { seed, joined, displacements, slots }
    }

    /// The row of a code or alias, matched exactly.
    #[must_use]
    pub const fn find(&self, code: &str) -> Option<usize> {
        match self.candidate(code.as_bytes()) {
            Some((text, row)) if eq(code.as_bytes(), text) => Some(row),
            _ => None,
        }
    }

    /// The row of a code or alias, without regard to ASCII case, in an index of `build_index_ignore_case`.
    #[must_use]
    pub const fn find_ignore_case(&self, code: &str) -> Option<usize> {
        let lower = lower_case(code.as_bytes());
        let Some((lower, _)) = lower.split_at_checked(code.len()) else { return None };
        match self.candidate(lower) {
            Some((text, row)) if text.len() == code.len() && eq(&lower_case(text), &lower_case(code.as_bytes())) => {
                Some(row)
            }
            _ => None,
        }
    }

    /// The one entry that a code may be, with its row.
    const fn candidate(&self, code: &[u8]) -> Option<(&'static [u8], usize)> {
        if code.is_empty() || code.len() > MAX_CODE_LEN {
            return None;
        }
        let hash = hash(code, self.seed);
        let bucket = bucket(hash, self.displacements.len() / DISPLACEMENT);
        let displacement = u16::from_le_bytes(window(self.displacements, bucket * DISPLACEMENT));
        let slot = slot(hash, displacement, self.slots.len() / SLOT) * SLOT;
        let place = u32::from_le_bytes(window(self.slots, slot));
        let row = u16::from_le_bytes(window(self.slots, slot + 4));
        let Some((_, text)) = self.joined.as_bytes().split_at_checked((place & 0xFF_FFFF) as usize) else {
            return None;
        };
        match text.split_at_checked((place >> 24) as usize) {
            Some((text, _)) => Some((text, row as usize)),
            None => None,
        }
    }
}

/// Odd constants without structure: the fractional digits of pi, as in the `P` box of Blowfish.
const MIX: [u64; 4] = [0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7345, 0xA409_3822_299F_31D1, 0x082E_FA98_EC4E_6C89];

/// Hashes a text of 1 to 255 bytes.
///
/// Up to 48 bytes, which nearly all codes have, are three windows of 16 bytes that may overlap: no loop, and one branch.
const fn hash(text: &[u8], seed: u64) -> u64 {
    let [lane_a, lane_b, lane_c, lane_d] = MIX;
    let (head, middle, tail) = lanes(text);
    let mut hash = fold(head, lane_a ^ seed, lane_b)
        ^ fold(middle, lane_b ^ seed, lane_c)
        ^ fold(tail, lane_c ^ seed, lane_d ^ text.len() as u64);
    let mut at = 32;
    while at + 16 < text.len() {
        hash = hash.rotate_left(23) ^ fold(u128::from_le_bytes(window(text, at)), lane_d ^ hash, lane_a);
        at += 16;
    }
    hash
}

/// Multiplies the halves of 16 bytes, each with a constant mixed in, and folds the product.
#[expect(clippy::cast_possible_truncation, reason = "takes the low half on purpose")]
const fn fold(bytes: u128, low: u64, high: u64) -> u64 {
    let product = ((bytes as u64 ^ low) as u128).wrapping_mul(((bytes >> 64) as u64 ^ high) as u128);
    product as u64 ^ (product >> 64) as u64
}

/// The bucket of a hash among `count`.
const fn bucket(hash: u64, count: usize) -> usize {
    scale(hash >> 32, count)
}

/// The slot of a hash in a bucket with this displacement, among `count`.
const fn slot(hash: u64, displacement: u16, count: usize) -> usize {
    let [odd, ..] = MIX;
    scale((hash ^ displacement as u64).wrapping_mul(odd) >> 32, count)
}

/// Brings 32 bits into `0..count` without a division.
const fn scale(bits: u64, count: usize) -> usize {
    ((bits * count as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    /// Texts of every length that has a way of its own through the hash.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        (1..=120_u8).map(|len| (0..len).map(|at| b'a' + (at.wrapping_mul(7) ^ len) % 26).collect())
    }

    #[test]
    fn each_bit_of_a_text_and_of_the_seed_turns_half_of_the_hash() {
        for text in texts() {
            let plain = hash(&text, 0);
            let mut turned = Vec::new();
            for bit in 0..text.len() * 8 {
                let mut other = text.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                turned.push((hash(&other, 0) ^ plain).count_ones());
            }
            turned.extend((0..64).map(|bit| (hash(&text, 1 << bit) ^ plain).count_ones()));
            let mean = f64::from(turned.iter().sum::<u32>()) / f64::from(u32::try_from(turned.len()).unwrap());
            assert!((29.0..35.0).contains(&mean), "{} bytes: {mean} of 64 bits", text.len());
            assert!(turned.iter().all(|count| *count >= 8), "{} bytes: {turned:?}", text.len());
        }
    }

    #[test]
    fn texts_that_are_parts_of_each_other_have_nothing_in_common() {
        let zeros: Vec<u64> = (1..=255).map(|len| hash(&std::vec![0; len], 0)).collect();
        for (a, b) in zeros.iter().zip(zeros.iter().skip(1)) {
            assert!((8..56).contains(&(a ^ b).count_ones()), "the length counts");
        }
        for bit in 0..64 {
            let set = zeros.iter().filter(|hash| *hash >> bit & 1 == 1).count();
            assert!((80..175).contains(&set), "bit {bit} is set in {set} of 255");
        }
    }

    #[test]
    fn bits_are_brought_into_range_evenly() {
        for count in [1, 2, 3, 10, 1000] {
            let spread = |bits: u64| scale(bits, count);
            assert_eq!((spread(0), spread(0xFFFF_FFFF)), (0, count - 1));
        }
        assert_eq!([0, 0x8000_0000, 0xC000_0000].map(|bits| scale(bits, 4)), [0, 2, 3]);
    }
}
