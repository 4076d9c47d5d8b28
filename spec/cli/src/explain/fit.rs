//! Finds the envelope that fits a response.

use std::cmp::Reverse;

use errtable::Retry;
use errtable_spec::__private::Layout;
use errtable_spec::{Envelope, Part, REST, Sample, Table, envelope_names, named_envelope};
use serde_json::Value;

use crate::engine::{self, Content, Reading, Response, static_layout};
use crate::error::Error;

/// An envelope, and the table that has it, as an argument, or its own name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    name: String,
    envelope: Envelope,
    layout: &'static Layout,
}

/// Returns the envelopes of tables. Each counts once.
pub(super) fn of_tables(tables: &[(String, Table)]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (name, table) in tables {
        add(&mut candidates, name, table.envelope.clone());
    }
    candidates
}

/// Adds the envelopes that a table can have by name. A table that has one of them adds none.
pub(super) fn with_named(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut named = Vec::new();
    for name in envelope_names() {
        add(&mut named, name, named_envelope(name));
    }
    candidates.retain(|own| named.iter().all(|known| known.envelope != own.envelope));
    candidates.append(&mut named);
    candidates
}

fn add(candidates: &mut Vec<Candidate>, name: &str, envelope: Option<Envelope>) {
    let Some(envelope) = envelope else { return };
    if candidates.iter().all(|known| known.envelope != envelope) {
        let layout = static_layout(&envelope);
        candidates.push(Candidate { name: name.to_owned(), envelope, layout });
    }
}

/// A response as one of the candidates reads it.
struct Attempt<'c> {
    candidate: &'c Candidate,
    reading: Reading,
    fit: Fit,
}

/// How well the samples of an envelope describe a body. A greater one describes it better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// How many values of the sample the body has.
    found: usize,
    /// Whether the code is text: `"code": 429` may be only the HTTP status.
    is_text: bool,
    /// How many values of the sample the body lacks.
    missing: Reverse<usize>,
}

impl<'c> Attempt<'c> {
    fn new(response: &Response<'_>, json: Option<&Value>, candidate: &'c Candidate) -> Self {
        let Candidate { envelope, layout, .. } = candidate;
        let reading = engine::read(response, layout);
        // The sample `"{data}"` fits any body, so it tells nothing.
        let is_whole = matches!(envelope.success, Sample::Text(_));
        let success = if is_whole { &[] } else { std::slice::from_ref(&envelope.success) };
        let (successes, failures): (&[Sample], &[Sample]) = match &reading.content {
            Content::Success => (success, &[]),
            Content::Failure { .. } => (&[], &envelope.failures),
            Content::Malformed(_) => (success, &envelope.failures),
        };
        let is_text = matches!(&reading.content, Content::Failure { code, .. } if code.parse::<i128>().is_err());
        let fit = |sample| {
            let found = json.map_or(0, |json| count_found(sample, json));
            Fit { found, is_text, missing: Reverse(count_values(sample).saturating_sub(found)) }
        };
        let fit = successes.iter().chain(failures).map(fit).max().unwrap_or_default();
        Self { candidate, reading, fit }
    }

    fn fitting(&self) -> Fitting {
        Fitting { envelope: Some(self.candidate.name.clone()), reading: self.reading.clone(), note: None }
    }

    /// Returns whether the response has a code, or members that only a success has.
    fn is_decided(&self) -> bool {
        match &self.reading.content {
            Content::Success => self.fit.found > 0,
            Content::Failure { code, .. } => !code.is_empty(),
            Content::Malformed(_) => false,
        }
    }

    fn is_success(&self) -> bool {
        matches!(self.reading.content, Content::Success)
    }

    fn has_message(&self) -> bool {
        matches!(&self.reading.content, Content::Failure { message, .. } if !message.is_empty())
    }

    /// Returns whether the body is of this form, but malformed: a code occurs twice.
    fn is_flawed(&self) -> bool {
        matches!(self.reading.content, Content::Malformed(_)) && self.fit.found > 0
    }
}

/// A response, read by the envelope that fits.
pub(super) struct Fitting {
    /// The name of the candidate, or `None` if no envelope fits.
    pub(super) envelope: Option<String>,
    pub(super) reading: Reading,
    /// Why the reading may be wrong.
    pub(super) note: Option<String>,
}

impl Fitting {
    fn noted(self, note: &str) -> Self {
        Self { note: Some(note.to_owned()), ..self }
    }
}

/// The note about a success in a response without a status.
const NO_STATUS: &str = "without `--status`, a body without a code counts as a success";

/// The note about a success in a body that no envelope describes.
const STATUS_ALONE: &str = "no envelope fits the body: the status alone makes it a success";

/// The note about a body that no envelope describes.
const NO_ENVELOPE: &str = "`errtable envelope FILE` proposes an envelope: add it to your table, and select the table \
    with `--table`";

/// Reads a response by the first of these envelopes:
///
/// 1. one of `given` that fits, or that reads a success with a status
/// 2. one of `others` that fits
/// 3. one of `given`, then of `others`, that reads a message
/// 4. one of `given` that reads a success, then any of `given`
/// 5. one of `others` that finds the body malformed, then one that reads a success with a
///    status
///
/// An envelope fits if it reads a code, or if the body has members that only a success has. Of
/// several envelopes on one line, the one that describes most of the body is taken.
pub(super) fn read(
    response: &Response<'_>,
    given: &[Candidate],
    others: impl FnOnce() -> Result<&'static [Candidate], Error>,
) -> Result<Fitting, Error> {
    let json: Option<Value> = serde_json::from_slice(response.body).ok();
    let given: Vec<_> = given.iter().map(|candidate| Attempt::new(response, json.as_ref(), candidate)).collect();
    let is_success = |attempt: &Attempt<'_>| attempt.is_success() && response.status.is_some();
    let own_success = || {
        let attempt = best(&given, is_success)?;
        let note = hidden_code(response, attempt.candidate).map(|code| {
            format!("the body has the code `{code}`, but the table has no `success`, so every 2xx is a success")
        });
        Some(Fitting { note, ..attempt.fitting() })
    };
    if let Some(fitting) = fitting(&given, Attempt::is_decided).or_else(own_success) {
        return Ok(fitting);
    }
    let others: Vec<_> = others()?.iter().map(|candidate| Attempt::new(response, json.as_ref(), candidate)).collect();
    let fitting = fitting(&others, Attempt::is_decided)
        .or_else(|| fitting(&given, Attempt::has_message))
        .or_else(|| fitting(&others, Attempt::has_message))
        .or_else(|| fitting(&given, Attempt::is_success).map(|fitting| fitting.noted(NO_STATUS)))
        .or_else(|| fitting(&given, |_| true))
        .or_else(|| fitting(&others, Attempt::is_flawed))
        .or_else(|| {
            let attempt = best(&others, is_success)?;
            Some(Fitting { envelope: None, ..attempt.fitting().noted(STATUS_ALONE) })
        });
    Ok(fitting.unwrap_or_else(|| unfit(response, json.is_some(), &others)))
}

/// Returns the attempt that fits best, the first one of equals.
fn best<'a, 'c>(attempts: &'a [Attempt<'c>], is_wanted: impl Fn(&Attempt<'c>) -> bool) -> Option<&'a Attempt<'c>> {
    attempts.iter().filter(|attempt| is_wanted(attempt)).min_by_key(|attempt| Reverse(attempt.fit))
}

fn fitting<'c>(attempts: &[Attempt<'c>], is_wanted: impl Fn(&Attempt<'c>) -> bool) -> Option<Fitting> {
    best(attempts, is_wanted).map(Attempt::fitting)
}

/// Returns the code of a body that is a success only because of its status.
fn hidden_code(response: &Response<'_>, candidate: &Candidate) -> Option<String> {
    // Without a status, a code makes it a failure.
    match engine::read(&Response { status: None, ..*response }, candidate.layout).content {
        Content::Failure { code, .. } => Some(code),
        Content::Success | Content::Malformed(_) => None,
    }
}

/// Returns what is known of a body that is not JSON, or that no envelope describes.
fn unfit(response: &Response<'_>, is_json: bool, attempts: &[Attempt<'_>]) -> Fitting {
    let readings = || attempts.iter().map(|attempt| &attempt.reading);
    let names: Vec<_> = attempts.iter().map(|attempt| format!("`{}`", attempt.candidate.name)).collect();
    let no_envelope = Content::Malformed(format!("no envelope fits the body: tried {}", names.join(", ")));
    let first = readings().next().filter(|_| !is_json);
    // Any envelope may name a header. A member with the same name may be something else: the `id`
    // of JSON-RPC.
    let of_headers =
        |attempt: &Attempt<'_>| engine::read(&Response { body: b"", ..*response }, attempt.candidate.layout).request_id;
    let of_body = |attempt: &Attempt<'_>| {
        let may_fit = !is_json && has_constants(&attempt.candidate.envelope.success, response.body);
        attempt.reading.request_id.clone().filter(|_| may_fit)
    };
    let reading = Reading {
        content: first.map_or(no_envelope, |first| first.content.clone()),
        request_id: attempts.iter().find_map(of_headers).or_else(|| attempts.iter().find_map(of_body)),
        wait: readings().find_map(|reading| reading.wait),
        retry: readings().next().map_or(Retry::Never, |first| first.retry),
        cause: first.and_then(|first| first.cause),
    };
    Fitting { envelope: None, reading, note: is_json.then(|| NO_ENVELOPE.to_owned()) }
}

/// Returns whether a truncated body contains the members that have constants in a sample.
fn has_constants(success: &Sample, body: &[u8]) -> bool {
    let Sample::Object(members) = success else { return true };
    members.iter().all(|(key, member)| match member {
        Sample::Object(_) => has_constants(member, body),
        Sample::Null | Sample::Array(_) => true,
        Sample::Text(parts) if !matches!(parts.as_slice(), [Part::Literal(_)]) => true,
        _ => body.windows(key.len() + 2).any(|text| text == format!("\"{key}\"").as_bytes()),
    })
}

/// Counts the values of a sample that a body has: equal constants, and any for a placeholder.
fn count_found(sample: &Sample, json: &Value) -> usize {
    match (sample, json) {
        (Sample::Object(members), Value::Object(object)) => {
            let count = |(key, member): &(String, Sample)| match object.get(key) {
                _ if key == REST => 1,
                Some(value) => count_found(member, value),
                None => 0,
            };
            members.iter().map(count).sum()
        }
        (Sample::Array(elements), Value::Array(values)) => {
            let count = |element| values.iter().map(|value| count_found(element, value)).max().unwrap_or_default();
            elements.iter().map(count).sum()
        }
        (Sample::Text(parts), _) if parts.iter().any(|part| matches!(part, Part::Placeholder(..))) => {
            usize::from(!json.is_null())
        }
        (Sample::Text(parts), Value::String(text)) => {
            usize::from(matches!(parts.as_slice(), [Part::Literal(literal)] if literal == text))
        }
        (Sample::Number(number), Value::Number(value)) => usize::from(*number == value.to_string()),
        (Sample::Bool(constant), Value::Bool(value)) => usize::from(constant == value),
        _ => 0,
    }
}

/// Counts the values of a sample.
fn count_values(sample: &Sample) -> usize {
    match sample {
        Sample::Object(members) => members.iter().map(|(_, member)| count_values(member)).sum(),
        Sample::Array(elements) => elements.iter().map(count_values).sum(),
        Sample::Null => 0,
        _ => 1,
    }
}
