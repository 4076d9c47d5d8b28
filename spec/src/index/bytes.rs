//! Reads and compares bytes in `const fn`, in wide windows instead of one by one.

use crate::MAX_CODE_LEN;

/// `N` bytes from `at`; zeros where the text does not have them.
pub(super) const fn window<const N: usize>(text: &[u8], at: usize) -> [u8; N] {
    match text.split_at_checked(at) {
        Some((_, rest)) => match rest.first_chunk() {
            Some(chunk) => *chunk,
            None => [0; N],
        },
        None => [0; N],
    }
}

/// The first 16 bytes, the 16 after them as far as there are any, and the last 16; they overlap in a text under 48 bytes.
///
/// A text under 16 bytes is in the first window whole, and the others are 0.
pub(super) const fn lanes(text: &[u8]) -> (u128, u128, u128) {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(head), Some(tail)) => {
            let middle = window(text, clamp(16, text.len() - 16));
            (u128::from_le_bytes(*head), u128::from_le_bytes(middle), u128::from_le_bytes(*tail))
        }
        _ => (short(text), 0, 0),
    }
}

/// A text under 16 bytes as a number that, together with its length, no other text has.
const fn short(text: &[u8]) -> u128 {
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

/// Whether two texts are the same: up to 64 bytes by four windows that may overlap, without a loop.
pub(super) const fn eq(a: &[u8], b: &[u8]) -> bool {
    let len = a.len();
    if len != b.len() {
        return false;
    }
    if len < 16 {
        return short(a) == short(b);
    }
    let last = len - 16;
    let mut differ =
        differ(a, b, 0) | differ(a, b, clamp(16, last)) | differ(a, b, clamp(32, last)) | differ(a, b, last);
    let mut at = 48;
    while at < last {
        differ |= self::differ(a, b, at);
        at += 16;
    }
    differ == 0
}

/// The first 255 bytes of a text with its ASCII letters in lower case, zeros behind them.
pub(super) const fn lower_case(mut text: &[u8]) -> [u8; MAX_CODE_LEN] {
    let mut lower = [0; MAX_CODE_LEN];
    let mut to: &mut [u8] = &mut lower;
    while let (Some((byte, rest)), Some((first, others))) = (text.split_first(), to.split_first_mut()) {
        *first = byte.to_ascii_lowercase();
        (text, to) = (rest, others);
    }
    lower
}

/// The bits in which 16 bytes differ.
const fn differ(a: &[u8], b: &[u8], at: usize) -> u128 {
    u128::from_le_bytes(window(a, at)) ^ u128::from_le_bytes(window(b, at))
}

const fn clamp(at: usize, last: usize) -> usize {
    if at < last { at } else { last }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    #[test]
    fn one_changed_byte_anywhere_is_seen_at_every_length() {
        for len in 1..=255_u8 {
            let text: Vec<u8> = (0..len).collect();
            assert!(eq(&text, &text.clone()), "{len}");
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 0x20;
                assert!(!eq(&text, &other), "byte {at} of {len}");
            }
        }
    }

    #[test]
    fn changes_that_are_alike_do_not_cancel_out() {
        for len in 33..=255_u8 {
            let text: Vec<u8> = (0..len).collect();
            let windows = [0, 16, 32, usize::from(len) - 16];
            for (first, second) in windows.iter().flat_map(|first| windows.map(|second| (*first, second))) {
                let mut other = text.clone();
                other[first] ^= 0x20;
                other[second] ^= 0x20;
                assert_eq!(eq(&text, &other), first == second, "{first} and {second} of {len}");
            }
        }
    }

    #[test]
    fn texts_of_different_length_are_not_equal() {
        assert!(!eq(b"A", b"AA"));
        assert!(!eq(b"", b"A"));
        assert!(eq(b"", b""));
    }

    #[test]
    fn no_two_short_texts_of_one_length_are_one_number() {
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
