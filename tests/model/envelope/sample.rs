//! The samples of an envelope, as a table states them.

use super::json::{Json, Value};

/// The value of the key `envelope` of a table.
#[derive(Debug)]
pub(crate) struct Envelope {
    /// `None` is the default, `"{data}"`.
    pub(crate) success: Option<Sample>,
    pub(crate) failure: Vec<Sample>,
    pub(crate) headers: Vec<(String, Template)>,
}

#[derive(Debug)]
pub(crate) enum Sample {
    Null,
    Constant(Constant),
    /// A text with placeholders.
    Template(Template),
    /// Members in their order, `"..."` included.
    Object(Vec<(String, Sample)>),
    List(Vec<Sample>),
}

#[derive(Debug)]
pub(crate) enum Constant {
    Bool(bool),
    /// Canonical digits.
    Integer(String),
    Float(f64),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Template(pub(crate) Vec<Part>);

#[derive(Debug)]
pub(crate) enum Part {
    Text(String),
    /// `{_}`
    Any,
    Data,
    /// A placeholder for writers: `{meaning}`.
    Written,
    Slot {
        slot: Slot,
        /// Whether it has a question mark.
        is_second_choice: bool,
    },
}

/// A value that is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Slot {
    Code,
    Message,
    RequestId,
    RetryAfter,
    RetryAfterMs,
}

const HEADERS: &str = r#"{"x-request-id": "{request_id}", "retry-after": "{retry_after}"}"#;

/// Returns the keys of a named envelope.
fn named(name: &str) -> String {
    let failure = match name {
        "nested" => r#"{"error": {"code": "{code}", "message": "{message}"}}"#,
        "flat" => r#"{"code": "{code}", "message": "{message}"}"#,
        "problem" => r#"{"type": "{code}", "title": "{meaning}", "status": "{status}", "detail": "{message}"}"#,
        "google" => {
            r#"{"error": {"status": "{code?}", "message": "{message}", "details": [
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "{code}"},
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "{retry_after}s"}]}}"#
        }
        "json-rpc" => {
            return r#"{
                "success": {"jsonrpc": "2.0", "error": null, "result": "{data}", "id": "{request_id}"},
                "failure": {
                    "jsonrpc": "2.0",
                    "error": {"code": "{code}", "message": "{message}"},
                    "id": "{request_id}"
                }
            }"#
            .to_owned();
        }
        name => panic!("unknown envelope `{name}`"),
    };
    format!(r#"{{"failure": {failure}, "headers": {HEADERS}}}"#)
}

impl Envelope {
    /// Reads the value of the key `envelope`, which must be valid.
    pub(crate) fn read(json: &str) -> Self {
        let json = Json::read(json).expect("an envelope is JSON");
        let base = json.text().or_else(|| json.get("like").and_then(Json::text)).map(named);
        let base = base.as_deref().and_then(Json::read);
        let key = |name| json.get(name).or_else(|| base.as_ref().and_then(|base| base.get(name)));
        let failure = key("failure").expect("an envelope has a failure");
        let failure = match &failure.value {
            Value::List(samples) => samples.iter().map(Sample::read).collect(),
            _ => vec![Sample::read(failure)],
        };
        let headers = key("headers").map(Json::members).unwrap_or_default();
        let header = |value: &Json<'_>| Template::read(value.text().expect("a header is text"));
        Self {
            success: key("success").map(Sample::read).filter(|sample| !sample.is_data()),
            failure,
            headers: headers.iter().map(|member| (member.key.clone(), header(&member.value))).collect(),
        }
    }

    /// Returns all samples. That of a success is the first.
    pub(crate) fn samples(&self) -> Vec<&Sample> {
        self.success.iter().chain(&self.failure).collect()
    }
}

impl Sample {
    fn read(json: &Json<'_>) -> Self {
        match &json.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Constant(Constant::Bool(*value)),
            Value::Number => Self::Constant(match json.integer() {
                Some(digits) => Constant::Integer(digits.to_owned()),
                None => Constant::Float(json.raw.parse().expect("JSON numbers are numbers")),
            }),
            Value::Text { text, .. } => {
                let template = Template::read(text);
                match &template.0[..] {
                    [] => Self::Constant(Constant::Text(String::new())),
                    [Part::Text(text)] => Self::Constant(Constant::Text(text.clone())),
                    _ => Self::Template(template),
                }
            }
            Value::List(elements) => Self::List(elements.iter().map(Self::read).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|member| (member.key.clone(), Self::read(&member.value))).collect())
            }
        }
    }

    /// Returns whether the value at this place is the data.
    pub(crate) fn is_data(&self) -> bool {
        matches!(self, Self::Template(template) if matches!(template.0[..], [Part::Data]))
    }

    /// Returns whether this is `{_}` alone.
    pub(crate) fn is_any(&self) -> bool {
        matches!(self, Self::Template(template) if matches!(template.0[..], [Part::Any]))
    }

    /// Returns the members, without `"..."`.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members: &[_] = if let Self::Object(members) = self { members } else { &[] };
        members.iter().map(|(key, sample)| (key.as_str(), sample)).filter(|(key, _)| *key != "...")
    }

    pub(crate) fn elements(&self) -> &[Self] {
        if let Self::List(elements) = self { elements } else { &[] }
    }

    pub(crate) fn has_rest(&self) -> bool {
        matches!(self, Self::Object(members) if members.iter().any(|(key, _)| key == "..."))
    }

    pub(crate) fn slots(&self) -> Vec<(Slot, bool)> {
        match self {
            Self::Null | Self::Constant(_) => Vec::new(),
            Self::Template(template) => template.slots().map(|(_, slot, second)| (slot, second)).collect(),
            Self::Object(members) => members.iter().flat_map(|(_, sample)| sample.slots()).collect(),
            Self::List(elements) => elements.iter().flat_map(Self::slots).collect(),
        }
    }
}

impl Template {
    /// Reads `"{_}#{code}:{_}"`. `{{` and `}}` are braces.
    fn read(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            if rest.starts_with("{{") || rest.starts_with("}}") {
                literal.push(char);
                rest = &rest[2..];
            } else if char == '{' {
                if !literal.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut literal)));
                }
                let (name, after) = rest[1..].split_once('}').expect("a placeholder is closed");
                parts.push(Part::read(name));
                rest = after;
            } else {
                assert_ne!(char, '}', "a brace outside a placeholder: {text}");
                literal.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Text(literal));
        }
        Self(parts)
    }

    /// Returns the values to read: the index of the part, and whether it is a second choice.
    pub(crate) fn slots(&self) -> impl Iterator<Item = (usize, Slot, bool)> {
        self.0.iter().enumerate().filter_map(|(index, part)| match part {
            Part::Slot { slot, is_second_choice } => Some((index, *slot, *is_second_choice)),
            _ => None,
        })
    }

    /// Removes the text around a placeholder, where it is there.
    pub(crate) fn strip<'a>(&self, index: usize, value: &'a str) -> &'a str {
        let text = |index: Option<usize>| match index.and_then(|index| self.0.get(index)) {
            Some(Part::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let (left, right) = (text(index.checked_sub(1)), text(Some(index + 1)));
        let value = right.and_then(|right| value.split_once(right)).map_or(value, |(before, _)| before);
        left.and_then(|left| value.rsplit_once(left)).map_or(value, |(_, after)| after)
    }
}

impl Part {
    fn read(name: &str) -> Self {
        let is_second_choice = name.ends_with('?');
        let slot = match name.trim_end_matches('?') {
            "_" => return Self::Any,
            "data" => return Self::Data,
            "code" => Slot::Code,
            "message" => Slot::Message,
            "request_id" => Slot::RequestId,
            "retry_after" => Slot::RetryAfter,
            "retry_after_ms" => Slot::RetryAfterMs,
            _ => return Self::Written,
        };
        Self::Slot { slot, is_second_choice }
    }
}
