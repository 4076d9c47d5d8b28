//! Places and texts in a JSON document.

use std::borrow::Cow;

use errtable_spec::Json;

pub(super) use crate::place::member;

/// Returns the value at a JSON Pointer: `/errors/0`.
pub(super) fn at<'a>(root: Json<'a>, pointer: &str) -> Option<Json<'a>> {
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

/// Returns the lines of offsets that increase, from 1.
pub(super) fn lines_of(text: &str, offsets: impl Iterator<Item = usize>) -> Vec<usize> {
    let (mut counted, mut line) = (0, 1);
    let lines = offsets.map(|offset| {
        line += text.get(counted..offset).unwrap_or_default().matches('\n').count();
        counted = counted.max(offset);
        line
    });
    lines.collect()
}
