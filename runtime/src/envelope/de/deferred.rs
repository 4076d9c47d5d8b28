//! The error of `T`, which is discarded if the response is a failure.

use core::fmt;

use serde_core::de::{Error, Expected, Unexpected};

/// An error of the format, or one that is not created until it is reported.
///
/// `{"TotalCount": 0, "Error": {…}}` has a missing field for most types, and its error would
/// allocate.
#[derive(Debug)]
pub(super) enum Deferred<E> {
    MissingField(&'static str),
    Inner(E),
}

impl<E: Error> Deferred<E> {
    pub(super) fn into_inner(self) -> E {
        match self {
            Self::MissingField(field) => E::missing_field(field),
            Self::Inner(error) => error,
        }
    }
}

impl<E> From<E> for Deferred<E> {
    fn from(error: E) -> Self {
        Self::Inner(error)
    }
}

impl<E: Error> Error for Deferred<E> {
    fn missing_field(field: &'static str) -> Self {
        Self::MissingField(field)
    }

    fn custom<M: fmt::Display>(message: M) -> Self {
        E::custom(message).into()
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        E::invalid_type(unexpected, expected).into()
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        E::invalid_value(unexpected, expected).into()
    }

    fn invalid_length(len: usize, expected: &dyn Expected) -> Self {
        E::invalid_length(len, expected).into()
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        E::unknown_variant(variant, expected).into()
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        E::unknown_field(field, expected).into()
    }

    fn duplicate_field(field: &'static str) -> Self {
        E::duplicate_field(field).into()
    }
}

impl<E: Error> core::error::Error for Deferred<E> {}

impl<E: Error> fmt::Display for Deferred<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingField(field) => fmt::Display::fmt(&E::missing_field(field), f),
            Self::Inner(error) => fmt::Display::fmt(error, f),
        }
    }
}
