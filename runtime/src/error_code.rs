//! The trait of all error code enums.

use core::error::Error;
use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::time::Duration;

use errtable_spec::{Fault, Resend, Retry};

/// An enum of the error codes of a table.
///
/// `#[error_table]` and `#[derive(ErrorCode)]` implement the trait, and a library can be generic
/// over it. The enum also has the items inherently, most of them as `const fn`. There is no need to
/// implement the trait by hand. Items that are added later have a default.
///
/// ```
/// use errtable::{CommonError, ErrorCode};
///
/// /// Counts the codes after which an idempotent request may be sent again.
/// fn retryable<C: ErrorCode>() -> usize {
///     C::ALL.iter().filter(|code| code.is_retryable()).count()
/// }
///
/// assert_eq!(retryable::<CommonError>(), 6);
/// ```
pub trait ErrorCode: Copy + Eq + Hash + Debug + Display + Error + Send + Sync + StdDerives + 'static {
    /// The name of the table.
    const NAME: &'static str;

    /// All codes, in table order.
    const ALL: &'static [Self];

    /// Looks up a code or alias. The match is exact.
    fn from_code(code: &str) -> Option<Self>;

    /// Returns the code as sent on the wire.
    fn as_str(self) -> &'static str;

    /// Returns the description, or `""` if the table has none.
    fn meaning(self) -> &'static str;

    /// Returns how a request that failed with this code may be retried.
    fn retry(self) -> Retry;

    /// Returns who must act on the error.
    fn fault(self) -> Fault;

    /// Returns how long to wait before the next attempt, if the table specifies it.
    fn retry_after(self) -> Option<Duration>;

    /// Returns the first segment of the code: `AuthFailure` for `AuthFailure.TokenFailure`.
    fn family(self) -> &'static str;

    /// Returns the name of the first table that contains the code.
    fn table(self) -> &'static str;

    /// Returns the code with the most similar spelling, for error messages.
    ///
    /// Returns `None` if no code is similar, or if the text is longer than 255 bytes. Does not
    /// allocate.
    fn nearest(text: &str) -> Option<Self>;

    /// Returns whether and how the request may be sent again.
    ///
    /// See [`Retry::resend`].
    fn resend(&self, idempotent: bool) -> Resend {
        self.retry().resend(idempotent)
    }

    /// Returns whether an idempotent request may be sent again: `may_resend(true)`.
    fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Returns whether the request may be sent again without doing the work twice.
    ///
    /// See [`Retry::may_resend`].
    fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }
}

/// The derives of a hand-written enum. rustc reports this bound instead of the ones it implies.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is missing derives that an error code requires",
    label = "add `#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]`"
)]
pub trait StdDerives: Copy + Eq + Hash + Debug {}

#[diagnostic::do_not_recommend]
impl<T: Copy + Eq + Hash + Debug> StdDerives for T {}

/// Never applies. rustc reports the bounds of an only implementation, but the trait if it has two.
#[diagnostic::do_not_recommend]
impl<T> StdDerives for T
where
    [T]: Never,
    T: StdDerives,
{
}

/// A trait without implementations.
pub trait Never {}
