//! The hash function of the code index.

#![expect(clippy::inline_always, reason = "a lookup is fast where its hash function is a constant")]

use crate::packed::windows::{Lanes, Windows, fold_case, short, word};

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
    pub(super) const fn hash_windows<const IGNORE_CASE: bool>(self, text: &[u8]) -> u64 {
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
