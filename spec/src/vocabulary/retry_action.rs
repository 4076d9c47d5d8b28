//! What to do with a request that failed.

/// What to do with a request that failed.
///
/// Returned by [`Retry::retry_action`](crate::Retry::retry_action).
///
/// A retry loop handles each case of an exhaustive `match`:
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::{RetryAction, Retry};
///
/// fn next_step(retry: Retry, idempotent: bool) -> &'static str {
///     match retry.retry_action(idempotent) {
///         RetryAction::GiveUp => "return the error",
///         RetryAction::Wait => "sleep",
///         RetryAction::Renew => "sign in again",
///         RetryAction::Restart => "read again, and build a new request",
///     }
/// }
///
/// assert_eq!(next_step(Retry::Throttled, false), "sleep");
/// assert_eq!(next_step(Retry::Transient, false), "return the error");
/// ```
///
/// A retry library calls a closure again if a predicate is true. If the closure builds its request
/// from the current state, that is each action but [`GiveUp`](Self::GiveUp). If it sends the same
/// request, exclude [`Restart`](Self::Restart), too. The closure must renew what is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RetryAction {
    /// Do not retry the request.
    GiveUp,
    /// Wait, then retry the same request.
    Wait,
    /// Renew the signature, token, session or route, then retry the same request *once*.
    Renew,
    /// Read the state again, then send a new request. The caller limits the number of attempts.
    Restart,
}

vocabulary!(RetryAction, ParseRetryActionError, [
    GiveUp, "give_up", "do not retry the request";
    Wait, "wait", "wait, then retry the same request";
    Renew, "renew", "renew the signature, token, session or route, then retry the same request once";
    Restart, "restart", "read the state again, then send a new request";
]);
