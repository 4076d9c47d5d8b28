//! JSON values with their places: every key and value is kept as a slice of the file until somebody asks for it.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

use crate::source::{Source, Span};
use crate::words::shown;

/// A value, unread.
#[derive(Clone, Copy)]
pub(crate) struct Json<'a> {
    text: &'a str,
    pub(crate) span: Span,
}

/// The types of JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The name with its article, for a message.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A syntax error: where, and what `serde_json` says of it.
pub(crate) struct SyntaxError {
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl<'a> Json<'a> {
    /// The value that a whole file is.
    pub(crate) fn of_source(source: &'a Source, number: usize) -> Result<Self, SyntaxError> {
        match serde_json::from_str::<&RawValue>(source.text()) {
            Ok(raw) => Ok(File { source: source.text(), number }.json(raw)),
            Err(error) => Err(SyntaxError {
                offset: source.offset(error.line(), error.column()),
                message: without_position(&error),
            }),
        }
    }

    /// The type, which the first byte tells.
    pub(crate) fn kind(self) -> Kind {
        match self.text.bytes().next() {
            Some(b'"') => Kind::String,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The value as it stands in the file.
    pub(crate) fn text(self) -> &'a str {
        self.text
    }

    /// What the value is, for a message: a number by its digits, anything else by its type.
    pub(crate) fn found(self) -> String {
        match self.kind() {
            Kind::Number => format!("the number `{}`", shown(self.text)),
            kind => kind.with_article().to_owned(),
        }
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        self.text.parse().ok()
    }

    /// The text of a string. An escape such as a lone surrogate can still be wrong: `Err` says how.
    pub(crate) fn string(self) -> Result<Cow<'a, str>, String> {
        // A text with escapes cannot be borrowed.
        serde_json::from_str(self.text)
            .map(Cow::Borrowed)
            .or_else(|_| serde_json::from_str(self.text).map(Cow::Owned))
            .map_err(|error| without_position(&error))
    }

    /// The elements, where the value is an array.
    pub(crate) fn elements(self, source: &'a Source) -> Option<Vec<Self>> {
        let file = File { source: source.text(), number: self.span.source };
        let elements: Vec<&RawValue> = serde_json::from_str(self.text).ok()?;
        Some(elements.into_iter().map(|raw| file.json(raw)).collect())
    }

    /// Keys and values, in order and equal keys included, where the value is an object.
    pub(crate) fn entries(self, source: &'a Source) -> Option<Vec<(Self, Self)>> {
        let file = File { source: source.text(), number: self.span.source };
        Deserializer::from_str(self.text).deserialize_map(Entries(file)).ok()
    }
}

fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_owned()
}

/// The file that raw values are slices of.
#[derive(Clone, Copy)]
struct File<'a> {
    source: &'a str,
    number: usize,
}

impl<'a> File<'a> {
    /// A raw value borrows from the text of the file, so its address is its place.
    fn json(self, raw: &'a RawValue) -> Json<'a> {
        let start = raw.get().as_ptr().addr() - self.source.as_ptr().addr();
        Json { text: raw.get(), span: Span { source: self.number, start, end: start + raw.get().len() } }
    }
}

struct Entries<'a>(File<'a>);

impl<'a> Visitor<'a> for Entries<'a> {
    type Value = Vec<(Json<'a>, Json<'a>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry()? {
            entries.push((self.0.json(key), self.0.json(value)));
        }
        Ok(entries)
    }
}
