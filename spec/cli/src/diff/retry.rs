//! Whether more or fewer requests are retried.

use std::collections::BTreeSet;

use errtable_spec::{Retry, RetryAction, Row};

use crate::diff::change::Effect;

/// Returns the effects of a spelling with another row. A spelling without a row is unknown, and
/// its request is never retried.
pub(super) fn row_effects(old: Option<&Row>, new: Option<&Row>) -> BTreeSet<Effect> {
    let retry = |row: Option<&Row>| row.map_or(Retry::Never, |row| row.retry);
    let mut effects = retry_effects(retry(old), retry(new));
    if let (Some(old), Some(new)) = (old, new) {
        effects.extend((old.fault != new.fault).then_some(Effect::FaultChanged));
        effects.extend((old.retry_after_ms != new.retry_after_ms).then_some(Effect::WaitChanged));
    }
    effects
}

/// Returns the effects of another retry class, exactly: for requests that are idempotent, and for
/// those that are not.
pub(super) fn retry_effects(old: Retry, new: Retry) -> BTreeSet<Effect> {
    let effect = |idempotent| {
        let (before, after) = (old.retry_action(idempotent), new.retry_action(idempotent));
        match rank(before).cmp(&rank(after)) {
            std::cmp::Ordering::Less => Some(Effect::MoreRetried),
            std::cmp::Ordering::Greater => Some(Effect::FewerRetried),
            std::cmp::Ordering::Equal => (before != after).then_some(Effect::RetriedDifferently),
        }
    };
    let effects: BTreeSet<_> = [false, true].into_iter().filter_map(effect).collect();
    // `throttled` and `conflict` are retried after different waits.
    let is_other_wait = effects.is_empty() && old != new;
    if is_other_wait { [Effect::RetriedDifferently].into() } else { effects }
}

/// Returns how much is retried: nothing, a new request, or the same request.
///
/// `restart` is between the others because `is_retryable` is false for it, and a program may use
/// either `is_retryable` or `retry_action`.
fn rank(action: RetryAction) -> u8 {
    match action {
        RetryAction::GiveUp => 0,
        RetryAction::Restart => 1,
        RetryAction::Wait | RetryAction::Renew => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A retry loop acts if one of these is true. A change of either is an effect.
    const PREDICATES: [fn(Retry, bool) -> bool; 2] = [
        |retry, idempotent| matches!(retry.retry_action(idempotent), RetryAction::Wait | RetryAction::Renew),
        |retry, idempotent| retry.retry_action(idempotent) != RetryAction::GiveUp,
    ];

    #[test]
    fn effects_are_those_of_retry_loops() {
        for old in Retry::ALL {
            for new in Retry::ALL {
                let effects = retry_effects(*old, *new);
                let changes = |from: bool| {
                    PREDICATES.iter().any(|predicate| {
                        [false, true].into_iter().any(|idempotent| {
                            predicate(*old, idempotent) == from && predicate(*new, idempotent) != from
                        })
                    })
                };
                assert_eq!(effects.contains(&Effect::MoreRetried), changes(false), "{old} -> {new}");
                assert_eq!(effects.contains(&Effect::FewerRetried), changes(true), "{old} -> {new}");
                assert_eq!(effects.is_empty(), old == new, "{old} -> {new}");
            }
        }
    }
}
