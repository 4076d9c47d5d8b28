//! The error of `T` where it is mixed with members of a sample.

use core::fmt;

use serde_core::de::{Error, Expected, Unexpected};

/// Why `T` was not read.
#[derive(Debug)]
pub(super) enum Stop<E> {
    /// A constant of the sample is contradicted, so `T` is not needed. Does not allocate.
    Contradicted,
    /// The body is invalid, or `T` rejected it.
    Failed(E),
}

impl<E> From<E> for Stop<E> {
    fn from(error: E) -> Self {
        Self::Failed(error)
    }
}

impl<E: Error> Error for Stop<E> {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self::Failed(E::custom(message))
    }

    // `serde_json` describes a number in another way than the default.
    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Failed(E::invalid_type(unexpected, expected))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Failed(E::invalid_value(unexpected, expected))
    }
}

impl<E: Error> core::error::Error for Stop<E> {}

impl<E: Error> fmt::Display for Stop<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contradicted => f.write_str("not a success"),
            Self::Failed(error) => fmt::Display::fmt(error, f),
        }
    }
}
