//! Prints explanations.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use errtable_spec::__private::visible;
use errtable_spec::{Retry, RetryAction, RowKey, Value, variant_name};
use serde::{Serialize, Serializer};

use crate::explain::{Explained, Explanation, Failure, KnownRow};
use crate::print::write_json_text;
use crate::row::Keys;
use crate::value::{json, text};

const TITLE: Style = Style::new().bold();
const UNKNOWN: Style = AnsiColor::Red.on_default().bold();
const LABEL: Style = AnsiColor::Cyan.on_default();

/// Writes an explanation as a title and labelled lines.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_text(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    match &explanation.outcome {
        Explained::Success => writeln!(out, "{TITLE}success{TITLE:#}: the response contains no error")?,
        Explained::Failure(failure) => write_failure(failure, explanation, out)?,
        Explained::Malformed(why) => {
            writeln!(out, "{UNKNOWN}malformed{UNKNOWN:#}: {}", visible(why))?;
            write_class(explanation, "no, unless `--status` allows it", out)?;
        }
    }
    let lines = [
        ("request id", explanation.request_id.clone()),
        ("server's wait", explanation.wait.map(|wait| format!("{} ms", wait.as_millis()))),
        ("envelope", explanation.envelope.clone()),
    ];
    write_lines(&lines, out)?;
    explanation.notes.iter().try_for_each(|note| write_lines(&[("note", Some(note.clone()))], out))
}

fn write_failure(failure: &Failure, explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    for entry in &failure.entries {
        write_entry(entry, &failure.code, out)?;
    }
    if failure.code.is_empty() {
        writeln!(out, "{UNKNOWN}no code{UNKNOWN:#}: the service reported a failure without a code")?;
        write_class(explanation, "no, unless `--status` allows it", out)?;
    } else if failure.entries.is_empty() {
        writeln!(out, "{UNKNOWN}{}{UNKNOWN:#}: unknown code", visible(&failure.code))?;
        write_class(explanation, "no, like any unknown code", out)?;
        write_lines(&[("known ancestor", failure.ancestor.clone()), ("did you mean", list(&failure.nearest))], out)?;
    }
    let message = Some(failure.message.clone()).filter(|message| !message.is_empty());
    write_lines(&[("not listed in", list(&failure.absent)), ("message", message)], out)
}

/// Writes the class of a response without a known code. Without a status, it may have none.
fn write_class(explanation: &Explanation, without: &str, out: &mut impl Write) -> io::Result<()> {
    let retry = explanation.retry;
    let of_status = explanation.status.map(|status| format!(", because of status {status}"));
    let because = explanation.cause.map(|cause| format!(", because {cause}")).or(of_status).unwrap_or_default();
    let is_without = explanation.status.is_none() && retry == Retry::Never;
    let lines = [
        ("may retry", Some(if is_without { without.to_owned() } else { how_to_retry(retry) })),
        ("retry", (!is_without).then(|| format!("{retry}{because}: {}", retry.meaning()))),
    ];
    write_lines(&lines, out)
}

fn write_entry(KnownRow { tables, row, columns }: &KnownRow, code: &str, out: &mut impl Write) -> io::Result<()> {
    let description = if row.description.is_empty() { "no description" } else { &row.description };
    writeln!(out, "{TITLE}{}{TITLE:#}: {}", visible(&row.code), visible(description))?;
    let alias = row.aliases.iter().find(|alias| *alias == code).cloned();
    write_lines(&[("alias", alias), ("may retry", Some(how_to_retry(row.retry)))], out)?;
    for key in RowKey::ALL {
        let label = match key {
            RowKey::Code | RowKey::Description => continue,
            RowKey::Variant if row.variant == variant_name(&row.code) => continue,
            RowKey::RetryAfterMs => "retry after".to_owned(),
            RowKey::Aliases => "other spellings".to_owned(),
            key => key.as_str().replace('_', " "),
        };
        let value = row.get(*key).map(|value| value.to_string()).filter(|value| !value.is_empty());
        let meaning = if *key == RowKey::Retry { format!(": {}", row.retry.meaning()) } else { String::new() };
        write_lines(&[(&*label, value.map(|value| value + &meaning))], out)?;
    }
    let values: Vec<_> = columns.iter().map(|(name, value)| (&**name, Some(text(value)))).collect();
    write_lines(&values, out)?;
    write_lines(&[("defined in", Some(row.table.clone())), ("listed in", list(tables))], out)
}

/// Returns which requests can be retried, and how.
fn how_to_retry(retry: Retry) -> String {
    let how = match retry.retry_action(true) {
        RetryAction::GiveUp => return "no".to_owned(),
        RetryAction::Restart => return "yes, as a new request, after reading the state again".to_owned(),
        RetryAction::Wait => "after a wait",
        RetryAction::Renew => "once, after renewal",
    };
    let which =
        if retry.retry_action(false) == RetryAction::GiveUp { "if the request is idempotent" } else { "any request" };
    format!("yes, {which}, {how}")
}

fn list(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

/// The width of the labels.
const WIDTH: usize = 15;

/// Writes the lines that have a value.
fn write_lines(lines: &[(&str, Option<String>)], out: &mut impl Write) -> io::Result<()> {
    for (label, value) in lines {
        if let Some(value) = value {
            writeln!(out, "  {LABEL}{label:WIDTH$}{LABEL:#}  {}", visible(value))?;
        }
    }
    Ok(())
}

/// An explanation as `--format json` writes it.
#[derive(Serialize)]
struct JsonExplanation<'a> {
    success: bool,
    malformed: Option<&'a str>,
    envelope: Option<&'a str>,
    code: Option<&'a str>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
    retry_after_ms: Option<u64>,
    /// The class of a response without a known code. Otherwise, the entries have it.
    retry: Option<&'a str>,
    retry_action: Option<Actions<'a>>,
    entries: Vec<Definition<'a>>,
    absent: &'a [String],
    ancestor: Option<&'a str>,
    nearest: &'a [String],
    notes: &'a [String],
}

#[derive(Serialize)]
struct Definition<'a> {
    tables: &'a [String],
    defined_in: &'a str,
    #[serde(flatten)]
    keys: Keys<'a>,
    retry_action: Actions<'a>,
    #[serde(serialize_with = "serialize_columns")]
    columns: &'a [(String, Value)],
}

#[derive(Serialize)]
struct Actions<'a> {
    any: &'a str,
    idempotent: &'a str,
}

/// Writes an explanation as a JSON object.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_json(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    let (failure, malformed) = match &explanation.outcome {
        Explained::Success => (None, None),
        Explained::Failure(failure) => (Some(failure), None),
        Explained::Malformed(why) => (None, Some(&**why)),
    };
    let is_known = failure.is_some_and(|failure| !failure.entries.is_empty());
    let success = matches!(explanation.outcome, Explained::Success);
    let retry = Some(explanation.retry).filter(|_| !success && !is_known);
    let text = |text: fn(&Failure) -> &str| failure.map(text).filter(|text| !text.is_empty());
    let answer = JsonExplanation {
        success,
        malformed,
        envelope: explanation.envelope.as_deref(),
        code: text(|failure| &failure.code),
        message: text(|failure| &failure.message),
        request_id: explanation.request_id.as_deref(),
        retry_after_ms: explanation.wait.and_then(|wait| wait.as_millis().try_into().ok()),
        retry: retry.map(Retry::as_str),
        retry_action: retry.map(actions),
        entries: failure.into_iter().flat_map(|failure| &failure.entries).map(definition).collect(),
        absent: failure.map(|failure| &*failure.absent).unwrap_or_default(),
        ancestor: failure.and_then(|failure| failure.ancestor.as_deref()),
        nearest: failure.map(|failure| &*failure.nearest).unwrap_or_default(),
        notes: &explanation.notes,
    };
    write_json_text(serde_json::to_string_pretty(&answer), out)
}

fn actions(retry: Retry) -> Actions<'static> {
    let [any, idempotent] = [false, true].map(|idempotent| retry.retry_action(idempotent).as_str());
    Actions { any, idempotent }
}

fn definition(KnownRow { tables, row, columns }: &KnownRow) -> Definition<'_> {
    Definition { tables, defined_in: &row.table, keys: Keys(row), retry_action: actions(row.retry), columns }
}

fn serialize_columns<S: Serializer>(columns: &&[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(columns.iter().map(|(name, value)| (name, json(value))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn action_of_each_class_is_described() {
        let texts = Retry::ALL.iter().map(|retry| (*retry, how_to_retry(*retry))).collect::<Vec<_>>();
        let expected = [
            (Retry::Never, "no"),
            (Retry::Restart, "yes, as a new request, after reading the state again"),
            (Retry::Throttled, "yes, any request, after a wait"),
            (Retry::Conflict, "yes, any request, after a wait"),
            (Retry::Renew, "yes, any request, once, after renewal"),
            (Retry::Transient, "yes, if the request is idempotent, after a wait"),
        ];
        assert_eq!(texts, expected.map(|(retry, text)| (retry, text.to_owned())));
    }
}
