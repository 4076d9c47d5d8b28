//! A number of a sample, or of the data.

use serde_core::ser::{Serialize, Serializer};

/// The name of the struct by which `serde_json` passes a number with feature `arbitrary_precision`.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// A number. Integers are never equal to fractions: `2` is not `2.0`.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Number {
    Unsigned(u64),
    Negative(i64),
    Float(f64),
}

impl Number {
    /// Parses a number of JSON, which is always an `f64`.
    pub(super) fn parse(digits: &str) -> Self {
        match (digits.parse::<u64>(), digits.parse::<i64>()) {
            (Ok(number), _) => number.into(),
            // `-0` is not negative.
            (_, Ok(number)) => number.into(),
            _ => Self::Float(digits.parse().unwrap_or_default()),
        }
    }

    pub(super) fn is_zero(self) -> bool {
        match self {
            Self::Unsigned(number) => number == 0,
            Self::Negative(_) => false,
            Self::Float(number) => number == 0.0,
        }
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self::Unsigned(number)
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        u64::try_from(number).map_or(Self::Negative(number), Self::Unsigned)
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unsigned(number) => serializer.serialize_u64(*number),
            Self::Negative(number) => serializer.serialize_i64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
        }
    }
}
