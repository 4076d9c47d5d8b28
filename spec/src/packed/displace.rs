//! The slot of a hash in a perfect hash table, whose displacements `packed::write::displace` finds.
//!
//! The hash selects a bucket, and the displacement of the bucket turns other bits of the hash into
//! a slot. The numbers of buckets and slots are powers of two, so a mask selects them.

#![expect(clippy::inline_always, reason = "a lookup is fast where the sizes of its table are constants")]

/// The size of a displacement in bytes.
pub(crate) const DISPLACEMENT: usize = 2;

/// Returns the slot of a hash among `count`. A table without displacements is a single bucket.
#[inline(always)]
pub(crate) const fn slot_of(hash: u64, displacements: &[u8], count: usize) -> usize {
    let buckets = displacements.len() / DISPLACEMENT;
    let displacement = match displacements.split_at_checked(bucket(hash, buckets) * DISPLACEMENT) {
        Some((_, rest)) => match rest.first_chunk() {
            Some(bytes) => u16::from_le_bytes(*bytes),
            None => 0,
        },
        None => 0,
    };
    slot(hash, displacement, count)
}

/// Returns the bucket of a hash. `count` is a power of two up to 2^15.
///
/// Buckets and slots use the upper half of the hash, which the multiplication mixes best, and share
/// no bit of it.
#[inline(always)]
pub(crate) const fn bucket(hash: u64, count: usize) -> usize {
    (hash >> 49) as usize & count.saturating_sub(1)
}

/// Returns the slot of a hash in a bucket with this displacement. `count` is a power of two up to
/// 2^17.
#[inline(always)]
pub(crate) const fn slot(hash: u64, displacement: u16, count: usize) -> usize {
    ((hash >> 32) as usize ^ displacement as usize) & count.saturating_sub(1)
}
