//! A fast path for plain ASCII. cargo does not optimize macros, and most texts of a table are
//! plain.

/// Returns whether a text consists of ASCII letters, ASCII digits and `others`.
#[must_use]
pub fn is_alphanumeric_or(text: &str, others: &[u8]) -> bool {
    // Not an iterator, whose calls are not inlined in an unoptimised build.
    let mut bytes = text.as_bytes();
    while let [byte, rest @ ..] = bytes {
        if !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') && !others.contains(byte) {
            return false;
        }
        bytes = rest;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_alphanumeric_or;

    #[test]
    fn every_byte_is_checked() {
        assert!(is_alphanumeric_or("AZaz09", b"") && is_alphanumeric_or("", b"") && is_alphanumeric_or("a.b-c", b"-."));
        for text in [".ab", "a.b", "ab.", "aÄ", "@", "[", "`", "{", "/", ":"] {
            assert!(!is_alphanumeric_or(text, b""), "{text}");
        }
    }
}
