//! Reads and compares bytes in `const fn`, 16 at a time.

use crate::packed::MAX_CODE_LEN;

/// Returns `N` bytes from `at`, or zeros if the text is too short.
#[inline]
pub(super) const fn window<const N: usize>(text: &[u8], at: usize) -> [u8; N] {
    match text.split_at_checked(at) {
        Some((_, rest)) => match rest.first_chunk() {
            Some(chunk) => *chunk,
            None => [0; N],
        },
        None => [0; N],
    }
}

/// Three windows of a text, which may overlap: its first 16 bytes, the next 16, and its last 16.
#[derive(Clone, Copy)]
pub(super) struct Windows {
    pub(super) head: u128,
    pub(super) middle: u128,
    pub(super) tail: u128,
}

impl Windows {
    /// The maximum length of a text that the windows cover.
    pub(super) const COVERED: usize = 48;

    /// Returns `None` for a text under 16 bytes.
    #[inline]
    pub(super) const fn new(text: &[u8]) -> Option<Self> {
        match (text.first_chunk(), text.last_chunk()) {
            (Some(head), Some(tail)) => Some(Self {
                head: u128::from_le_bytes(*head),
                middle: u128::from_le_bytes(window(text, min(16, text.len() - 16))),
                tail: u128::from_le_bytes(*tail),
            }),
            _ => None,
        }
    }

    /// Returns whether `text`, the source of these windows, equals another text of its length.
    #[inline]
    pub(super) const fn same(self, text: &[u8], other: &[u8]) -> bool {
        let Some(windows) = Self::new(other) else { return false };
        self.head == windows.head
            && self.tail == windows.tail
            && self.middle == windows.middle
            && (text.len() <= Self::COVERED || rest_eq(text, other))
    }
}

/// Returns an integer that, together with the length, identifies a text under 16 bytes.
pub(super) const fn short(text: &[u8]) -> u128 {
    if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
        return u64::from_le_bytes(*head) as u128 | (u64::from_le_bytes(*tail) as u128) << 64;
    }
    if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
        return u32::from_le_bytes(*head) as u128 | (u32::from_le_bytes(*tail) as u128) << 64;
    }
    let [head] = window(text, 0);
    let [middle] = window(text, text.len() / 2);
    let [tail] = window(text, text.len().saturating_sub(1));
    head as u128 | (middle as u128) << 8 | (tail as u128) << 64
}

/// Returns whether two texts of one length are equal outside their windows.
const fn rest_eq(a: &[u8], b: &[u8]) -> bool {
    let mut at = Windows::COVERED - 16;
    while at + 16 < a.len() {
        if u128::from_le_bytes(window(a, at)) != u128::from_le_bytes(window(b, at)) {
            return false;
        }
        at += 16;
    }
    true
}

/// Returns whether two texts are equal, ignoring ASCII case.
pub(super) const fn eq_ignore_case(mut a: &[u8], mut b: &[u8]) -> bool {
    while let (Some((first, rest_a)), Some((second, rest_b))) = (a.split_first(), b.split_first()) {
        if !first.eq_ignore_ascii_case(second) {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}

/// Returns the first 255 bytes of a text in ASCII lower case, padded with zeros.
pub(super) const fn lower_case(mut text: &[u8]) -> [u8; MAX_CODE_LEN] {
    let mut lower = [0; MAX_CODE_LEN];
    let mut to: &mut [u8] = &mut lower;
    while let (Some((byte, rest)), Some((first, others))) = (text.split_first(), to.split_first_mut()) {
        *first = byte.to_ascii_lowercase();
        (text, to) = (rest, others);
    }
    lower
}

#[inline]
const fn min(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    /// Compares texts of one length as a lookup does.
    fn same(a: &[u8], b: &[u8]) -> bool {
        Windows::new(a).map_or_else(|| short(a) == short(b), |windows| windows.same(a, b))
    }

    #[test]
    fn every_byte_is_compared_at_every_length() {
        for len in 1..=255_u8 {
            let text: Vec<u8> = (0..len).collect();
            assert!(same(&text, &text.clone()), "{len}");
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 0x20;
                assert!(!same(&text, &other), "byte {at} of {len}");
            }
        }
    }

    #[test]
    fn windows_cover_texts_up_to_48_bytes() {
        for len in 16..=Windows::COVERED {
            let text: Vec<u8> = (0..).take(len).collect();
            assert!(rest_eq(&text, &std::vec![0; len]), "{len}");
        }
        assert!(!rest_eq(&[1; Windows::COVERED + 1], &[0; Windows::COVERED + 1]));
    }

    #[test]
    fn only_ascii_case_is_ignored() {
        assert!(eq_ignore_case("Äb.C".as_bytes(), "ÄB.c".as_bytes()));
        assert!(!eq_ignore_case("Äb".as_bytes(), "äb".as_bytes()));
        assert!(!eq_ignore_case(b"a", b"ab"));
        assert!(!eq_ignore_case(b"ab", b"a"));
    }

    #[test]
    fn short_texts_of_one_length_differ() {
        for len in 1..16 {
            let mut seen: Vec<u128> = Vec::new();
            for at in 0..len {
                let mut text = std::vec![b'a'; len];
                text[at] = b'b';
                seen.push(short(&text));
            }
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), len, "length {len}");
        }
    }
}
