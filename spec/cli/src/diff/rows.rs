//! Compares rows.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use errtable_spec::{Reserved, Row, RowKey, Table};

use crate::diff::change::{Change, Effect, Rule};
use crate::diff::lifecycle::{removal, reused_number};
use crate::diff::pairs::{Pairs, by_text};
use crate::diff::retry::{retry_effects, row_effects};
use crate::row::{is_sent_as, spellings, texts};

/// Compares the rows of two tables.
pub(super) struct Rows<'t> {
    /// The rows of each table by the texts that identify them in a response.
    old: HashMap<Cow<'t, str>, &'t Row>,
    new: HashMap<Cow<'t, str>, &'t Row>,
    /// Whether the name of the old table is now that of the new one, so that rows have not moved.
    renamed: Option<(&'t str, &'t str)>,
    /// What the new table reserves.
    reserved: &'t [Reserved],
    /// The date on which rows are removed.
    today: &'t str,
}

impl<'t> Rows<'t> {
    pub(super) fn new(old: &'t Table, new: &'t Table, today: &'t str) -> Self {
        let renamed = (old.name != new.name).then_some((old.name.as_str(), new.name.as_str()));
        Self { old: by_text(old), new: by_text(new), renamed, reserved: &new.reserved, today }
    }

    pub(super) fn compare(&self, pairs: &Pairs<'t>) -> Vec<Change> {
        let removed = pairs.removed.iter().flat_map(|row| {
            let effects = texts(row).flat_map(|text| self.gone(row, &text));
            let change = Change::new(Rule::CodeRemoved, Some(row.variant.clone()), None);
            [change.of_code(&row.code).with(effects)].into_iter().chain(removal(row, self.reserved, self.today))
        });
        let added = pairs.added.iter().flat_map(|row| {
            let effects = texts(row).flat_map(|text| self.appeared(row, &text));
            let change = Change::new(Rule::CodeAdded, None, Some(row.variant.clone()));
            [change.of_code(&row.code).with(effects)].into_iter().chain(self.reused_number(row, None))
        });
        let kept = pairs.kept.iter().flat_map(|(old, new)| self.compare_pair(old, new));
        removed.chain(kept).chain(added).collect()
    }

    fn compare_pair(&self, old: &Row, new: &Row) -> Vec<Change> {
        let mut changes = self.compare_spellings(old, new);
        let digits = [old, new].map(|row| row.number.map(|number| number.to_string()));
        let [old_digits, new_digits] = digits.each_ref().map(Option::as_deref);
        // Without a common text, `compare_spellings` has reported the effects already.
        let is_known = texts(old).any(|text| is_sent_as(new, &text));
        for key in RowKey::ALL {
            let known = |effects: BTreeSet<Effect>| if is_known { effects } else { BTreeSet::new() };
            let (rule, effects) = match key {
                RowKey::Code | RowKey::Aliases | RowKey::FormerVariants => continue,
                RowKey::Number => (Rule::NumberChanged, self.replaced([old, new], old_digits, new_digits)),
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
        reused_number(new, old, self.old.get(&*new.number?.to_string()).copied())
    }

    /// Returns the effects if a row has the text `after` in place of `before`.
    fn replaced(&self, [old, new]: [&Row; 2], before: Option<&str>, after: Option<&str>) -> BTreeSet<Effect> {
        let gone = before.filter(|text| !is_sent_as(new, text)).map(|text| self.gone(old, text));
        let appeared = after.filter(|text| !is_sent_as(old, text)).map(|text| self.appeared(new, text));
        gone.into_iter().chain(appeared).flatten().collect()
    }

    /// Compares the codes and aliases of a row.
    fn compare_spellings(&self, old: &Row, new: &Row) -> Vec<Change> {
        let has = |row: &Row, text: &str| spellings(row).any(|spelling| spelling == text);
        let mut changes = Vec::new();
        if old.code != new.code {
            let effects = self.replaced([old, new], Some(&old.code), Some(&new.code));
            let change = Change::new(Rule::CodeRenamed, Some(old.code.clone()), Some(new.code.clone()));
            changes.push(change.of_code(&old.code).with(effects));
        }
        for alias in old.aliases.iter().filter(|alias| !has(new, alias)) {
            let change = Change::new(Rule::AliasRemoved, Some(alias.clone()), None);
            changes.push(change.of_code(&new.code).with(self.replaced([old, new], Some(alias), None)));
        }
        for alias in new.aliases.iter().filter(|alias| !has(old, alias)) {
            let change = Change::new(Rule::AliasAdded, None, Some(alias.clone()));
            changes.push(change.of_code(&new.code).with(self.replaced([old, new], None, Some(alias))));
        }
        changes
    }

    /// Returns the effects of a text that a row no longer has.
    fn gone(&self, row: &Row, text: &str) -> BTreeSet<Effect> {
        let mut effects = row_effects(Some(row), self.new.get(text).copied());
        effects.insert(Effect::LookupChanged);
        effects
    }

    /// Returns the effects of a text that a row did not have.
    fn appeared(&self, row: &Row, text: &str) -> BTreeSet<Effect> {
        row_effects(self.old.get(text).copied(), Some(row))
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
