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

#[cfg(test)]
mod tests {
    use super::*;

    const fn slot(field: Field, before: &'static str, after: &'static str) -> Slot {
        Slot { field, is_second_choice: false, before, after }
    }

    const CODE: Slot = slot(Field::Code, "", "");
    const MESSAGE: Slot = slot(Field::Message, "", "");
    const SECONDS: Slot = slot(Field::RetryAfter, "", "");
    const MILLISECONDS: Slot = slot(Field::RetryAfterMs, "", "");

    #[test]
    fn code_is_text_or_a_64_bit_integer() {
        for (json, expected) in [
            (r#""a b""#, Some("a b")),
            (r#""\u0041""#, Some("A")),
            (r#""0""#, Some("0")),
            (r#""\ud83d""#, Some("\u{fffd}")),
            (r#""""#, None),
            ("0", Some("0")),
            ("-1", Some("-1")),
            ("18446744073709551615", Some("18446744073709551615")),
            ("18446744073709551616", None),
            ("-9223372036854775808", Some("-9223372036854775808")),
            ("-9223372036854775809", None),
            // Not integers.
            ("-0", None),
            ("1.0", None),
            ("1e3", None),
            ("true", None),
            ("null", None),
            ("[1]", None),
            ("{}", None),
        ] {
            assert_eq!(text(&CODE, json).as_deref(), expected, "{json}");
            assert_eq!(text(&slot(Field::RequestId, "", ""), json).as_deref(), expected, "{json}");
            assert_eq!(has_value(&CODE, json), expected.is_some(), "{json}");
        }
    }

    #[test]
    fn message_is_text() {
        for (json, expected) in [(r#""7""#, Some("7")), ("7", None), (r#""""#, None), ("null", None)] {
            assert_eq!(text(&MESSAGE, json).as_deref(), expected, "{json}");
            assert_eq!(has_value(&MESSAGE, json), expected.is_some(), "{json}");
        }
    }

    /// A value ends before the first text on its right, then starts after the last one on its left.
    #[test]
    fn surroundings_are_removed_where_they_are() {
        let slot = slot(Field::Code, "#", ":");
        for (value, expected) in [
            ("Code", Some("Code")),
            ("a#Code", Some("Code")),
            ("Code:b", Some("Code")),
            ("a#Code:b", Some("Code")),
            ("a#b#Code:c:d#e", Some("Code")),
            ("Code:a#b", Some("Code")),
            ("#:", None),
            ("a#", None),
            (":a", None),
        ] {
            let json = alloc::format!("\"{value}\"");
            assert_eq!(text(&slot, &json).as_deref(), expected, "{value}");
            assert_eq!(text(&slot, &json.replace('#', r"\u0023")).as_deref(), expected, "{value}");
            assert_eq!(header_text(&slot, value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn wait_is_a_number_or_text() {
        for (json, milliseconds) in [
            ("7", Some(7000)),
            ("1.5", Some(1500)),
            (r#""7""#, Some(7000)),
            (r#""1.5s""#, Some(1500)),
            (r#""\u0037""#, Some(7000)),
            ("0", Some(0)),
            ("-1", None),
            (r#""""#, None),
            (r#""soon""#, None),
            ("null", None),
            ("[7]", None),
        ] {
            assert_eq!(wait(&SECONDS, json), milliseconds.map(Duration::from_millis), "{json}");
            assert_eq!(has_value(&SECONDS, json), milliseconds.is_some(), "{json}");
        }
        assert_eq!(wait(&MILLISECONDS, "1500"), Some(Duration::from_millis(1500)));
        assert_eq!(wait(&MILLISECONDS, r#""1500""#), Some(Duration::from_millis(1500)));
        assert_eq!(wait(&MILLISECONDS, r#""1.5s""#), None);
        assert_eq!(wait(&slot(Field::RetryAfterMs, "", "ms"), r#""20ms""#), Some(Duration::from_millis(20)));
    }

    #[test]
    fn date_of_a_header_is_relative_to_another_header() {
        let (date, later) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:40 GMT");
        for (slot, value, date, milliseconds) in [
            (&SECONDS, "7", None, Some(7000)),
            (&SECONDS, "7", Some(date), Some(7000)),
            (&SECONDS, later, Some(date), Some(3000)),
            (&SECONDS, later, None, None),
            (&SECONDS, later, Some(""), None),
            (&SECONDS, date, Some(later), None),
            (&SECONDS, "", Some(date), None),
            (&MILLISECONDS, "7", Some(date), Some(7)),
            // Only `{retry_after}` may be a date.
            (&MILLISECONDS, later, Some(date), None),
        ] {
            assert_eq!(header_wait(slot, value, date), milliseconds.map(Duration::from_millis), "{value}");
        }
    }

    #[test]
    fn header_is_not_json() {
        assert_eq!(header_text(&CODE, r#""a""#).as_deref(), Some(r#""a""#));
        assert_eq!(header_text(&CODE, "1.0").as_deref(), Some("1.0"));
        assert_eq!(header_text(&CODE, ""), None);
    }
}
