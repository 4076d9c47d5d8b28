//! The search for a name that no variant has.

use crate::packed::write::text_map::{TextMap, TextSet};

/// The names of variants, and the search for one that is free.
///
/// ```
/// use errtable_spec::__private::FreeNames;
///
/// let mut names = FreeNames::new(["DiskFull".to_owned(), "Code12".to_owned()]);
/// assert_eq!(names.claim("DiskFull"), "DiskFull2");
/// assert_eq!(names.claim("DiskFull"), "DiskFull3");
/// assert_eq!(names.claim("Code12"), "Code12_2");
/// assert!(names.take("QuotaFull") && !names.take("QuotaFull"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct FreeNames {
    taken: TextSet<String>,
    /// The number that the next claim of a name tries.
    numbers: TextMap<String, usize>,
}

impl FreeNames {
    /// Creates a search that returns none of these names.
    pub fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().collect(), numbers: TextMap::default() }
    }

    /// Takes a name. Returns whether it was free.
    pub fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes a name, or the first free one with a number after it.
    pub fn claim(&mut self, stem: &str) -> String {
        let number = self.numbers.entry(stem.to_owned()).or_insert(1);
        // `Code122` would look like the name of code `122`.
        let separator = if stem.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let mut free = stem.to_owned();
        while !self.taken.insert(free.clone()) {
            *number += 1;
            free = format!("{stem}{separator}{number}");
        }
        free
    }
}
