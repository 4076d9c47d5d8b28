//! Finds the envelope that fits a response.

use std::cmp::Reverse;

use errtable::Retry;
use errtable_spec::{Envelope, Layout, Part, Sample, Table, envelope_names, named_envelope};
use serde_json::Value;

use crate::engine::{self, Content, Reading, Response};
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

/// Adds the envelopes that a table can have by name.
pub(super) fn with_named(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    for name in envelope_names() {
        add(&mut candidates, name, named_envelope(name));
    }
    candidates
}

fn add(candidates: &mut Vec<Candidate>, name: &str, envelope: Option<Envelope>) {
    let Some(envelope) = envelope else { return };
    if candidates.iter().all(|known| known.envelope != envelope) {
        // The engine requires a static layout, as an expansion has it.
        let layout = Box::leak(Box::new(envelope.layout()));
        candidates.push(Candidate { name: name.to_owned(), envelope, layout });
    }
}

/// A response as one of the candidates reads it.
struct Attempt {
    name: String,
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

impl Attempt {
    fn new(response: &Response<'_>, json: Option<&Value>, Candidate { name, envelope, layout }: &Candidate) -> Self {
        let reading = engine::read(response, layout);
        // A body that is only data tells nothing.
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
        Self { name: name.clone(), reading, fit }
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
    pub(super) note: Option<&'static str>,
}

impl Fitting {
    fn noted(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// The note about a success in a response without a status.
const NO_STATUS: &str = "without `--status`, a body without a code counts as a success";

/// The note about a success in a body that no envelope describes.
const STATUS_ALONE: &str = "no envelope fits the body: the status alone makes it a success";

/// The note about a body that no envelope describes.
const NO_ENVELOPE: &str = "describe the body in the `envelope` of a table, and select the table with `--table`";

/// Reads a response by the envelope that fits.
///
/// An envelope fits if it yields a code, or if the body has members that only a success has. Those
/// of `given` are tried before all `others`, and if none of them fits, what they yield instead goes
/// before what others yield: a success by status, a message, or why the body is malformed. Of
/// several envelopes that fit, the one that describes most of the body is taken.
pub(super) fn read(
    response: &Response<'_>,
    given: &[Candidate],
    others: impl FnOnce() -> Result<&'static [Candidate], Error>,
) -> Result<Fitting, Error> {
    let json: Option<Value> = serde_json::from_slice(response.body).ok();
    let attempt = |candidate: &Candidate| Attempt::new(response, json.as_ref(), candidate);
    let is_success = |attempt: &Attempt| attempt.is_success() && response.status.is_some();
    let given: Vec<_> = given.iter().map(attempt).collect();
    if let Some(fitting) = best(&given, Attempt::is_decided).or_else(|| best(&given, is_success)) {
        return Ok(fitting);
    }
    let others: Vec<_> = others()?.iter().map(attempt).collect();
    let fitting = best(&others, Attempt::is_decided)
        .or_else(|| best(&given, Attempt::has_message))
        .or_else(|| best(&others, Attempt::has_message))
        .or_else(|| best(&given, Attempt::is_success).map(|fitting| fitting.noted(NO_STATUS)))
        .or_else(|| best(&given, |_| json.is_some()))
        .or_else(|| best(&others, Attempt::is_flawed))
        .or_else(|| {
            let fitting = best(&others, is_success)?;
            Some(Fitting { envelope: None, ..fitting.noted(STATUS_ALONE) })
        });
    Ok(fitting.unwrap_or_else(|| unfit(json.is_some(), given.into_iter().chain(others))))
}

/// Returns the attempt that fits best, the first one of equals.
fn best(attempts: &[Attempt], is_wanted: impl Fn(&Attempt) -> bool) -> Option<Fitting> {
    let wanted = attempts.iter().filter(|attempt| is_wanted(attempt));
    let Attempt { name, reading, .. } = wanted.min_by_key(|attempt| Reverse(attempt.fit))?;
    Some(Fitting { envelope: Some(name.clone()), reading: reading.clone(), note: None })
}

/// Returns what is known of a body that is not JSON, or that no envelope describes.
fn unfit(is_json: bool, attempts: impl Iterator<Item = Attempt>) -> Fitting {
    let attempts: Vec<_> = attempts.collect();
    let readings = || attempts.iter().map(|attempt| &attempt.reading);
    let names: Vec<_> = attempts.iter().map(|attempt| format!("`{}`", attempt.name)).collect();
    let no_envelope = Content::Malformed(format!("no envelope fits the body: tried {}", names.join(", ")));
    let first = readings().next().filter(|_| !is_json);
    let reading = Reading {
        content: first.map_or(no_envelope, |first| first.content.clone()),
        // Any envelope may name a header, or find the id in a truncated body.
        request_id: readings().find_map(|reading| reading.request_id.clone()),
        wait: readings().find_map(|reading| reading.wait),
        retry: readings().next().map_or(Retry::Never, |first| first.retry),
    };
    Fitting { envelope: None, reading, note: is_json.then_some(NO_ENVELOPE) }
}

/// The key of all other members of an object.
const REST: &str = "...";

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
