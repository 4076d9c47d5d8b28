//! The differences of generated tables.

use std::collections::{BTreeMap, BTreeSet};

use errtable_cli::diff::Comparison;
use errtable_cli::diff::change::{Effect, Rule};
use errtable_spec::{Fault, Retry, RetryAction, Row, Table, named_envelope};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Spellings of codes and aliases. There are few, so that tables have many in common.
const SPELLINGS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

prop_compose! {
    fn row()(
        description in "[ab]?",
        variant in "[A-Z]",
        retry in select(Retry::ALL),
        fault in select(Fault::ALL),
        retry_after_ms in prop::option::of(0..2_u64),
        deprecated in prop::option::of("[ab]"),
    ) -> Row {
        let mut row = Row::new(String::new(), variant);
        row.description = description;
        row.retry = retry;
        row.fault = fault;
        row.retry_after_ms = retry_after_ms;
        row.deprecated = deprecated;
        row
    }
}

prop_compose! {
    /// A table in which each spelling is a code, an alias of the row before, or absent.
    fn table()(
        spellings in Just(SPELLINGS.to_vec()).prop_shuffle(),
        rows in prop::collection::vec((any::<Index>(), row()), SPELLINGS.len()),
        ignore_case in any::<bool>(),
        envelope in select(vec!["none", "nested", "flat"]),
    ) -> Table {
        let envelope = named_envelope(envelope);
        let mut table = Table::default();
        "t".clone_into(&mut table.name);
        table.ignore_case = ignore_case;
        table.envelope = envelope;
        let mut variants = BTreeSet::new();
        for (spelling, (kind, mut row)) in spellings.into_iter().zip(rows) {
            match (kind.index(3), table.rows.last_mut()) {
                (0, Some(last)) => last.aliases.push(spelling.to_owned()),
                (1, _) => {}
                _ if !variants.insert(row.variant.clone()) => {}
                _ => {
                    spelling.clone_into(&mut row.code);
                    table.rows.push(row);
                }
            }
        }
        table
    }
}

/// Returns the class of each spelling. An unknown code is never retried.
const TODAY: &str = "2027-01-01";

fn classes(table: &Table) -> BTreeMap<&str, Retry> {
    let mut classes: BTreeMap<_, _> = SPELLINGS.iter().map(|spelling| (*spelling, Retry::Never)).collect();
    for row in &table.rows {
        for spelling in row.aliases.iter().chain([&row.code]) {
            classes.insert(spelling, row.retry);
        }
    }
    classes
}

/// Returns how much of a class is retried: nothing, a new request, or the same request.
fn amount(retry: Retry, idempotent: bool) -> u8 {
    u8::from(retry.retry_action(idempotent) != RetryAction::GiveUp)
        + u8::from(matches!(retry.retry_action(idempotent), RetryAction::Wait | RetryAction::Renew))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn table_does_not_differ_from_itself(table in table()) {
        let comparison = Comparison::new(&table, &table, TODAY);
        prop_assert!(comparison.changes.is_empty(), "{:?}", comparison.changes);
        prop_assert_eq!(comparison.api(), None);
    }

    #[test]
    fn different_tables_have_a_change(old in table(), new in table()) {
        prop_assert_eq!(Comparison::new(&old, &new, TODAY).changes.is_empty(), old == new);
    }

    #[test]
    fn effects_are_those_of_all_spellings(old in table(), new in table()) {
        let effects = Comparison::new(&old, &new, TODAY).effects();
        let (before, after) = (classes(&old), classes(&new));
        let differs = |is_more: bool| SPELLINGS.iter().any(|spelling| {
            [false, true].into_iter().any(|idempotent| {
                let (before, after) = (amount(before[spelling], idempotent), amount(after[spelling], idempotent));
                if is_more { before < after } else { before > after }
            })
        });
        prop_assert_eq!(effects.contains(&Effect::MoreRetried), differs(true));
        prop_assert_eq!(effects.contains(&Effect::FewerRetried), differs(false));
    }

    #[test]
    fn vanished_variant_is_breaking(old in table(), new in table()) {
        let variants = |table: &Table| table.rows.iter().map(|row| row.variant.clone()).collect::<BTreeSet<_>>();
        let is_vanished = !variants(&old).is_subset(&variants(&new));
        let changes = Comparison::new(&old, &new, TODAY).changes;
        let is_reported = changes.iter().any(|change| matches!(change.rule, Rule::CodeRemoved | Rule::VariantRenamed));
        prop_assert!(is_reported || !is_vanished, "{changes:?}");
    }
}
