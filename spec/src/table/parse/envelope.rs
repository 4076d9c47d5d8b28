//! Reads the envelope of a table: what a response looks like.

mod ambiguity;
pub(crate) mod named;
mod sample;
mod text;

use std::rc::Rc;

use self::ambiguity::{contradicts, distinctive_key};
use self::named::{envelope_names, named_envelope};
use crate::table::envelope::{Envelope, HeaderSample, PLACEHOLDERS, Part, Placeholder, Sample};
use crate::table::ordered_map::OrderedMap;
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::json::{Json, JsonType};
use crate::table::parse::{Fields, Reader};
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::excerpt;
use crate::table::source::{Span, Spanned};

/// The unread value of `envelope`.
pub(crate) struct UnreadEnvelope<'a>(pub(super) Json<'a>);

/// The envelope that a file defines.
#[derive(Clone, Debug)]
pub(crate) struct EnvelopeDecl {
    pub(crate) envelope: Envelope,
    /// Whether a part of it is invalid, and replaced. It is then not compared with others, so that
    /// one mistake is one message.
    is_flawed: bool,
}

impl EnvelopeDecl {
    /// Returns one of two envelopes, of which either may be right.
    pub(crate) fn disputed(&self) -> Self {
        Self { envelope: self.envelope.clone(), is_flawed: true }
    }

    /// Returns whether two envelopes are equal, or may be once they are valid.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        self.is_flawed || other.is_flawed || self.envelope == other.envelope
    }
}

/// The table that an envelope belongs to.
pub(crate) struct Context<'c> {
    /// The columns, those of the bases included.
    pub(crate) columns: &'c OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    /// Whether all columns are known. They are not if a base could not be read.
    pub(crate) is_complete: bool,
}

impl Context<'_> {
    /// Returns the placeholder of a name, which may be that of a column.
    fn placeholder(&self, name: &str) -> Option<Placeholder> {
        let known = PLACEHOLDERS.iter().find(|(known, _)| *known == name).map(|(_, placeholder)| placeholder.clone());
        known.or_else(|| self.columns.get(name).map(|_| Placeholder::Column(name.to_owned())))
    }

    /// Returns the placeholders that a text may contain, in braces.
    fn names(&self, place: Place) -> Vec<String> {
        let known = PLACEHOLDERS.iter().filter(|(_, placeholder)| place.allows(placeholder)).map(|(name, _)| *name);
        let columns = self.columns.iter().map(|(name, _)| &**name).filter(|_| place == Place::Failure);
        known.chain(columns).map(|name| format!("{{{name}}}")).collect()
    }
}

/// Where a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Success,
    Failure,
    Header,
}

impl Place {
    fn allows(self, placeholder: &Placeholder) -> bool {
        match self {
            Self::Success => matches!(placeholder, Placeholder::Data | Placeholder::RequestId),
            Self::Failure => *placeholder != Placeholder::Data,
            Self::Header => placeholder.is_readable() || *placeholder == Placeholder::Any,
        }
    }

    /// Returns what the text is part of, for a message.
    fn what(self) -> &'static str {
        match self {
            Self::Success => "`success`",
            Self::Failure => "`failure`",
            Self::Header => "a header",
        }
    }

    /// Returns what to do about a placeholder that is not allowed.
    fn help(self) -> &'static str {
        match self {
            Self::Success => "use `{data}` or `{request_id}`, or `null` for a member that only failures have",
            Self::Failure => "remove it, because only a success has data",
            Self::Header => "use a value that a response contains, such as `{request_id}`: headers are only read",
        }
    }
}

/// The maximum number of samples of failures.
const MAX_SAMPLES: usize = 8;

impl UnreadEnvelope<'_> {
    /// Reads the envelope. Reports what is invalid, and replaces it.
    pub(crate) fn parse(self, context: &Context<'_>, report: &mut Report) -> Spanned<EnvelopeDecl> {
        let diagnostics_before = report.len();
        let envelope = Reader { report }.envelope(self.0, context);
        let is_flawed = report.len() > diagnostics_before || !context.is_complete;
        let envelope = envelope.unwrap_or_else(|| Envelope {
            success: whole_body(),
            failures: vec![whole_failure()],
            headers: Vec::new(),
        });
        Spanned { value: EnvelopeDecl { envelope, is_flawed }, span: self.0.span }
    }
}

/// Returns the default sample of a success, `"{data}"`.
fn whole_body() -> Sample {
    Sample::Text(vec![Part::Placeholder(Placeholder::Data, false)])
}

/// Returns a sample of a failure for an envelope without a valid one.
fn whole_failure() -> Sample {
    Sample::Text(vec![Part::Placeholder(Placeholder::Code, false)])
}

/// Returns what to do about a failure without a code. Beside `like`, it replaces other failures.
fn code_help(like: Option<Json<'_>>, failures: &[Sample]) -> String {
    match (like, failures) {
        (Some(name), [sample, ..]) => {
            format!("`failure` replaces that of `{}`: copy and extend `{sample}`", name.raw().trim_matches('"'))
        }
        _ => "write `\"{code}\"` where the code is".to_owned(),
    }
}

impl Reader<'_> {
    fn envelope(&mut self, json: Json<'_>, context: &Context<'_>) -> Option<Envelope> {
        if json.ty() == JsonType::String {
            return self.like(json);
        }
        if json.ty() != JsonType::Object {
            let help = "write the samples of a response, or a name such as `\"nested\"`".to_owned();
            self.invalid_value(json, "`envelope`", "an object or a name", Some(help));
            return None;
        }
        let diagnostics_before = self.report.len();
        let fields = self.object(json, "`envelope`", &["success", "failure", "headers", "like"], "")?;
        let like = fields.get("like").and_then(|json| self.like(json));
        let (like_success, like_failures, like_headers) = match like {
            Some(Envelope { success, failures, headers }) => (Some(success), Some(failures), Some(headers)),
            None => (None, None, None),
        };
        let success = fields.get("success").map(|json| self.success(json, context));
        let code_help = code_help(fields.get("like"), like_failures.as_deref().unwrap_or_default());
        let failures = fields.get("failure").map(|json| self.failures(json, context, &code_help));
        let headers = fields.get("headers").map(|json| self.headers(json, context));
        if failures.is_none() && fields.get("like").is_none() {
            let meaning = "a sample of a failure; or `like`: a name such as `\"nested\"`";
            self.missing_key(json, &fields, "failure", meaning);
        }
        let envelope = Envelope {
            success: success.or(like_success).unwrap_or_else(whole_body),
            headers: headers.or(like_headers).unwrap_or_default(),
            failures: failures.or(like_failures).unwrap_or_else(|| vec![whole_failure()]),
        };
        if self.report.len() == diagnostics_before {
            self.check_ambiguity(json, &fields, &envelope);
        }
        Some(envelope)
    }

    /// Reads the name of an envelope.
    fn like(&mut self, json: Json<'_>) -> Option<Envelope> {
        let names = envelope_names();
        let index = self.one_of(json, "`like`", |text| format!("unknown envelope `{text}`"), &names)?;
        names.get(index).and_then(|name| named_envelope(name))
    }

    /// Reads `failure`: a sample, or an array of samples.
    fn failures(&mut self, json: Json<'_>, context: &Context<'_>, code_help: &str) -> Vec<Sample> {
        let Some(samples) = json.elements() else { return vec![self.failure(json, context, code_help)] };
        if samples.is_empty() {
            let help = "write a sample of a failure, such as `{\"code\": \"{code}\"}`";
            self.report.error(Rule::EmptyFailure, json.span, "empty `failure`").add_help(help);
            return vec![whole_failure()];
        }
        if let Some(excess) = samples.get(MAX_SAMPLES) {
            let message = format!("more than {MAX_SAMPLES} samples of a failure");
            let help = "remove samples that match no response";
            self.report.error(Rule::EnvelopeTooLarge, excess.span, message).add_help(help);
        }
        samples.into_iter().take(MAX_SAMPLES).map(|sample| self.failure(sample, context, code_help)).collect()
    }

    /// Reports samples of failures that would read as a success.
    fn check_ambiguity(&mut self, json: Json<'_>, fields: &Fields<'_>, envelope: &Envelope) {
        let written = fields.get("failure");
        let samples = written.map(|json| json.elements().unwrap_or_else(|| vec![json]));
        for (position, failure) in envelope.failures.iter().enumerate() {
            if contradicts(failure, &envelope.success) {
                continue;
            }
            // A named envelope has no position in this file.
            let sample = samples.as_ref().and_then(|samples| samples.get(position));
            let span = sample.or(fields.get("success").as_ref()).map_or(json.span, |json| json.span);
            let message = "a failure of this form would be read as a success: it matches all constants of `success`";
            let help = match distinctive_key(failure, &envelope.success) {
                Some(key) => {
                    format!("add `\"{}\": null` to `success`, if only failures have this member", excerpt(key))
                }
                None => "add a constant that contradicts one of `success`".to_owned(),
            };
            self.report.error(Rule::AmbiguousFailure, span, message).add_help(help);
        }
    }

    fn headers(&mut self, json: Json<'_>, context: &Context<'_>) -> Vec<HeaderSample> {
        let Some(fields) = self.any_object(json, "`headers`") else { return Vec::new() };
        let mut headers: Vec<(HeaderSample, Span)> = Vec::new();
        for (name, (span, value)) in fields.entries.iter() {
            let lower = name.to_ascii_lowercase();
            if !is_token(name) {
                let message = match &**name {
                    "" => "empty header name".to_owned(),
                    name => format!("invalid header name `{}`", excerpt(name)),
                };
                let help = "use letters, digits and hyphens, such as `x-request-id`";
                self.report.error(Rule::InvalidHeaderName, *span, message).add_help(help);
            } else if let Some((_, first)) = headers.iter().find(|(header, _)| header.name == lower) {
                let note = format!("first defined at {}, in another case", self.report.position(*first));
                let message = format!("duplicate header `{name}`");
                self.report.error(Rule::DuplicateKey, *span, message).add_note(note).add_help("remove one of them");
            } else if let Some(text) = self.header_sample(*value, name, context) {
                headers.push((HeaderSample { name: lower, text }, *span));
            }
        }
        headers.into_iter().map(|(header, _)| header).collect()
    }

    /// Reads the value of a header.
    fn header_sample(&mut self, json: Json<'_>, name: &str, context: &Context<'_>) -> Option<Vec<Part>> {
        if json.ty() != JsonType::String {
            self.invalid_type(json, &format!("header `{name}`"), JsonType::String);
            return None;
        }
        let text = self.text(json, Place::Header, context)?;
        let is_read = |part: &Part| matches!(part, Part::Placeholder(placeholder, _) if placeholder.is_readable());
        if !text.iter().any(is_read) {
            let message = format!("unused header `{name}`: no value is read from it");
            let help = "write a placeholder such as `{request_id}`, or remove the header";
            self.report.error(Rule::UnusedHeader, json.span, message).add_help(help);
            return None;
        }
        Some(text)
    }
}

/// Returns whether a text is the name of a header: a token (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let is_symbol = |byte| b"!#$%&'*+-.^_`|~".contains(byte);
    !name.is_empty() && name.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || is_symbol(byte))
}
