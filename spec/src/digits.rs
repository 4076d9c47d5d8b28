//! The text of a number.

/// Returns the integer with this text as its digits: `-1`, but neither `01`, `+1` nor `-0`.
///
/// ```
/// use errtable_spec::__private::parse_digits;
///
/// assert_eq!(parse_digits("-32601"), Some(-32601));
/// assert_eq!(parse_digits("007"), None);
/// ```
#[must_use]
pub const fn parse_digits(text: &str) -> Option<i64> {
    let is_canonical = match text.as_bytes() {
        [b'0'] => true,
        [b'-', first, ..] | [first, ..] => first.is_ascii_digit() && *first != b'0',
        [] => false,
    };
    if !is_canonical {
        return None;
    }
    match i64::from_str_radix(text, 10) {
        Ok(number) => Some(number),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_digits;

    #[test]
    fn only_canonical_digits_are_a_number() {
        for number in [0, 1, -1, 7, 10, 129, -32601, i64::MAX, i64::MIN] {
            assert_eq!(parse_digits(&number.to_string()), Some(number));
        }
        for text in [
            "",
            "-",
            "+1",
            "-0",
            "00",
            "01",
            "-01",
            "--1",
            "1 ",
            " 1",
            "1.0",
            "1e3",
            "1_000",
            "0x1",
            "A1",
            "-A",
            "１",
            "9223372036854775808",
            "-9223372036854775809",
        ] {
            assert_eq!(parse_digits(text), None, "{text}");
        }
    }
}
