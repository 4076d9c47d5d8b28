//! The search for an error of the service in a chain of errors.

use alloc::boxed::Box;
use core::error::Error;
use core::iter::successors;

use crate::api_error::ApiError;
use crate::error_code::ErrorCode;

/// The number of errors that a search visits, because a chain may be circular.
const MAX_DEPTH: usize = 64;

/// Applies a test to an error and its sources, outermost first, and returns what it finds.
fn find_map<'a, T>(
    error: &'a (dyn Error + 'static),
    test: impl Fn(&'a (dyn Error + 'static)) -> Option<&'a T>,
) -> Option<&'a T> {
    successors(Some(error), |&error| error.source()).take(MAX_DEPTH).find_map(test)
}

/// Returns an error if it is a `T` or a `Box<T>`.
fn downcast<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    error.downcast_ref().or_else(|| error.downcast_ref::<Box<T>>().map(Box::as_ref))
}

impl<C: ErrorCode> ApiError<C> {
    /// Finds an `ApiError` in an error or its sources, for example in an `anyhow::Error`.
    ///
    /// This visits at most 64 errors. An `ApiError` with another enum is not found, even if the
    /// table of that enum extends the table of `C`.
    ///
    /// ```
    /// use errtable::{ApiError, CommonError};
    ///
    /// #[derive(Debug)]
    /// struct Upload(ApiError<CommonError>);
    /// # impl std::fmt::Display for Upload {
    /// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    /// #         f.write_str("the upload failed")
    /// #     }
    /// # }
    ///
    /// impl std::error::Error for Upload {
    ///     fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
    ///         Some(&self.0)
    ///     }
    /// }
    ///
    /// let error = Upload(ApiError::new("InternalError", "try again"));
    /// let found = ApiError::<CommonError>::find(&error);
    /// assert!(found.is_some_and(|error| error.is_retryable()));
    /// ```
    #[must_use]
    pub fn find<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        find_map(error, |error| {
            #[cfg(feature = "json")]
            if let Some(error) = downcast::<crate::error::Error<C>>(error) {
                return error.api();
            }
            downcast(error)
        })
    }
}

#[cfg(feature = "json")]
impl<C: ErrorCode> crate::error::Error<C> {
    /// Finds the error of a response in an error or its sources.
    ///
    /// This visits at most 64 errors. An `Error` with another enum is not found, even if the table
    /// of that enum extends the table of `C`.
    ///
    /// ```
    /// use errtable::{CommonError, Error, from_response};
    ///
    /// let error = from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    /// let error: Box<dyn std::error::Error> = error.into();
    /// let found = Error::<CommonError>::find(&*error);
    /// assert_eq!(found.and_then(|error| error.status()), Some(502));
    /// ```
    #[must_use]
    pub fn find<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        find_map(error, downcast)
    }
}

#[cfg(test)]
mod tests {
    use core::fmt;

    use super::*;

    /// An error whose source has a number that is one less.
    #[derive(Debug)]
    struct Link(usize, Option<Box<Link>>);

    impl fmt::Display for Link {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Ok(())
        }
    }

    impl Error for Link {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|link| link as _)
        }
    }

    fn chain(length: usize) -> Link {
        (1..length).fold(Link(0, None), |source, number| Link(number, Some(source.into())))
    }

    #[test]
    fn outermost_match_is_found() {
        let chain = chain(3);
        let found = |matches: fn(&Link) -> bool| {
            find_map(&chain, |error| downcast::<Link>(error).filter(|link| matches(link))).map(|link| link.0)
        };
        assert_eq!(found(|_| true), Some(2));
        assert_eq!(found(|link| link.0 < 2), Some(1));
        assert_eq!(found(|_| false), None);
    }

    #[test]
    fn only_64_errors_are_visited() {
        for (length, is_found) in [(64, true), (65, false)] {
            let chain = chain(length);
            let innermost = find_map(&chain, |error| downcast::<Link>(error).filter(|link| link.0 == 0));
            assert_eq!(innermost.is_some(), is_found);
        }
    }

    #[test]
    fn boxed_error_is_found() {
        let boxed: Box<dyn Error> = Box::new(Box::new(chain(1)));
        assert!(boxed.downcast_ref::<Link>().is_none());
        assert!(downcast::<Link>(&*boxed).is_some());
        assert!(downcast::<fmt::Error>(&*boxed).is_none());
    }
}
