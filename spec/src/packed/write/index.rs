//! Builds the code index: hashes the codes, finds displacements, and retries with another seed.

use std::borrow::Cow;

use crate::packed::hash::{HashScope, Hasher, MIX};
use crate::packed::index::{DISPLACEMENT, ROW, SLOT, bucket, slot};
use crate::packed::windows::Windows;
use crate::packed::write::text_map::TextSet;
use crate::packed::{MAX_CODE_LEN, MAX_CODES};

/// The maximum average number of codes in a bucket. With four, a nearly full table of some hundred
/// codes takes thousands of seeds.
const BUCKET_LOAD: usize = 2;

/// The maximum number of codes in a table without displacements.
const SMALL: usize = 32;

/// The number of slots per code in such a table, so that a seed is found soon.
const SMALL_SLOTS: usize = 4;

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
    /// The row of each slot.
    pub rows: Vec<u8>,
}

impl PackedIndex {
    /// Returns the number of slots.
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.slots.len() / SLOT
    }
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
    pack(codes, Cow::Borrowed, Hasher::hash::<false>)
}

/// Packs an index for lookups that ignore ASCII case. Of texts that differ only in case, the first
/// one counts.
#[must_use]
pub fn build_index_ignore_case<'a>(codes: impl IntoIterator<Item = (&'a str, usize)>) -> PackedIndex {
    pack(codes, |code| Cow::Owned(code.to_ascii_lowercase()), Hasher::hash::<true>)
}

fn pack<'a>(
    codes: impl IntoIterator<Item = (&'a str, usize)>,
    hashed_text: fn(&'a str) -> Cow<'a, str>,
    hash: fn(Hasher, &[u8]) -> u64,
) -> PackedIndex {
    let (joined, entries) = entries(codes, hashed_text);
    let hash_all = |hasher| -> Vec<u64> { entries.iter().map(|entry| hash(hasher, entry.hashed.as_bytes())).collect() };
    let mut hasher = choose_hasher(windows(&entries), |candidate| is_distinct(hash_all(candidate)));
    loop {
        match assign_slots(&entries, &hash_all(hasher)) {
            Ok(Assignment { displacements, slots, rows }) => {
                return PackedIndex { hasher, joined, displacements, slots, rows };
            }
            // A step of many bits: nearby seeds give similar results if codes differ in one byte.
            Err(Crowded) => hasher.seed = hasher.seed.wrapping_add(MIX[0]),
        }
    }
}

/// Chooses the windows for the lengths of the codes, so that few lookups leave the common path.
fn windows(entries: &[Entry<'_>]) -> Windows {
    let count = |is_counted: &dyn Fn(usize) -> bool| entries.iter().filter(|entry| is_counted(entry.len)).count();
    // On real input, texts that are shorter than a window are as rare as in the table.
    let is_narrow = count(&|len| len < 16) * 20 >= entries.len();
    let (width, most) = if is_narrow { (8, 5) } else { (16, 4) };
    let covers = |windows: &Windows| count(&|len| len > windows.covered()) * 50 <= entries.len();
    let mut choices = (2..=most).map(|count| Windows { width, count, hashed: 0 });
    choices.find(covers).unwrap_or(Windows { width, count: most, hashed: 0 })
}

/// Chooses the fewest windows whose hashes are distinct, the last one among them. If all windows
/// are not enough, every byte is hashed.
fn choose_hasher(windows: Windows, is_distinct: impl Fn(Hasher) -> bool) -> Hasher {
    let last = 1 << (windows.count - 1);
    let mut choices: Vec<u8> = (0..last).map(|others| others | last).collect();
    choices.sort_by_key(|hashed| hashed.count_ones());
    let hasher = |hashed, scope| Hasher { seed: 0, windows: Windows { hashed, ..windows }, scope };
    let choice = choices.into_iter().map(|hashed| hasher(hashed, HashScope::Sums)).find(|hasher| is_distinct(*hasher));
    let mut hasher = choice.unwrap_or(hasher(last | (last - 1), HashScope::Whole));
    // Two codes can have the same hash of every byte, but not under every seed.
    while !is_distinct(hasher) {
        hasher.seed = hasher.seed.wrapping_add(MIX[0]);
    }
    hasher
}

fn is_distinct(mut hashes: Vec<u64>) -> bool {
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair.first() != pair.last())
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

/// No displacement fits all codes of a bucket.
struct Crowded;

/// The slots of an index, and their rows.
struct Assignment {
    displacements: Vec<u8>,
    slots: Vec<u8>,
    rows: Vec<u8>,
}

/// Finds a displacement for every bucket, fullest first.
fn assign_slots(entries: &[Entry<'_>], hashes: &[u64]) -> Result<Assignment, Crowded> {
    // A small table is a single bucket that is not displaced, so a lookup needs no displacement.
    let is_small = entries.len() <= SMALL;
    let slot_count = if is_small { entries.len() * SMALL_SLOTS } else { entries.len() };
    let slot_count = slot_count.next_power_of_two();
    let bucket_count = if is_small { 1 } else { entries.len().div_ceil(BUCKET_LOAD).next_power_of_two() };
    let displacement_count = if is_small { 1 } else { slot_count };
    let mut buckets: Vec<Vec<(u64, &Entry<'_>)>> = vec![Vec::new(); bucket_count];
    for (entry, hash) in entries.iter().zip(hashes) {
        if let Some(bucket) = buckets.get_mut(bucket(*hash, bucket_count)) {
            bucket.push((*hash, entry));
        }
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
    let mut rows = vec![[0; ROW]; slot_count];
    let mut taken = vec![false; slot_count];
    let mut chosen = Vec::new();
    for (number, bucket) in by_size.into_iter().rev().flatten() {
        let mut displacement = 0_u16;
        while !claim(bucket, displacement, &mut taken, &mut chosen) {
            displacement =
                displacement.checked_add(1).filter(|next| usize::from(*next) < displacement_count).ok_or(Crowded)?;
        }
        for ((_, entry), slot) in bucket.iter().zip(&chosen) {
            let (code, row) = slot_bytes(entry);
            set(&mut slots, *slot, code);
            set(&mut rows, *slot, row);
        }
        set(&mut displacements, number, displacement.to_le_bytes());
    }
    let displacements = if is_small { Vec::new() } else { displacements.concat() };
    Ok(Assignment { displacements, slots: slots.concat(), rows: rows.concat() })
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
fn slot_bytes(entry: &Entry<'_>) -> ([u8; SLOT], [u8; ROW]) {
    let [o0, o1, o2, _] = (entry.offset as u32).to_le_bytes();
    ([o0, o1, o2, entry.len as u8], (entry.row as u16).to_le_bytes())
}

fn set<T>(elements: &mut [T], at: usize, element: T) {
    if let Some(slot) = elements.get_mut(at) {
        *slot = element;
    }
}
