//! Shortening of text from the wire.

use alloc::borrow::Cow;
use alloc::format;

/// Leaves out the middle of a text that is longer than `max_len` bytes.
///
/// The end stays, because `serde_json` writes there what it expected.
pub(crate) fn shorten(text: &str, max_len: usize) -> Cow<'_, str> {
    if text.len() <= max_len {
        return Cow::Borrowed(text);
    }
    let (mut head, mut tail) = (max_len / 2, text.len() - max_len / 2);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    format!("{} … {}", text.get(..head).unwrap_or_default(), text.get(tail..).unwrap_or_default()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middle_is_left_out() {
        for (text, max_len, expected) in [
            ("", 0, ""),
            ("abcdef", 6, "abcdef"),
            ("abcdefg", 6, "abc … efg"),
            ("abcdefgh", 6, "abc … fgh"),
            ("abcdefgh", 5, "ab … gh"),
            ("ab", 1, " … "),
            ("ab", 0, " … "),
        ] {
            assert_eq!(shorten(text, max_len), expected, "{text}, {max_len}");
        }
    }

    #[test]
    fn characters_are_not_split() {
        for (text, max_len, expected) in [
            ("éééé", 8, "éééé"),
            ("éééé", 7, "é … é"),
            ("éééé", 4, "é … é"),
            ("éééé", 3, " … "),
            ("a😀b😀c", 10, "a😀 … 😀c"),
            ("a😀b😀c", 8, "a … c"),
            ("😀😀", 7, " … "),
        ] {
            assert_eq!(shorten(text, max_len), expected, "{text}, {max_len}");
        }
    }
}
