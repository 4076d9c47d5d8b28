//! `errtable envelope`: proposes the key `envelope` of a table from responses.

mod body;
mod clue;
mod header;
mod pattern;
mod sample;
mod success;

use std::collections::HashSet;

use clap::Args;
use errtable_spec::__private::Layout;
use errtable_spec::{Envelope, HeaderSample, Placeholder, Sample, Table, envelope_names, named_envelope};
use serde::de::IgnoredAny;

use self::body::Body;
use self::header::headers;
use self::pattern::{Pattern, patterns};
use self::sample::alone;
use self::success::{Success, flag};
use crate::engine::{Content, Reading, Response, read, static_layout};
use crate::error::{Error, Status};
use crate::input::{Input, parse_header};

/// The options of `envelope`.
#[derive(Clone, Debug, Default, Args)]
pub struct EnvelopeOptions {
    /// The body of a success, if it wraps the data, or if failures have the same HTTP status.
    ///
    /// What tells it from a failure, such as `"ok": true`, and where the data is, as in
    /// `{"data": …}`, becomes the sample `success`. Without it, the whole body is the data.
    #[arg(long, value_name = "FILE|-")]
    pub success: Option<Input>,

    /// The HTTP status of the failures.
    ///
    /// With 2xx, only the body can tell a failure from a success. The sample `success` is then a
    /// guess, unless you pass `--success`.
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(100..=999))]
    pub status: Option<u16>,

    /// A header of a failure. Repeatable.
    ///
    /// A request id, a wait or a code in it becomes part of `headers`.
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = parse_header)]
    pub headers: Vec<(String, String)>,
}

/// A proposal, and what it reads.
#[derive(Debug)]
pub struct Proposal {
    /// The key with its value, as in a formatted table, or `None` if nothing was found.
    pub text: Option<String>,
    /// What the proposal reads from each body, by the name of its file.
    pub readings: Vec<(String, String)>,
    /// What is not certain.
    pub notes: Vec<String>,
}

impl Proposal {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.text.is_some() { Status::Success } else { Status::Findings }
    }
}

/// The maximum number of samples of failures in a table.
const MAX_SAMPLES: usize = 8;

/// Proposes the envelope of failures.
///
/// # Errors
///
/// Returns an error if a body cannot be read or is not JSON, or if the envelope would be too large.
pub fn envelope(failures: &[Input], options: &EnvelopeOptions) -> Result<Proposal, Error> {
    let failures = failures.iter().map(Received::read).collect::<Result<Vec<_>, _>>()?;
    let success = options.success.as_ref().map(Received::read).transpose()?;

    let mut notes = Vec::new();
    let patterns = most_patterns(&failures, options, &mut notes);
    if patterns.is_empty() {
        return Ok(Proposal { text: None, readings: Vec::new(), notes: Vec::new() });
    }
    let headers = headers(&options.headers, &patterns, &mut notes);
    let distinction = distinction(&patterns, success.as_ref().map(|it| &it.body), options.status, &mut notes);
    let valid = [distinction.as_ref(), None].into_iter().find_map(|success| {
        let text = write(&patterns, success, &headers);
        Some((validated(&text)?, text, success.is_some()))
    });
    let Some((envelope, text, has_success)) = valid else {
        return Err(Error::new("the failures differ too much for one envelope").with_help("pass fewer failures"));
    };
    if distinction.is_some() && !has_success {
        notes.push("`success` is left out: a failure would match it, too".to_owned());
    }
    // A proposal without `success` describes failures with another status.
    let status = options.status.unwrap_or(if has_success { 200 } else { 400 });
    let reader = EnvelopeReader { layout: static_layout(&envelope), status, headers: &options.headers };
    let readings = readings(&reader, &failures, success.as_ref(), &mut notes);
    // A file or a header may be given twice.
    let mut seen = HashSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    Ok(Proposal { text: Some(text), readings, notes })
}

/// The body of a response.
struct Received<'i> {
    input: &'i Input,
    text: String,
    body: Body,
}

impl<'i> Received<'i> {
    fn read(input: &'i Input) -> Result<Self, Error> {
        let not_json = |why: &str| {
            let help = "pass the body of a response: `curl … | errtable envelope -`";
            Error::new(format!("`{input}` is not valid JSON: {why}")).with_help(help)
        };
        let text = input.read_text()?;
        if let Some(body) = Body::parse(&text) {
            return Ok(Self { input, text, body });
        }
        // The message of `serde_json` contains the position.
        let error = serde_json::from_str::<IgnoredAny>(&text).err();
        Err(not_json(&error.map_or_else(String::new, |error| error.to_string())))
    }
}

/// Returns the forms of failures, of which a table can describe a few.
fn most_patterns<'b>(
    failures: &'b [Received<'_>],
    options: &EnvelopeOptions,
    notes: &mut Vec<String>,
) -> Vec<Pattern<'b>> {
    let bodies: Vec<_> = failures.iter().map(|failure| (failure.input.to_string(), &failure.body)).collect();
    let mut patterns = patterns(&bodies, &options.headers, notes);
    if patterns.len() > MAX_SAMPLES {
        notes.push(format!("the failures have {} forms: only the first {MAX_SAMPLES} are proposed", patterns.len()));
        patterns.truncate(MAX_SAMPLES);
    }
    patterns.iter_mut().for_each(Pattern::second_status);
    patterns
}

/// Returns what distinguishes a success, if that must or can be known.
fn distinction(
    patterns: &[Pattern<'_>],
    success: Option<&Body>,
    status: Option<u16>,
    notes: &mut Vec<String>,
) -> Option<Success> {
    let pattern = patterns.first()?;
    let is_2xx = status.map(|status| (200..300).contains(&status));
    if success.is_none() && is_2xx != Some(true) {
        match flag(pattern.body) {
            Some(flag) => {
                notes.push(format!("`{flag}` may tell a success from a failure: pass a success with `--success FILE`"));
            }
            None if is_2xx.is_none() => {
                notes.push(
                    "a 2xx response is read as a success: if your API also sends failures with 200, pass \
                     `--status 200`, or a success with `--success FILE`"
                        .to_owned(),
                );
            }
            None => {}
        }
        notes.push(
            "the whole body of a success is read as the data: if it is in a member, as in `{\"data\": …}`, pass a \
             success with `--success FILE`"
                .to_owned(),
        );
        return None;
    }
    let found = Success::new(patterns, success).filter(|found| is_2xx != Some(false) || found.is_more_than_status());
    match &found {
        None if is_2xx == Some(false) => {}
        None if success.is_some_and(|success| !matches!(success, Body::Object(_))) => {
            notes.push("the success is not an object: only the status tells it from a failure".to_owned());
        }
        None => notes.push("nothing in the bodies tells a success from a failure: only the status does".to_owned()),
        Some(_) if success.is_none() => {
            notes.push("`success` is a guess from the failure: pass a success with `--success FILE`".to_owned());
        }
        Some(Success { data: Some(data), .. }) => {
            notes.push(format!("`{data}` is taken as the data: other members of a success are not read"));
        }
        Some(found) if is_2xx.is_none() && !found.is_more_than_status() => {
            notes.push(
                "if failures have a status other than 2xx, pass it with `--status`, to leave `success` out".to_owned(),
            );
        }
        Some(_) => {}
    }
    found
}

/// The maximum width of a line, without the indentation of the key.
const MAX_WIDTH: usize = 98;

/// Writes the key, as in a formatted table.
fn write(patterns: &[Pattern<'_>], success: Option<&Success>, headers: &[HeaderSample]) -> String {
    let constants = success.map(|success| &*success.constants).unwrap_or_default();
    let envelope = Envelope {
        success: success.map_or_else(|| Sample::Text(alone(Placeholder::Data)), |success| success.sample.clone()),
        failures: patterns.iter().map(|pattern| pattern.sample(constants)).collect(),
        headers: headers.to_vec(),
    };
    format!("  \"envelope\": {}", envelope.to_json(MAX_WIDTH).replace('\n', "\n  "))
}

/// Returns the envelope that a table reads, or `None` if it has a problem.
fn validated(text: &str) -> Option<Envelope> {
    let table = format!("{{\"name\": \"proposal\",\n{text},\n\"errors\": []}}");
    let loaded = Input::Stdin.parse(table.into_bytes());
    let Table { envelope, .. } = loaded.table;
    envelope.filter(|_| loaded.diagnostics.is_empty())
}

/// Reads responses by an envelope.
struct EnvelopeReader<'o> {
    layout: &'static Layout,
    /// The status of the failures, or one that they may have.
    status: u16,
    headers: &'o [(String, String)],
}

impl EnvelopeReader<'_> {
    fn failure(&self, text: &str) -> Reading {
        let Self { layout, status, headers } = *self;
        read(&Response { body: text.as_bytes(), status: Some(status), headers }, layout)
    }

    fn success(&self, text: &str) -> Reading {
        read(&Response { body: text.as_bytes(), status: Some(200), headers: &[] }, self.layout)
    }
}

/// Describes what is read from each body, by the name of its file.
fn readings(
    reader: &EnvelopeReader<'_>,
    failures: &[Received<'_>],
    success: Option<&Received<'_>>,
    notes: &mut Vec<String>,
) -> Vec<(String, String)> {
    let failures: Vec<_> = failures.iter().map(|failure| (failure, reader.failure(&failure.text))).collect();
    let success = success.map(|success| (success, reader.success(&success.text)));
    let mut are_failures = true;
    for (Received { input, .. }, reading) in &failures {
        if reading.content == Content::Success {
            notes.push(format!("`{input}` is read as a success: add a constant to `success` that only a success has"));
            are_failures = false;
        }
    }
    let is_alike = |name: &&&str| {
        named_envelope(name).is_some_and(|named| {
            let named = EnvelopeReader { layout: static_layout(&named), ..*reader };
            failures.iter().all(|(failure, reading)| named.failure(&failure.text) == *reading)
                && success.iter().all(|(success, reading)| named.success(&success.text).content == reading.content)
        })
    };
    if let Some(name) = envelope_names().iter().find(is_alike).filter(|_| are_failures) {
        notes.push(format!("`\"envelope\": \"{name}\"` reads the same, and is shorter"));
    }
    failures.iter().chain(&success).map(|(body, reading)| (body.input.to_string(), describe(reading))).collect()
}

/// Describes what was read: ``code `A`, message `m` ``.
fn describe(reading: &Reading) -> String {
    let quoted = |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label} `{text}`"));
    let content = match &reading.content {
        Content::Success => [Some("success".to_owned()), None],
        Content::Failure { code, message } => [quoted("code", code), quoted("message", message)],
        Content::Malformed(why) => [Some(format!("malformed: {why}")), None],
    };
    let id = reading.request_id.as_deref().and_then(|id| quoted("request id", id));
    let wait = reading.wait.map(|wait| format!("wait {} ms", wait.as_millis()));
    content.into_iter().chain([id, wait]).flatten().collect::<Vec<_>>().join(", ")
}
