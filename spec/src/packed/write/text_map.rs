//! Maps and sets of texts that use the hash of the code index: unoptimised, as macros are built, it
//! takes a fifth of the time of std's hash.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use crate::packed::hash::{HashScope, Hasher};
use crate::packed::windows::Windows;

/// A map from texts.
pub(crate) type TextMap<K, V> = HashMap<K, V, BuildHasherDefault<TextHasher>>;

/// A set of texts.
pub(crate) type TextSet<K> = HashSet<K, BuildHasherDefault<TextHasher>>;

/// A hasher of one text.
#[derive(Default)]
pub(crate) struct TextHasher(u64);

impl std::hash::Hasher for TextHasher {
    fn write(&mut self, bytes: &[u8]) {
        let windows = Windows { width: 16, count: 2, hashed: 0b11 };
        self.0 = Hasher { seed: self.0, windows, scope: HashScope::Whole }.hash::<false>(bytes);
    }

    /// Ignores the byte that `str` appends: the hash covers the length already.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
