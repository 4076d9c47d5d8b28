//! The values that a server writes: those of an error, of its row, and of a success.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::ToString as _;
use core::time::Duration;

use errtable_spec::{ColumnValue, Writable};
use serde_core::ser::{Serialize, Serializer};

use crate::api_error::ApiError;
use crate::envelope::Envelope;
use crate::enveloped::Enveloped;

/// A value at a placeholder.
pub(super) enum Value<'a> {
    Column(ColumnValue),
    Text(Cow<'a, str>),
    #[cfg(feature = "json")]
    Details(serde_json::Value),
}

impl<'a> Value<'a> {
    /// Returns the value of a placeholder with the text around it, or `None` if there is none.
    pub(super) fn of<T, C: Enveloped>(
        envelope: &'a Envelope<T, C>,
        value: Writable,
        before: &str,
        after: &str,
    ) -> Option<Self> {
        let value = match envelope {
            Envelope::Success(success) => match value {
                Writable::RequestId => Self::text(success.request_id.as_deref().unwrap_or_default()),
                _ => return None,
            },
            Envelope::Failure(error) => Self::of_failure(error, value)?,
        };
        if before.is_empty() && after.is_empty() {
            return Some(value);
        }
        Some(Self::Text(format!("{before}{}{after}", value.into_text()).into()))
    }

    fn of_failure<C: Enveloped>(error: &'a ApiError<C>, value: Writable) -> Option<Self> {
        let known = error.code().known();
        Some(match value {
            Writable::Code => Self::text(error.code().as_str()),
            Writable::Message => Self::text(error.message()),
            Writable::RequestId => Self::text(error.request_id().unwrap_or_default()),
            Writable::RetryAfter => Self::seconds(error.retry_after()?),
            Writable::RetryAfterMs => {
                let milliseconds = u64::try_from(error.retry_after()?.as_millis());
                Self::Column(ColumnValue::Unsigned(milliseconds.unwrap_or(u64::MAX)))
            }
            Writable::Meaning => Self::text(known?.meaning()).filter_empty()?,
            Writable::Status => {
                let status = error.status().or_else(|| known.and_then(C::http_status))?;
                Self::Column(ColumnValue::Unsigned(status.into()))
            }
            Writable::Column(name) => Self::Column(C::column(known?, name)?),
            Writable::Details => return details(error),
        })
    }

    fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn filter_empty(self) -> Option<Self> {
        Some(self).filter(|value| !value.is_empty())
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

    /// Returns the value as part of a text.
    fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            Self::Column(ColumnValue::Str(text)) => text.into(),
            Self::Column(ColumnValue::Bool(value)) => value.to_string().into(),
            Self::Column(ColumnValue::Unsigned(value)) => value.to_string().into(),
            Self::Column(ColumnValue::Signed(value)) => value.to_string().into(),
            Self::Column(ColumnValue::Float(value)) => value.to_string().into(),
            #[cfg(feature = "json")]
            Self::Details(details) => details.to_string().into(),
        }
    }
}

#[cfg(feature = "json")]
fn details<'a, C>(error: &ApiError<C>) -> Option<Value<'a>> {
    error.written_details().map(Value::Details)
}

#[cfg(not(feature = "json"))]
fn details<'a, C>(_error: &ApiError<C>) -> Option<Value<'a>> {
    None
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Column(ColumnValue::Str(text)) => serializer.serialize_str(text),
            Self::Column(ColumnValue::Bool(value)) => serializer.serialize_bool(*value),
            Self::Column(ColumnValue::Unsigned(value)) => serializer.serialize_u64(*value),
            Self::Column(ColumnValue::Signed(value)) => serializer.serialize_i64(*value),
            Self::Column(ColumnValue::Float(value)) => serializer.serialize_f64(*value),
            #[cfg(feature = "json")]
            Self::Details(details) => details.serialize(serializer),
        }
    }
}

/// Writes a number as a sample does.
pub(super) fn serialize_number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match (digits.parse::<u64>(), digits.parse::<i64>()) {
        (Ok(number), _) => serializer.serialize_u64(number),
        (_, Ok(number)) => serializer.serialize_i64(number),
        // A number of JSON is always an `f64`.
        _ => serializer.serialize_f64(digits.parse().unwrap_or_default()),
    }
}
