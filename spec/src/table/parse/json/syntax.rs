//! Syntax errors of JSON, with what to do about them.

use crate::table::source::SourceFile;

/// A syntax error.
pub(crate) struct SyntaxError {
    pub(crate) offset: usize,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// The messages of `serde_json` and what to do about them.
const SYNTAX_HELPS: &[(&str, &str)] = &[
    ("EOF while parsing", "complete the JSON: a string, array or object is not closed"),
    ("control character", "close the string, or escape the character: `\\n` is a line break, `\\t` a tab"),
    ("expected `,`", "add a comma before this"),
    ("invalid escape", "escape the backslash: `\\\\`"),
    ("key must be a string", "put the key in double quotes"),
    ("trailing characters", "remove the text after the table"),
];

impl SyntaxError {
    pub(super) fn new(error: &serde_json::Error, source: &SourceFile) -> Self {
        let offset = source.offset(error.line(), error.column());
        let (before, after) = source.text().split_at_checked(offset).unwrap_or_default();
        let (offset, message, help) = match (before.trim_ascii_end().strip_suffix(','), after.as_bytes()) {
            // `[1, ]`: serde_json reports the bracket as "expected value".
            (Some(before), [b']' | b'}', ..]) => (before.len(), "trailing comma", "remove the comma"),
            (_, [b'/' | b'#', ..]) => (offset, "comment", "remove it, or move the text to `description` or `evidence`"),
            (_, [b'\'', ..]) => (offset, "single quote", "use double quotes"),
            _ => {
                let message = without_position(error);
                let help = SYNTAX_HELPS.iter().find(|(start, _)| message.starts_with(start));
                let help = help.map_or("fix the syntax here or just before", |(_, help)| *help);
                return Self { offset, message, help };
            }
        };
        Self { offset, message: message.to_owned(), help }
    }
}

/// Returns the message of an error without its line and column.
pub(super) fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_owned()
}
