//! Generates envelopes, and responses that follow one of their samples with mutations.
//!
//! Choices are read from bytes, so that proptest and fuzzers can shrink them, or from a seed, for
//! many cases in a loop:
//!
//! ```ignore
//! let mut source = Source::seeded(seed);
//! let envelope = Envelope::read(&envelope(&mut source));
//! let response = response(&mut source, &envelope);
//! ```

use std::fmt::Write;

use super::Response;
use super::sample::{Constant, Envelope, Part, Sample, Slot, Template};

/// A source of choices. The first alternative is the simplest.
pub(crate) struct Source<'a> {
    bytes: &'a [u8],
    /// 0 after bytes, which are followed by zeros.
    state: u64,
}

impl<'a> Source<'a> {
    /// Makes choices from bytes, two for each.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, state: 0 }
    }

    /// Makes random choices.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { bytes: &[], state: (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// Chooses a number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        if let [first, second, rest @ ..] = self.bytes {
            self.bytes = rest;
            return usize::from(u16::from_be_bytes([*first, *second])) % bound;
        }
        // xorshift64*
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let high = u32::try_from(self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32).unwrap_or_default();
        usize::try_from(high).unwrap_or_default() % bound
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    fn choose<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// JSON that is being made.
#[derive(Clone, Debug)]
enum Node {
    /// The text of a value.
    Raw(String),
    /// The keys have quotes.
    Object(Vec<(String, Node)>),
    List(Vec<Node>),
}

impl Node {
    fn raw(text: impl Into<String>) -> Self {
        Self::Raw(text.into())
    }

    fn write(&self, json: &mut String, space: &str) {
        match self {
            Self::Raw(text) => json.push_str(text),
            Self::Object(members) => {
                json.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    let _ = write!(json, "{}{space}{key}:{space}", if index == 0 { "" } else { "," });
                    value.write(json, space);
                }
                json.push('}');
            }
            Self::List(elements) => {
                json.push('[');
                for (index, element) in elements.iter().enumerate() {
                    json.push_str(if index == 0 { "" } else { "," });
                    json.push_str(space);
                    element.write(json, space);
                }
                json.push(']');
            }
        }
    }

    fn to_json(&self, space: &str) -> String {
        let mut json = String::new();
        self.write(&mut json, space);
        json
    }
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

// Envelopes

/// Few, so that samples share paths.
const KEYS: [&str; 5] = ["a", "b", "c", "d", "é"];
const CONSTANTS: [&str; 9] = ["true", "\"x\"", "1", "false", "\"1\"", "-1", "1.5", "0", "\"\""];

/// Generates the value of the key `envelope` of a table, as JSON. Samples have at most four levels.
///
/// There is no `{_}` alone in an element of a list, where the rules leave open what it selects.
pub(crate) fn envelope(source: &mut Source<'_>) -> String {
    for _ in 0..20 {
        let json = any_envelope(source).to_json(" ");
        if is_valid(&Envelope::read(&json)) {
            return json;
        }
    }
    r#"{"failure": {"a": "{code}", "b": "{message}"}}"#.to_owned()
}

fn any_envelope(source: &mut Source<'_>) -> Node {
    let mut members = Vec::new();
    let mut add = |key: &str, value| members.push((quote(key), value));
    let is_named = source.chance(8);
    if is_named {
        let name = source.pick(&["nested", "flat", "problem", "google", "json-rpc"]);
        if source.chance(30) {
            return Node::raw(quote(name));
        }
        add("like", Node::raw(quote(name)));
    }
    if source.chance(60) {
        let mut has_data = false;
        let success = success_object(source, 0, &mut has_data);
        add("success", if has_data { success } else { Node::raw("\"{data}\"") });
    }
    if !is_named || source.chance(40) {
        let count = if source.chance(40) { 1 + source.below(3) } else { 0 };
        let mut samples: Vec<_> = (0..count.max(1)).map(|_| failure_sample(source, count > 0)).collect();
        add("failure", if count == 0 { samples.remove(0) } else { Node::List(samples) });
    }
    if source.chance(50) {
        add("headers", headers(source));
    }
    Node::Object(members)
}

fn keys(source: &mut Source<'_>, count: usize) -> impl Iterator<Item = String> + use<> {
    let mut keys = KEYS.map(quote);
    source.shuffle(&mut keys);
    keys.into_iter().take(count)
}

fn success_object(source: &mut Source<'_>, depth: usize, has_data: &mut bool) -> Node {
    let count = 1 + source.below(3);
    let mut members = Vec::new();
    for key in keys(source, count) {
        let value = match source.below(10) {
            0..=2 => Node::raw("null"),
            3 | 4 if !*has_data => {
                *has_data = true;
                Node::raw("\"{data}\"")
            }
            5 => Node::raw(source.pick(&["\"{request_id}\"", "\"{request_id?}\"", "\"id:{request_id}\""])),
            6 | 7 if depth < 3 => success_object(source, depth + 1, has_data),
            _ => Node::raw(source.pick(&CONSTANTS)),
        };
        members.push((key, value));
    }
    if !*has_data && source.chance(60) {
        *has_data = true;
        members.insert(source.below(members.len() + 1), (quote("..."), Node::raw("\"{data}\"")));
    }
    Node::Object(members)
}

/// Generates a sample. Only in an array of samples it may be a list.
fn failure_sample(source: &mut Source<'_>, may_be_list: bool) -> Node {
    if may_be_list && source.chance(8) { failure_list(source, 0) } else { failure_object(source, 0, false) }
}

fn failure_object(source: &mut Source<'_>, depth: usize, is_in_element: bool) -> Node {
    let count = 1 + source.below(4);
    let keys = keys(source, count);
    Node::Object(keys.map(|key| (key, failure_value(source, depth + 1, is_in_element))).collect())
}

fn failure_value(source: &mut Source<'_>, depth: usize, is_in_element: bool) -> Node {
    match source.below(20) {
        8 | 9 => Node::raw(source.pick(&CONSTANTS)),
        10 if is_in_element => Node::raw(source.pick(&CONSTANTS)),
        10 => Node::raw("\"{_}\""),
        11 => Node::raw("null"),
        12 => Node::raw(source.pick(&["\"{meaning}\"", "\"{status}\""])),
        13..=16 if depth < 4 => failure_object(source, depth, is_in_element),
        17..=19 if depth < 4 => failure_list(source, depth),
        _ => Node::raw(quote(slot_text(source))),
    }
}

fn failure_list(source: &mut Source<'_>, depth: usize) -> Node {
    let count = 1 + source.below(3);
    let element = |source: &mut Source<'_>| match source.below(12) {
        8..=10 => Node::raw(quote(slot_text(source))),
        11 if depth < 2 => failure_list(source, depth + 1),
        11 => Node::raw("\"x\""),
        _ if depth < 3 => failure_object(source, depth + 1, true),
        _ => Node::raw(quote(slot_text(source))),
    };
    Node::List((0..count).map(|_| element(source)).collect())
}

/// Generates a text with the placeholder of a value.
fn slot_text(source: &mut Source<'_>) -> &'static str {
    let texts: &[_] = match source.below(12) {
        0..=4 => &["{code}", "{code}", "{code?}", "{_}#{code}:{_}", "x/{code}", "{code};{_}", "{{{code}}}"],
        5..=7 => &["{message}", "{message}", "{message?}", "m: {message}", "{message}."],
        8 | 9 => &["{request_id}", "{request_id?}", "id:{request_id}", "{_}/{request_id}"],
        10 => &["{retry_after}", "{retry_after}s", "{retry_after?}"],
        _ => &["{retry_after_ms}", "{retry_after_ms} ms", "{retry_after_ms?}"],
    };
    source.pick(texts)
}

fn headers(source: &mut Source<'_>) -> Node {
    let all = [
        ("x-code", ["{code}", "{code?}:{_}", "{code}:{_}"]),
        ("X-Id", ["{request_id}", "{request_id?}", "{_}={request_id}"]),
        ("retry-after", ["{retry_after}", "{retry_after?}", "{retry_after}"]),
        ("x-ms", ["{retry_after_ms}", "{retry_after_ms?}", "{retry_after_ms}"]),
        ("x-message", ["{message}", "{message?}", "m:{message}"]),
    ];
    let mut members: Vec<_> =
        all.iter().map(|(name, texts)| (quote(name), Node::raw(quote(source.pick(texts))))).collect();
    source.shuffle(&mut members);
    members.truncate(1 + source.below(3));
    Node::Object(members)
}

/// Returns whether a table may have this envelope.
fn is_valid(envelope: &Envelope) -> bool {
    let has = |sample: &Sample, slots: &[Slot]| sample.slots().iter().any(|(slot, _)| slots.contains(slot));
    let is_first_choice = |sample: &Sample| sample.slots().contains(&(Slot::Code, false));
    let must_contradict = envelope.success.as_ref().filter(|success| super::has_constant(success));
    is_first_choice(&envelope.failure[0])
        && envelope.failure.iter().all(|sample| has(sample, &[Slot::Code, Slot::Message]))
        && must_contradict
            .is_none_or(|success| envelope.failure.iter().all(|sample| contradicts(success, Some(sample))))
}

/// Returns whether a failure, as written, certainly contradicts a constant of a success.
fn contradicts(success: &Sample, failure: Option<&Sample>) -> bool {
    match success {
        Sample::Null => failure.is_some_and(is_something),
        Sample::Constant(constant) => match failure {
            None | Some(Sample::Null | Sample::Object(_) | Sample::List(_)) => true,
            Some(Sample::Constant(other)) => constant_json(constant) != constant_json(other),
            Some(Sample::Template(template)) => is_never_written(template),
        },
        Sample::Template(_) | Sample::List(_) => false,
        Sample::Object(_) => success.members().any(|(key, success)| {
            let member = failure.and_then(|failure| failure.members().find(|(name, _)| *name == key));
            contradicts(success, member.map(|(_, sample)| sample))
        }),
    }
}

fn is_never_written(template: &Template) -> bool {
    template.0.iter().all(|part| matches!(part, Part::Any | Part::Slot { is_second_choice: true, .. }))
}

/// Returns whether a part of a failure, as written, is certainly not nothing.
fn is_something(sample: &Sample) -> bool {
    match sample {
        Sample::Null => false,
        Sample::Constant(constant) => !["false", "0", "\"\""].contains(&constant_json(constant).as_str()),
        Sample::Template(template) => template.slots().any(|(_, slot, second)| slot == Slot::Code && !second),
        Sample::Object(_) => sample.members().any(|(_, sample)| is_something(sample)),
        Sample::List(elements) => elements.iter().any(|element| element.slots().contains(&(Slot::Code, false))),
    }
}

fn constant_json(constant: &Constant) -> String {
    match constant {
        Constant::Bool(value) => value.to_string(),
        Constant::Integer(digits) => digits.clone(),
        Constant::Float(value) => value.to_string(),
        Constant::Text(text) => quote(text),
    }
}

// Responses

/// A generated response.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    pub(crate) status: Option<u16>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Generated {
    pub(crate) fn response(&self) -> Response<'_> {
        Response { status: self.status, headers: &self.headers, body: &self.body }
    }
}

const STATUSES: [u16; 9] = [200, 200, 200, 299, 199, 300, 429, 500, 503];
const NOTHINGS: [&str; 10] = ["null", "false", "0", "\"\"", "\"0\"", "[]", "{}", "0.0", "-0", "0e99"];
const NUMBERS: [&str; 12] = [
    "7",
    "-3",
    "0",
    "42",
    "1.5",
    "1e2",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "1e999",
    "-1.0",
    "100000000000000000000000",
];
/// Unpaired surrogates are valid JSON.
const SURROGATES: [&str; 3] = ["\\ud83d", "\\udc00x", "\\ud83d\\u0041"];
const DATES: [&str; 3] =
    ["Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:27:30 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"];
/// Bytes of JSON, and some that are not.
const BYTES: &[u8] = b"\"\\{}[],:0e-n .\n\0u";

/// Generates a response that follows a sample of an envelope, more or less.
pub(crate) fn response(source: &mut Source<'_>, envelope: &Envelope) -> Generated {
    let status = if source.chance(20) { None } else { Some(*source.choose(&STATUSES)) };
    let mut headers = Vec::new();
    for (name, template) in envelope.headers.iter().filter(|_| status.is_some()) {
        if source.chance(50) {
            let name = if source.chance(30) { name.to_ascii_uppercase() } else { name.clone() };
            let value = fill_template(source, template);
            headers.push((name, value));
        }
    }
    if status.is_some() && source.chance(30) {
        headers.push((source.pick(&["date", "Date"]).to_owned(), source.pick(&DATES).to_owned()));
    }
    Generated { status, headers, body: body(source, envelope) }
}

fn body(source: &mut Source<'_>, envelope: &Envelope) -> Vec<u8> {
    let node = match (source.below(20), &envelope.success) {
        (0..=7, Some(success)) => fill(source, success).unwrap_or(Node::Object(Vec::new())),
        (0..=3 | 19, _) => any_value(source, 0),
        _ => {
            let sample = source.choose(&envelope.failure);
            fill(source, sample).unwrap_or(Node::Object(Vec::new()))
        }
    };
    let node = if source.chance(15) {
        let samples = envelope.samples();
        let other = *source.choose(&samples);
        let other = fill(source, other);
        other.map_or(node.clone(), |other| merge(node, other))
    } else {
        node
    };
    let space = if source.chance(20) { source.pick(&[" ", "\n\t", "\r\n"]) } else { "" };
    let mut body = node.to_json(space).into_bytes();
    if source.chance(12) {
        for _ in 0..=source.below(2) {
            change(source, &mut body);
        }
    }
    body
}

/// Changes a byte, or truncates.
fn change(source: &mut Source<'_>, body: &mut Vec<u8>) {
    let at = source.below(body.len() + 1);
    let byte = *source.choose(BYTES);
    match source.below(6) {
        0..=2 => body.truncate(at),
        3 => body.insert(at, byte),
        4 if at < body.len() => body[at] = byte,
        5 if at < body.len() => drop(body.remove(at)),
        _ => body.clear(),
    }
}

/// Adds the members of one object to another where it has none.
fn merge(node: Node, other: Node) -> Node {
    match (node, other) {
        (Node::Object(mut members), Node::Object(others)) => {
            for (key, value) in others {
                match members.iter_mut().find(|(name, _)| *name == key) {
                    Some((_, member)) => *member = merge(member.clone(), value),
                    None => members.push((key, value)),
                }
            }
            Node::Object(members)
        }
        (node, _) => node,
    }
}

/// Generates a value by a sample, or none.
fn fill(source: &mut Source<'_>, sample: &Sample) -> Option<Node> {
    match source.below(100) {
        94..=97 => return None,
        98 | 99 => return Some(any_value(source, 1)),
        _ => {}
    }
    Some(match sample {
        Sample::Null => match source.below(8) {
            0..=3 => return None,
            4 | 5 => Node::raw(source.pick(&NOTHINGS)),
            6 => Node::Object(vec![(key(source, KEYS[0]), Node::raw(source.pick(&NOTHINGS)))]),
            _ => any_value(source, 1),
        },
        Sample::Constant(_) if source.chance(10) => Node::raw(source.pick(&CONSTANTS)),
        Sample::Constant(constant) => Node::raw(constant_json(constant)),
        Sample::Template(template) => match template.0[..] {
            [Part::Data] => any_value(source, 0),
            [Part::Any] if source.chance(30) => Node::raw(source.pick(&NOTHINGS)),
            [Part::Any | Part::Written] => any_value(source, 1),
            [Part::Slot { .. }] if source.chance(20) => Node::raw(source.pick(&NUMBERS)),
            [Part::Slot { .. }] if source.chance(10) => Node::raw(source.pick(&NOTHINGS)),
            _ => {
                let value = fill_template(source, template);
                text(source, &value)
            }
        },
        Sample::Object(_) => {
            let mut members = Vec::new();
            for (name, sample) in sample.members() {
                members.extend(fill(source, sample).map(|value| (key(source, name), value)));
                if source.chance(2) {
                    members.extend(fill(source, sample).map(|value| (key(source, name), value)));
                }
            }
            if sample.has_rest() || source.chance(15) {
                let name = source.pick(&["n", "a", "b", "é", "z"]);
                if !members.iter().any(|(key, _)| *key == quote(name)) || source.chance(3) {
                    members.push((key(source, name), any_value(source, 1)));
                }
            }
            if source.chance(30) {
                source.shuffle(&mut members);
            }
            Node::Object(members)
        }
        Sample::List(samples) => {
            let mut elements = Vec::new();
            for sample in samples {
                if source.chance(15) {
                    elements.push(any_value(source, 1));
                }
                elements.extend(fill(source, sample));
            }
            if source.chance(20) {
                let sample = source.choose(samples);
                elements.extend(fill(source, sample));
            }
            if source.chance(20) {
                source.shuffle(&mut elements);
            }
            Node::List(elements)
        }
    })
}

/// Generates a text by a text with placeholders.
fn fill_template(source: &mut Source<'_>, template: &Template) -> String {
    let mut value = String::new();
    for part in &template.0 {
        value.push_str(match part {
            Part::Text(_) if source.chance(10) => "",
            Part::Text(text) => text,
            Part::Any | Part::Written | Part::Data => source.pick(&["", "y", "a#b", "c:d", "e;f", "g/h"]),
            Part::Slot { slot, .. } => match slot {
                Slot::Code => source.pick(&["A", "B.C", "7", "-1", "0", "", "x y", "é", "x:y#z", "\u{10348}"]),
                Slot::Message => source.pick(&["m", "boom: x", "", "a.b", "0"]),
                Slot::RequestId => source.pick(&["i1", "i-2", "42", "", "i:3"]),
                Slot::RetryAfter | Slot::RetryAfterMs => {
                    let kind = source.below(8);
                    let texts = ["3", "1.5", "0", "007", "2s", "1.25s", "1e2", "x", "-1", "+2", ".5", "5.", "1e30", ""];
                    if kind == 7 { source.pick(&DATES) } else { source.pick(&texts) }
                }
            },
        });
    }
    value
}

/// Generates a string, which may have escapes.
fn text(source: &mut Source<'_>, text: &str) -> Node {
    let mut json = quote(text);
    match source.below(20) {
        18 => json.insert_str(1, source.pick(&SURROGATES)),
        19 => json = escape(&json),
        _ => {}
    }
    Node::Raw(json)
}

fn key(source: &mut Source<'_>, key: &str) -> String {
    let key = quote(key);
    if source.chance(5) { escape(&key) } else { key }
}

/// Escapes the first character of a string: `"\u0061"`.
fn escape(json: &str) -> String {
    match json[1..].chars().next() {
        Some('"' | '\\') | None => json.to_owned(),
        Some(char) => {
            let units: String = char
                .encode_utf16(&mut [0; 2])
                .iter()
                .fold(String::new(), |units, unit| format!("{units}\\u{unit:04x}"));
            format!("\"{units}{}", &json[1 + char.len_utf8()..])
        }
    }
}

/// Generates any value: data, or a value of another type.
fn any_value(source: &mut Source<'_>, depth: usize) -> Node {
    match source.below(12) {
        0..=2 => text(source, "t"),
        3 | 4 => Node::raw(source.pick(&NUMBERS)),
        5 => Node::raw(source.pick(&["null", "true", "false"])),
        6 => Node::raw(source.pick(&NOTHINGS)),
        7 | 8 if depth < 3 => Node::List((0..source.below(3)).map(|_| any_value(source, depth + 1)).collect()),
        _ if depth < 3 => {
            let mut names = ["n", "a", "b", "c", "d", "é", "z"];
            source.shuffle(&mut names);
            if source.chance(2) {
                names[1] = names[0];
            }
            let names = names.into_iter().take(source.below(4));
            Node::Object(names.map(|name| (key(source, name), any_value(source, depth + 1))).collect())
        }
        _ => Node::raw("null"),
    }
}
