//! The retry classes fit other services: a code of ten public registries is retried where its
//! registry actions it, with nine exceptions.
//!
//! The tables in `fixtures/registries` contain a class for each code. Column `verdict` is what the
//! registry states about a retry:
//!
//! | verdict | requests that may be retried |
//! |---|---|
//! | `no` | none |
//! | `idempotent` | those that are idempotent |
//! | `every` | all |
//! | `retriable` | some; the registry does not distinguish |
//! | `other` | not comparable: a reaction that `RetryAction` does not have |

use std::collections::BTreeSet;

use errtable::{ErrorCode, RetryAction, error_table};

/// A row of a registry.
struct Entry {
    registry: &'static str,
    code: &'static str,
    /// For any request, and for an idempotent one.
    actions: [RetryAction; 2],
    verdict: &'static str,
    /// Why no class fits.
    misfit: Option<&'static str>,
}

impl Entry {
    /// Returns whether the class actions the request exactly if the registry does.
    fn is_kept(&self) -> bool {
        let [any, idempotent] = self.actions.map(|action| action != RetryAction::GiveUp);
        match self.verdict {
            "no" => !any && !idempotent,
            "idempotent" => !any && idempotent,
            "every" => any && idempotent,
            "retriable" => idempotent,
            "other" => false,
            verdict => panic!("unexpected verdict `{verdict}`"),
        }
    }
}

macro_rules! registries {
    ($($registry:ident $path:literal)+) => {
        $(
            #[error_table($path)]
            pub enum $registry {}
        )+

        fn registries() -> Vec<(&'static str, Vec<Entry>)> {
            vec![$(($registry::NAME, $registry::ALL.iter().map(|code| Entry {
                registry: $registry::NAME,
                code: code.as_str(),
                actions: [code.retry_action(false), code.retry_action(true)],
                verdict: code.verdict().expect(code.as_str()).as_str(),
                misfit: code.misfit(),
            }).collect())),+]
        }
    };
}

registries! {
    Kafka "fixtures/registries/kafka.json"
    MongoDb "fixtures/registries/mongodb.json"
    Postgres "fixtures/registries/postgres.json"
    Grpc "fixtures/registries/grpc.json"
    FoundationDb "fixtures/registries/foundationdb.json"
    Ydb "fixtures/registries/ydb.json"
    Kubernetes "fixtures/registries/kubernetes.json"
    Acme "fixtures/registries/acme.json"
    OAuth "fixtures/registries/oauth.json"
    Aws "fixtures/registries/aws.json"
}

/// Returns the codes whose `retry_action` for any request, and for an idempotent one, matches.
fn codes<C: ErrorCode>(matches: fn(RetryAction, RetryAction) -> bool) -> BTreeSet<&'static str> {
    let codes = C::ALL.iter().filter(|code| matches(code.retry_action(false), code.retry_action(true)));
    codes.map(|code| code.as_str()).collect()
}

#[test]
fn verdicts_are_kept() {
    let mut kept = Vec::new();
    for (registry, codes) in registries() {
        kept.push((registry, codes.iter().filter(|code| code.is_kept()).count(), codes.len()));
    }
    for (registry, kept, all) in &kept {
        println!("{registry:<12} {kept:>2} of {all:>2}");
    }
    let expected = [
        ("kafka", 29, 31),
        ("mongodb", 12, 12),
        ("postgres", 26, 27),
        ("grpc", 10, 11),
        ("foundationdb", 14, 14),
        ("ydb", 10, 13),
        ("kubernetes", 7, 8),
        ("acme", 4, 4),
        ("oauth", 5, 6),
        ("aws", 20, 20),
    ];
    assert_eq!(kept, expected);
}

#[test]
fn no_class_fits_nine_codes() {
    let all: Vec<_> = registries().into_iter().flat_map(|(_, codes)| codes).collect();
    let lost: Vec<_> = all.iter().filter(|code| !code.is_kept()).map(|code| (code.registry, code.code)).collect();
    let expected = [
        // The work was done.
        ("kafka", "NOT_ENOUGH_REPLICAS_AFTER_APPEND"),
        ("kafka", "ELECTION_NOT_NEEDED"),
        // Only a changed request can succeed: with a longer timeout.
        ("postgres", "57014"),
        ("grpc", "DEADLINE_EXCEEDED"),
        // The outcome is unknown, but the registry actions every request.
        ("ydb", "INTERNAL_ERROR"),
        ("ydb", "CONNECTION_LOST"),
        ("ydb", "CONNECTION_FAILURE"),
        ("kubernetes", "Timeout"),
        // The wait must grow for all later requests.
        ("oauth", "slow_down"),
    ];
    assert_eq!(lost, expected);
    for code in all {
        assert_eq!(code.misfit.is_some(), !code.is_kept(), "{}", code.code);
    }
}

#[test]
fn foundationdb_predicates_are_kept() {
    let retryable_not_committed = BTreeSet::from([
        "not_committed",
        "transaction_too_old",
        "future_version",
        "database_locked",
        "grv_proxy_memory_limit_exceeded",
        "commit_proxy_memory_limit_exceeded",
        "transaction_throttled_hot_shard",
        "batch_transaction_throttled",
        "process_behind",
        "tag_throttled",
        "transaction_rejected_range_locked",
    ]);
    assert_eq!(codes::<FoundationDb>(|any, _| any != RetryAction::GiveUp), retryable_not_committed);
    let maybe_committed = BTreeSet::from(["commit_unknown_result", "cluster_version_changed"]);
    assert_eq!(codes::<FoundationDb>(|any, idempotent| any != idempotent), maybe_committed);
}

#[test]
fn ydb_lists_are_kept() {
    let retried =
        BTreeSet::from(["UNAVAILABLE", "SESSION_EXPIRED", "ABORTED", "BAD_SESSION", "OVERLOADED", "NOT_FOUND"]);
    assert_eq!(codes::<Ydb>(|any, _| any != RetryAction::GiveUp), retried);
    let outcome_unknown = BTreeSet::from(["UNDETERMINED", "INTERNAL_ERROR", "CONNECTION_LOST", "CONNECTION_FAILURE"]);
    assert_eq!(codes::<Ydb>(|any, idempotent| any != idempotent), outcome_unknown, "only the first in the registry");
}
