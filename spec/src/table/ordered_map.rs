//! A map from texts that keeps the order of a file.

use std::borrow::Borrow;
use std::hash::Hash;

use crate::packed::write::text_map::TextMap;

/// A map from texts in the order of insertion.
#[derive(Clone, Debug)]
pub(crate) struct OrderedMap<K, V> {
    entries: Vec<(K, V)>,
    /// The positions of the entries, if there are more than `SMALL`.
    positions: TextMap<K, usize>,
}

/// The number of entries that are searched without an index. Most maps are smaller.
const SMALL: usize = 16;

impl<K, V> Default for OrderedMap<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), positions: TextMap::default() }
    }
}

impl<K: Borrow<str> + Clone + Eq + Hash, V> OrderedMap<K, V> {
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        if self.entries.len() > SMALL {
            return self.positions.get(key).and_then(|position| self.entries.get(*position)).map(|(_, value)| value);
        }
        // Not an iterator: macros are built unoptimised, and this is called nine times per row.
        for (known, value) in &self.entries {
            if *known.borrow() == *key {
                return Some(value);
            }
        }
        None
    }

    /// Inserts a value, or replaces the one with the same key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let position = match self.entries.len() {
            0..=SMALL => self.entries.iter().position(|(known, _)| *known == key),
            _ => self.positions.get(key.borrow()).copied(),
        };
        if let Some((_, earlier)) = position.and_then(|position| self.entries.get_mut(position)) {
            *earlier = value;
            return;
        }
        self.entries.push((key, value));
        let indexed = if self.entries.len() > SMALL { self.positions.len() } else { self.entries.len() };
        for (position, (key, _)) in self.entries.iter().enumerate().skip(indexed) {
            self.positions.insert(key.clone(), position);
        }
    }

    /// Inserts copies of entries.
    pub(crate) fn extend<'e>(&mut self, entries: impl Iterator<Item = &'e (K, V)>)
    where
        K: 'e,
        V: Clone + 'e,
    {
        for (key, value) in entries {
            self.insert(key.clone(), value.clone());
        }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.entries.iter()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::{OrderedMap, SMALL};

    #[test]
    fn ordered_map_agrees_with_a_list() {
        let mut map = OrderedMap::default();
        for number in 0..3 * SMALL {
            assert_eq!(map.get(&number.to_string()), None);
            map.insert(number.to_string(), number);
            map.insert("0".to_owned(), number);
            assert_eq!(map.values().count(), number + 1);
            assert_eq!(map.get("0"), Some(&number));
            for earlier in 1..=number {
                assert_eq!(map.get(&earlier.to_string()), Some(&earlier), "{number}");
            }
        }
        assert!(map.iter().enumerate().all(|(position, (key, _))| *key == position.to_string()));
    }
}
