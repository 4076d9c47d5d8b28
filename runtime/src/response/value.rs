//! The value of a placeholder.

use alloc::borrow::Cow;
use alloc::borrow::ToOwned as _;
use alloc::string::ToString as _;
use core::time::Duration;

use errtable_spec::__private::{Field, Slot};

use crate::response::scanner::text_of;
use crate::response::wait;

/// Reads a code, message or request id of a body, unless the value is empty or of another type.
pub(super) fn text<'a>(slot: &Slot, json: &'a str) -> Option<Cow<'a, str>> {
    let text = match text_of(json) {
        Some(Cow::Borrowed(text)) => strip_surroundings(slot, text).into(),
        Some(Cow::Owned(text)) => strip_surroundings(slot, &text).to_owned().into(),
        None if slot.field != Field::Message && is_64_bit_integer(json) => strip_surroundings(slot, json).into(),
        None => return None,
    };
    Some(text).filter(|text: &Cow<'_, str>| !text.is_empty())
}

/// Returns whether a body has the value of a placeholder.
pub(super) fn has_value(slot: &Slot, json: &str) -> bool {
    match slot.field {
        Field::Code | Field::Message | Field::RequestId => text(slot, json).is_some(),
        Field::RetryAfter | Field::RetryAfterMs => wait(slot, json).is_some(),
    }
}

/// Reads a wait of a body: a number, or a text.
pub(super) fn wait(slot: &Slot, json: &str) -> Option<Duration> {
    match text_of(json) {
        Some(text) => convert(slot, strip_surroundings(slot, &text)),
        None => convert(slot, json),
    }
}

/// Reads a code, message or request id of a header.
pub(super) fn header_text<'a>(slot: &Slot, value: &'a str) -> Option<Cow<'a, str>> {
    Some(strip_surroundings(slot, value)).filter(|text| !text.is_empty()).map(Cow::Borrowed)
}

/// Reads a wait of a header. `date` is the header `Date`, to which an HTTP date is relative.
pub(super) fn header_wait(slot: &Slot, value: &str, date: Option<&str>) -> Option<Duration> {
    let text = strip_surroundings(slot, value);
    convert(slot, text).or_else(|| wait::between(date.filter(|_| slot.field == Field::RetryAfter)?, text))
}

fn convert(slot: &Slot, text: &str) -> Option<Duration> {
    if slot.field == Field::RetryAfterMs { wait::milliseconds(text) } else { wait::seconds(text) }
}

/// Removes the text around a placeholder, if it is there: from `a#Code:b` for `{_}#{code}:{_}`.
#[inline]
fn strip_surroundings<'t>(slot: &Slot, text: &'t str) -> &'t str {
    let text = if slot.after.is_empty() { text } else { text.split(slot.after).next().unwrap_or(text) };
    if slot.before.is_empty() { text } else { text.rsplit(slot.before).next().unwrap_or(text) }
}

/// Returns whether a number is an integer from `i64::MIN` to `u64::MAX`. `-0` is a float.
fn is_64_bit_integer(json: &str) -> bool {
    json.parse::<u64>().is_ok_and(|number| number.to_string() == json)
        || json.parse::<i64>().is_ok_and(|number| number.to_string() == json)
}
