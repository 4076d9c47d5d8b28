//! What to do before the next attempt.

use core::time::Duration;

/// What to do before the next attempt, as [`Retries::next`](crate::Retries::next) returns it.
///
/// The enum is exhaustive, so the compiler checks that your loop handles each case:
///
/// ```
/// use std::time::Duration;
///
/// use errtable::Step;
///
/// fn describe(step: Step) -> String {
///     match step {
///         Step::Wait(time) => format!("sleep for {time:?}"),
///         Step::Renew => "log in again".to_owned(),
///         Step::Restart(time) => format!("sleep for {time:?}, then read again"),
///     }
/// }
///
/// let step = Step::Wait(Duration::from_secs(5));
/// assert_eq!(describe(step), "sleep for 5s");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "the next attempt is only safe after this step"]
pub enum Step {
    /// Wait, then retry the request with the same parameters.
    Wait(Duration),
    /// Renew the signature, token, session or route, then retry the request with the same
    /// parameters.
    Renew,
    /// Wait, read the state that the request was built on, then build and send a new request.
    Restart(Duration),
}
