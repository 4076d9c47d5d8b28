//! The value of a placeholder: a text, or a wait.

use alloc::borrow::Cow;
use alloc::borrow::ToOwned as _;
use alloc::string::ToString as _;
use core::time::Duration;

use errtable_spec::{Field, Slot};

use crate::response::scanner::text_of;
use crate::response::wait;

/// The value of a placeholder.
pub(super) enum Value<'a> {
    /// A code, message or request id, which is not empty.
    Text(Cow<'a, str>),
    /// A wait before the next attempt.
    Wait(Duration),
}

impl<'a> Value<'a> {
    pub(super) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Wait(_) => None,
        }
    }

    pub(super) fn into_wait(self) -> Option<Duration> {
        match self {
            Self::Text(_) => None,
            Self::Wait(wait) => Some(wait),
        }
    }
}

/// Reads a value of a body. A value of another type, or an empty one, is none.
pub(super) fn read<'a>(slot: &Slot, json: &'a str) -> Option<Value<'a>> {
    let text = match (text_of(json), slot.field) {
        (Some(Cow::Borrowed(text)), _) => inner(slot, text).into(),
        (Some(Cow::Owned(text)), _) => inner(slot, &text).to_owned().into(),
        (None, Field::Code | Field::RequestId) if is_64_bit_integer(json) => inner(slot, json).into(),
        (None, Field::RetryAfter | Field::RetryAfterMs) => json.into(),
        (None, _) => return None,
    };
    convert(slot.field, text)
}

/// Reads the value of a header. `date` is the header `Date`.
pub(super) fn read_header<'a>(slot: &Slot, text: &'a str, date: Option<&str>) -> Option<Value<'a>> {
    let text = inner(slot, text);
    let at_date = || Some(Value::Wait(wait::until(text, date?)?));
    convert(slot.field, text.into()).or_else(|| if slot.field == Field::RetryAfter { at_date() } else { None })
}

fn convert(field: Field, text: Cow<'_, str>) -> Option<Value<'_>> {
    match field {
        Field::Code | Field::Message | Field::RequestId => {
            Some(Value::Text(text)).filter(|value| !matches!(value, Value::Text(text) if text.is_empty()))
        }
        Field::RetryAfter => wait::seconds(&text).map(Value::Wait),
        Field::RetryAfterMs => wait::milliseconds(&text).map(Value::Wait),
    }
}

/// Removes the text around a placeholder, if it is there: `a#Code:b` is `Code` for `{_}#{code}:{_}`.
fn inner<'t>(slot: &Slot, text: &'t str) -> &'t str {
    // An empty text is found at the start or end, and removes nothing.
    let text = if slot.after.is_empty() { text } else { text.split(slot.after).next().unwrap_or(text) };
    if slot.before.is_empty() { text } else { text.rsplit(slot.before).next().unwrap_or(text) }
}

/// Returns whether a number is an integer from `i64::MIN` to `u64::MAX`. `-0` is none.
fn is_64_bit_integer(json: &str) -> bool {
    json.parse::<u64>().is_ok_and(|number| number.to_string() == json)
        || json.parse::<i64>().is_ok_and(|number| number.to_string() == json)
}
