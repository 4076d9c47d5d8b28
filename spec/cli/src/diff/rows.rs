//! Compares rows.

use std::collections::{BTreeSet, HashMap};

use errtable_spec::{Row, RowKey, Table};

use crate::diff::change::{Change, Effect, Rule};
use crate::diff::pairs::{Pairs, by_spelling};
use crate::diff::resend::{retry_effects, row_effects};
use crate::row::spellings;

/// Compares the rows of two tables.
pub(super) struct Rows<'t> {
    old: HashMap<&'t str, &'t Row>,
    new: HashMap<&'t str, &'t Row>,
    /// Whether the name of the old table is now that of the new one, so that rows have not moved.
    renamed: Option<(&'t str, &'t str)>,
}

impl<'t> Rows<'t> {
    pub(super) fn new(old: &'t Table, new: &'t Table) -> Self {
        let renamed = (old.name != new.name).then_some((old.name.as_str(), new.name.as_str()));
        Self { old: by_spelling(old), new: by_spelling(new), renamed }
    }

    pub(super) fn compare(&self, pairs: &Pairs<'t>) -> Vec<Change> {
        let removed = pairs.removed.iter().map(|row| {
            let effects = spellings(row).flat_map(|spelling| self.gone(row, spelling));
            Change::new(Rule::CodeRemoved, Some(row.variant.clone()), None).of_code(&row.code).with(effects)
        });
        let added = pairs.added.iter().map(|row| {
            let effects = spellings(row).flat_map(|spelling| self.appeared(row, spelling));
            Change::new(Rule::CodeAdded, None, Some(row.variant.clone())).of_code(&row.code).with(effects)
        });
        let kept = pairs.kept.iter().flat_map(|(old, new)| self.compare_pair(old, new));
        removed.chain(kept).chain(added).collect()
    }

    fn compare_pair(&self, old: &Row, new: &Row) -> Vec<Change> {
        let mut changes = self.compare_spellings(old, new);
        // Without a common spelling, the changes of the spellings have the effects.
        let is_known = spellings(old).any(|spelling| spellings(new).any(|new| new == spelling));
        for key in RowKey::ALL {
            let (rule, effects) = match key {
                RowKey::Code | RowKey::Aliases | RowKey::FormerVariants => continue,
                RowKey::Number => (Rule::NumberChanged, [Effect::LookupChanged].into()),
                RowKey::ReplacedBy => (Rule::ReplacementChanged, BTreeSet::new()),
                RowKey::RemoveAfter => (Rule::RemovalDateChanged, BTreeSet::new()),
                RowKey::Variant => (Rule::VariantRenamed, BTreeSet::new()),
                RowKey::Retry => (Rule::RetryChanged, retry_effects(old.retry, new.retry)),
                RowKey::RetryAfterMs => (Rule::RetryAfterChanged, [Effect::WaitChanged].into()),
                RowKey::Fault => (Rule::FaultChanged, [Effect::FaultChanged].into()),
                RowKey::Description => (Rule::DescriptionChanged, BTreeSet::new()),
                RowKey::Evidence => (Rule::EvidenceChanged, BTreeSet::new()),
                RowKey::Since => (Rule::SinceChanged, BTreeSet::new()),
                RowKey::Deprecated if old.deprecated.is_none() => (Rule::Deprecated, BTreeSet::new()),
                RowKey::Deprecated => (Rule::DeprecationChanged, BTreeSet::new()),
            };
            let [before, after] = [old, new].map(|row| row.get(*key).map(|value| value.to_string()));
            if before != after {
                let effects = if is_known { effects } else { BTreeSet::new() };
                changes.push(Change::new(rule, before, after).of_code(&new.code).with(effects));
            }
        }
        if self.renamed != Some((&old.table, &new.table)) {
            let [before, after] = [old, new].map(|row| Some(row.table.clone()));
            if before != after {
                changes.push(Change::new(Rule::RowMoved, before, after).of_code(&new.code));
            }
        }
        changes
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
        let mut effects = row_effects(Some(row), self.new.get(spelling).copied());
        effects.insert(Effect::LookupChanged);
        effects
    }

    /// Returns the effects of a spelling that a row did not have.
    fn appeared(&self, row: &Row, spelling: &str) -> BTreeSet<Effect> {
        row_effects(self.old.get(spelling).copied(), Some(row))
    }
}
