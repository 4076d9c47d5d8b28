//! The values that a server writes: those of an error, of its row, and of a success.

use core::fmt;
use core::time::Duration;

use errtable_spec::__private::{ColumnValue, Writable, parse_digits};
use serde_core::ser::{Serialize, Serializer};

use crate::api_error::ApiError;
use crate::envelope::Envelope;
use crate::enveloped::Enveloped;
use crate::error_code::is_numeric;

/// The value of a placeholder.
pub(super) enum Value<'a> {
    Column(ColumnValue),
    Text(&'a str),
    /// An unknown request id in a numeric table.
    Null,
    #[cfg(feature = "json")]
    Details(serde_json::Value),
}

impl<'a> Value<'a> {
    /// Returns the value of a placeholder, if it is known.
    pub(super) fn of<T, C: Enveloped>(envelope: &'a Envelope<T, C>, value: Writable) -> Option<Self> {
        match (envelope, value) {
            (Envelope::Failure(error), value) => Self::of_failure(error, value),
            (Envelope::Success(success), Writable::RequestId) => {
                Some(Self::request_id::<C>(success.request_id.as_deref()))
            }
            (Envelope::Success(_), _) => None,
        }
    }

    fn of_failure<C: Enveloped>(error: &'a ApiError<C>, value: Writable) -> Option<Self> {
        let known = error.known();
        Some(match value {
            Writable::Code => match error.code().number() {
                Some(number) => Self::Column(ColumnValue::Signed(number)),
                None => Self::Text(error.code().as_str()),
            },
            Writable::Message => Self::Text(error.message()),
            Writable::RequestId => Self::request_id::<C>(error.request_id()),
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

    /// Returns a request id. In a numeric table, digits are an integer, and a missing id is null.
    fn request_id<C: Enveloped>(id: Option<&'a str>) -> Self {
        match id.unwrap_or_default() {
            id if !is_numeric::<C>() => Self::Text(id),
            "" => Self::Null,
            id => integer(id).map_or(Self::Text(id), Self::Column),
        }
    }

    fn seconds(wait: Duration) -> Self {
        Self::Column(match wait.subsec_nanos() {
            0 => ColumnValue::Unsigned(wait.as_secs()),
            _ => ColumnValue::Float(wait.as_secs_f64()),
        })
    }

    /// Returns whether the value is an empty text or null, as an unknown request id is.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Text("") | Self::Null)
    }

    /// Returns whether the value is `[]` or `{}`.
    pub(super) fn is_empty_container(&self) -> bool {
        match self {
            Self::Text(_) | Self::Column(_) | Self::Null => false,
            #[cfg(feature = "json")]
            Self::Details(serde_json::Value::Array(elements)) => elements.is_empty(),
            #[cfg(feature = "json")]
            Self::Details(serde_json::Value::Object(members)) => members.is_empty(),
            #[cfg(feature = "json")]
            Self::Details(_) => false,
        }
    }
}

/// Returns the integer with this text as its digits. A reader accepts all of `u64`, too.
fn integer(text: &str) -> Option<ColumnValue> {
    let unsigned = || text.parse().ok().filter(|_| text.starts_with(|c| matches!(c, '1'..='9')));
    parse_digits(text).map(ColumnValue::Signed).or_else(|| unsigned().map(ColumnValue::Unsigned))
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Column(ColumnValue::Str(text)) => serializer.serialize_str(text),
            Self::Null => serializer.serialize_unit(),
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
            Self::Null => Ok(()),
            Self::Column(ColumnValue::Bool(value)) => value.fmt(f),
            Self::Column(ColumnValue::Unsigned(value)) => value.fmt(f),
            Self::Column(ColumnValue::Signed(value)) => value.fmt(f),
            Self::Column(ColumnValue::Float(value)) => value.fmt(f),
            #[cfg(feature = "json")]
            Self::Details(details) => details.fmt(f),
        }
    }
}
