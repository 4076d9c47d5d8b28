//! Cuts values out of a text that is known to be valid JSON.
//!
//! The values of an envelope are read from slices of the body, so that a value that `serde_json`
//! rejects does not hide a failure: `{"message": "cut \ud83d"}` and `{"status": 1e999}` are valid
//! JSON. On invalid JSON, the slices are arbitrary.

use alloc::borrow::Cow;
use alloc::string::String;

/// A position in a JSON text.
pub(super) struct Scanner<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Scanner<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0 }
    }

    fn bytes(&self) -> &'de [u8] {
        self.text.as_bytes()
    }

    /// Returns the first byte of the next value, key or bracket, after white space and separators.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes().get(self.at) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' => self.at += 1,
                byte => return Some(*byte),
            }
        }
        None
    }

    /// Returns the position.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Returns the text from a position to the current one.
    pub(super) fn since(&self, start: usize) -> &'de str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips an opening bracket.
    pub(super) fn open(&mut self) {
        self.at += 1;
    }

    /// Returns whether the object or array ends here, and skips the bracket if it does.
    pub(super) fn close(&mut self) -> bool {
        let is_end = matches!(self.peek(), None | Some(b'}' | b']'));
        self.at += usize::from(is_end);
        is_end
    }

    /// Skips a value or key, and returns it.
    pub(super) fn skip(&mut self) -> &'de str {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'"') => self.skip_string(),
            Some(b'{' | b'[') => self.skip_brackets(),
            _ => self.skip_scalar(),
        }
        self.since(start)
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.bytes().get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => 1,
            };
        }
    }

    /// Skips an object or array without recursion.
    fn skip_brackets(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes().get(self.at) {
            match byte {
                b'"' => {
                    self.skip_string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Skips a number, `true`, `false` or `null`, and at least one byte.
    fn skip_scalar(&mut self) {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        let is_end = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b']' | b'}');
        self.at += rest.iter().position(is_end).unwrap_or(rest.len()).max(1);
    }
}

/// Returns the text of a string, in which an unpaired surrogate is U+FFFD. Other values have none.
pub(super) fn text_of(json: &str) -> Option<Cow<'_, str>> {
    let text = json.strip_prefix('"')?.strip_suffix('"')?;
    if has_escape(text) { unescape(json).map(Cow::Owned) } else { Some(Cow::Borrowed(text)) }
}

#[cold]
fn unescape(json: &str) -> Option<String> {
    serde_json::from_str(json).or_else(|_| serde_json::from_str(&without_surrogates(json))).ok()
}

/// Returns whether a text contains a backslash.
#[expect(clippy::needless_bitwise_bool, reason = "without an early exit, the loop is vectorized")]
fn has_escape(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte == b'\\'))
}

/// Replaces unpaired surrogates by U+FFFD: `\ud83d` by `\ufffd`.
fn without_surrogates(json: &str) -> String {
    let mut replaced = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        replaced.push_str(before);
        let paired =
            matches!((code_unit(escape, 0), code_unit(escape, 6)), (Some(0xD800..0xDC00), Some(0xDC00..0xE000)));
        let (escape, after) = match code_unit(escape, 0) {
            Some(0xD800..0xE000) if paired => escape.split_at(12),
            Some(0xD800..0xE000) => (r"\ufffd", escape.split_at(6).1),
            // Not `get`, which could leave the second backslash of `\\` behind.
            _ => escape.split_at(escape.char_indices().nth(2).map_or(escape.len(), |(at, _)| at)),
        };
        replaced.push_str(escape);
        rest = after;
    }
    replaced + rest
}

/// Returns the UTF-16 code unit of an escape: `\ud83d`.
fn code_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix(r"\u")?;
    u16::from_str_radix(digits, 16).ok()
}

/// Returns whether a string contains an unpaired surrogate, which `serde_json` rejects.
pub(super) fn has_unpaired_surrogate(json: &str) -> bool {
    has_escape(json) && json.starts_with('"') && serde_json::from_str::<String>(json).is_err()
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn values_are_cut_out() {
        let json = r#" {"a\"}" : [1, {"b": "]"}, "\\"] , "c":-1.5e3,"d":true , "e":{}}"#;
        let mut scanner = Scanner::new(json);
        assert_eq!(scanner.peek(), Some(b'{'));
        scanner.open();
        let mut values = Vec::new();
        while !scanner.close() {
            values.push((scanner.skip(), scanner.skip()));
        }
        let expected =
            vec![(r#""a\"}""#, r#"[1, {"b": "]"}, "\\"]"#), (r#""c""#, "-1.5e3"), (r#""d""#, "true"), (r#""e""#, "{}")];
        assert_eq!(values, expected);
        assert_eq!(scanner.at(), json.len());
    }

    #[test]
    fn unpaired_surrogates_are_replaced() {
        for (json, text) in [
            (r#""a""#, "a"),
            (r#""\u0041\n""#, "A\n"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ud83d\ude00\ude00""#, "\u{1f600}\u{fffd}"),
            (r#""\\ud83d\ud83d\\é""#, "\\ud83d\u{fffd}\\é"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\é""#, ""),
        ] {
            assert_eq!(text_of(json).unwrap_or_default(), text, "{json}");
        }
        assert_eq!(text_of("5"), None);
        assert_eq!(text_of("\""), None);
    }

    #[test]
    fn invalid_json_ends() {
        for json in ["{", "[}", "\"\\", "{\"a\"", "}", "]]", "\"", "", "nul", "{{{{", "\\"] {
            let mut scanner = Scanner::new(json);
            while scanner.peek().is_some() {
                scanner.skip();
            }
        }
    }

    #[test]
    fn value_ends_where_the_next_one_starts() {
        for (json, value) in [
            (r#""a\\":1"#, r#""a\\""#),
            (r#""a\"":1"#, r#""a\"""#),
            (r#""]}",1"#, r#""]}""#),
            ("[[],{}],1", "[[],{}]"),
            (r#"{"a":"}\"]"},1"#, r#"{"a":"}\"]"}"#),
            ("1,2", "1"),
            ("1 ,2", "1"),
            ("1]", "1"),
            ("1}", "1"),
            ("1\n", "1"),
            (" \t\r\n,:null", "null"),
            // Truncated.
            (r#""a"#, r#""a"#),
            ("[[]", "[[]"),
            ("", ""),
        ] {
            assert_eq!(Scanner::new(json).skip(), value, "{json}");
        }
    }

    #[test]
    fn surrogates_are_paired_by_their_ranges() {
        // The last one is unpaired, so that `serde_json` rejects the text.
        for (escapes, text) in [
            (r"\ud7ff\ue000", "\u{d7ff}\u{e000}"),
            (r"\ud800\udc00", "\u{10000}"),
            (r"\uDBFF\uDFFF", "\u{10ffff}"),
            (r"\ud800\udbff", "\u{fffd}\u{fffd}"),
            (r"\ud800\ue000", "\u{fffd}\u{e000}"),
            (r"\udbff\ud7ff", "\u{fffd}\u{d7ff}"),
            (r"\udc00\ud800", "\u{fffd}\u{fffd}"),
            (r"\udfff\udc00", "\u{fffd}\u{fffd}"),
            (r"\ud800 \udc00", "\u{fffd} \u{fffd}"),
            (r#"\ud800\"\\ud800"#, "\u{fffd}\"\\ud800"),
        ] {
            let json = alloc::format!(r#""{escapes}\ud83d""#);
            assert_eq!(text_of(&json).as_deref(), Some(&*alloc::format!("{text}\u{fffd}")), "{json}");
            assert!(has_unpaired_surrogate(&json), "{json}");
        }
    }

    #[test]
    fn only_strings_have_unpaired_surrogates() {
        for json in [r#""a""#, r#""\ud83d\ude00""#, r#""\\ud83d""#, r#"["\ud83d"]"#, "1", ""] {
            assert!(!has_unpaired_surrogate(json), "{json}");
        }
    }

    #[test]
    fn text_without_escapes_is_borrowed() {
        assert!(matches!(text_of(r#""é""#), Some(Cow::Borrowed("é"))));
        assert!(matches!(text_of(r#""""#), Some(Cow::Borrowed(""))));
        for json in ["", "\"", "a\"", "\"a", "null", r#"["a"]"#, r#""\u12""#, r#""\""#] {
            assert_eq!(text_of(json), None, "{json}");
        }
    }
}
