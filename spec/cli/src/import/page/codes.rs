//! What a code looks like. Prose, names of parameters and numbers of sections are not codes.

/// Returns whether a text can be a code: one word of ASCII.
pub(super) fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:/#".contains(&byte))
}

/// Returns whether a text is unlikely to be anything but a code: `AuthFailure.Expired`, `NotFound`
/// or `NOT_FOUND`, but not `Note` or `API`.
pub(super) fn is_certainly_code(text: &str) -> bool {
    let has_hump = || text.as_bytes().windows(2).any(|pair| matches!(pair, [b'a'..=b'z', b'A'..=b'Z']));
    let has_joint = || text.contains(['.', '_']) && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_code(text) && (has_joint() || has_hump())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_recognised() {
        for code in ["AuthFailure.TokenFailure", "NotFound", "NOT_FOUND", "a.b", "Invalid_"] {
            assert!(is_certainly_code(code), "{code}");
        }
        for code in ["Throttling", "4001", "API", "QPS-limit"] {
            assert!(is_code(code) && !is_certainly_code(code), "{code}");
        }
        for text in ["", "Note:", "(a)", "two words", "帮助和支持", "last.", ".first"] {
            assert!(!is_code(text), "{text}");
        }
    }
}
