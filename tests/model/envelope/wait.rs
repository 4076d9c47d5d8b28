//! The values of `{retry_after}` and `{retry_after_ms}`.

use std::time::Duration;

/// Reads the text of a number, with decimal places to move: `"1.5e3"`.
///
/// A negative number is not a wait.
fn number(text: &str, scale: i64) -> Option<Duration> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if !is_digits(digits) {
                return None;
            }
            let size = digits.bytes().fold(0, |size, digit| (size * 10 + i64::from(digit - b'0')).min(1_000_000_000));
            (mantissa, if exponent.starts_with('-') { -size } else { size })
        }
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, is_digits(fraction).then_some(fraction)?),
        None => (mantissa, ""),
    };
    if !is_digits(whole) {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return Some(Duration::ZERO);
    }
    if is_negative {
        return None;
    }
    // The number of digits before the point of the number of nanoseconds.
    let lengths = [significant.len(), fraction.len()].map(|length| i64::try_from(length).unwrap_or(i64::MAX / 2));
    let length = lengths[0] - lengths[1] + exponent + scale + 9;
    if length > 29 {
        return Some(Duration::MAX);
    }
    let length = usize::try_from(length).unwrap_or(0);
    let nanos: String = significant.chars().chain(std::iter::repeat('0')).take(length).collect();
    // Less than a nanosecond is zero.
    let nanos: u128 = if nanos.is_empty() { 0 } else { nanos.parse().ok()? };
    let seconds = u64::try_from(nanos / 1_000_000_000);
    let nanos = u32::try_from(nanos % 1_000_000_000).ok()?;
    Some(seconds.map_or(Duration::MAX, |seconds| Duration::new(seconds, nanos)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a number of milliseconds.
pub(crate) fn milliseconds(text: &str) -> Option<Duration> {
    number(text, -3)
}

/// Reads a number of seconds, or a duration as protobuf writes it: `"1.5s"`.
pub(crate) fn seconds(text: &str) -> Option<Duration> {
    let duration = text.strip_suffix('s').filter(|digits| digits.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    number(duration.unwrap_or(text), 0)
}

/// Reads a date of HTTP, relative to the header `Date`: `Wed, 21 Oct 2015 07:28:00 GMT`.
pub(crate) fn until(text: &str, now: Option<&str>) -> Option<Duration> {
    Some(Duration::from_secs(date(text)?.checked_sub(date(now?)?)?))
}

/// Returns the seconds from the start of the year 0.
fn date(text: &str) -> Option<u64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const DAYS: &str = "MonTueWedThuFriSatSun";
    let bytes = text.as_bytes();
    let is_form = bytes.len() == 29 && text.is_ascii() && text.ends_with(" GMT") && &text[3..5] == ", ";
    let separators = [(7, b' '), (11, b' '), (16, b' '), (19, b':'), (22, b':')];
    if !is_form || separators.iter().any(|(at, separator)| bytes[*at] != *separator) {
        return None;
    }
    let number = |from: usize, to: usize| {
        text[from..to].bytes().all(|byte| byte.is_ascii_digit()).then(|| text[from..to].parse::<u64>().ok())?
    };
    let name = |names: &str, name| names.find(name).filter(|at| at % 3 == 0).map(|at| at / 3);
    let (day, month, year) = (number(5, 7)?, name(MONTHS, &text[8..11])?, number(12, 16)?);
    let (hour, minute, second) = (number(17, 19)?, number(20, 22)?, number(23, 25)?);
    name(DAYS, &text[..3])?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, 28 + u64::from(is_leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if day == 0 || day > lengths[month] || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let years: u64 = (0..year).map(|y| 365 + u64::from(y % 4 == 0 && (y % 100 != 0 || y % 400 == 0))).sum();
    let days = years + lengths[..month].iter().sum::<u64>() + day - 1;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}
