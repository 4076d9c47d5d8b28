//! What to do after a failed attempt, and how long to wait.

mod jitter;
mod retryable;
mod step;

use core::time::Duration;

use errtable_spec::{Retry, RetryAction};

use self::jitter::Jitter;
pub use self::retryable::Retryable;
pub use self::step::Step;

/// The retries of one call: decides after each failed attempt what to do before the next one.
///
/// `Retries` never sleeps and never sends. It counts the attempts, computes the waits and asks for
/// one renewal. [`next`](Self::next) gives the error back if a retry could do the work twice, would
/// not help, or is one too many. So `?` ends the loop:
///
/// ```
/// use std::thread::sleep;
/// use std::time::Duration;
///
/// use errtable::{ErrorCode, Retries, Step};
///
/// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
/// enum UploadError {
///     #[error_code(retry = "throttled", retry_after_ms = 20)]
///     TooFast,
///     #[error_code(retry = "renew")]
///     StaleToken,
/// }
///
/// # struct Client { token: u32, sent: u32 }
/// # impl Client {
/// #     fn send(&mut self) -> Result<u32, UploadError> {
/// #         self.sent += 1;
/// #         match self.token {
/// #             _ if self.sent == 1 => Err(UploadError::TooFast),
/// #             0 => Err(UploadError::StaleToken),
/// #             _ => Ok(self.sent),
/// #         }
/// #     }
/// #     fn log_in(&mut self) { self.token += 1 }
/// # }
/// fn upload(client: &mut Client) -> Result<u32, UploadError> {
///     let mut retries = Retries::new(5);
///     loop {
///         let error = match client.send() {
///             Ok(attempts) => return Ok(attempts),
///             Err(error) => error,
///         };
///         match retries.next(error, false)? {
///             // No code of this enum asks for a restart.
///             Step::Wait(time) | Step::Restart(time) => sleep(time),
///             Step::Renew => client.log_in(),
///         }
///     }
/// }
/// # let mut client = Client { token: 0, sent: 0 };
/// assert_eq!(upload(&mut client), Ok(3));
/// ```
///
/// # Waits
///
/// The first wait is between zero and [`base`](Self::base). The upper bound doubles with each wait.
/// If the service or the table asks for a wait, it is added to both bounds. No wait is longer than
/// [`max_wait`](Self::max_wait).
///
/// Each wait is picked at random between its bounds, so that clients that failed together don't
/// retry together. See [`jitter`](Self::jitter).
///
/// # One policy for all calls
///
/// Put the limits in a constant. Each use of a constant is a new value, as each call needs one:
///
/// ```
/// use std::time::Duration;
///
/// use errtable::{CommonError, Retries};
///
/// const POLICY: Retries = Retries::new(3).max_wait(Duration::from_secs(5));
///
/// let mut retries = POLICY;
/// let never = CommonError::MissingParameter;
/// assert_eq!(retries.next(never, true), Err(never));
/// ```
#[derive(Clone, Debug)]
pub struct Retries {
    /// The attempts that are left.
    attempts: u32,
    /// The upper bound of the next wait, unless `max_wait` is shorter.
    backoff: Duration,
    max_wait: Duration,
    renewed: bool,
    /// Whether an earlier attempt may have done the work.
    may_be_done: bool,
    jitter: Jitter,
}

impl Retries {
    /// Permits a number of attempts.
    ///
    /// The first request counts as one, and so does each retry. With zero or one, nothing is
    /// retried.
    ///
    /// ```
    /// use errtable::{CommonError, Retries};
    ///
    /// let mut retries = Retries::new(2);
    /// let throttled = CommonError::RequestLimitExceeded;
    /// assert!(retries.next(throttled, false).is_ok());
    /// assert_eq!(retries.next(throttled, false), Err(throttled));
    /// ```
    #[must_use]
    pub const fn new(attempts: u32) -> Self {
        Self {
            attempts: attempts.saturating_sub(1),
            backoff: Duration::from_millis(100),
            max_wait: Duration::from_secs(30),
            renewed: false,
            may_be_done: false,
            jitter: Jitter::new(),
        }
    }

    /// Sets the upper bound of the first wait. It doubles with each wait.
    ///
    /// The default is 100 ms.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{CommonError, Retries, Step};
    ///
    /// // Tests need no waits.
    /// let mut retries = Retries::new(5).base(Duration::ZERO);
    /// let step = retries.next(CommonError::RequestLimitExceeded, false);
    /// assert_eq!(step, Ok(Step::Wait(Duration::ZERO)));
    /// ```
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.backoff = base;
        self
    }

    /// Sets the longest wait. The default is 30 s.
    ///
    /// If the service or the table asks for a longer wait, you get the error back: an earlier retry
    /// would fail, and your caller should not hang for an hour.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{ApiError, CommonError, Retries};
    ///
    /// let throttled = ApiError::new(CommonError::RequestLimitExceeded, "");
    /// let throttled = throttled.with_retry_after(Duration::from_secs(60));
    ///
    /// let mut retries = Retries::new(5);
    /// assert_eq!(retries.next(throttled.clone(), false), Err(throttled.clone()));
    ///
    /// let mut retries = Retries::new(5).max_wait(Duration::from_secs(60));
    /// assert!(retries.next(throttled, false).is_ok());
    /// ```
    #[must_use]
    pub const fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// Seeds the random waits, so that they can be repeated.
    ///
    /// With the feature `std`, the default is a random seed for each value. Without `std`, there is
    /// no source of a seed, and each wait is its upper bound. Set a seed that differs between
    /// devices, such as a serial number.
    ///
    /// ```
    /// use errtable::{CommonError, Retries};
    ///
    /// let throttled = CommonError::RequestLimitExceeded;
    /// let step = |seed| Retries::new(5).jitter(seed).next(throttled, false);
    /// assert_eq!(step(7), step(7));
    /// assert_ne!(step(7), step(8));
    /// ```
    #[must_use]
    pub const fn jitter(mut self, seed: u64) -> Self {
        self.jitter = Jitter::seeded(seed);
        self
    }

    /// Returns what to do before the next attempt, or gives the error back.
    ///
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    /// The [guide](crate::guide::retrying) shows a complete loop.
    ///
    /// # Errors
    ///
    /// Returns `error` if
    ///
    /// - all attempts are used up
    /// - its class is [`Never`](crate::Retry::Never)
    /// - its class is [`Transient`](crate::Retry::Transient), and the request is not idempotent:
    ///   the work may have been done
    /// - its class is [`Renew`](crate::Retry::Renew), and you have renewed once
    /// - its class is [`Restart`](crate::Retry::Restart), and an earlier class was `Transient`: the
    ///   state may have changed because the work is done, so a new request could do it twice
    /// - the service or the table asks for a wait longer than [`max_wait`](Self::max_wait)
    ///
    /// ```
    /// use errtable::{CommonError, Retries, Step};
    ///
    /// let mut retries = Retries::new(5);
    /// let stale = CommonError::AuthFailureTokenFailure;
    /// assert_eq!(retries.next(stale, false), Ok(Step::Renew));
    /// assert_eq!(retries.next(stale, false), Err(stale));
    ///
    /// let failed = CommonError::InternalError;
    /// assert_eq!(retries.next(failed, false), Err(failed));
    /// assert!(matches!(retries.next(failed, true), Ok(Step::Wait(_))));
    /// ```
    pub fn next<E: Retryable>(&mut self, error: E, idempotent: bool) -> Result<Step, E> {
        self.step(&error, idempotent).ok_or(error)
    }

    /// Like [`next`](Self::next), but borrows the error, and returns `None` where `next` gives it
    /// back.
    ///
    /// Use it in the callbacks of middleware and retry crates, which own the error.
    ///
    /// ```
    /// use errtable::{CommonError, Retries};
    ///
    /// let mut retries = Retries::new(5);
    /// let mut should_retry = |e: &CommonError| retries.step(e, false).is_some();
    /// assert!(should_retry(&CommonError::RequestLimitExceeded));
    /// assert!(!should_retry(&CommonError::InternalError));
    /// ```
    #[must_use]
    pub fn step(&mut self, error: &(impl Retryable + ?Sized), idempotent: bool) -> Option<Step> {
        let attempts = self.attempts.checked_sub(1)?;
        let class = error.retry();
        let step = match class.retry_action(idempotent) {
            RetryAction::GiveUp => None,
            RetryAction::Wait => self.wait(error.retry_after()).map(Step::Wait),
            RetryAction::Restart if self.may_be_done => None,
            RetryAction::Restart => self.wait(error.retry_after()).map(Step::Restart),
            RetryAction::Renew => self.renew(),
        }?;
        self.attempts = attempts;
        self.may_be_done |= class == Retry::Transient;
        Some(step)
    }

    fn renew(&mut self) -> Option<Step> {
        let renewed = core::mem::replace(&mut self.renewed, true);
        (!renewed).then_some(Step::Renew)
    }

    /// Returns the next wait, which is at least `asked`. Returns `None` if that is too long.
    fn wait(&mut self, asked: Option<Duration>) -> Option<Duration> {
        let least = asked.unwrap_or_default();
        if least > self.max_wait {
            return None;
        }
        let most = self.backoff.saturating_add(least).min(self.max_wait);
        self.backoff = self.backoff.saturating_mul(2);
        Some(self.jitter.pick(least, most))
    }
}
