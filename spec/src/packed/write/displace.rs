//! Finds the displacements of a perfect hash table.

use crate::packed::displace::{DISPLACEMENT, bucket, slot};

/// The maximum average number of hashes in a bucket. With four, a nearly full table of some hundred
/// hashes takes thousands of seeds.
const BUCKET_LOAD: usize = 2;

/// The maximum number of hashes in a table without displacements.
const SMALL: usize = 32;

/// The number of slots per hash in such a table, so that a seed is found soon.
const SMALL_SLOTS: usize = 4;

/// No displacement fits all hashes of a bucket.
pub(crate) struct Crowded;

/// A perfect hash table.
pub(crate) struct Displaced {
    /// The displacement of each bucket.
    pub(crate) displacements: Vec<u8>,
    /// The position of the hash in each slot.
    pub(crate) slots: Vec<Option<usize>>,
}

/// Finds a displacement for every bucket, fullest first.
pub(crate) fn displace(hashes: &[u64]) -> Result<Displaced, Crowded> {
    // A small table is a single bucket that is not displaced, so a lookup needs no displacement.
    let is_small = hashes.len() <= SMALL;
    let slot_count = if is_small { hashes.len() * SMALL_SLOTS } else { hashes.len() };
    let slot_count = slot_count.next_power_of_two();
    let bucket_count = if is_small { 1 } else { hashes.len().div_ceil(BUCKET_LOAD).next_power_of_two() };
    let displacement_count = if is_small { 1 } else { slot_count };

    let mut displacements = vec![[0; DISPLACEMENT]; bucket_count];
    let mut slots = vec![None; slot_count];
    for (number, bucket) in fullest_first(hashes, bucket_count) {
        let mut displacement = 0_u16;
        while !claim(&bucket, displacement, &mut slots) {
            displacement =
                displacement.checked_add(1).filter(|next| usize::from(*next) < displacement_count).ok_or(Crowded)?;
        }
        set(&mut displacements, number, displacement.to_le_bytes());
    }
    let displacements = if is_small { Vec::new() } else { displacements.concat() };
    Ok(Displaced { displacements, slots })
}

/// A hash and its position.
type Entry = (u64, usize);

/// Returns the buckets with their numbers.
fn fullest_first(hashes: &[u64], count: usize) -> impl Iterator<Item = (usize, Vec<Entry>)> {
    let mut buckets: Vec<Vec<Entry>> = vec![Vec::new(); count];
    for (position, hash) in hashes.iter().enumerate() {
        if let Some(bucket) = buckets.get_mut(bucket(*hash, count)) {
            bucket.push((*hash, position));
        }
    }
    let fullest = buckets.iter().map(Vec::len).max().unwrap_or_default();
    let mut by_size = vec![Vec::new(); fullest + 1];
    for (number, bucket) in buckets.into_iter().enumerate() {
        if let Some(same_size) = by_size.get_mut(bucket.len()) {
            same_size.push((number, bucket));
        }
    }
    by_size.into_iter().rev().flatten()
}

/// Claims the slots of a bucket if they are free and distinct.
fn claim(bucket: &[Entry], displacement: u16, slots: &mut [Option<usize>]) -> bool {
    let slot_count = slots.len();
    let slot = |hash| slot(hash, displacement, slot_count);
    for (at, (hash, position)) in bucket.iter().enumerate() {
        if slots.get(slot(*hash)).is_some_and(Option::is_some) {
            // Gives back those that it has claimed.
            for (hash, _) in bucket.iter().take(at) {
                set(slots, slot(*hash), None);
            }
            return false;
        }
        set(slots, slot(*hash), Some(*position));
    }
    true
}

fn set<T>(elements: &mut [T], at: usize, element: T) {
    if let Some(slot) = elements.get_mut(at) {
        *slot = element;
    }
}
