//! The trait that every generated enum implements.

use core::error::Error;
use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::time::Duration;

use errtable_spec::{Fault, Retry};

/// An enum of the error codes of one table.
///
/// `#[error_table]` and `#[derive(ErrorCode)]` implement it; a library can be generic over it. The enum has the same items
/// inherently, nearly all as `const fn`. Nobody else needs to implement it, and what is added later has a default.
///
/// ```
/// use errtable::{CommonError, ErrorCode};
///
/// /// How many of a table's codes allow an idempotent request to be sent again.
/// fn retryable<C: ErrorCode>() -> usize {
///     C::ALL.iter().filter(|code| code.is_retryable()).count()
/// }
///
/// assert_eq!(retryable::<CommonError>(), 6);
/// ```
pub trait ErrorCode: Copy + Eq + Hash + Debug + Display + Error + Send + Sync + 'static {
    /// The name of the table.
    const NAME: &'static str;

    /// Every code, in table order.
    const ALL: &'static [Self];

    /// The code with exactly this text, or with this alias.
    fn from_code(code: &str) -> Option<Self>;

    /// The code as it stands on the wire.
    fn as_str(self) -> &'static str;

    /// What the table says of the code; "" where it is silent.
    fn description(self) -> &'static str;

    /// What resending a request that met this code needs.
    fn retry(self) -> Retry;

    /// Who has to act on it.
    fn fault(self) -> Fault;

    /// How long to wait before the next attempt, where the table says so.
    fn retry_after(self) -> Option<Duration>;

    /// The first segment of the code: `AuthFailure` of `AuthFailure.TokenFailure`.
    fn family(self) -> &'static str;

    /// The name of the first table that holds the code: this one, or one that it extends.
    fn table(self) -> &'static str;

    /// The code nearest to `text` by spelling, for messages; `None` where nothing is near.
    ///
    /// Looks at no text over 255 bytes and does not allocate.
    fn nearest(text: &str) -> Option<Self>;

    /// Whether an idempotent request may be sent again: `may_resend(true)`.
    fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Whether a new attempt may be sent without doing the work twice; see [`Retry::may_resend`].
    fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }
}
