//! The short way through texts. A macro is not optimised by cargo, and most texts of a table are plain: a loop over bytes tells which.

/// Whether a text is ASCII letters, digits and some other bytes alone.
#[must_use]
pub fn is_plain(text: &str, others: &[u8]) -> bool {
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
    use super::is_plain;

    #[test]
    fn every_byte_counts() {
        assert!(is_plain("AZaz09", b"") && is_plain("", b"") && is_plain("a.b-c", b"-."));
        for text in [".ab", "a.b", "ab.", "aÄ", "@", "[", "`", "{", "/", ":"] {
            assert!(!is_plain(text, b""), "{text}");
        }
    }
}
