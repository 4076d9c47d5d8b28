//! Reads the samples of successes and failures.

use crate::packed::shape::REST;
use crate::table::envelope::{Part, Placeholder, Sample};
use crate::table::parse::Reader;
use crate::table::parse::envelope::text::placeholder_in_key;
use crate::table::parse::envelope::{Context, Place, whole_body};
use crate::table::parse::json::{Json, JsonType};
use crate::table::report::rule::Rule;
use crate::table::source::Span;

/// The maximum number of objects and arrays in each other.
const MAX_DEPTH: usize = 8;

/// The maximum number of members and elements of a sample.
const MAX_MEMBERS: usize = 64;

/// A sample that is being read.
struct SampleReader<'s, 'r> {
    reader: &'s mut Reader<'r>,
    context: &'s Context<'s>,
    place: Place,
    /// The first `{data}`.
    data: Option<Span>,
    /// The number of members and elements so far.
    members: usize,
}

impl Reader<'_> {
    /// Reads the sample of a success. One that is invalid contains `{data}`, too.
    pub(super) fn success(&mut self, json: Json<'_>, context: &Context<'_>) -> Sample {
        let diagnostics_before = self.report.len();
        let mut reader = SampleReader { reader: self, context, place: Place::Success, data: None, members: 0 };
        let sample = reader.value(json, 0);
        if reader.data.is_some() {
            return sample;
        }
        if self.report.len() == diagnostics_before {
            let help = "write `\"{data}\"` where the data is, or `\"...\": \"{data}\"` for all other members";
            self.report.error(Rule::InvalidData, first_byte(json), "missing `{data}` in `success`").add_help(help);
        }
        whole_body()
    }

    /// Reads the sample of a failure. `code_help` is what to do if it has no code.
    pub(super) fn failure(&mut self, json: Json<'_>, context: &Context<'_>, code_help: &str) -> Sample {
        let diagnostics_before = self.report.len();
        let mut reader = SampleReader { reader: self, context, place: Place::Failure, data: None, members: 0 };
        let sample = reader.value(json, 0);
        if self.report.len() == diagnostics_before && !sample.any_part(&identifies) {
            let message = "sample of a failure has neither `{code}` nor `{message}`";
            self.report.error(Rule::MissingCode, first_byte(json), message).add_help(code_help);
        }
        sample
    }
}

/// Returns the span of the first byte of a value, which may have many lines.
fn first_byte(json: Json<'_>) -> Span {
    match json.ty() {
        JsonType::Object | JsonType::Array => Span { end: json.span.start + 1, ..json.span },
        _ => json.span,
    }
}

/// Returns whether a part of a failure is a code or a message.
fn identifies(part: &Part) -> bool {
    matches!(part, Part::Placeholder(Placeholder::Code | Placeholder::Message, _))
}

impl SampleReader<'_, '_> {
    fn value(&mut self, json: Json<'_>, depth: usize) -> Sample {
        match json.ty() {
            JsonType::Null => Sample::Null,
            JsonType::Boolean => Sample::Bool(json.boolean().unwrap_or_default()),
            JsonType::Number => Sample::Number(json.raw().to_owned()),
            JsonType::String => self.text(json).unwrap_or(Sample::Null),
            JsonType::Array | JsonType::Object if depth == MAX_DEPTH => {
                let message = format!("a sample has more than {MAX_DEPTH} levels");
                self.report_size(first_byte(json), message);
                Sample::Null
            }
            JsonType::Array => self.array(json, depth + 1),
            JsonType::Object => self.object(json, depth + 1),
        }
    }

    fn text(&mut self, json: Json<'_>) -> Option<Sample> {
        let parts = self.reader.text(json, self.place, self.context)?;
        if !parts.contains(&Part::Placeholder(Placeholder::Data, false)) {
            return Some(Sample::Text(parts));
        }
        if let Some(first) = self.data {
            self.report_second_data(json.span, first);
            return None;
        }
        self.data = Some(json.span);
        Some(whole_body())
    }

    fn report_second_data(&mut self, second: Span, first: Span) {
        let note = format!("first used at {}", self.reader.report.position(first));
        let message = "duplicate `{data}` in `success`";
        self.reader.report.error(Rule::InvalidData, second, message).add_note(note).add_help("remove one of them");
    }

    fn array(&mut self, json: Json<'_>, depth: usize) -> Sample {
        if self.place == Place::Success {
            self.report_no_meaning(json, "array");
            return Sample::Null;
        }
        let mut elements = Vec::new();
        for element in json.elements().unwrap_or_default() {
            if self.is_full(element.span) {
                break;
            }
            elements.push(self.value(element, depth));
        }
        Sample::Array(elements)
    }

    fn object(&mut self, json: Json<'_>, depth: usize) -> Sample {
        let fields = self.reader.any_object(json, "sample");
        let entries = fields.as_ref().map(|fields| fields.entries.iter().as_slice()).unwrap_or_default();
        if entries.is_empty() && self.place == Place::Success {
            self.report_no_meaning(json, "empty object");
        }
        let mut members = Vec::new();
        for (key, (span, value)) in entries {
            if self.is_full(*span) {
                break;
            }
            if key == REST {
                members.extend(self.rest(*span, *value).map(|sample| (key.to_string(), sample)));
                continue;
            }
            if let Some(placeholder) = placeholder_in_key(key, self.context) {
                let message = format!("misplaced placeholder `{{{placeholder}}}` in a key");
                let help = format!("write the key itself, and `\"{{{placeholder}}}\"` as its value");
                self.reader.report.error(Rule::MisplacedPlaceholder, *span, message).add_help(help);
            }
            members.push((key.to_string(), self.value(*value, depth)));
        }
        Sample::Object(members)
    }

    /// Reads the value of `...`, which is `"{data}"` in a success.
    fn rest(&mut self, key: Span, json: Json<'_>) -> Option<Sample> {
        if self.place == Place::Failure {
            let help = "remove it: `ApiError::details` reads all members; to write more, name one, such as \
                        `\"details\": \"{details}\"`";
            self.reader.report.error(Rule::InvalidRest, key, "unexpected `...` in `failure`").add_help(help);
            return None;
        }
        if json.unescape().is_ok_and(|text| text == "{data}") {
            return self.text(json).filter(|sample| *sample != Sample::Null);
        }
        let message = "invalid value of `...`: expected `\"{data}\"`";
        let help = "write `\"...\": \"{data}\"`, or name the members instead of `...`";
        self.reader.report.error(Rule::InvalidRest, json.span, message).add_help(help);
        // `{data}` is probably not missing.
        if self.data.is_some() {
            return None;
        }
        self.data = Some(json.span);
        Some(whole_body())
    }

    fn report_no_meaning(&mut self, json: Json<'_>, what: &str) {
        let message = format!("unexpected {what} in `success`");
        let help = "write `\"{data}\"` for the data, or `null` if a success has no value here";
        self.reader.report.error(Rule::InvalidSuccess, first_byte(json), message).add_help(help);
    }

    /// Counts a member or an element, and reports the first excess.
    fn is_full(&mut self, span: Span) -> bool {
        self.members += 1;
        if self.members == MAX_MEMBERS + 1 {
            self.report_size(span, format!("a sample has more than {MAX_MEMBERS} members and elements"));
        }
        self.members > MAX_MEMBERS
    }

    fn report_size(&mut self, span: Span, message: String) {
        let help = "keep only what is read or required: a response may have other members";
        self.reader.report.error(Rule::EnvelopeTooLarge, span, message).add_help(help);
    }
}
