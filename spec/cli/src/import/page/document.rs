//! Places and texts in a JSON document.

use std::borrow::Cow;

use errtable_spec::__private::Json;

use crate::place::member;

/// Returns the value at a JSON Pointer: `/errors/0`.
pub(super) fn value_at<'a>(root: Json<'a>, pointer: &str) -> Option<Json<'a>> {
    pointer.split('/').skip(1).try_fold(root, |value, part| {
        let part = part.replace("~1", "/").replace("~0", "~");
        match value.elements() {
            Some(elements) => elements.get(part.parse::<usize>().ok()?).copied(),
            None => member(value, &part),
        }
    })
}

/// Returns a value as the text of a cell. Elements of an array are separated by commas.
pub(super) fn text_of(value: Json<'_>) -> String {
    // An array in an array stays JSON, because it may be deep.
    let text = |value: Json<'_>| match value.raw() {
        "null" => String::new(),
        raw => value.unescape().map_or_else(|_| raw.to_owned(), Cow::into_owned),
    };
    match value.elements() {
        Some(elements) => elements.into_iter().map(text).collect::<Vec<_>>().join(", "),
        None => text(value),
    }
}

/// Counts lines, for offsets that increase.
pub(super) struct Lines<'a> {
    text: &'a str,
    counted: usize,
    breaks: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, counted: 0, breaks: 0 }
    }

    /// Returns the line of an offset, from 1.
    pub(super) fn number(&mut self, offset: usize) -> usize {
        let passed = self.text.get(self.counted..offset).unwrap_or_default();
        self.breaks += passed.matches('\n').count();
        self.counted = self.counted.max(offset);
        self.breaks + 1
    }
}

/// Returns the lines of offsets that increase, from 1.
pub(super) fn lines_of(text: &str, offsets: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut lines = Lines::new(text);
    offsets.map(|offset| lines.number(offset)).collect()
}
