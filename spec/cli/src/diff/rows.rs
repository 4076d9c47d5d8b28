//! Compares rows.

use std::collections::{BTreeSet, HashMap};

use errtable_spec::{Reserved, Row, RowKey, Table};

use crate::diff::change::{Change, Effect, Rule};
use crate::diff::lifecycle::{removal, reused_number};
use crate::diff::pairs::{Pairs, by_number, by_spelling};
use crate::diff::retry::{retry_effects, row_effects};
use crate::row::spellings;

/// Compares the rows of two tables.
pub(super) struct Rows<'t> {
    old: Lookups<'t>,
    new: Lookups<'t>,
    /// Whether the name of the old table is now that of the new one, so that rows have not moved.
    renamed: Option<(&'t str, &'t str)>,
    /// What the new table reserves.
    reserved: &'t [Reserved],
    /// The date by which a row may be removed.
    today: &'t str,
}

/// The rows of a table as a response identifies them.
struct Lookups<'t> {
    by_spelling: HashMap<&'t str, &'t Row>,
    by_number: HashMap<i64, &'t Row>,
}

impl<'t> Lookups<'t> {
    fn new(table: &'t Table) -> Self {
        Self { by_spelling: by_spelling(table), by_number: by_number(table) }
    }
}

impl<'t> Rows<'t> {
    pub(super) fn new(old: &'t Table, new: &'t Table, today: &'t str) -> Self {
        let renamed = (old.name != new.name).then_some((old.name.as_str(), new.name.as_str()));
        Self { old: Lookups::new(old), new: Lookups::new(new), renamed, reserved: &new.reserved, today }
    }

    pub(super) fn compare(&self, pairs: &Pairs<'t>) -> Vec<Change> {
        let removed = pairs.removed.iter().flat_map(|row| {
            let effects = spellings(row).flat_map(|spelling| self.gone(row, spelling));
            let effects = effects.chain(row.number.into_iter().flat_map(|number| self.number_gone(row, number)));
            let change = Change::new(Rule::CodeRemoved, Some(row.variant.clone()), None);
            [change.of_code(&row.code).with(effects)].into_iter().chain(removal(row, self.reserved, self.today))
        });
        let added = pairs.added.iter().flat_map(|row| {
            let effects = spellings(row).flat_map(|spelling| self.appeared(row, spelling));
            let effects = effects.chain(row.number.into_iter().flat_map(|number| self.number_appeared(row, number)));
            let change = Change::new(Rule::CodeAdded, None, Some(row.variant.clone()));
            [change.of_code(&row.code).with(effects)].into_iter().chain(self.reused_number(row, None))
        });
        let kept = pairs.kept.iter().flat_map(|(old, new)| self.compare_pair(old, new));
        removed.chain(kept).chain(added).collect()
    }

    fn compare_pair(&self, old: &Row, new: &Row) -> Vec<Change> {
        let mut changes = self.compare_spellings(old, new);
        // Without a common spelling or number, their changes have the effects.
        let is_known = spellings(old).any(|spelling| spellings(new).any(|new| new == spelling))
            || old.number.is_some() && old.number == new.number;
        for key in RowKey::ALL {
            let known = |effects: BTreeSet<Effect>| if is_known { effects } else { BTreeSet::new() };
            let (rule, effects) = match key {
                RowKey::Code | RowKey::Aliases | RowKey::FormerVariants => continue,
                RowKey::Number => (Rule::NumberChanged, self.number_effects(old, new)),
                RowKey::Variant if new.former_variants.contains(&old.variant) => {
                    (Rule::VariantRenamedCompatibly, BTreeSet::new())
                }
                RowKey::Variant => (Rule::VariantRenamed, BTreeSet::new()),
                RowKey::Retry => (Rule::RetryChanged, known(retry_effects(old.retry, new.retry))),
                RowKey::RetryAfterMs => (Rule::RetryAfterChanged, known([Effect::WaitChanged].into())),
                RowKey::Fault => (Rule::FaultChanged, known([Effect::FaultChanged].into())),
                RowKey::Description => (Rule::DescriptionChanged, BTreeSet::new()),
                RowKey::Evidence => (Rule::EvidenceChanged, BTreeSet::new()),
                RowKey::Since => (Rule::SinceChanged, BTreeSet::new()),
                RowKey::Deprecated if old.deprecated.is_none() => (Rule::Deprecated, BTreeSet::new()),
                RowKey::Deprecated => (Rule::DeprecationChanged, BTreeSet::new()),
                RowKey::ReplacedBy if old.replaced_by.is_none() => (Rule::ReplacementAdded, BTreeSet::new()),
                RowKey::ReplacedBy => (Rule::ReplacementChanged, BTreeSet::new()),
                RowKey::RemoveAfter => (Rule::RemoveAfterChanged, BTreeSet::new()),
            };
            let [before, after] = [old, new].map(|row| row.get(*key).map(|value| value.to_string()));
            if before != after {
                changes.push(Change::new(rule, before, after).of_code(&new.code).with(effects));
            }
        }
        changes.extend(compare_former_variants(old, new));
        changes.extend(self.reused_number(new, Some(old)));
        if self.renamed != Some((&old.table, &new.table)) && old.table != new.table {
            let [before, after] = [old, new].map(|row| Some(row.table.clone()));
            changes.push(Change::new(Rule::RowMoved, before, after).of_code(&new.code));
        }
        changes
    }

    fn reused_number(&self, new: &Row, old: Option<&Row>) -> Option<Change> {
        reused_number(new, old, self.old.by_number.get(&new.number?).copied())
    }

    /// Returns the effects of another number, which a response may contain.
    fn number_effects(&self, old: &Row, new: &Row) -> BTreeSet<Effect> {
        let gone = old.number.into_iter().flat_map(|number| self.number_gone(old, number));
        let appeared = new.number.into_iter().flat_map(|number| self.number_appeared(new, number));
        gone.chain(appeared).collect()
    }

    fn number_gone(&self, row: &Row, number: i64) -> BTreeSet<Effect> {
        let mut effects = row_effects(Some(row), self.new.by_number.get(&number).copied());
        effects.insert(Effect::LookupChanged);
        effects
    }

    fn number_appeared(&self, row: &Row, number: i64) -> BTreeSet<Effect> {
        row_effects(self.old.by_number.get(&number).copied(), Some(row))
    }

    /// Compares the codes and aliases of a row.
    fn compare_spellings(&self, old: &Row, new: &Row) -> Vec<Change> {
        let has = |row: &Row, text: &str| spellings(row).any(|spelling| spelling == text);
        let gone = |text: &str| if has(new, text) { BTreeSet::new() } else { self.gone(old, text) };
        let appeared = |text: &str| if has(old, text) { BTreeSet::new() } else { self.appeared(new, text) };
        let mut changes = Vec::new();
        if old.code != new.code {
            let effects = gone(&old.code).into_iter().chain(appeared(&new.code));
            let change = Change::new(Rule::CodeRenamed, Some(old.code.clone()), Some(new.code.clone()));
            changes.push(change.of_code(&old.code).with(effects));
        }
        for alias in old.aliases.iter().filter(|alias| !has(new, alias)) {
            let change = Change::new(Rule::AliasRemoved, Some(alias.clone()), None);
            changes.push(change.of_code(&new.code).with(gone(alias)));
        }
        for alias in new.aliases.iter().filter(|alias| !has(old, alias)) {
            let change = Change::new(Rule::AliasAdded, None, Some(alias.clone()));
            changes.push(change.of_code(&new.code).with(appeared(alias)));
        }
        changes
    }

    /// Returns the effects of a spelling that a row no longer has.
    fn gone(&self, row: &Row, spelling: &str) -> BTreeSet<Effect> {
        let mut effects = row_effects(Some(row), self.new.by_spelling.get(spelling).copied());
        effects.insert(Effect::LookupChanged);
        effects
    }

    /// Returns the effects of a spelling that a row did not have.
    fn appeared(&self, row: &Row, spelling: &str) -> BTreeSet<Effect> {
        row_effects(self.old.by_spelling.get(spelling).copied(), Some(row))
    }
}

/// Compares the constants that keep former names of a variant.
fn compare_former_variants(old: &Row, new: &Row) -> Vec<Change> {
    let has = |row: &Row, name: &String| row.variant == *name || row.former_variants.contains(name);
    let removed = old.former_variants.iter().filter(|name| !has(new, name));
    let removed = removed.map(|name| Change::new(Rule::FormerVariantRemoved, Some(name.clone()), None));
    let added = new.former_variants.iter().filter(|name| !has(old, name));
    let added = added.map(|name| Change::new(Rule::FormerVariantAdded, None, Some(name.clone())));
    removed.chain(added).map(|change| change.of_code(&new.code)).collect()
}
