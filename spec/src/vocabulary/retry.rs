//! Whether and how a request can be retried after an error.

use crate::vocabulary::retry_action::RetryAction;

/// Whether and how a request can be retried after an error.
///
/// The class says what is safe. How often to retry, and how to back off, is up to you.
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::{RetryAction, Retry};
///
/// let retry: Retry = "throttled".parse()?;
/// assert_eq!(retry, Retry::Throttled);
/// assert_eq!(retry.retry_action(false), RetryAction::Wait);
/// assert_eq!(Retry::Transient.retry_action(false), RetryAction::GiveUp);
/// # Ok::<(), errtable::ParseRetryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The request itself was rejected. Do not retry it as it is.
    Never,
    /// The request was built on state that has changed, for example a stale version or an aborted
    /// transaction. Nothing was done. Read the state again, and build a new request.
    Restart,
    /// The service rejected the request before any work was done, because of a rate limit or
    /// overload, or because it is starting up. Any request can be retried after a wait.
    Throttled,
    /// The state of a resource does not allow the request. Nothing was done. Wait until that state
    /// changes.
    Conflict,
    /// Something that the client holds is stale: a signature, token, session or route. Nothing was
    /// done. Renew it, and retry *once*.
    Renew,
    /// The server failed. The work may have been done. Wait, and retry only idempotent requests.
    Transient,
}

vocabulary!(Retry, ParseRetryError, [
    Never, "never", "do not retry the request as it is";
    Restart, "restart", "the state that the request was built on has changed: read it again and build a new request";
    Throttled, "throttled", "rejected for load or readiness before any work was done: wait, then retry any request";
    Conflict, "conflict", "the state of a resource does not allow it: wait until the state changes, then retry";
    Renew, "renew", "a signature, token, session or route is stale: renew it, then retry once";
    Transient, "transient", "the server failed, the work may or may not have been done: wait, then retry an idempotent request";
]);

impl Retry {
    /// Returns the class of an HTTP status, for a response without an error code.
    ///
    /// 425 and 429 are throttled; 408, 500, 502, 503 and 504 are transient. All others are
    /// [`Never`](Self::Never).
    ///
    /// ```
    /// # extern crate errtable_spec as errtable;
    /// use errtable::Retry;
    ///
    /// assert_eq!(Retry::from_http_status(429), Retry::Throttled);
    /// assert_eq!(Retry::from_http_status(502), Retry::Transient);
    /// assert_eq!(Retry::from_http_status(404), Retry::Never);
    /// ```
    #[must_use]
    pub const fn from_http_status(status: u16) -> Self {
        match status {
            425 | 429 => Self::Throttled,
            408 | 500 | 502..=504 => Self::Transient,
            _ => Self::Never,
        }
    }

    /// Returns whether and how to retry the request.
    ///
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    ///
    /// ```
    /// # extern crate errtable_spec as errtable;
    /// use errtable::{RetryAction, Retry};
    ///
    /// assert_eq!(Retry::Restart.retry_action(false), RetryAction::Restart);
    /// assert_eq!(Retry::Renew.retry_action(false), RetryAction::Renew);
    /// assert_eq!(Retry::Transient.retry_action(true), RetryAction::Wait);
    /// assert_eq!(Retry::Transient.retry_action(false), RetryAction::GiveUp);
    /// ```
    #[must_use]
    pub const fn retry_action(self, idempotent: bool) -> RetryAction {
        match self {
            Self::Restart => RetryAction::Restart,
            Self::Renew => RetryAction::Renew,
            Self::Throttled | Self::Conflict => RetryAction::Wait,
            Self::Transient if idempotent => RetryAction::Wait,
            Self::Never | Self::Transient => RetryAction::GiveUp,
        }
    }

    /// Returns whether an idempotent request can be retried with the same parameters.
    ///
    /// It can after [`Wait`](RetryAction::Wait) and after [`Renew`](RetryAction::Renew): a new
    /// signature does not change the parameters. [`Restart`](RetryAction::Restart) does.
    ///
    /// ```
    /// # extern crate errtable_spec as errtable;
    /// use errtable::Retry;
    ///
    /// assert!(Retry::Transient.is_retryable());
    /// assert!(!Retry::Never.is_retryable());
    /// ```
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self.retry_action(true), RetryAction::Wait | RetryAction::Renew)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_http_status_covers_every_status() {
        for status in 0..=u16::MAX {
            let expected = match status {
                425 | 429 => Retry::Throttled,
                408 | 500 | 502 | 503 | 504 => Retry::Transient,
                _ => Retry::Never,
            };
            assert_eq!(Retry::from_http_status(status), expected, "{status}");
        }
    }

    #[test]
    fn meanings_are_distinct() {
        assert_eq!(Retry::Never.meaning(), "do not retry the request as it is");
        for class in Retry::ALL {
            let alike = Retry::ALL.iter().filter(|other| other.meaning() == class.meaning());
            assert_eq!(alike.count(), 1, "{class}");
        }
    }

    #[test]
    fn parse_error_lists_the_classes() {
        let expected = "expected `never`, `restart`, `throttled`, `conflict`, `renew` or `transient`";
        assert_eq!("later".parse::<Retry>().unwrap_err().to_string(), expected);
    }
}
