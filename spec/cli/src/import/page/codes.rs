//! What a code looks like. Prose, names of parameters and numbers of sections are not codes.

use std::borrow::Cow;

use errtable_spec::__private::parse_digits;

/// Marks the start of a raised text, such as a footnote, in a cell.
pub(super) const RAISED: char = '\u{E000}';
/// Marks the end of a raised text.
pub(super) const LOWERED: char = '\u{E001}';
/// Marks the start and the end of a text in the font of code.
pub(super) const LITERAL: char = '\u{E002}';
/// Marks the start of a text that is struck out.
pub(super) const STRUCK: char = '\u{E003}';
/// Marks the end of a text that is struck out.
pub(super) const UNSTRUCK: char = '\u{E004}';

const MARKS: [char; 5] = [RAISED, LOWERED, LITERAL, STRUCK, UNSTRUCK];

/// Removes the marks of a cell.
pub(super) fn unmarked(cell: &str) -> Cow<'_, str> {
    if cell.contains(MARKS) { cell.replace(MARKS, "").into() } else { cell.into() }
}

/// Keeps [`LITERAL`] only around texts that would be read as more than a code: `wild_*`, `f()`.
pub(super) fn keep_literals(cell: String) -> String {
    if !cell.contains(LITERAL) {
        return cell;
    }
    let is_ambiguous = |text: &str| text.contains(FOOTNOTES) || text.contains(['(', '[', '（']);
    let mut kept = String::with_capacity(cell.len());
    for (at, text) in cell.split(LITERAL).enumerate() {
        let mark = Some(LITERAL).filter(|_| at % 2 == 1 && is_ambiguous(text));
        kept.extend(mark);
        kept.push_str(text);
        kept.extend(mark);
    }
    kept
}

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
    /// What else the cell says about the code.
    pub(super) note: Option<CellNote>,
}

/// What a cell says about a code, and a table cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CellNote {
    /// A text after the code, such as `(deprecated)`.
    Text(String),
    /// The code is struck out.
    Struck,
}

impl CellNote {
    /// Returns what messages call the note of a code.
    pub(super) fn describe(&self, code: &str) -> String {
        match self {
            Self::Text(text) => format!("the note `{text}` after `{code}`"),
            Self::Struck => format!("the strikethrough of `{code}`"),
        }
    }
}

impl CellCodes {
    fn as_it_is(cell: &str) -> Self {
        Self { codes: vec![unmarked(cell).into_owned()], note: None }
    }
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
        return CellCodes::as_it_is(cell);
    }
    let dashes = text.replace(['\u{2212}', '\u{2013}'], "-");
    let (text, note) = without_note(&dashes);
    if is_code(text) {
        return CellCodes { codes: vec![text.to_owned()], note };
    }
    // The end of the last code is not that of the cell: `**A.B**, **A.C**`.
    list(&dashes).or_else(|| struck(text)).unwrap_or_else(|| CellCodes::as_it_is(cell))
}

/// Reads a code that is struck out, and the text after it: `~~A.B~~ **Removed**`.
fn struck(text: &str) -> Option<CellCodes> {
    let (code, note) = text.strip_prefix(STRUCK)?.split_once(UNSTRUCK)?;
    let note = note.strip_prefix(char::is_whitespace)?.trim_start();
    // `~~A.B~~ A.C` has two codes.
    let is_note = !note.contains(STRUCK) && !note.split_whitespace().next().is_some_and(is_certainly_code);
    let note = CellNote::Text(unmarked(note).into_owned());
    (is_note && is_code(code)).then(|| CellCodes { codes: vec![code.to_owned()], note: Some(note) })
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

/// Removes quotes, footnotes, a note in brackets, and the marks of a text that is struck out.
/// Returns the note.
fn without_note(text: &str) -> (&str, Option<CellNote>) {
    let mut text = text;
    let mut note = None;
    loop {
        let before = text;
        for quotes in ["\"", "'", "`", "**", "*"] {
            let inner = text.strip_prefix(quotes).and_then(|text| text.strip_suffix(quotes));
            text = inner.filter(|inner| !inner.contains(quotes)).unwrap_or(text);
        }
        text = text.trim_end_matches(FOOTNOTES).trim();
        let inner = text.strip_prefix(STRUCK).and_then(|text| text.strip_suffix(UNSTRUCK));
        if let Some(inner) = inner.filter(|inner| !inner.contains(STRUCK)) {
            text = inner.trim();
            note = note.or(Some(CellNote::Struck));
        }
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
                note = Some(CellNote::Text(bracket.to_owned()));
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
    let (codes, notes): (Vec<_>, Vec<_>) = codes.into_iter().map(|(code, note)| (code.to_owned(), note)).unzip();
    (codes.len() > 1).then(|| CellCodes { codes, note: notes.into_iter().flatten().next() })
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

    fn note_of(found: &CellCodes) -> Option<&str> {
        found.note.as_ref().map(|note| match note {
            CellNote::Text(text) => &**text,
            CellNote::Struck => "struck",
        })
    }

    #[test]
    fn notes_and_lists_are_read() {
        for (cell, codes, note) in [
            ("A.B (new)", &["A.B"][..], Some("(new)")),
            ("A.B [1]", &["A.B"], None),
            ("A.B[^a]", &["A.B"], None),
            ("A.B [new]", &["A.B"], Some("[new]")),
            ("A.B \u{E000}12\u{E001}", &["A.B"], None),
            ("\"A.B\"*", &["A.B"], None),
            ("\u{2212}1", &["-1"], None),
            ("A, B", &["A", "B"], None),
            ("A.B or A.C", &["A.B", "A.C"], None),
            ("C / D", &["C", "D"], None),
            ("A.B A.C", &["A.B", "A.C"], None),
            ("-1, -2", &["-1", "-2"], None),
            ("or A.B", &["or A.B"], None),
            ("A.B (old), A.C[1]", &["A.B", "A.C"], Some("(old)")),
            ("A.B, A.C (old)", &["A.B", "A.C"], Some("(old)")),
            ("Read and write", &["Read and write"], None),
            ("Any other code", &["Any other code"], None),
            ("Not found, retry", &["Not found, retry"], None),
            ("(a)", &["(a)"], None),
            ("1 (one)", &["1"], Some("(one)")),
            ("\u{E003}A.B\u{E004} gone, use A.C", &["A.B"], Some("gone, use A.C")),
            ("\u{E003}A.B\u{E004} A.C", &["A.B", "A.C"], Some("struck")),
            ("\u{E003}A.B\u{E004} A.C replaces it", &["A.B A.C replaces it"], None),
            ("\u{E003}A.B\u{E004} or \u{E003}any other\u{E004}", &["A.B or any other"], None),
            ("\u{E003}Any other\u{E004} gone", &["Any other gone"], None),
            ("\u{E003}A\u{E004}\u{E000}1\u{E001} (old)", &["A"], Some("(old)")),
            ("\u{E003}A\u{E004}, \u{E003}B\u{E004}", &["A", "B"], Some("struck")),
            ("\u{E003}\u{E002}A*\u{E002}\u{E004}", &["A*"], None),
            ("\u{E002}f()\u{E002}", &["f()"], None),
        ] {
            let found = codes_of(cell);
            assert_eq!(
                (&found.codes[..], note_of(&found)),
                (&codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()[..], note),
                "{cell}"
            );
        }
    }

    #[test]
    fn long_cells_are_prose() {
        let list = |length: usize| format!("A.B, {}", "C".repeat(length - "A.B, ".len()));
        assert_eq!(codes_of(&list(MAX_CELL)).codes.len(), 2);
        assert_eq!(codes_of(&list(MAX_CELL + 1)).codes.len(), 1);
    }
}
