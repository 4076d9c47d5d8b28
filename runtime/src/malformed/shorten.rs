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
