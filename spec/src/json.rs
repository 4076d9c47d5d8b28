//! JSON values with their places: every key and value is kept as a slice of the file until somebody asks for it.
//!
//! `serde_json` reads the whole file once and says whether it is JSON. Its values are then cut out here, of text that is known to be
//! right: `RawValue` would read each level again, in a macro that cargo does not optimise.

use std::borrow::Cow;

use serde_core::de::IgnoredAny;

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
        let text = source.text();
        match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => {
                let (text, end) = (text.trim(), text.trim_end().len());
                Ok(Self { text, span: Span { source: number, start: end - text.len(), end } })
            }
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
        match self.text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) if !text.contains('\\') => Ok(Cow::Borrowed(text)),
            _ => serde_json::from_str(self.text).map(Cow::Owned).map_err(|error| without_position(&error)),
        }
    }

    /// The elements, where the value is an array.
    pub(crate) fn elements(self) -> Option<Vec<Self>> {
        (self.kind() == Kind::Array).then(|| self.parts())
    }

    /// Keys and values, in order and equal keys included, where the value is an object.
    pub(crate) fn entries(self) -> Option<Vec<(Self, Self)>> {
        if self.kind() != Kind::Object {
            return None;
        }
        let mut parts = self.parts().into_iter();
        let mut entries = Vec::new();
        while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
            entries.push((key, value));
        }
        Some(entries)
    }

    /// The values in an array, or the keys and values in an object, each key before its value.
    fn parts(self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut at = 1;
        while let Some(start) = next_value(self.text, at) {
            at = end_of_value(self.text, start);
            let span = Span { source: self.span.source, start: self.span.start + start, end: self.span.start + at };
            parts.push(Self { text: self.text.get(start..at).unwrap_or_default(), span });
        }
        parts
    }
}

/// Where the next key or value starts; `None` where the array or object ends.
fn next_value(text: &str, mut at: usize) -> Option<usize> {
    loop {
        match text.as_bytes().get(at)? {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => at += 1,
            b']' | b'}' => return None,
            _ => return Some(at),
        }
    }
}

/// Where a value ends that starts at `at`.
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

/// Where a number, `true`, `false` or `null` ends.
fn end_of_scalar(text: &str, mut at: usize) -> usize {
    loop {
        at += 1;
        if let None | Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r') = text.as_bytes().get(at) {
            return at;
        }
    }
}

/// Where a string ends: behind the first quote that no backslash escapes.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let (part, _) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        at += part.len() + 1;
        // Few parts end in one, and to count them is the dearer question.
        if !part.ends_with('\\') || (part.len() - part.trim_end_matches('\\').len()) % 2 == 0 {
            return at;
        }
    }
}

fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The value that the cut-out parts make.
    fn read(json: Json<'_>, source: &Source) -> Value {
        assert_eq!(source.slice(json.span), json.text(), "a value stands where it says");
        match json.kind() {
            Kind::Array => json.elements().unwrap().into_iter().map(|element| read(element, source)).collect(),
            Kind::Object => {
                let entry =
                    |(key, value): (Json<'_>, Json<'_>)| (key.string().unwrap().into_owned(), read(value, source));
                Value::Object(json.entries().unwrap().into_iter().map(entry).collect())
            }
            Kind::String => Value::String(json.string().unwrap().into_owned()),
            _ => serde_json::from_str(json.text()).unwrap(),
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
    fn every_way_to_write_a_value_is_cut_out() {
        for text in [
            r"[ ]",
            "{\t}",
            "[\r\n1E+5 ,\t-0.5e-3 , 0 ]",
            r#"{ "a" : [ true , false , null ] , "b" : { "c" : "" } }"#,
            r#"["\/", "\"", "\\", "\\\"", "\u0022]", "\ud83d\ude00", "]}[{,:"]"#,
        ] {
            let source = Source::new("t.json".to_owned(), text.to_owned());
            let Ok(whole) = Json::of_source(&source, 0) else { panic!("{text}") };
            assert_eq!(read(whole, &source), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
        let source = Source::new("t.json".to_owned(), r#"{"a": 1, "a": 2}"#.to_owned());
        let Ok(twice) = Json::of_source(&source, 0) else { panic!() };
        assert_eq!(twice.entries().unwrap().len(), 2, "equal keys are all there");
    }

    proptest! {
        #[test]
        fn what_is_cut_out_is_what_serde_json_reads(value in json(), pretty in any::<bool>(), around in "[ \t\r\n]{0,3}") {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let source = Source::new("t.json".to_owned(), format!("{around}{text}{around}"));
            let Ok(whole) = Json::of_source(&source, 0) else { panic!("{text}") };
            prop_assert_eq!(read(whole, &source), value);
        }
    }
}
