//! A packed column of integers: each takes as many little-endian bytes as the largest one needs.

/// A packed column of integers.
#[derive(Clone, Copy, Debug)]
pub struct PackedInts {
    width: usize,
    bytes: &'static [u8],
}

impl PackedInts {
    /// Creates a column from the output of `pack_ints`. `width` is the number of bytes per row: 0
    /// if every integer is 0, else 1, 2, 4 or 8.
    #[must_use]
    pub const fn new(width: usize, bytes: &'static [u8]) -> Self {
        Self { width, bytes }
    }

    /// Returns the integer of a row, counted from 0, or 0 past the last row.
    #[inline]
    #[must_use]
    pub const fn get(&self, row: usize) -> u64 {
        let Some((_, rest)) = self.bytes.split_at_checked(row * self.width) else { return 0 };
        match self.width {
            1 => first(rest),
            2 => match rest.first_chunk() {
                Some(bytes) => u16::from_le_bytes(*bytes) as u64,
                None => 0,
            },
            4 => match rest.first_chunk() {
                Some(bytes) => u32::from_le_bytes(*bytes) as u64,
                None => 0,
            },
            8 => match rest.first_chunk() {
                Some(bytes) => u64::from_le_bytes(*bytes),
                None => 0,
            },
            _ => 0,
        }
    }

    /// Returns the integers of a row and of the next one, or zeros past the last pair. Supports
    /// widths up to 4. Checks the bounds once, which is faster for a table in another crate.
    #[inline]
    pub(crate) const fn pair(&self, row: usize) -> (u64, u64) {
        let Some((_, rest)) = self.bytes.split_at_checked(row * self.width) else { return (0, 0) };
        match self.width {
            1 => match rest {
                [a, b, ..] => (*a as u64, *b as u64),
                _ => (0, 0),
            },
            2 => match rest {
                [a, b, c, d, ..] => (u16::from_le_bytes([*a, *b]) as u64, u16::from_le_bytes([*c, *d]) as u64),
                _ => (0, 0),
            },
            4 => match rest.first_chunk() {
                Some(bytes) => {
                    let both = u64::from_le_bytes(*bytes);
                    (both & 0xFFFF_FFFF, both >> 32)
                }
                None => (0, 0),
            },
            _ => (0, 0),
        }
    }
}

const fn first(bytes: &[u8]) -> u64 {
    match bytes.first() {
        Some(byte) => *byte as u64,
        None => 0,
    }
}
