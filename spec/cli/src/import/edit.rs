//! Edits of a text.

use std::ops::Range;

/// Replaces parts of a text. The edits are in order, and do not overlap.
pub(super) fn edited<T, R: IntoIterator<Item = T>>(
    text: &str,
    edits: impl IntoIterator<Item = (Range<usize>, R)>,
) -> String
where
    String: Extend<T>,
{
    let mut edited = String::with_capacity(text.len());
    let mut end = 0;
    for (range, replacement) in edits {
        edited.push_str(text.get(end..range.start).unwrap_or_default());
        edited.extend(replacement);
        end = range.end;
    }
    edited.push_str(text.get(end..).unwrap_or_default());
    edited
}
