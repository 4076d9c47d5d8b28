//! JSON whose values stay as they are written.

use std::borrow::Cow;

use errtable_spec::__private::Json;

/// A value with its elements and its layout. Strings and numbers are slices of the text.
pub(super) enum JsonLayout<'a> {
    Scalar(&'a str),
    Array { items: Vec<JsonLayout<'a>>, is_one_line: bool },
    Object { entries: Vec<(Json<'a>, JsonLayout<'a>)>, is_one_line: bool },
}

/// The depth from which values are copied. Only a sample of an envelope can be as deep.
const MAX_DEPTH: usize = 16;

impl<'a> JsonLayout<'a> {
    /// Returns `None` if the text is not valid JSON.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        Json::of(text).map(|json| Self::nested(json, 0))
    }

    fn nested(json: Json<'a>, depth: usize) -> Self {
        let is_one_line = !json.raw().contains('\n');
        let below = |json| Self::nested(json, depth + 1);
        match (json.elements(), json.entries()) {
            (Some(items), _) if depth < MAX_DEPTH => {
                Self::Array { items: items.into_iter().map(below).collect(), is_one_line }
            }
            (_, Some(entries)) if depth < MAX_DEPTH => {
                let entries = entries.into_iter().map(|(key, value)| (key, below(value)));
                Self::Object { entries: entries.collect(), is_one_line }
            }
            _ => Self::Scalar(json.raw()),
        }
    }

    /// Returns the keys of an object.
    pub(super) fn keys(&self) -> Vec<Cow<'a, str>> {
        match self {
            Self::Object { entries, .. } => entries.iter().map(|(key, _)| unescape(*key)).collect(),
            _ => Vec::new(),
        }
    }

    /// Writes the value, whose first line is indented already.
    pub(super) fn write(&self, depth: usize, out: &mut String) {
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::Array { items, is_one_line } => {
                let separator = Separator { is_one_line: *is_one_line, padding: "", depth };
                separator.write_list(('[', ']'), items, out, |item, out| item.write(depth + 1, out));
            }
            Self::Object { entries, is_one_line } => {
                let separator = Separator { is_one_line: *is_one_line, padding: " ", depth };
                separator.write_list(('{', '}'), entries, out, |(key, value), out| {
                    out.push_str(key.raw());
                    out.push_str(": ");
                    value.write(depth + 1, out);
                });
            }
        }
    }
}

/// The white space between the elements of a list.
struct Separator {
    is_one_line: bool,
    /// What is inside the brackets of a list on one line: `{ "code": "A" }`, but `["A"]`.
    padding: &'static str,
    depth: usize,
}

impl Separator {
    fn write_list<T>(
        &self,
        (open, close): (char, char),
        list: &[T],
        out: &mut String,
        write: impl Fn(&T, &mut String),
    ) {
        out.push(open);
        for (index, element) in list.iter().enumerate() {
            match (index, self.is_one_line) {
                (0, true) => out.push_str(self.padding),
                (0, false) => self.break_line(1, out),
                (_, true) => out.push_str(", "),
                (_, false) => {
                    out.push(',');
                    self.break_line(1, out);
                }
            }
            write(element, out);
        }
        match (list.is_empty(), self.is_one_line) {
            (true, _) => {}
            (false, true) => out.push_str(self.padding),
            (false, false) => self.break_line(0, out),
        }
        out.push(close);
    }

    fn break_line(&self, deeper: usize, out: &mut String) {
        out.push('\n');
        (0..self.depth + deeper).for_each(|_| out.push_str("  "));
    }
}

/// Returns the text of a key, or the key as written if it contains an invalid escape.
pub(super) fn unescape(key: Json<'_>) -> Cow<'_, str> {
    key.unescape().unwrap_or(Cow::Borrowed(key.raw()))
}
