//! Compares rows.

use std::collections::{BTreeSet, HashMap};

use errtable_spec::{Row, Table};

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
        let mut push = |rule, old: Option<String>, new_text: Option<String>, effects: BTreeSet<Effect>| {
            if old != new_text {
                changes.push(Change::new(rule, old, new_text).of_code(&new.code).with(effects));
            }
        };
        let name = |name: &str| Some(name.to_owned());
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        // Without a common spelling, the changes of the spellings have the effects.
        let is_known = spellings(old).any(|spelling| spellings(new).any(|new| new == spelling));
        let known = |effects: BTreeSet<Effect>| if is_known { effects } else { BTreeSet::new() };
        push(Rule::VariantRenamed, name(&old.variant), name(&new.variant), BTreeSet::new());
        let (before, after) = (old.retry, new.retry);
        push(Rule::RetryChanged, name(before.as_str()), name(after.as_str()), known(retry_effects(before, after)));
        let wait = |row: &Row| row.retry_after_ms.map(|ms| format!("{ms} ms"));
        push(Rule::RetryAfterChanged, wait(old), wait(new), known([Effect::WaitChanged].into()));
        let fault = |row: &Row| name(row.fault.as_str());
        push(Rule::FaultChanged, fault(old), fault(new), known([Effect::FaultChanged].into()));
        push(Rule::DescriptionChanged, text(&old.description), text(&new.description), BTreeSet::new());
        push(Rule::EvidenceChanged, text(&old.evidence), text(&new.evidence), BTreeSet::new());
        let deprecation = if old.deprecated.is_none() { Rule::Deprecated } else { Rule::DeprecationChanged };
        push(deprecation, old.deprecated.clone(), new.deprecated.clone(), BTreeSet::new());
        if self.renamed != Some((&old.table, &new.table)) {
            push(Rule::RowMoved, name(&old.table), name(&new.table), BTreeSet::new());
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
