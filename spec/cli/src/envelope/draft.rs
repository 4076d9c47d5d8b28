//! A sample that is built member by member.

use crate::escape::escape_invisible;

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

/// A sample of a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Draft {
    /// A scalar, as JSON.
    Scalar(String),
    Array(Vec<Draft>),
    Object(Vec<(String, Draft)>),
}

impl Draft {
    /// Returns a text with placeholders.
    pub(super) fn text(text: &str) -> Self {
        Self::Scalar(quoted(text))
    }

    /// Returns `null`.
    pub(super) fn null() -> Self {
        Self::Scalar("null".to_owned())
    }

    /// Writes a value at a path. The containers on the way are created.
    pub(super) fn insert(&mut self, path: &[Step], value: Self) {
        match path.split_first() {
            None => *self = value,
            Some((Step::Key(key), rest)) => self.member(key).insert(rest, value),
            Some((Step::Element(selector), rest)) => self.element(selector.as_ref()).insert(rest, value),
        }
    }

    /// Returns a member, which is added if there is none.
    fn member(&mut self, key: &str) -> &mut Self {
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Vec::new());
        }
        let Self::Object(members) = self else { return self };
        if let Some(position) = members.iter().position(|(known, _)| known == key) {
            return at(members, position);
        }
        members.push((key.to_owned(), Self::null()));
        let last = members.len() - 1;
        at(members, last)
    }

    /// Returns the element with a constant, which is added if there is none.
    fn element(&mut self, selector: Option<&(String, String)>) -> &mut Self {
        if !matches!(self, Self::Array(_)) {
            *self = Self::Array(Vec::new());
        }
        let Self::Array(elements) = self else { return self };
        let constant = selector.map(|(key, value)| (key.clone(), Self::text(&escape_braces(value))));
        let is_selected = |element: &Self| match (element, &constant) {
            (Self::Object(members), Some(constant)) => members.contains(constant),
            (_, constant) => constant.is_none(),
        };
        let position = elements.iter().position(is_selected).unwrap_or_else(|| {
            elements.push(constant.map_or_else(Self::null, |constant| Self::Object(vec![constant])));
            elements.len() - 1
        });
        at_element(elements, position)
    }

    /// Writes the sample in the layout of `fmt`: on one line, if it has at most 100 columns.
    pub(super) fn write(&self, indent: usize, used: usize, out: &mut String) {
        let line = self.one_line();
        if indent + used + line.chars().count() < 100 {
            out.push_str(&line);
            return;
        }
        let padding = " ".repeat(indent + 2);
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.extend([if index == 0 { "\n" } else { ",\n" }, &*padding]);
                    element.write(indent + 2, 0, out);
                }
                out.extend(["\n", &" ".repeat(indent), "]"]);
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, member)) in members.iter().enumerate() {
                    let key = quoted(key);
                    out.extend([if index == 0 { "\n" } else { ",\n" }, &*padding, &*key, ": "]);
                    member.write(indent + 2, key.chars().count() + 2, out);
                }
                out.extend(["\n", &" ".repeat(indent), "}"]);
            }
        }
    }

    fn one_line(&self) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            Self::Array(elements) => {
                format!("[{}]", elements.iter().map(Self::one_line).collect::<Vec<_>>().join(", "))
            }
            Self::Object(members) if members.is_empty() => "{}".to_owned(),
            Self::Object(members) => {
                let members = members.iter().map(|(key, member)| format!("{}: {}", quoted(key), member.one_line()));
                format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Returns a value whose position is known to exist.
#[expect(clippy::indexing_slicing, reason = "both callers found or added the position")]
fn at(members: &mut [(String, Draft)], position: usize) -> &mut Draft {
    &mut members[position].1
}

#[expect(clippy::indexing_slicing, reason = "the caller found or added the position")]
fn at_element(elements: &mut [Draft], position: usize) -> &mut Draft {
    &mut elements[position]
}

/// Escapes the braces of a text that is not a placeholder.
pub(super) fn escape_braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn quoted(text: &str) -> String {
    escape_invisible(&serde_json::Value::from(text).to_string())
}
