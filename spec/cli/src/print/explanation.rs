//! Prints explanations.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use errtable_spec::{Resend, Retry, Value};
use serde::{Serialize, Serializer};

use crate::explain::{Entry, Explanation, Failure};
use crate::print::{printable, write_json_text};
use crate::value::{json, text};

const TITLE: Style = Style::new().bold();
const UNKNOWN: Style = AnsiColor::Red.on_default().bold();
const LABEL: Style = AnsiColor::Cyan.on_default();

/// Writes an explanation as a title and labelled lines.
pub(super) fn write_text(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    match explanation {
        Explanation::Success { request_id } => {
            writeln!(out, "{TITLE}success{TITLE:#}: the body contains no error")?;
            write_lines(&[("request id", request_id.clone())], out)
        }
        Explanation::Failure(failure) => write_failure(failure, out),
    }
}

fn write_failure(failure: &Failure, out: &mut impl Write) -> io::Result<()> {
    for entry in &failure.entries {
        write_entry(entry, &failure.code, out)?;
    }
    if failure.entries.is_empty() {
        writeln!(out, "{UNKNOWN}{}{UNKNOWN:#}: unknown code", printable(&failure.code))?;
        write_lines(
            &[
                ("may resend", Some("no, like any unknown code".to_owned())),
                ("known ancestor", failure.ancestor.clone()),
                ("did you mean", list(&failure.nearest)),
            ],
            out,
        )?;
        for note in &failure.notes {
            write_lines(&[("note", Some(note.clone()))], out)?;
        }
    }
    let lines = [
        ("absent from", list(&failure.absent)),
        ("message", failure.message.clone()),
        ("request id", failure.request_id.clone()),
    ];
    write_lines(&lines, out)
}

fn write_entry(Entry { tables, row, columns }: &Entry, code: &str, out: &mut impl Write) -> io::Result<()> {
    let description = if row.description.is_empty() { "no description" } else { &row.description };
    writeln!(out, "{TITLE}{}{TITLE:#}: {}", printable(&row.code), printable(description))?;
    write_lines(
        &[
            ("alias", (code != row.code).then(|| code.to_owned())),
            ("may resend", Some(resend(row.retry))),
            ("retry", Some(format!("{}: {}", row.retry, row.retry.meaning()))),
            ("retry after", row.retry_after_ms.map(|ms| format!("{ms} ms"))),
            ("fault", Some(row.fault.to_string())),
            ("evidence", Some(row.evidence.clone()).filter(|evidence| !evidence.is_empty())),
            ("deprecated", row.deprecated.clone()),
            ("other spellings", list(&row.aliases)),
        ],
        out,
    )?;
    let values: Vec<_> = columns.iter().map(|(name, value)| (&**name, Some(text(value)))).collect();
    write_lines(&values, out)?;
    write_lines(&[("defined in", Some(row.table.clone())), ("tables", list(tables))], out)
}

/// Returns which requests may be sent again, and how.
fn resend(retry: Retry) -> String {
    let how = match retry.resend(true) {
        Resend::No => return "no".to_owned(),
        Resend::AfterRestart => return "yes, as a new request, after the state is read again".to_owned(),
        Resend::AfterWait => "after a wait",
        Resend::AfterRenewal => "once, after renewal",
    };
    let which = if retry.resend(false) == Resend::No { "if the request is idempotent" } else { "any request" };
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
            writeln!(out, "  {LABEL}{label:WIDTH$}{LABEL:#}  {}", printable(value))?;
        }
    }
    Ok(())
}

/// An explanation as `--format json` writes it.
#[derive(Serialize)]
struct Answer<'a> {
    success: bool,
    code: Option<&'a str>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
    entries: Vec<Definition<'a>>,
    absent: &'a [String],
    ancestor: Option<&'a str>,
    nearest: &'a [String],
}

#[derive(Serialize)]
struct Definition<'a> {
    tables: &'a [String],
    defined_in: &'a str,
    code: &'a str,
    description: &'a str,
    retry: &'a str,
    retry_after_ms: Option<u64>,
    resend: Resends<'a>,
    fault: &'a str,
    evidence: &'a str,
    deprecated: Option<&'a str>,
    aliases: &'a [String],
    #[serde(serialize_with = "serialize_columns")]
    columns: &'a [(String, Value)],
}

#[derive(Serialize)]
struct Resends<'a> {
    any: &'a str,
    idempotent: &'a str,
}

/// Writes an explanation as a JSON object.
pub(super) fn write_json(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    let answer = match explanation {
        Explanation::Success { request_id } => Answer {
            success: true,
            code: None,
            message: None,
            request_id: request_id.as_deref(),
            entries: Vec::new(),
            absent: &[],
            ancestor: None,
            nearest: &[],
        },
        Explanation::Failure(failure) => Answer {
            success: false,
            code: Some(&failure.code),
            message: failure.message.as_deref(),
            request_id: failure.request_id.as_deref(),
            entries: failure.entries.iter().map(definition).collect(),
            absent: &failure.absent,
            ancestor: failure.ancestor.as_deref(),
            nearest: &failure.nearest,
        },
    };
    write_json_text(serde_json::to_string_pretty(&answer), out)
}

fn definition(Entry { tables, row, columns }: &Entry) -> Definition<'_> {
    let [any, idempotent] = [false, true].map(|idempotent| row.retry.resend(idempotent).as_str());
    Definition {
        tables,
        defined_in: &row.table,
        code: &row.code,
        description: &row.description,
        retry: row.retry.as_str(),
        retry_after_ms: row.retry_after_ms,
        resend: Resends { any, idempotent },
        fault: row.fault.as_str(),
        evidence: &row.evidence,
        deprecated: row.deprecated.as_deref(),
        aliases: &row.aliases,
        columns,
    }
}

fn serialize_columns<S: Serializer>(columns: &&[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(columns.iter().map(|(name, value)| (name, json(value))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resend_of_each_class_is_described() {
        let texts = Retry::ALL.iter().map(|retry| (*retry, resend(*retry))).collect::<Vec<_>>();
        let expected = [
            (Retry::Never, "no"),
            (Retry::Restart, "yes, as a new request, after the state is read again"),
            (Retry::Throttled, "yes, any request, after a wait"),
            (Retry::Conflict, "yes, any request, after a wait"),
            (Retry::Renew, "yes, any request, once, after renewal"),
            (Retry::Transient, "yes, if the request is idempotent, after a wait"),
        ];
        assert_eq!(texts, expected.map(|(retry, text)| (retry, text.to_owned())));
    }
}
