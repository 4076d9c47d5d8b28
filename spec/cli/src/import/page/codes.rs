//! What a code looks like. Prose, names of parameters and numbers of sections are not codes.

use errtable_spec::parse_digits;

/// Marks the start of a raised text, such as a footnote, in a cell of HTML.
pub(super) const RAISED: char = '\u{E000}';
/// Marks the end of a raised text.
pub(super) const LOWERED: char = '\u{E001}';

/// Returns whether a text can be a code: one word of ASCII, or a negative integer.
pub(super) fn is_code(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric()) || is_integer(text);
    starts
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:/#".contains(&byte))
}

/// Returns whether a text consists of the digits of an integer.
pub(super) fn is_integer(text: &str) -> bool {
    parse_digits(text).is_some()
}

/// Returns whether a text is an HTTP status, or a class of them: `404`, `5xx`.
pub(super) fn is_status(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1'..=b'5', b'0'..=b'9' | b'x', b'0'..=b'9' | b'x'])
}

/// Returns whether a text is unlikely to be anything but a code: `AuthFailure.Expired`, `NotFound`
/// or `NOT_FOUND`, but not `Note` or `API`.
pub(super) fn is_certainly_code(text: &str) -> bool {
    let has_hump = || text.as_bytes().windows(2).any(|pair| matches!(pair, [b'a'..=b'z', b'A'..=b'Z']));
    let has_joint = || text.contains(['.', '_']) && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_code(text) && (has_joint() || has_hump())
}

/// The codes of a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CellCodes {
    /// The codes, or the text of the cell if it is something else.
    pub(super) codes: Vec<String>,
    /// A note after the code, such as `(deprecated)`.
    pub(super) note: Option<String>,
}

/// The maximum length of a cell with codes, in bytes. A longer one is prose.
const MAX_CELL: usize = 2048;

/// Reads the codes of a cell: `A.B`, `"A.B"`, `A.B (new)`, `A.B [1]`, `A.B, A.C`.
///
/// White space after a code that is alone may be part of it, and is kept.
pub(super) fn codes_of(cell: &str) -> CellCodes {
    let text = cell.trim();
    // The bound keeps the time linear.
    if is_code(text) || text.len() > MAX_CELL {
        return CellCodes { codes: vec![cell.to_owned()], note: None };
    }
    let dashes = text.replace(['\u{2212}', '\u{2013}'], "-");
    let (text, note) = without_note(&dashes);
    if is_code(text) {
        return CellCodes { codes: vec![text.to_owned()], note: note.map(str::to_owned) };
    }
    // The end of the last code is not that of the cell: `**A.B**, **A.C**`.
    list(&dashes).unwrap_or_else(|| CellCodes { codes: vec![cell.to_owned()], note: None })
}

/// Returns the integer of a cell.
pub(super) fn integer_of(cell: &str) -> Option<i64> {
    match &*codes_of(cell).codes {
        [code] => parse_digits(code.trim()),
        _ => None,
    }
}

/// The pairs of characters that enclose a note after a code.
const BRACKETS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('（', '）'), (RAISED, LOWERED)];

/// Characters that refer to a footnote.
const FOOTNOTES: [char; 9] = ['*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵'];

/// Removes quotes, footnotes and a note in brackets. Returns the note.
fn without_note(text: &str) -> (&str, Option<&str>) {
    let mut text = text;
    let mut note = None;
    loop {
        let before = text;
        for quotes in ["\"", "'", "`", "**", "*"] {
            let inner = text.strip_prefix(quotes).and_then(|text| text.strip_suffix(quotes));
            text = inner.filter(|inner| !inner.contains(quotes)).unwrap_or(text);
        }
        text = text.trim_end_matches(FOOTNOTES).trim();
        for (open, close) in BRACKETS {
            let Some(start) = text.strip_suffix(*close).and_then(|inner| inner.rfind(*open)) else { continue };
            let (code, bracket) = text.split_at(start);
            if code.trim().is_empty() {
                continue;
            }
            text = code.trim_end();
            // `[1]` and `[^a]` are footnotes.
            let inner = bracket.trim_matches([*open, *close]);
            let is_footnote = *open == RAISED || *open == '[' && inner.trim_start_matches('^').chars().count() < 3;
            if !is_footnote {
                note = Some(bracket);
            }
        }
        if text == before {
            return (text, note);
        }
    }
}

/// Reads a list of codes: `A, B`, `A / B`, or `A.B or A.C` of words that are certainly codes.
fn list(text: &str) -> Option<CellCodes> {
    const COMMAS: [char; 4] = [',', ';', '、', '，'];
    let parts = || text.split(COMMAS).flat_map(|part| part.split(" / ")).flat_map(|part| part.split(" | "));
    let parts: Vec<_> = parts().map(|part| without_note(part.trim())).filter(|(part, _)| !part.is_empty()).collect();
    let words = text.split(|c: char| c.is_whitespace() || COMMAS.contains(&c));
    let words = words.filter(|word| !["", "or", "and", "&", "/", "|"].contains(word));
    let words: Vec<_> = words.map(without_note).collect();
    let codes = if parts.iter().all(|(part, _)| is_code(part)) {
        parts
    } else if words.iter().all(|(word, _)| is_certainly_code(word)) {
        words
    } else {
        return None;
    };
    let note = codes.iter().find_map(|(_, note)| note.map(str::to_owned));
    let codes: Vec<_> = codes.into_iter().map(|(code, _)| code.to_owned()).collect();
    (codes.len() > 1).then_some(CellCodes { codes, note })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_recognised() {
        for code in ["AuthFailure.TokenFailure", "NotFound", "NOT_FOUND", "a.b", "Invalid_"] {
            assert!(is_certainly_code(code), "{code}");
        }
        for code in ["Throttling", "4001", "API", "QPS-limit", "-1", "-32601"] {
            assert!(is_code(code) && !is_certainly_code(code), "{code}");
        }
        for text in ["", "Note:", "(a)", "two words", "帮助和支持", "last.", ".first", "-", "-a", "-01"] {
            assert!(!is_code(text), "{text}");
        }
    }

    #[test]
    fn notes_and_lists_are_read() {
        for (cell, codes, note) in [
            ("A.B (new)", &["A.B"][..], Some("(new)")),
            ("A.B [1]", &["A.B"], None),
            ("A.B[^a]", &["A.B"], None),
            ("A.B \u{E000}12\u{E001}", &["A.B"], None),
            ("\"A.B\"*", &["A.B"], None),
            ("\u{2212}1", &["-1"], None),
            ("A, B", &["A", "B"], None),
            ("A.B or A.C", &["A.B", "A.C"], None),
            ("C / D", &["C", "D"], None),
            ("A.B A.C", &["A.B", "A.C"], None),
            ("-1, -2", &["-1", "-2"], None),
            ("A.B (old), A.C[1]", &["A.B", "A.C"], Some("(old)")),
            ("A.B, A.C (old)", &["A.B", "A.C"], Some("(old)")),
            ("Read and write", &["Read and write"], None),
            ("Any other code", &["Any other code"], None),
            ("Not found, retry", &["Not found, retry"], None),
            ("(a)", &["(a)"], None),
            ("1 (one)", &["1"], Some("(one)")),
        ] {
            let found = codes_of(cell);
            assert_eq!(
                (&found.codes[..], found.note.as_deref()),
                (&codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()[..], note),
                "{cell}"
            );
        }
    }
}
