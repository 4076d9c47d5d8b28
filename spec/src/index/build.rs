//! Builds the index: hash, displace, and try the next seed where that fails.

use std::collections::HashSet;

use super::{DISPLACEMENT, MAX_CODE_LEN, MAX_CODES, SLOT, bucket, hash, slot};

/// Codes that share a bucket, on average: more make the index smaller and the search for displacements longer.
const BUCKET_LOAD: usize = 4;

/// The parts of an index, as [`Index::new`](super::Index::new) takes them.
#[derive(Debug)]
pub struct PackedIndex {
    /// What the hash starts from.
    pub seed: u64,
    /// The codes and aliases, joined in the order of the entries.
    pub joined: String,
    /// A displacement for each bucket.
    pub displacements: Vec<u8>,
    /// The slots.
    pub slots: Vec<u8>,
}

/// A code with all that its slot will say.
struct Entry {
    /// What is hashed.
    key: String,
    offset: usize,
    len: usize,
    row: usize,
}

/// Packs an index of distinct texts, each with its row.
///
/// Of two equal texts the first counts. What no checked table holds is left out: a text of no byte or over
/// [`MAX_CODE_LEN`], and what comes after [`MAX_CODES`] others.
#[must_use]
pub fn build_index<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, str::to_owned)
}

/// The same for look-ups without regard to ASCII case; of two texts that differ by case alone the first counts.
#[must_use]
pub fn build_index_ignore_case<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, str::to_ascii_lowercase)
}

fn pack<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>, key: fn(&str) -> String) -> PackedIndex {
    let mut joined = String::new();
    let mut entries = Vec::new();
    let mut keys = HashSet::new();
    for (text, row) in codes {
        let key = key(text);
        let is_placeable = (1..=MAX_CODE_LEN).contains(&text.len()) && row < MAX_CODES && entries.len() < MAX_CODES;
        if is_placeable && keys.insert(key.clone()) {
            entries.push(Entry { key, offset: joined.len(), len: text.len(), row });
        }
        joined.push_str(text);
    }
    let mut seed = 0;
    loop {
        if let Some((displacements, slots)) = place(&entries, seed) {
            return PackedIndex { seed, joined, displacements, slots };
        }
        seed += 1;
    }
}

/// Finds a displacement for every bucket, the fullest first; `None` where one bucket fits nowhere.
fn place(entries: &[Entry], seed: u64) -> Option<(Vec<u8>, Vec<u8>)> {
    let slot_count = entries.len() + entries.len() / 16;
    let mut buckets = vec![Vec::new(); entries.len().div_ceil(BUCKET_LOAD)];
    for entry in entries {
        let hash = hash(entry.key.as_bytes(), seed);
        buckets.get_mut(bucket(hash, entries.len().div_ceil(BUCKET_LOAD)))?.push((hash, entry));
    }
    let mut fullest_first: Vec<usize> = (0..buckets.len()).collect();
    fullest_first.sort_by_key(|bucket| std::cmp::Reverse(buckets.get(*bucket).map_or(0, Vec::len)));

    let mut displacements = vec![0; buckets.len() * DISPLACEMENT];
    let mut slots = vec![0; slot_count * SLOT];
    let mut taken = vec![false; slot_count];
    let mut chosen = Vec::new();
    for index in fullest_first {
        let bucket = buckets.get(index)?;
        let displacement = (0..=u16::MAX).find(|d| fits(bucket, *d, &taken, &mut chosen))?;
        for (entry, slot) in bucket.iter().map(|(_, entry)| entry).zip(&chosen) {
            *taken.get_mut(*slot)? = true;
            write(&mut slots, slot * SLOT, &slot_bytes(entry)?)?;
        }
        write(&mut displacements, index * DISPLACEMENT, &displacement.to_le_bytes())?;
    }
    Some((displacements, slots))
}

/// Whether all codes of a bucket fall on free slots, no two on one; leaves these slots in `chosen`.
fn fits(bucket: &[(u64, &Entry)], displacement: u16, taken: &[bool], chosen: &mut Vec<usize>) -> bool {
    chosen.clear();
    bucket.iter().all(|(hash, _)| {
        let slot = slot(*hash, displacement, taken.len());
        let free = taken.get(slot) == Some(&false) && !chosen.contains(&slot);
        chosen.push(slot);
        free
    })
}

fn slot_bytes(entry: &Entry) -> Option<[u8; SLOT]> {
    let [o0, o1, o2, _] = u32::try_from(entry.offset).ok()?.to_le_bytes();
    let [r0, r1] = u16::try_from(entry.row).ok()?.to_le_bytes();
    Some([o0, o1, o2, u8::try_from(entry.len).ok()?, r0, r1])
}

fn write(bytes: &mut [u8], at: usize, part: &[u8]) -> Option<()> {
    bytes.get_mut(at..at + part.len())?.copy_from_slice(part);
    Some(())
}
