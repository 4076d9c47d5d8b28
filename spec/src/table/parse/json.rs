//! JSON values with spans: every key and value is a slice of the file until it is read.
//!
//! `serde_json` validates the whole file once. The values are then cut out of text that is known to
//! be valid. `RawValue` would parse each level again, which is slow because cargo does not optimize
//! macros.

mod syntax;

use std::borrow::Cow;
use std::ops::Range;

use serde_core::de::IgnoredAny;

use self::syntax::{SyntaxError, without_position};
use crate::table::report::suggest::excerpt;
use crate::table::source::{SourceFile, Span};

/// A JSON value as a slice of its text, for tools that edit tables in place.
///
/// ```
/// use errtable_spec::__private::Json;
///
/// let text = r#"{"errors": [{"code": "A.B"}, {"code": "C"}]}"#;
/// let table = Json::of(text).unwrap();
/// let (key, rows) = table.entries().unwrap()[0];
/// assert_eq!(key.unescape().unwrap(), "errors");
///
/// let row = rows.elements().unwrap()[1];
/// assert_eq!(row.raw(), r#"{"code": "C"}"#);
/// assert_eq!(&text[row.range()], row.raw());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Json<'a> {
    raw: &'a str,
    pub(super) span: Span,
}

/// The types of JSON values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonType {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// Returns the name with its article, for a message.
    pub(super) fn with_article(self) -> &'static str {
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

impl<'a> Json<'a> {
    /// Returns the value of a text, or `None` if the text is not valid JSON.
    #[must_use]
    pub fn of(text: &'a str) -> Option<Self> {
        serde_json::from_str::<IgnoredAny>(text).ok().map(|_| Self::whole(text, 0))
    }

    /// Validates a whole file and returns its value.
    pub(super) fn parse(source: &'a SourceFile, number: usize) -> Result<Self, SyntaxError> {
        let text = source.text();
        serde_json::from_str::<IgnoredAny>(text).map_err(|error| SyntaxError::new(&error, source))?;
        Ok(Self::whole(text, number))
    }

    /// Returns the value of a text that is valid JSON.
    fn whole(text: &'a str, number: usize) -> Self {
        let (raw, end) = (text.trim(), text.trim_end().len());
        Self { raw, span: Span { file: number, start: end - raw.len(), end } }
    }

    /// Returns the type, which the first byte determines.
    pub(super) fn ty(self) -> JsonType {
        match self.raw.bytes().next() {
            Some(b'"') => JsonType::String,
            Some(b'{') => JsonType::Object,
            Some(b'[') => JsonType::Array,
            Some(b't' | b'f') => JsonType::Boolean,
            Some(b'n') => JsonType::Null,
            _ => JsonType::Number,
        }
    }

    /// Returns the text of the value.
    #[must_use]
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// Returns the range of the value in the whole text.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.span.start..self.span.end
    }

    /// Describes the value for a message: a number by its digits, any other value by its type.
    pub(super) fn describe(self) -> String {
        match self.ty() {
            JsonType::Number => format!("number `{}`", excerpt(self.raw)),
            ty => ty.with_article().to_owned(),
        }
    }

    pub(super) fn boolean(self) -> Option<bool> {
        self.raw.parse().ok()
    }

    /// Returns the text of a string.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a string, or if it contains an unpaired surrogate such
    /// as `"\ud83d"`.
    pub fn unescape(self) -> Result<Cow<'a, str>, String> {
        match self.raw.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) if !text.contains('\\') => Ok(Cow::Borrowed(text)),
            _ => serde_json::from_str(self.raw).map(Cow::Owned).map_err(|error| without_position(&error)),
        }
    }

    /// Returns the elements of an array.
    #[must_use]
    pub fn elements(self) -> Option<Vec<Self>> {
        (self.ty() == JsonType::Array).then(|| self.children())
    }

    /// Returns the keys and values of an object, in order and including duplicates.
    #[must_use]
    pub fn entries(self) -> Option<Vec<(Self, Self)>> {
        if self.ty() != JsonType::Object {
            return None;
        }
        let mut children = self.children().into_iter();
        let mut entries = Vec::new();
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            entries.push((key, value));
        }
        Some(entries)
    }

    /// Returns the values of an array, or the keys and values of an object.
    fn children(self) -> Vec<Self> {
        let mut children = Vec::new();
        let mut at = 1;
        while let Some(start) = next_value(self.raw, at) {
            at = end_of_value(self.raw, start);
            let span = Span { file: self.span.file, start: self.span.start + start, end: self.span.start + at };
            children.push(Self { raw: self.raw.get(start..at).unwrap_or_default(), span });
        }
        children
    }
}

/// Returns where the next key or value starts, or `None` at the end of the array or object.
fn next_value(text: &str, mut at: usize) -> Option<usize> {
    loop {
        match text.as_bytes().get(at)? {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => at += 1,
            b']' | b'}' => return None,
            _ => return Some(at),
        }
    }
}

/// Returns the end of the value that starts at `at`.
fn end_of_value(text: &str, mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => at = end_of_string(text, at),
            b'[' | b'{' => {
                depth += 1;
                at += 1;
                continue;
            }
            b']' | b'}' => {
                depth -= 1;
                at += 1;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {
                at += 1;
                continue;
            }
            _ => at = end_of_scalar(text, at),
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Returns the end of a number, `true`, `false` or `null`.
fn end_of_scalar(text: &str, mut at: usize) -> usize {
    loop {
        at += 1;
        if let None | Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r') = text.as_bytes().get(at) {
            return at;
        }
    }
}

/// Returns the end of a string: after the first unescaped quote.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (part, _) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        at += part.len() + 1;
        // Counting backslashes is slow, and few strings contain one before a quote.
        if !part.ends_with('\\') || (part.len() - part.trim_end_matches('\\').len()) % 2 == 0 {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// Reads a value from its slices.
    fn read(json: Json<'_>, source: &SourceFile) -> Value {
        assert_eq!(source.slice(json.span), json.raw(), "the span covers the value");
        match json.ty() {
            JsonType::Array => json.elements().unwrap().into_iter().map(|element| read(element, source)).collect(),
            JsonType::Object => {
                let entry =
                    |(key, value): (Json<'_>, Json<'_>)| (key.unescape().unwrap().into_owned(), read(value, source));
                Value::Object(json.entries().unwrap().into_iter().map(entry).collect())
            }
            JsonType::String => Value::String(json.unescape().unwrap().into_owned()),
            _ => serde_json::from_str(json.raw()).unwrap(),
        }
    }

    fn json() -> impl Strategy<Value = Value> {
        let text = r#"[a{}\[\],:"\\ \n签]{0,4}"#;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            // Exact in text, however a float is read.
            any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map(text, inner, 0..4).prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    #[test]
    fn every_notation_is_sliced() {
        for text in [
            r"[ ]",
            "{\t}",
            "[\r\n1E+5 ,\t-0.5e-3 , 0 ]",
            r#"{ "a" : [ true , false , null ] , "b" : { "c" : "" } }"#,
            r#"["\/", "\"", "\\", "\\\"", "\u0022]", "\ud83d\ude00", "]}[{,:"]"#,
        ] {
            let source = SourceFile::new("t.json".to_owned(), text.to_owned());
            let Ok(whole) = Json::parse(&source, 0) else { panic!("{text}") };
            assert_eq!(read(whole, &source), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
        let source = SourceFile::new("t.json".to_owned(), r#"{"a": 1, "a": 2}"#.to_owned());
        let Ok(twice) = Json::parse(&source, 0) else { panic!() };
        assert_eq!(twice.entries().unwrap().len(), 2, "duplicate keys are kept");
    }

    proptest! {
        #[test]
        fn slices_agree_with_serde_json(value in json(), pretty in any::<bool>(), around in "[ \t\r\n]{0,3}") {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let source = SourceFile::new("t.json".to_owned(), format!("{around}{text}{around}"));
            let Ok(whole) = Json::parse(&source, 0) else { panic!("{text}") };
            prop_assert_eq!(read(whole, &source), value);
        }
    }
}
