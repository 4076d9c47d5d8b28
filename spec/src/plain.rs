//! The short way through texts. A macro is not optimised by cargo, and most texts of a table are plain: a loop over bytes tells which.

/// Whether a text is ASCII letters, digits and some other bytes alone.
#[must_use]
pub fn is_alphanumeric_or(text: &str, others: &[u8]) -> bool {
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
    fn every_byte_counts() {
        assert!(is_alphanumeric_or("AZaz09", b"") && is_alphanumeric_or("", b"") && is_alphanumeric_or("a.b-c", b"-."));
        for text in [".ab", "a.b", "ab.", "aÄ", "@", "[", "`", "{", "/", ":"] {
            assert!(!is_alphanumeric_or(text, b""), "{text}");
        }
    }
}
