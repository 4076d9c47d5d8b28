//! Finds the new row of each old row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use errtable_spec::{Row, Table};

use crate::row::{spellings, texts};

/// The rows of two tables. Two rows are a pair if they have the same code, a common spelling, the
/// same number, which may be the spelling of the other, the same unique description, or the same
/// variant, in this order. A code that the new table reserves is removed, whatever other rows have
/// in common with it.
pub(super) struct Pairs<'t> {
    /// The rows of both tables, in new order.
    pub(super) kept: Vec<(&'t Row, &'t Row)>,
    /// The old rows without a new one.
    pub(super) removed: Vec<&'t Row>,
    /// The new rows without an old one.
    pub(super) added: Vec<&'t Row>,
    /// Whether the kept rows are in another order.
    pub(super) is_reordered: bool,
}

impl<'t> Pairs<'t> {
    pub(super) fn new(old: &'t Table, new: &'t Table) -> Self {
        let is_reserved = |row: &&Row| new.reserved.iter().any(|reserved| reserved.code.as_ref() == Some(&row.code));
        let (gone, old): (Vec<_>, Vec<_>) = old.rows.iter().partition(is_reserved);
        let new: Vec<_> = new.rows.iter().collect();
        let mut matcher = Matcher { new_of: vec![None; old.len()], old_of: vec![None; new.len()], old, new };
        matcher.pair(|row| vec![&row.code]);
        matcher.pair(|row| spellings(row).collect());
        matcher.pair(|row| texts(row).collect());
        matcher.pair(|row| if row.description.is_empty() { vec![] } else { vec![&row.description] });
        matcher.pair(|row| vec![&row.variant]);
        let pairs = matcher.finish();
        Pairs { removed: gone.into_iter().chain(pairs.removed).collect(), ..pairs }
    }
}

/// Returns the rows of a table by the texts that identify them in a response.
pub(super) fn by_text(table: &Table) -> HashMap<Cow<'_, str>, &Row> {
    table.rows.iter().flat_map(|row| texts(row).map(move |text| (text, row))).collect()
}

struct Matcher<'t> {
    old: Vec<&'t Row>,
    new: Vec<&'t Row>,
    /// The positions of the new rows of old rows.
    new_of: Vec<Option<usize>>,
    /// The positions of the old rows of new rows.
    old_of: Vec<Option<usize>>,
}

impl<'t> Matcher<'t> {
    /// Pairs the remaining rows with a common key that each table contains only once.
    fn pair<K: Eq + Hash>(&mut self, keys: impl Fn(&'t Row) -> Vec<K>) {
        let (old, new) = (positions(&self.old, &keys), positions(&self.new, &keys));
        for (row, position) in self.old.iter().zip(0..) {
            let is_unique = |key: &K| old.get(key) == Some(&Some(position));
            let found = keys(row).into_iter().filter(is_unique).find_map(|key| new.get(&key).copied().flatten());
            let Some(found) = found else { continue };
            if let (Some(new_of @ None), Some(old_of @ None)) =
                (self.new_of.get_mut(position), self.old_of.get_mut(found))
            {
                (*new_of, *old_of) = (Some(found), Some(position));
            }
        }
    }

    fn finish(self) -> Pairs<'t> {
        let paired: Vec<_> = self.old_of.iter().filter_map(|old| *old).collect();
        let kept = self.new.iter().zip(&self.old_of).filter_map(|(new, old)| Some((*self.old.get((*old)?)?, *new)));
        Pairs {
            kept: kept.collect(),
            removed: unpaired(&self.old, &self.new_of),
            added: unpaired(&self.new, &self.old_of),
            is_reordered: !paired.is_sorted(),
        }
    }
}

/// Returns the position of the row with each key, and `None` if several rows have it.
fn positions<'t, K: Eq + Hash>(rows: &[&'t Row], keys: impl Fn(&'t Row) -> Vec<K>) -> HashMap<K, Option<usize>> {
    let mut positions = HashMap::with_capacity(rows.len());
    for (row, position) in rows.iter().zip(0..) {
        for key in keys(row) {
            positions.entry(key).and_modify(|position| *position = None).or_insert(Some(position));
        }
    }
    positions
}

fn unpaired<'t>(rows: &[&'t Row], others: &[Option<usize>]) -> Vec<&'t Row> {
    rows.iter().zip(others).filter(|(_, other)| other.is_none()).map(|(row, _)| *row).collect()
}
