//! How a failed request may be sent again.

/// How a failed request may be sent again. Returned by [`Retry::resend`](crate::Retry::resend).
///
/// A retry loop handles each case of an exhaustive `match`:
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::{Resend, Retry};
///
/// fn next_step(retry: Retry, idempotent: bool) -> &'static str {
///     match retry.resend(idempotent) {
///         Resend::No => "return the error",
///         Resend::AfterWait => "sleep",
///         Resend::AfterRenewal => "sign in again",
///         Resend::AfterRestart => "read again, and build a new request",
///     }
/// }
///
/// assert_eq!(next_step(Retry::Throttled, false), "sleep");
/// assert_eq!(next_step(Retry::Transient, false), "return the error");
/// ```
///
/// A retry library calls a closure again if a predicate is true. If the closure builds its request
/// from the current state, the predicate is `error.resend(idempotent) != Resend::No`. If it sends
/// the same request, the predicate is `error.may_resend(idempotent)`, which excludes
/// [`AfterRestart`](Self::AfterRestart). The closure must renew what is stale in both cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resend {
    /// Do not send the request again.
    No,
    /// Wait, then send the same request again.
    AfterWait,
    /// Renew the signature, token, session or route, then send the same request *once*.
    AfterRenewal,
    /// Read the state again, then send a new request. The caller limits the number of attempts.
    AfterRestart,
}

vocabulary!(Resend, ParseResendError, [
    No, "no", "do not send the request again";
    AfterWait, "after_wait", "wait, then send the same request again";
    AfterRenewal, "after_renewal", "renew the signature, token, session or route, then send the same request once";
    AfterRestart, "after_restart", "read the state again, then send a new request";
]);
