//! Builds the code index: chooses the windows, hashes the codes, and retries with another seed.

use std::borrow::Cow;

use crate::packed::hash::{HashScope, Hasher, MIX};
use crate::packed::index::{ROW, SLOT};
use crate::packed::windows::Windows;
use crate::packed::write::displace::{Crowded, Displaced, displace};
use crate::packed::write::text_map::TextSet;
use crate::packed::{MAX_CODE_LEN, MAX_CODES};

/// The maximum offset in a slot.
const MAX_OFFSET: usize = 0xFF_FFFF;

/// The arguments of [`Index::new`](crate::__private::Index::new).
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
        match displace(&hash_all(hasher)) {
            Ok(Displaced { displacements, slots }) => {
                let (slots, rows) = pack_slots(&slots, &entries);
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

/// Packs the slots, and the row of each. A free slot has length 0.
fn pack_slots(slots: &[Option<usize>], entries: &[Entry<'_>]) -> (Vec<u8>, Vec<u8>) {
    let slots = slots.iter().map(|position| position.and_then(|position| entries.get(position)));
    let (slots, rows): (Vec<_>, Vec<_>) = slots.map(|entry| entry.map(slot_bytes).unwrap_or_default()).unzip();
    (slots.concat(), rows.concat())
}

#[expect(clippy::cast_possible_truncation, reason = "an offset has three bytes, a length one, a row two")]
fn slot_bytes(entry: &Entry<'_>) -> ([u8; SLOT], [u8; ROW]) {
    let [o0, o1, o2, _] = (entry.offset as u32).to_le_bytes();
    ([o0, o1, o2, entry.len as u8], (entry.row as u16).to_le_bytes())
}
