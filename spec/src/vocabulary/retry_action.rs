//! What to do with a request that failed.

/// What to do with a request that failed.
///
/// [`Retry::retry_action`](crate::Retry::retry_action) returns it. The enum is exhaustive, so the
/// compiler checks that your loop handles each case:
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
/// Some retry crates take a closure that sends the request, and a predicate that says whether to
/// call it again. Return false for [`GiveUp`](Self::GiveUp). If each call sends the same request,
/// return false for [`Restart`](Self::Restart), too. Before a retry after [`Renew`](Self::Renew),
/// the closure must renew what is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RetryAction {
    /// Do not retry the request.
    GiveUp,
    /// Wait, then retry the same request.
    Wait,
    /// Renew the signature, token, session or route, then retry the same request *once*.
    Renew,
    /// Read the state again, then build and send a new request. Limit the number of attempts.
    Restart,
}

vocabulary!(RetryAction, ParseRetryActionError, [
    GiveUp, "give_up", "do not retry the request";
    Wait, "wait", "wait, then retry the same request";
    Renew, "renew", "renew the signature, token, session or route, then retry the same request once";
    Restart, "restart", "read the state again, then send a new request";
]);
