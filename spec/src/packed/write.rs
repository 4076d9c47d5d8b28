//! Packs the columns and the index that an expansion embeds.

use std::collections::HashMap;
use std::hash::Hash;

pub(crate) mod displace;
pub(crate) mod index;
pub(crate) mod text_map;
pub(crate) mod unique;

/// Packs integers. Returns the arguments of `PackedInts::new`.
#[must_use]
pub fn pack_ints(ints: &[u64]) -> (usize, Vec<u8>) {
    let width = match ints.iter().max() {
        None | Some(0) => 0,
        Some(1..=0xFF) => 1,
        Some(0x100..=0xFFFF) => 2,
        Some(0x1_0000..=0xFFFF_FFFF) => 4,
        Some(_) => 8,
    };
    (width, ints.iter().flat_map(|int| int.to_le_bytes().into_iter().take(width)).collect())
}

/// Joins strings. Returns the arguments of `PackedStrs::new`, with the offsets still to be packed.
#[must_use]
pub fn pack_strs<'a>(strs: impl IntoIterator<Item = &'a str>) -> (String, Vec<u64>) {
    let mut joined = String::new();
    let mut offsets = vec![0];
    for text in strs {
        joined.push_str(text);
        offsets.push(joined.len() as u64);
    }
    (joined, offsets)
}

/// Encodes optional values. Returns the index plus 1 of each row's value, which is 0 for `None`,
/// and the distinct values in order of first appearance.
#[must_use]
pub fn pack_dictionary<T: Copy + Eq + Hash>(rows: impl IntoIterator<Item = Option<T>>) -> (Vec<u64>, Vec<T>) {
    let mut indices = HashMap::new();
    let mut values = Vec::new();
    let index = |value: Option<T>| match value {
        Some(value) => *indices.entry(value).or_insert_with(|| {
            values.push(value);
            values.len() as u64
        }),
        None => 0,
    };
    let indices = rows.into_iter().map(index).collect();
    (indices, values)
}

#[cfg(test)]
mod tests {
    use crate::packed::dictionary::{OptionalInts, OptionalStrs};
    use crate::packed::ints::PackedInts;
    use crate::packed::strs::PackedStrs;

    use super::*;

    fn ints(values: &[u64]) -> PackedInts {
        let (width, bytes) = pack_ints(values);
        assert_eq!(bytes.len(), width * values.len());
        PackedInts::new(width, bytes.leak())
    }

    #[test]
    fn ints_of_every_width_round_trip() {
        for values in [
            vec![],
            vec![0, 0],
            vec![0, 1, 255],
            vec![256, 0, 65_535],
            vec![65_536, 7, u64::from(u32::MAX)],
            vec![u64::MAX, 0, 1 << 40],
        ] {
            let column = ints(&values);
            let read: Vec<u64> = (0..values.len()).map(|row| column.get(row)).collect();
            assert_eq!(read, values);
            assert_eq!(column.get(values.len() + 1), 0, "past the last row");
            if values.iter().max() <= Some(&u64::from(u32::MAX)) {
                let pairs = (1..values.len()).map(|next| column.pair(next - 1));
                assert!(pairs.eq(values.windows(2).map(|pair| (pair[0], pair[1]))), "{values:?}");
            }
        }
    }

    #[test]
    fn strs_round_trip() {
        let strs = ["InternalError", "", "签名过期", "UnsupportedOperation.", &"x".repeat(300)];
        let (joined, offsets) = pack_strs(strs);
        let column = PackedStrs::new(joined.leak(), ints(&offsets));
        for (row, text) in strs.into_iter().enumerate() {
            assert_eq!(column.get(row), text);
        }
        assert_eq!(column.get(strs.len()), "", "past the last row");
    }

    #[test]
    fn optional_ints_round_trip() {
        for rows in [
            vec![],
            vec![None, None],
            vec![Some(404), None, Some(404), Some(0)],
            vec![Some(u64::MAX), Some(0), None],
            (0..1000).map(Some).collect(),
        ] {
            let (indices, values) = pack_dictionary(rows.iter().copied());
            let column = OptionalInts::new(ints(&indices), ints(&values));
            let read: Vec<_> = (0..rows.len()).map(|row| column.get(row)).collect();
            assert_eq!(read, rows);
            assert_eq!(column.get(rows.len()), None, "past the last row");
        }
    }

    #[test]
    fn optional_strs_round_trip_and_are_stored_once() {
        let rows = [Some("资源不存在"), None, Some(""), Some("资源不存在")];
        let (indices, values) = pack_dictionary(rows);
        assert_eq!(values, ["资源不存在", ""]);
        let (joined, offsets) = pack_strs(values);
        let column = OptionalStrs::new(ints(&indices), PackedStrs::new(joined.leak(), ints(&offsets)));
        assert_eq!([0, 1, 2, 3].map(|row| column.get(row)), rows);
    }
}
