//! JSON whose values stay as they are written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A value with its elements. Strings and numbers are slices of the text.
pub(super) enum Json<'a> {
    Scalar(&'a str),
    Array { items: Vec<Json<'a>>, is_one_line: bool },
    Object { entries: Vec<(&'a str, Json<'a>)>, is_one_line: bool },
}

/// The depth from which values are copied. A valid table is not as deep.
const MAX_DEPTH: usize = 16;

impl<'a> Json<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Self::nested(raw, 0)
    }

    fn nested(raw: &'a RawValue, depth: usize) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        let is_one_line = !text.contains('\n');
        Ok(match text.as_bytes().first() {
            Some(b'[') if depth < MAX_DEPTH => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                let items = items.into_iter().map(|item| Self::nested(item, depth + 1));
                Self::Array { items: items.collect::<Result<_, _>>()?, is_one_line }
            }
            Some(b'{') if depth < MAX_DEPTH => {
                let Entries(entries) = serde_json::from_str(text)?;
                let entries = entries.into_iter().map(|(key, value)| Ok((key, Self::nested(value, depth + 1)?)));
                Self::Object { entries: entries.collect::<Result<_, serde_json::Error>>()?, is_one_line }
            }
            _ => Self::Scalar(text),
        })
    }

    /// Returns the keys of an object.
    pub(super) fn keys(&self) -> Vec<Cow<'a, str>> {
        match self {
            Self::Object { entries, .. } => entries.iter().map(|(key, _)| unescape(key)).collect(),
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
                    out.push_str(key);
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
pub(super) fn unescape(key: &str) -> Cow<'_, str> {
    match key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
        Some(text) if !text.contains('\\') => Cow::Borrowed(text),
        _ => serde_json::from_str(key).map_or(Cow::Borrowed(key), Cow::Owned),
    }
}

/// The entries of an object, also those of duplicate keys.
struct Entries<'a>(Vec<(&'a str, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    entries.push((key.get(), value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor)
    }
}
