//! The trait of all error code enums.

use core::error::Error;
use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::time::Duration;

use errtable_spec::{Fault, Retry, RetryAction};

/// An enum of the error codes of a table.
///
/// `#[error_table]` and `#[derive(ErrorCode)]` implement the trait. The enum also has the items
/// inherently, most of them as `const fn`, so you need the trait only in code that is generic over
/// tables. Items that are added later have a default implementation.
///
/// ```
/// use errtable::{CommonError, ErrorCode};
///
/// /// Counts the codes after which an idempotent request can be retried.
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

    /// Looks up a code or alias.
    ///
    /// The match is exact. In a numeric table, the digits of a number are an alias of its code.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// let code = CommonError::from_code("InternalError");
    /// assert_eq!(code, Some(CommonError::InternalError));
    /// assert_eq!(CommonError::from_code("internalerror"), None);
    /// ```
    #[must_use]
    fn from_code(code: &str) -> Option<Self>;

    /// Returns the code as sent on the wire, or in a numeric table its name.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// let code = CommonError::AuthFailureTokenFailure;
    /// assert_eq!(code.as_str(), "AuthFailure.TokenFailure");
    /// ```
    #[must_use]
    fn as_str(self) -> &'static str;

    /// Returns the number that is sent instead of the code, if the table is numeric.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// enum UploadError {
    ///     #[error_code(number = 507)]
    ///     DiskFull,
    /// }
    ///
    /// assert_eq!(ErrorCode::number(UploadError::DiskFull), Some(507));
    /// assert_eq!(CommonError::InternalError.number(), None);
    /// ```
    #[must_use]
    fn number(self) -> Option<i64> {
        None
    }

    /// Looks up a code by its number.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// enum UploadError {
    ///     #[error_code(number = 507)]
    ///     DiskFull,
    /// }
    ///
    /// assert_eq!(UploadError::from_number(507), Some(UploadError::DiskFull));
    /// assert_eq!(CommonError::from_number(507), None);
    /// ```
    #[must_use]
    fn from_number(number: i64) -> Option<Self> {
        let _ = number;
        None
    }

    /// Returns the description, or `""` if the table has none.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// let code = CommonError::InternalError;
    /// assert_eq!(code.meaning(), "Internal error.");
    /// ```
    #[must_use]
    fn meaning(self) -> &'static str;

    /// Returns how a request that failed with this code may be retried.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode, Retry};
    ///
    /// assert_eq!(CommonError::InternalError.retry(), Retry::Transient);
    /// ```
    #[must_use]
    fn retry(self) -> Retry;

    /// Returns who has to fix the error: the client or the server.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode, Fault};
    ///
    /// assert_eq!(CommonError::InternalError.fault(), Fault::Server);
    /// assert_eq!(CommonError::MissingParameter.fault(), Fault::Client);
    /// ```
    #[must_use]
    fn fault(self) -> Fault;

    /// Returns how long to wait before the next attempt, if the table specifies it.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::ErrorCode;
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// enum UploadError {
    ///     #[error_code(retry = "throttled", retry_after_ms = 1500)]
    ///     TooFast,
    /// }
    ///
    /// let wait = UploadError::TooFast.retry_after();
    /// assert_eq!(wait, Some(Duration::from_millis(1500)));
    /// ```
    #[must_use]
    fn retry_after(self) -> Option<Duration>;

    /// Returns the first segment of the code: `AuthFailure` for `AuthFailure.TokenFailure`.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// let code = CommonError::AuthFailureTokenFailure;
    /// assert_eq!(code.family(), "AuthFailure");
    /// ```
    #[must_use]
    fn family(self) -> &'static str;

    /// Returns the name of the first table that contains the code.
    ///
    /// ```
    /// use errtable::error_table;
    ///
    /// #[error_table(bundled = "cls")]
    /// enum ClsError {}
    ///
    /// assert_eq!(ClsError::InternalError.table(), "common"); // a base of `cls`
    /// ```
    #[must_use]
    fn table(self) -> &'static str;

    /// Returns the code with the most similar spelling, for error messages.
    ///
    /// Returns `None` if no code is similar, or if the text is longer than 255 bytes. This does not
    /// allocate.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// let nearest = CommonError::nearest("InternalEror");
    /// assert_eq!(nearest, Some(CommonError::InternalError));
    /// ```
    #[must_use]
    fn nearest(text: &str) -> Option<Self>;

    /// Returns whether and how to retry the request.
    ///
    /// A request is `idempotent` if executing it twice has the same effect as executing it once.
    /// See [`Retry::retry_action`].
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode, RetryAction};
    ///
    /// let code = CommonError::AuthFailureSignatureExpire;
    /// assert_eq!(code.retry_action(false), RetryAction::Renew);
    /// ```
    #[must_use]
    fn retry_action(&self, idempotent: bool) -> RetryAction {
        self.retry().retry_action(idempotent)
    }

    /// Returns whether an idempotent request can be retried with the same parameters.
    ///
    /// ```
    /// use errtable::{CommonError, ErrorCode};
    ///
    /// assert!(CommonError::InternalError.is_retryable());
    /// assert!(!CommonError::MissingParameter.is_retryable());
    /// ```
    #[must_use]
    fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }
}

/// Returns whether the codes have numbers: all of them, or none.
#[cfg(any(feature = "alloc", feature = "serde"))]
pub(crate) fn is_numeric<C: ErrorCode>() -> bool {
    C::ALL.first().is_some_and(|code| code.number().is_some())
}

/// The derives of a hand-written enum. rustc reports this bound instead of the ones it implies.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is missing derives that an error code requires",
    label = "add `#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]`"
)]
pub trait StdDerives: Copy + Eq + Hash + Debug {}

#[diagnostic::do_not_recommend]
impl<T: Copy + Eq + Hash + Debug> StdDerives for T {}

/// Never applies. If a trait has a single implementation, rustc reports the bounds of that instead
/// of the trait.
#[diagnostic::do_not_recommend]
impl<T> StdDerives for T
where
    [T]: Never,
    T: StdDerives,
{
}

/// A trait without implementations.
pub trait Never {}
