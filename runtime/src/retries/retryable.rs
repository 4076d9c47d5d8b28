//! Errors that say whether a request can be retried.

use core::time::Duration;

use errtable_spec::Retry;

#[cfg(feature = "alloc")]
use crate::api_error::ApiError;
#[cfg(feature = "alloc")]
use crate::code::Code;
#[cfg(feature = "json")]
use crate::error::Error;
use crate::error_code::ErrorCode;
#[cfg(feature = "json")]
use crate::malformed::Malformed;

/// An error that [`Retries`](crate::Retries) accepts: it says whether a request can be retried.
///
/// All errors and codes of errtable implement the trait. Implement it for the error of your client,
/// which also has failures without a response:
///
/// ```
/// use std::time::Duration;
///
/// use errtable::{CommonError, Error, Retries, Retry, Retryable, Step};
///
/// enum ClientError {
///     /// The service may have done the work before the connection broke.
///     NoResponse(std::io::Error),
///     Service(Error<CommonError>),
/// }
///
/// impl Retryable for ClientError {
///     fn retry(&self) -> Retry {
///         match self {
///             Self::NoResponse(_) => Retry::Transient,
///             Self::Service(error) => error.retry(),
///         }
///     }
///
///     fn retry_after(&self) -> Option<Duration> {
///         match self {
///             Self::NoResponse(_) => None,
///             Self::Service(error) => error.retry_after(),
///         }
///     }
/// }
///
/// let mut retries = Retries::new(5);
/// let timeout = || ClientError::NoResponse(std::io::ErrorKind::TimedOut.into());
/// assert!(matches!(retries.next(timeout(), true), Ok(Step::Wait(_))));
/// assert!(retries.next(timeout(), false).is_err());
/// ```
pub trait Retryable {
    /// Returns how a request that failed with this error may be retried.
    ///
    /// ```
    /// use errtable::{CommonError, Retry, Retryable};
    ///
    /// fn class(error: &dyn Retryable) -> Retry {
    ///     error.retry()
    /// }
    ///
    /// assert_eq!(class(&CommonError::InternalError), Retry::Transient);
    /// ```
    #[must_use]
    fn retry(&self) -> Retry;

    /// Returns the shortest wait before the next attempt, if the service or the table asks for one.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use errtable::{ApiError, CommonError, Retryable};
    ///
    /// fn wait(error: &dyn Retryable) -> Option<Duration> {
    ///     error.retry_after()
    /// }
    ///
    /// let error = ApiError::new(CommonError::RequestLimitExceeded, "");
    /// assert_eq!(wait(&error), None);
    ///
    /// let second = Duration::from_secs(1);
    /// assert_eq!(wait(&error.with_retry_after(second)), Some(second));
    /// ```
    #[must_use]
    fn retry_after(&self) -> Option<Duration>;
}

impl<C: ErrorCode> Retryable for C {
    fn retry(&self) -> Retry {
        C::retry(*self)
    }

    fn retry_after(&self) -> Option<Duration> {
        C::retry_after(*self)
    }
}

/// Forwards to the inherent methods of a type, which take precedence over those of the trait.
#[cfg(feature = "alloc")]
macro_rules! forward {
    ($($type:ty),*) => {
        $(
            impl<C: ErrorCode> Retryable for $type {
                fn retry(&self) -> Retry {
                    <$type>::retry(self)
                }

                fn retry_after(&self) -> Option<Duration> {
                    <$type>::retry_after(self)
                }
            }
        )*
    };
}

#[cfg(feature = "alloc")]
forward!(ApiError<C>, Code<C>);

#[cfg(feature = "json")]
forward!(Error<C>);

#[cfg(feature = "json")]
impl Retryable for Malformed {
    fn retry(&self) -> Retry {
        Self::retry(self)
    }

    fn retry_after(&self) -> Option<Duration> {
        Self::retry_after(self)
    }
}
