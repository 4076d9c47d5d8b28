//! Escapes of invisible characters, which a terminal could interpret.

use errtable_spec::is_invisible;

/// Escapes the invisible characters of a JSON or TypeScript text: `"\u202e"`. Apart from line
/// breaks of the layout, all of them are in strings and comments.
pub(crate) fn escape_invisible(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_invisible(c) {
            escaped.extend(format!("\\u{:04x}", u32::from(c)).chars());
        } else {
            escaped.push(c);
        }
    }
    escaped
}
