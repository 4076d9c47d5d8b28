//! Builds the index: hash, displace, and try the next seed where that fails.

use std::borrow::Cow;

use super::{DISPLACEMENT, HashScope, Hasher, MAX_CODE_LEN, MAX_CODES, MIX, SLOT, bucket, slot};
use crate::text_map::TextSet;

/// Codes that share a bucket, on average, at most: with four, a nearly full table of some hundred takes thousands of seeds.
const BUCKET_LOAD: usize = 2;

/// Of this many slots one is to stay free, at least: the last bucket finds a place the sooner.
const SPARE_SLOTS: usize = 64;

/// The highest offset that a slot can say.
const MAX_OFFSET: usize = 0xFF_FFFF;

/// The parts of an index, as [`Index::new`](super::Index::new) takes them.
#[derive(Debug)]
pub struct PackedIndex {
    /// How the texts are hashed.
    pub hasher: Hasher,
    /// All texts given, left out or not, joined in their order.
    pub joined: String,
    /// A displacement for each bucket.
    pub displacements: Vec<u8>,
    /// The slots.
    pub slots: Vec<u8>,
}

/// A code with all that its slot will say.
struct Entry<'a> {
    /// What is hashed.
    key: Cow<'a, str>,
    offset: usize,
    len: usize,
    row: usize,
}

/// Packs an index of distinct texts, each with its row.
///
/// Of two equal texts the first counts. What no checked table holds is left out: a text of no byte or over
/// [`MAX_CODE_LEN`], and what comes after [`MAX_CODES`] others or after 16 MiB of text.
#[must_use]
pub fn build_index<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, Cow::Borrowed)
}

/// The same for look-ups without regard to ASCII case; of two texts that differ by case alone the first counts.
#[must_use]
pub fn build_index_ignore_case<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, |code| Cow::Owned(code.to_ascii_lowercase()))
}

fn pack<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>, key: fn(&'a str) -> Cow<'a, str>) -> PackedIndex {
    let (joined, entries) = entries(codes, key);
    let mut with = Hasher { seed: 0, scope: HashScope::Ends };
    loop {
        let hashes: Vec<u64> = entries.iter().map(|entry| with.hash(entry.key.as_bytes())).collect();
        match place(&entries, &hashes) {
            Ok((displacements, slots)) => return PackedIndex { hasher: with, joined, displacements, slots },
            Err(Misfit::OneHash) if with.scope == HashScope::Ends => with.scope = HashScope::Windows,
            Err(Misfit::OneHash) if with.scope == HashScope::Windows => with.scope = HashScope::Whole,
            // Seeds that differ in many bits: where codes differ in one byte, near seeds place them alike.
            Err(Misfit::OneHash | Misfit::Crowded) => with.seed = with.seed.wrapping_add(MIX[0]),
        }
    }
}

/// The joined texts, and an entry for each that can be placed.
fn entries<'a>(
    codes: impl IntoIterator<Item = (&'a str, usize)>,
    key_of: fn(&'a str) -> Cow<'a, str>,
) -> (String, Vec<Entry<'a>>) {
    let mut joined = String::new();
    let mut entries = Vec::new();
    let mut keys = TextSet::default();
    for (text, row) in codes {
        let key = key_of(text);
        let is_placeable = (1..=MAX_CODE_LEN).contains(&text.len())
            && joined.len() <= MAX_OFFSET
            && row < MAX_CODES
            && entries.len() < MAX_CODES;
        if is_placeable && keys.insert(key.clone()) {
            entries.push(Entry { key, offset: joined.len(), len: text.len(), row });
        }
        joined.push_str(text);
    }
    (joined, entries)
}

/// Why codes have no places with these hashes.
enum Misfit {
    /// Two of them have the same hash.
    OneHash,
    /// Those of one bucket fit nowhere together.
    Crowded,
}

/// Finds a displacement for every bucket, the fullest first; returns the displacements and the slots.
fn place(entries: &[Entry<'_>], hashes: &[u64]) -> Result<(Vec<u8>, Vec<u8>), Misfit> {
    let slot_count = (entries.len() + entries.len() / SPARE_SLOTS).next_power_of_two();
    let bucket_count = entries.len().div_ceil(BUCKET_LOAD).next_power_of_two();
    let mut buckets: Vec<Vec<(u64, &Entry<'_>)>> = vec![Vec::new(); bucket_count];
    for (entry, hash) in entries.iter().zip(hashes) {
        let Some(bucket) = buckets.get_mut(bucket(*hash, bucket_count)) else { continue };
        if bucket.iter().any(|(other, _)| other == hash) {
            return Err(Misfit::OneHash);
        }
        bucket.push((*hash, entry));
    }
    // The fullest come first, the others in their order.
    let fullest = buckets.iter().map(Vec::len).max().unwrap_or_default();
    let mut by_size = vec![Vec::new(); fullest + 1];
    for (number, bucket) in buckets.iter().enumerate() {
        if let Some(same_size) = by_size.get_mut(bucket.len()) {
            same_size.push((number, bucket));
        }
    }

    let mut displacements = vec![[0; DISPLACEMENT]; bucket_count];
    let mut slots = vec![[0; SLOT]; slot_count];
    let mut taken = vec![false; slot_count];
    let mut chosen = Vec::new();
    for (number, bucket) in by_size.into_iter().rev().flatten() {
        let mut displacement = 0_u16;
        while !claim(bucket, displacement, &mut taken, &mut chosen) {
            displacement =
                displacement.checked_add(1).filter(|next| usize::from(*next) < slot_count).ok_or(Misfit::Crowded)?;
        }
        for ((_, entry), slot) in bucket.iter().zip(&chosen) {
            set(&mut slots, *slot, slot_bytes(entry));
        }
        set(&mut displacements, number, displacement.to_le_bytes());
    }
    Ok((displacements.concat(), slots.concat()))
}

/// Takes the slots of a bucket, and names them in `chosen`, if they are all free and no two are one.
fn claim(bucket: &[(u64, &Entry<'_>)], displacement: u16, taken: &mut [bool], chosen: &mut Vec<usize>) -> bool {
    chosen.clear();
    for (hash, _) in bucket {
        let slot = slot(*hash, displacement, taken.len());
        if taken.get(slot).copied().unwrap_or_default() || chosen.contains(&slot) {
            return false;
        }
        chosen.push(slot);
    }
    for slot in chosen {
        set(taken, *slot, true);
    }
    true
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an entry has an offset of three bytes, a length of one, a row of two"
)]
fn slot_bytes(entry: &Entry<'_>) -> [u8; SLOT] {
    let [o0, o1, o2, _] = (entry.offset as u32).to_le_bytes();
    let [r0, r1] = (entry.row as u16).to_le_bytes();
    [o0, o1, o2, entry.len as u8, r0, r1]
}

fn set<T>(elements: &mut [T], at: usize, element: T) {
    if let Some(place) = elements.get_mut(at) {
        *place = element;
    }
}
