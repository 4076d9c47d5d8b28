//! The forms in which services write a wait.

use core::time::Duration;

/// Reads seconds, `7` or `1.5`, or a duration as the JSON of Protocol Buffers writes it: `1.5s`.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    let is_decimal = |text: &&str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.'));
    let number = match text.strip_suffix('s') {
        Some(text) => Some(text).filter(is_decimal).and_then(number),
        None => number(text),
    };
    number.and_then(duration)
}

/// Reads milliseconds: `1500`.
pub(super) fn milliseconds(text: &str) -> Option<Duration> {
    number(text).and_then(|milliseconds| duration(milliseconds / 1000.0))
}

/// Converts seconds, unless they are negative. The maximum is that of `Duration`.
fn duration(seconds: f64) -> Option<Duration> {
    (seconds >= 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// Reads a number as JSON writes it, or with `+` or leading zeros, as HTTP allows: `007`.
///
/// `f64::from_str` also reads `inf`, `.5` and `5.`.
fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let starts_with_digit = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let is_number =
        starts_with_digit(unsigned) && unsigned.split_once('.').is_none_or(|(_, part)| starts_with_digit(part));
    text.parse().ok().filter(|_| is_number)
}

/// Returns the time from one HTTP date to another: from the header `Date` to that in `Retry-After`.
pub(super) fn between(start: &str, end: &str) -> Option<Duration> {
    let (start, end) = (timestamp(start)?, timestamp(end)?);
    end.checked_sub(start).map(Duration::from_secs)
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The months and their days.
const MONTHS: [(&str, u64); 12] = [
    ("Jan", 31),
    ("Feb", 29),
    ("Mar", 31),
    ("Apr", 30),
    ("May", 31),
    ("Jun", 30),
    ("Jul", 31),
    ("Aug", 31),
    ("Sep", 30),
    ("Oct", 31),
    ("Nov", 30),
    ("Dec", 31),
];

/// Returns the seconds from 0000-03-01 to an HTTP date: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// This is the IMF-fixdate of RFC 9110, section 5.6.7. The obsolete forms are not read.
fn timestamp(date: &str) -> Option<u64> {
    let (_, date) = date.split_once(", ").filter(|(weekday, _)| WEEKDAYS.contains(weekday))?;
    let mut parts = date.strip_suffix(" GMT")?.split(' ');
    let day = integer(parts.next()?, 2)?;
    let name = parts.next()?;
    let ((_, days), month) = MONTHS.iter().zip(1_u64..).find(|((month, _), _)| *month == name)?;
    let year = integer(parts.next()?, 4)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if !(1..=*days).contains(&day) || (month, day, is_leap) == (2, 29, false) {
        return None;
    }
    let mut time = parts.next()?.split(':').map(|part| integer(part, 2));
    let (hours, minutes, seconds) = (time.next()??, time.next()??, time.next()??);
    if parts.next().is_some() || time.next().is_some() || hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    // A year that starts in March ends with the leap day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    Some(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
}

/// Reads an integer of a number of digits.
fn integer(text: &str, digits: usize) -> Option<u64> {
    let is_integer = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_durations_are_read() {
        for (text, milliseconds) in [
            ("7", Some(7000)),
            ("007", Some(7000)),
            ("1.5", Some(1500)),
            ("1.5s", Some(1500)),
            ("0", Some(0)),
            ("1e3", Some(1_000_000)),
            ("-0", Some(0)),
            ("-1", None),
            ("", None),
            ("s", None),
            ("inf", None),
            ("nan", None),
            ("1_000", None),
            (".5", None),
            ("5.", None),
            ("5.e1", None),
            (" 5", None),
            ("+5", Some(5000)),
            ("1.5 s", None),
            ("1e3s", None),
            ("-1s", None),
            ("1.5ms", None),
        ] {
            assert_eq!(seconds(text), milliseconds.map(Duration::from_millis), "{text}");
        }
        assert_eq!(seconds("1e300"), Some(Duration::MAX));
        assert_eq!(super::milliseconds("1500"), Some(Duration::from_millis(1500)));
        assert_eq!(super::milliseconds("0.5"), Some(Duration::from_micros(500)));
        assert_eq!(super::milliseconds("1.5s"), None);
    }

    #[test]
    fn time_between_dates_is_computed() {
        let start = "Sun, 06 Nov 1994 08:49:37 GMT";
        for (end, wait) in [
            (start, Some(0)),
            ("Sun, 06 Nov 1994 08:50:00 GMT", Some(23)),
            ("Mon, 07 Nov 1994 08:49:37 GMT", Some(86_400)),
            ("Mon, 06 Nov 1995 08:49:37 GMT", Some(365 * 86_400)),
            ("Wed, 06 Nov 1996 08:49:37 GMT", Some((365 + 366) * 86_400)),
            ("Sun, 06 Nov 1994 08:49:36 GMT", None),
            ("Sunday, 06-Nov-94 08:49:37 GMT", None),
            ("Sun Nov  6 08:49:37 1994", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 06 Nov 1994 08:49 GMT", None),
            ("Sun, 6 Nov 1994 08:49:37 GMT", None),
        ] {
            assert_eq!(between(start, end), wait.map(Duration::from_secs), "{end}");
        }
        // 1970-01-01 and 2000-03-01 are 11,017 days apart.
        let wait = between("Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 01 Mar 2000 00:00:00 GMT");
        assert_eq!(wait, Some(Duration::from_secs(11_017 * 86_400)));
    }

    #[test]
    fn calendar_is_gregorian() {
        let date = |year: u64, month: &str, day: u64| alloc::format!("Mon, {day:02} {month} {year:04} 00:00:00 GMT");
        for (year, days_of_february) in [(1900, 28), (1996, 29), (1999, 28), (2000, 29), (2004, 29), (2100, 28)] {
            for (number, (month, days)) in MONTHS.into_iter().enumerate() {
                let days = if month == "Feb" { days_of_february } else { days };
                let next = MONTHS.get(number + 1).map_or(date(year + 1, "Jan", 1), |(next, _)| date(year, next, 1));
                let length = Duration::from_secs(days * 86_400);
                assert_eq!(between(&date(year, month, 1), &next), Some(length), "{month} {year}");
                assert_eq!(
                    between(&date(year, month, days), &next),
                    Some(Duration::from_secs(86_400)),
                    "{month} {year}"
                );
                assert_eq!(timestamp(&date(year, month, days + 1)), None, "{month} {year}");
                assert_eq!(timestamp(&date(year, month, 0)), None, "{month} {year}");
            }
        }
    }

    #[test]
    fn first_date_is_in_march_of_year_0() {
        assert_eq!(timestamp("Wed, 01 Mar 0000 00:00:00 GMT"), Some(0));
        assert_eq!(timestamp("Wed, 01 Mar 0000 01:01:01 GMT"), Some(3661));
        assert_eq!(timestamp("Tue, 29 Feb 0000 23:59:59 GMT"), None);
    }

    #[test]
    fn date_has_one_form() {
        for (time, expected) in [
            ("00:00:00 GMT", true),
            ("23:59:59 GMT", true),
            // A leap second.
            ("23:59:60 GMT", true),
            ("23:59:61 GMT", false),
            ("23:60:00 GMT", false),
            ("24:00:00 GMT", false),
            ("08:49:37", false),
            ("08:49:37 gmt", false),
            ("08:49:37  GMT", false),
            ("08:49:37 UTC GMT", false),
            ("08:49:37:00 GMT", false),
            ("8:49:37 GMT", false),
            ("08:49:+7 GMT", false),
            ("-8:49:37 GMT", false),
            ("", false),
        ] {
            let date = alloc::format!("Sun, 06 Nov 1994 {time}");
            assert_eq!(timestamp(&date).is_some(), expected, "{date}");
        }
        for date in [
            "Sun 06 Nov 1994 08:49:37 GMT",
            "sun, 06 Nov 1994 08:49:37 GMT",
            "Son, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 06 Nov 01994 08:49:37 GMT",
            "",
        ] {
            assert_eq!(timestamp(date), None, "{date}");
        }
    }
}
