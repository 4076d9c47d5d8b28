//! A sample that is built value by value.

use errtable_spec::{Part, Placeholder, Sample};

/// A step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A member of an object.
    Key(String),
    /// An element of an array: one with this constant, such as `@type`, or else the first.
    Element(Option<(String, String)>),
}

/// Writes a path as documentation does: `error.details[].reason`.
pub(super) fn display(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.extend([".", key]),
            Step::Element(_) => text.push_str("[]"),
        }
    }
    text
}

/// Returns the text that is only a placeholder.
pub(super) fn alone(placeholder: Placeholder) -> Vec<Part> {
    vec![Part::Placeholder(placeholder, false)]
}

/// Returns a text whose value is a second choice: `{code?}`.
pub(super) fn second_choice(mut text: Vec<Part>) -> Vec<Part> {
    for part in &mut text {
        if let Part::Placeholder(placeholder, is_second) = part {
            *is_second = placeholder.is_readable();
        }
    }
    text
}

/// Returns a constant text.
pub(super) fn constant(text: &str) -> Sample {
    let part = (!text.is_empty()).then(|| Part::Literal(text.to_owned()));
    Sample::Text(part.into_iter().collect())
}

/// Sets the value at a path. The containers on the way are created.
pub(super) fn insert(sample: &mut Sample, path: &[Step], value: Sample) {
    match path.split_first() {
        None => *sample = value,
        Some((Step::Key(key), rest)) => insert(member(sample, key), rest, value),
        Some((Step::Element(selector), rest)) => insert(element(sample, selector.as_ref()), rest, value),
    }
}

/// Returns a member, which is added if there is none.
fn member<'s>(sample: &'s mut Sample, key: &str) -> &'s mut Sample {
    if !matches!(sample, Sample::Object(_)) {
        *sample = Sample::Object(Vec::new());
    }
    let Sample::Object(members) = sample else { return sample };
    let position = members.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
        members.push((key.to_owned(), Sample::Null));
        members.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "the position was found or added")]
    &mut members[position].1
}

/// Returns the element with a constant, which is added if there is none.
fn element<'s>(sample: &'s mut Sample, selector: Option<&(String, String)>) -> &'s mut Sample {
    if !matches!(sample, Sample::Array(_)) {
        *sample = Sample::Array(Vec::new());
    }
    let Sample::Array(elements) = sample else { return sample };
    let selector = selector.map(|(key, value)| (key.clone(), constant(value)));
    let is_selected = |element: &Sample| match (element, &selector) {
        (Sample::Object(members), Some(selector)) => members.contains(selector),
        (_, selector) => selector.is_none(),
    };
    let position = elements.iter().position(is_selected).unwrap_or_else(|| {
        elements.push(selector.map_or(Sample::Null, |selector| Sample::Object(vec![selector])));
        elements.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "the position was found or added")]
    &mut elements[position]
}
