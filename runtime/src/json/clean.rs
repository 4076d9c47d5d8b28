//! Replacement of strings and numbers that `serde_json` rejects although they are valid JSON.

use alloc::borrow::Cow;

use serde_core::de::IgnoredAny;

use crate::json::tokens::Tokens;

/// Replaces unpaired surrogates by U+FFFD, and numbers out of range by fractions.
///
/// An invalid message must not hide a failure: `{"Code": "X", "Message": "cut \ud83d"}`. The length
/// stays the same, so that the positions of errors are those in the body.
pub(super) fn clean(json: &[u8]) -> Cow<'_, [u8]> {
    let mut clean = Cow::Borrowed(json);
    for token in Tokens::new(json) {
        let start = token.range.start;
        match json.get(token.range).unwrap_or_default() {
            text @ [b'"', ..] => replace_surrogates(text, |at| overwrite(&mut clean, start + at, br"\ufffd")),
            number @ [b'-' | b'0'..=b'9', ..] if is_out_of_range(number) => {
                // `1e999` becomes `5.555`.
                overwrite(&mut clean, start, &b"5".repeat(number.len()));
                overwrite(&mut clean, start + 1, b".");
            }
            _ => {}
        }
    }
    clean
}

/// Returns whether a number is valid JSON, but not an `f64`. `1.` at the end of a body is neither.
fn is_out_of_range(number: &[u8]) -> bool {
    serde_json::from_slice::<f64>(number).is_err() && serde_json::from_slice::<IgnoredAny>(number).is_ok()
}

/// Overwrites the bytes at an offset, up to the end of the text.
fn overwrite(text: &mut Cow<'_, [u8]>, at: usize, bytes: &[u8]) {
    let places = text.to_mut().iter_mut().skip(at);
    places.zip(bytes).for_each(|(place, byte)| *place = *byte);
}

/// Calls a function with the offset of each unpaired surrogate in a string: `\ud83d`.
fn replace_surrogates(string: &[u8], mut replace: impl FnMut(usize)) {
    let mut at = 0;
    while let Some(escape) = string.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += escape;
        let (unit, next) = (code_unit(string, at), code_unit(string, at + 6));
        at += match (unit, next) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                replace(at);
                6
            }
            _ => 2,
        };
    }
}

/// Returns the UTF-16 code unit of the escape at an offset: `\ud83d`.
fn code_unit(string: &[u8], at: usize) -> Option<u16> {
    let digits = string.get(at..at + 6)?.strip_prefix(br"\u")?;
    u16::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()
}
