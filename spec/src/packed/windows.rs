//! Reads texts through windows of 8 or 16 bytes, in `const fn`.
//!
//! Window `n` ends `n + 1` widths after the start of the text, or at the end of a shorter text. The
//! last window always ends there. So the length of a text needs no branch.

#![expect(clippy::inline_always, reason = "a lookup is fast where the windows are constants")]

/// The windows of the texts of one table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Windows {
    /// The width in bytes: 8 or 16.
    pub width: usize,
    /// The number of windows, at least 2.
    pub count: usize,
    /// The windows that are hashed, as bits: as few as distinguish the codes of the table.
    pub hashed: u8,
}

/// The distance by which each window is rotated more than the one before. It is not a multiple of
/// 8, so that a digit in one window does not cancel a digit in another.
const ROTATION: u32 = 11;

/// Two 64-bit lanes that depend on all windows.
pub(super) type Lanes = (u64, u64);

impl Windows {
    /// The length of the longest text that the windows cover.
    pub(crate) const fn covered(self) -> usize {
        self.width * self.count
    }

    /// Returns a window of a text as two words. The second one is 0 if the width is 8.
    ///
    /// It is the last chunk of a prefix, for which the compiler can prove all bounds.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "takes the halves")]
    const fn word_pair(self, text: &[u8], window: usize) -> Lanes {
        let end = (window + 1) * self.width;
        let is_last = window + 1 == self.count || end > text.len();
        let Some((head, _)) = text.split_at_checked(if is_last { text.len() } else { end }) else { return (0, 0) };
        if self.width == 8 {
            return match head.last_chunk() {
                Some(bytes) => (u64::from_le_bytes(*bytes), 0),
                None => (0, 0),
            };
        }
        match head.last_chunk() {
            Some(bytes) => {
                let bytes = u128::from_le_bytes(*bytes);
                (bytes as u64, (bytes >> 64) as u64)
            }
            None => (0, 0),
        }
    }

    /// Adds up the words of the hashed windows in two lanes. Each window is rotated by another
    /// distance, so that texts with equal parts in another order have other sums.
    #[inline(always)]
    pub(super) const fn sums<const IGNORE_CASE: bool>(self, text: &[u8]) -> Lanes {
        let (mut a, mut b) = (0_u64, 0_u64);
        let (mut window, mut distance) = (0, 0);
        while window < self.count {
            if self.hashed >> window & 1 == 1 {
                let (low, high) = fold_case::<IGNORE_CASE>(self.word_pair(text, window));
                (a, b) = (b.wrapping_add(high.rotate_left(distance)), a.wrapping_add(low.rotate_left(distance)));
            }
            (window, distance) = (window + 1, distance + ROTATION);
        }
        (a, b)
    }

    /// Returns whether two texts of one length are equal in all windows.
    #[inline(always)]
    pub(super) const fn equal<const IGNORE_CASE: bool>(self, a: &[u8], b: &[u8]) -> bool {
        let mut difference = 0;
        let mut window = 0;
        while window < self.count {
            let first = fold_case::<IGNORE_CASE>(self.word_pair(a, window));
            let second = fold_case::<IGNORE_CASE>(self.word_pair(b, window));
            difference |= first.0 ^ second.0 | first.1 ^ second.1;
            window += 1;
        }
        difference == 0
    }
}

/// Returns eight bytes of a text as a word, or 0 if the text is too short.
#[inline(always)]
pub(super) const fn word(text: &[u8], at: usize) -> u64 {
    match text.split_at_checked(at) {
        Some((_, rest)) => match rest.first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => 0,
        },
        None => 0,
    }
}

/// Returns two lanes that, together with the length, identify a text under 16 bytes.
pub(super) const fn short<const IGNORE_CASE: bool>(text: &[u8]) -> Lanes {
    fold_case::<IGNORE_CASE>(match (text.first_chunk(), text.last_chunk()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => match (text.first_chunk(), text.last_chunk()) {
            (Some(head), Some(tail)) => (u32::from_le_bytes(*head) as u64, u32::from_le_bytes(*tail) as u64),
            _ => match text {
                [] => (0, 0),
                [byte] => (*byte as u64, 0),
                [first, second] => (*first as u64, *second as u64),
                [first, second, third, ..] => (*first as u64 | (*second as u64) << 8, *third as u64),
            },
        },
    })
}

/// Converts ASCII upper case in both words to lower case, if `IGNORE_CASE`.
#[inline(always)]
pub(super) const fn fold_case<const IGNORE_CASE: bool>((a, b): Lanes) -> Lanes {
    if IGNORE_CASE { (lower_case(a), lower_case(b)) } else { (a, b) }
}

/// Converts the ASCII upper case in eight bytes to lower case.
#[inline(always)]
const fn lower_case(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = ONES * 0x80;
    let low_bits = word & !HIGH;
    // The highest bit of each byte: at least `A`, and above `Z`. No addition carries over.
    let from_a = low_bits + ONES * (0x80 - b'A' as u64);
    let above_z = low_bits + ONES * (0x7F - b'Z' as u64);
    // 0x20, the difference between the cases, is a quarter of the highest bit.
    let is_upper = !word & (from_a ^ above_z) & HIGH;
    word | is_upper >> 2
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    const EVERY: [Windows; 7] = [
        Windows { width: 8, count: 2, hashed: u8::MAX },
        Windows { width: 8, count: 3, hashed: u8::MAX },
        Windows { width: 8, count: 4, hashed: u8::MAX },
        Windows { width: 8, count: 5, hashed: u8::MAX },
        Windows { width: 16, count: 2, hashed: u8::MAX },
        Windows { width: 16, count: 3, hashed: u8::MAX },
        Windows { width: 16, count: 4, hashed: u8::MAX },
    ];

    #[test]
    fn every_covered_byte_is_hashed_and_compared() {
        for windows in EVERY {
            for len in windows.width..=windows.covered() {
                let text: Vec<u8> = (0..).take(len).collect();
                assert!(windows.equal::<false>(&text, &text.clone()), "{windows:?} {len}");
                for at in 0..len {
                    let mut other = text.clone();
                    other[at] ^= 0x20;
                    assert!(!windows.equal::<false>(&text, &other), "{windows:?}, byte {at} of {len}");
                    assert_ne!(windows.sums::<false>(&text), windows.sums::<false>(&other), "byte {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn case_is_folded_like_ascii() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut word = *b"azAZ@[`{";
                word[at] = byte;
                let expected = word.map(|byte| byte.to_ascii_lowercase());
                assert_eq!(lower_case(u64::from_le_bytes(word)), u64::from_le_bytes(expected), "{byte} at {at}");
            }
        }
    }

    #[test]
    fn short_texts_of_one_length_differ() {
        for len in 1..16 {
            let mut seen: Vec<Lanes> = Vec::new();
            for at in 0..len {
                let mut text = std::vec![b'a'; len];
                text[at] = b'b';
                seen.push(short::<false>(&text));
            }
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), len, "length {len}");
        }
    }
}
