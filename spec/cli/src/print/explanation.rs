//! Prints explanations.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use errtable_spec::{Row, Value};
use serde::{Serialize, Serializer};

use crate::explain::{Entry, Explanation, Failure, may_resend};
use crate::print::printable;
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
                ("may resend", Some("no, as any unknown code".to_owned())),
                ("known ancestor", failure.ancestor.clone()),
                ("did you mean", list(&failure.nearest)),
            ],
            out,
        )?;
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
            ("may resend", Some(resend(row).to_owned())),
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

/// Returns which requests may be sent again.
fn resend(row: &Row) -> &'static str {
    match may_resend(row.retry) {
        (true, _) => "yes, any request",
        (false, true) => "yes, if the request is idempotent",
        (false, false) => "no",
    }
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
    may_resend: MayResend,
    fault: &'a str,
    evidence: &'a str,
    deprecated: Option<&'a str>,
    aliases: &'a [String],
    #[serde(serialize_with = "serialize_columns")]
    columns: &'a [(String, Value)],
}

#[derive(Serialize)]
struct MayResend {
    any: bool,
    idempotent: bool,
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
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

fn definition(Entry { tables, row, columns }: &Entry) -> Definition<'_> {
    let (any, idempotent) = may_resend(row.retry);
    Definition {
        tables,
        defined_in: &row.table,
        code: &row.code,
        description: &row.description,
        retry: row.retry.as_str(),
        retry_after_ms: row.retry_after_ms,
        may_resend: MayResend { any, idempotent },
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
