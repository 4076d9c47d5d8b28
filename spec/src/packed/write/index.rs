//! Builds the code index: hashes the codes, finds displacements, and retries with another seed.

use std::borrow::Cow;

use crate::packed::index::{DISPLACEMENT, HashScope, Hasher, MIX, SLOT, bucket, slot};
use crate::packed::write::text_map::TextSet;
use crate::packed::{MAX_CODE_LEN, MAX_CODES};

/// The maximum average number of codes in a bucket. With four, a nearly full table of some hundred
/// codes takes thousands of seeds.
const BUCKET_LOAD: usize = 2;

/// At least one in this many slots stays free, so that the last buckets fit sooner.
const SPARE_SLOTS: usize = 64;

/// The maximum offset in a slot.
const MAX_OFFSET: usize = 0xFF_FFFF;

/// The arguments of [`Index::new`](crate::Index::new).
#[derive(Debug)]
pub struct PackedIndex {
    /// The hash function.
    pub hasher: Hasher,
    /// All given texts, joined in their order, including those that the index does not contain.
    pub joined: String,
    /// The displacement of each bucket.
    pub displacements: Vec<u8>,
    /// The slots.
    pub slots: Vec<u8>,
}

/// A code and the contents of its slot.
struct Entry<'a> {
    /// The text that is hashed.
    hashed: Cow<'a, str>,
    offset: usize,
    len: usize,
    row: usize,
}

/// Packs an index of texts and their rows.
///
/// Of equal texts, the first one counts. Texts that no checked table contains are left out: empty
/// ones, those over [`MAX_CODE_LEN`], and those after [`MAX_CODES`] others or after 16 MiB of text.
#[must_use]
pub fn build_index<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, Cow::Borrowed)
}

/// Packs an index for lookups that ignore ASCII case. Of texts that differ only in case, the first
/// one counts.
#[must_use]
pub fn build_index_ignore_case<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, |code| Cow::Owned(code.to_ascii_lowercase()))
}

fn pack<'a>(
    codes: impl IntoIterator<Item = (&'a str, usize)>,
    hashed_text: fn(&'a str) -> Cow<'a, str>,
) -> PackedIndex {
    let (joined, entries) = entries(codes, hashed_text);
    let mut hasher = Hasher { seed: 0, scope: HashScope::Ends };
    loop {
        let values: Vec<u64> = entries.iter().map(|entry| hasher.hash(entry.hashed.as_bytes())).collect();
        match assign_slots(&entries, &values) {
            Ok((displacements, slots)) => return PackedIndex { hasher, joined, displacements, slots },
            Err(Misfit::SameHash) if hasher.scope == HashScope::Ends => hasher.scope = HashScope::Windows,
            Err(Misfit::SameHash) if hasher.scope == HashScope::Windows => hasher.scope = HashScope::Whole,
            // A step of many bits: nearby seeds give similar results if codes differ in one byte.
            Err(Misfit::SameHash | Misfit::Crowded) => hasher.seed = hasher.seed.wrapping_add(MIX[0]),
        }
    }
}

/// Returns the joined texts, and an entry for each text that the index can contain.
fn entries<'a>(
    codes: impl IntoIterator<Item = (&'a str, usize)>,
    hashed_text: fn(&'a str) -> Cow<'a, str>,
) -> (String, Vec<Entry<'a>>) {
    let mut joined = String::new();
    let mut entries = Vec::new();
    let mut known = TextSet::default();
    for (text, row) in codes {
        let hashed = hashed_text(text);
        let is_placeable = (1..=MAX_CODE_LEN).contains(&text.len())
            && joined.len() <= MAX_OFFSET
            && row < MAX_CODES
            && entries.len() < MAX_CODES;
        if is_placeable && known.insert(hashed.clone()) {
            entries.push(Entry { hashed, offset: joined.len(), len: text.len(), row });
        }
        joined.push_str(text);
    }
    (joined, entries)
}

/// The reason why the codes cannot be placed with these hashes.
enum Misfit {
    /// Two codes have the same hash.
    SameHash,
    /// No displacement fits all codes of a bucket.
    Crowded,
}

/// Finds a displacement for every bucket, fullest first. Returns the displacements and the slots.
fn assign_slots(entries: &[Entry<'_>], hashes: &[u64]) -> Result<(Vec<u8>, Vec<u8>), Misfit> {
    let slot_count = (entries.len() + entries.len() / SPARE_SLOTS).next_power_of_two();
    let bucket_count = entries.len().div_ceil(BUCKET_LOAD).next_power_of_two();
    let mut buckets: Vec<Vec<(u64, &Entry<'_>)>> = vec![Vec::new(); bucket_count];
    for (entry, hash) in entries.iter().zip(hashes) {
        let Some(bucket) = buckets.get_mut(bucket(*hash, bucket_count)) else { continue };
        if bucket.iter().any(|(other, _)| other == hash) {
            return Err(Misfit::SameHash);
        }
        bucket.push((*hash, entry));
    }
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

/// Claims the slots of a bucket if they are free and distinct, and lists them in `chosen`.
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

#[expect(clippy::cast_possible_truncation, reason = "an offset has three bytes, a length one, a row two")]
fn slot_bytes(entry: &Entry<'_>) -> [u8; SLOT] {
    let [o0, o1, o2, _] = (entry.offset as u32).to_le_bytes();
    let [r0, r1] = (entry.row as u16).to_le_bytes();
    [o0, o1, o2, entry.len as u8, r0, r1]
}

fn set<T>(elements: &mut [T], at: usize, element: T) {
    if let Some(slot) = elements.get_mut(at) {
        *slot = element;
    }
}
