//! A column of whole numbers, packed: each in as many little-endian bytes as the largest one needs.

/// Reads a packed column; a row that the column does not have is 0.
#[derive(Clone, Copy, Debug)]
pub struct PackedInts {
    width: usize,
    bytes: &'static [u8],
}

impl PackedInts {
    /// A column of `width` bytes a row (1, 2, 4 or 8), or of no bytes at all where every number is 0.
    #[must_use]
    pub const fn new(width: usize, bytes: &'static [u8]) -> Self {
        Self { width, bytes }
    }

    /// The number of a row, from 0.
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
}

const fn first(bytes: &[u8]) -> u64 {
    match bytes.first() {
        Some(byte) => *byte as u64,
        None => 0,
    }
}

/// Packs a column; returns the width and the bytes that [`PackedInts::new`] takes.
#[cfg(feature = "table")]
#[must_use]
pub fn pack_ints(numbers: &[u64]) -> (usize, Vec<u8>) {
    let width = match numbers.iter().max() {
        None | Some(0) => 0,
        Some(1..=0xFF) => 1,
        Some(0x100..=0xFFFF) => 2,
        Some(0x1_0000..=0xFFFF_FFFF) => 4,
        Some(_) => 8,
    };
    (width, numbers.iter().flat_map(|number| number.to_le_bytes().into_iter().take(width)).collect())
}

#[cfg(all(test, feature = "table"))]
mod tests {
    use super::*;

    #[test]
    fn every_width_reads_back() {
        for numbers in [
            vec![],
            vec![0, 0],
            vec![0, 1, 255],
            vec![256, 0, 65_535],
            vec![65_536, 7, u64::from(u32::MAX)],
            vec![u64::MAX, 0, 1 << 40],
        ] {
            let (width, bytes) = pack_ints(&numbers);
            assert_eq!(bytes.len(), width * numbers.len());
            let column = PackedInts::new(width, bytes.leak());
            let read: Vec<u64> = (0..numbers.len()).map(|row| column.get(row)).collect();
            assert_eq!(read, numbers);
            assert_eq!(column.get(numbers.len() + 1), 0, "a row too many is 0");
        }
    }
}
