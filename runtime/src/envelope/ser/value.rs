//! The values that a server writes: those of an error, of its row, and of a success.

use core::fmt;
use core::time::Duration;

use errtable_spec::{ColumnValue, Writable};
use serde_core::ser::{Serialize, Serializer};

use crate::api_error::ApiError;
use crate::envelope::Envelope;
use crate::enveloped::Enveloped;

/// The value of a placeholder.
pub(super) enum Value<'a> {
    Column(ColumnValue),
    Text(&'a str),
    #[cfg(feature = "json")]
    Details(serde_json::Value),
}

impl<'a> Value<'a> {
    /// Returns the value of a placeholder, if it is known.
    pub(super) fn of<T, C: Enveloped>(envelope: &'a Envelope<T, C>, value: Writable) -> Option<Self> {
        match (envelope, value) {
            (Envelope::Failure(error), value) => Self::of_failure(error, value),
            (Envelope::Success(success), Writable::RequestId) => {
                Some(Self::Text(success.request_id.as_deref().unwrap_or_default()))
            }
            (Envelope::Success(_), _) => None,
        }
    }

    fn of_failure<C: Enveloped>(error: &'a ApiError<C>, value: Writable) -> Option<Self> {
        let known = error.known();
        Some(match value {
            Writable::Code => Self::Text(error.code().as_str()),
            Writable::Message => Self::Text(error.message()),
            Writable::RequestId => Self::Text(error.request_id().unwrap_or_default()),
            Writable::RetryAfter => Self::seconds(error.retry_after()?),
            Writable::RetryAfterMs => {
                let milliseconds = u64::try_from(error.retry_after()?.as_millis());
                Self::Column(ColumnValue::Unsigned(milliseconds.unwrap_or(u64::MAX)))
            }
            Writable::Meaning => Self::Text(Some(known?.meaning()).filter(|meaning| !meaning.is_empty())?),
            Writable::Status => {
                let status = error.status().or_else(|| known.and_then(C::http_status))?;
                Self::Column(ColumnValue::Unsigned(status.into()))
            }
            Writable::Column(name) => Self::Column(C::column(known?, name)?),
            #[cfg(feature = "json")]
            Writable::Details => Self::Details(error.written_details()?),
            #[cfg(not(feature = "json"))]
            Writable::Details => return None,
        })
    }

    fn seconds(wait: Duration) -> Self {
        Self::Column(match wait.subsec_nanos() {
            0 => ColumnValue::Unsigned(wait.as_secs()),
            _ => ColumnValue::Float(wait.as_secs_f64()),
        })
    }

    /// Returns whether the value is an empty text, as that of a request id that is not known.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Column(ColumnValue::Str(text)) => serializer.serialize_str(text),
            Self::Column(ColumnValue::Bool(value)) => serializer.serialize_bool(*value),
            Self::Column(ColumnValue::Unsigned(value)) => serializer.serialize_u64(*value),
            Self::Column(ColumnValue::Signed(value)) => serializer.serialize_i64(*value),
            Self::Column(ColumnValue::Float(value)) => serializer.serialize_f64(*value),
            #[cfg(feature = "json")]
            Self::Details(details) => details.serialize(serializer),
        }
    }
}

/// Writes the value as part of a text.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Column(ColumnValue::Str(text)) => text.fmt(f),
            Self::Column(ColumnValue::Bool(value)) => value.fmt(f),
            Self::Column(ColumnValue::Unsigned(value)) => value.fmt(f),
            Self::Column(ColumnValue::Signed(value)) => value.fmt(f),
            Self::Column(ColumnValue::Float(value)) => value.fmt(f),
            #[cfg(feature = "json")]
            Self::Details(details) => details.fmt(f),
        }
    }
}
