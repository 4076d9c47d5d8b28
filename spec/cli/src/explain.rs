//! `errtable explain`: what an error code or a response means, and how to retry the request.

mod fit;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::sync::LazyLock;
use std::time::Duration;

use clap::Args;
use errtable::Retry;
use errtable_spec::__private::{nearest, parse_digits};
use errtable_spec::{Reserved, Row, Table, Value, variant_name};
use serde_json::Value as Json;

use self::fit::{Candidate, Fitting, of_tables, with_named};
use crate::engine::{Content, Reading, Response};
use crate::error::{Error, Status};
use crate::input::{Input, parse_header};
use crate::row::{is_sent_as, values};

/// The options of `explain`.
#[derive(Clone, Debug, Default, Args)]
pub struct ExplainOptions {
    /// Search this table, a file or `bundled:NAME`, and read the response by its envelope.
    /// Repeatable. The default is all bundled tables.
    #[arg(long = "table", value_name = "TABLE")]
    pub tables: Vec<Input>,

    /// The HTTP status of the response.
    ///
    /// It tells a success from a failure if the body does not, and gives unknown codes a retry
    /// class.
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(100..=999))]
    pub status: Option<u16>,

    /// A header of the response. Repeatable.
    ///
    /// The envelope may read the request id, the wait or the code from it.
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = parse_header, requires = "status")]
    pub headers: Vec<(String, String)>,
}

/// The explanation of a code or of a response.
#[derive(Debug)]
pub struct Explanation {
    /// What was explained.
    pub outcome: Explained,
    /// The envelope by which the response was read: a table, as an argument, or a named envelope.
    pub envelope: Option<String>,
    /// The request id of the response.
    pub request_id: Option<String>,
    /// The wait that the response asks for.
    pub wait: Option<Duration>,
    /// The HTTP status of the response.
    pub status: Option<u16>,
    /// The class of a response without a known code.
    pub retry: Retry,
    /// Where the class comes from, if not from the status.
    pub cause: Option<&'static str>,
    /// What may explain that a code is unknown, or that an envelope does not fit.
    pub notes: Vec<String>,
}

/// What was explained.
#[derive(Debug)]
pub enum Explained {
    /// The response of a success.
    Success,
    /// A code, or the response of a failure.
    Failure(Failure),
    /// A response that is neither, and why.
    Malformed(String),
}

/// A code, and what the tables contain about it.
#[derive(Debug)]
pub struct Failure {
    /// The code, or `""` if the response has none.
    pub code: String,
    /// The message of the response, or `""`.
    pub message: String,
    /// The tables that do not contain the code, as arguments, if tables were given.
    pub absent: Vec<String>,
    /// The rows of the code. Tables that define it alike have one entry.
    pub entries: Vec<KnownRow>,
    /// The longest known prefix of an unknown code: `AuthFailure` for `AuthFailure.Other`.
    pub ancestor: Option<String>,
    /// The codes with the most similar spelling, if the code is unknown.
    pub nearest: Vec<String>,
}

/// A row, and the tables that contain it.
#[derive(Debug)]
pub struct KnownRow {
    /// The tables, as arguments.
    pub tables: Vec<String>,
    /// The row.
    pub row: Row,
    /// The columns that have a value.
    pub columns: Vec<(String, Value)>,
}

impl Explanation {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.outcome {
            Explained::Success => Status::Success,
            Explained::Failure(failure) if !failure.entries.is_empty() => Status::Success,
            Explained::Failure(_) | Explained::Malformed(_) => Status::Findings,
        }
    }
}

/// Explains a code or a response.
///
/// # Errors
///
/// Returns an error if the response or a table cannot be read, or if the argument is the path of a
/// file that does not exist, and no table contains it as a code.
pub fn explain(subject: &Input, options: &ExplainOptions) -> Result<Explanation, Error> {
    let given = load(&options.tables)?;
    let are_given = !given.is_empty();
    let Fitting { envelope, reading, note } = match read_subject(subject, options.status.is_some())? {
        Argument::Code(code) => Fitting { envelope: None, reading: code_alone(code, options.status), note: None },
        Argument::Response(body) => {
            let response = Response { body: &body, status: options.status, headers: &options.headers };
            fit::read(&response, &of_tables(&given), known_envelopes)?
        }
    };
    let mut notes = envelope.as_deref().map(|name| why_unread(name, &given)).unwrap_or_default();
    notes.extend(note);
    let Reading { content, request_id, wait, retry, cause } = reading;
    let outcome = match content {
        Content::Success => Explained::Success,
        Content::Malformed(why) => Explained::Malformed(why),
        Content::Failure { code, message } => {
            let tables = if are_given { &given } else { bundled()? };
            let mut failure = Failure { message, ..look_up(code, tables) };
            if !are_given {
                failure.absent.clear();
            }
            if failure.entries.is_empty() && !failure.code.is_empty() {
                notes.extend(tables.iter().filter_map(|(name, table)| known_otherwise(&failure.code, name, table)));
                check_is_code(subject)?;
                notes.extend((!are_given).then(|| ONLY_BUNDLED.to_owned()));
            }
            Explained::Failure(failure)
        }
    };
    Ok(Explanation { outcome, envelope, request_id, wait, status: options.status, retry, cause, notes })
}

fn load(inputs: &[Input]) -> Result<Vec<(String, Table)>, Error> {
    inputs.iter().map(|input| Ok((input.to_string(), input.load_valid()?))).collect()
}

/// Returns all bundled tables.
fn bundled() -> Result<&'static [(String, Table)], Error> {
    static TABLES: LazyLock<Result<Vec<(String, Table)>, Error>> = LazyLock::new(|| load(&Input::bundled()));
    TABLES.as_deref().map_err(Error::clone)
}

/// Returns the envelopes of all bundled tables, and the named ones.
fn known_envelopes() -> Result<&'static [Candidate], Error> {
    static ENVELOPES: LazyLock<Result<Vec<Candidate>, Error>> = LazyLock::new(|| Ok(with_named(of_tables(bundled()?))));
    ENVELOPES.as_deref().map_err(Error::clone)
}

/// What the argument names.
enum Argument {
    Code(String),
    Response(Vec<u8>),
}

/// Reads the argument: a file takes precedence over a code. Without a status, a file or standard
/// input may contain only a code, also in quotes.
fn read_subject(subject: &Input, has_status: bool) -> Result<Argument, Error> {
    let bytes = match subject {
        Input::Path(path) if path.as_os_str().is_empty() => {
            return Err(Error::new("empty code").with_help("run `errtable explain --help`"));
        }
        Input::Path(path) if !path.exists() => {
            let text = path.to_string_lossy().into_owned();
            return Ok(if is_body(&text) { Argument::Response(text.into()) } else { Argument::Code(text) });
        }
        Input::Bundled(_) => return Ok(Argument::Code(subject.to_string())),
        Input::Path(_) | Input::Stdin => subject.read()?,
    };
    subject.check_encoding(&bytes)?;
    let code = match serde_json::from_slice(&bytes) {
        _ if has_status => None,
        Ok(Json::String(code)) if !code.is_empty() => Some(code),
        Ok(Json::Number(number)) if number.is_i64() => Some(number.to_string()),
        Ok(_) => None,
        Err(_) => str::from_utf8(bytes.trim_ascii()).ok().filter(|text| is_word(text)).map(str::to_owned),
    };
    Ok(code.map_or(Argument::Response(bytes), Argument::Code))
}

/// Returns whether an argument is a body: an object, or an array of objects.
fn is_body(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') || text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'))
}

/// Returns whether a text is a code without quotes, as in `echo AuthFailure | errtable explain -`.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn code_alone(code: String, status: Option<u16>) -> Reading {
    Reading {
        content: Content::Failure { code, message: String::new() },
        request_id: None,
        wait: None,
        retry: status.map_or(Retry::Never, Retry::from_http_status),
        cause: None,
    }
}

/// Returns why a response was not read by a table, if tables were given.
fn why_unread(envelope: &str, given: &[(String, Table)]) -> Vec<String> {
    if given.iter().any(|(name, _)| name == envelope) {
        return Vec::new();
    }
    let why = |(name, table): &(String, Table)| match table.envelope {
        Some(_) => format!("the envelope of `{name}` does not fit the body"),
        None => format!("`{name}` has no key `envelope`"),
    };
    given.iter().map(why).collect()
}

/// The note about an unknown code if no tables were given.
const ONLY_BUNDLED: &str = "only the bundled tables were searched: select yours with `--table`";

/// The extensions of files that may contain a response.
const FILE_EXTENSIONS: [&str; 9] = ["http", "json", "jsonl", "log", "md", "ndjson", "out", "txt", "xml"];

/// Checks that an unknown code is not the path of a file that does not exist.
fn check_is_code(subject: &Input) -> Result<(), Error> {
    let Input::Path(path) = subject else { return Ok(()) };
    let extension = path.extension().and_then(OsStr::to_str);
    let is_file = extension.is_some_and(|it| FILE_EXTENSIONS.contains(&it)) || path.components().count() > 1;
    if !is_file || path.exists() || is_body(&path.to_string_lossy()) {
        return Ok(());
    }
    let help = "if it is a code, select a table that lists it with `--table`";
    Err(Error::new(format!("cannot read `{subject}`: no such file, and no table lists this code")).with_help(help))
}

/// Returns what a table says about a text that is not one of its codes: it may be reserved, or the
/// name of a variant, as in a message of the compiler.
fn known_otherwise(text: &str, name: &str, table: &Table) -> Option<String> {
    let number = parse_digits(text);
    let is_reserved = |reserved: &&Reserved| {
        reserved.code.as_deref() == Some(text) || number.is_some_and(|number| reserved.has_number(number))
    };
    if let Some(reserved) = table.reserved.iter().find(is_reserved) {
        let why = if reserved.note.is_empty() { String::new() } else { format!(": {}", reserved.note) };
        return Some(format!("`{name}` reserves it{why}"));
    }
    let is_former = |row: &Row| row.former_variants.iter().any(|former| former == text);
    // `unique_violation` for `UniqueViolation`
    let variant = variant_name(text);
    let row = table.rows.iter().find(|row| row.variant == text || row.variant == variant || is_former(row))?;
    let variant = if is_former(row) { "it is a former variant of" } else { &*format!("variant `{}` is", row.variant) };
    Some(format!("{variant} `{}` in `{name}`", row.code))
}

/// Looks up a code, which is `""` if a response has none.
fn look_up(code: String, tables: &[(String, Table)]) -> Failure {
    let (mut entries, mut absent): (Vec<KnownRow>, _) = (Vec::new(), Vec::new());
    let tables = if code.is_empty() { &[] } else { tables };
    for (name, table) in tables {
        let Some(row) = find(table, &code) else {
            absent.push(name.clone());
            continue;
        };
        let columns = values(row, table).map(|(name, value)| (name.to_owned(), value.clone())).collect();
        match entries.iter_mut().find(|entry| entry.row == *row && entry.columns == columns) {
            Some(entry) => entry.tables.push(name.clone()),
            None => entries.push(KnownRow { tables: vec![name.clone()], row: row.clone(), columns }),
        }
    }
    let mut failure = Failure { code, message: String::new(), absent, entries, ancestor: None, nearest: Vec::new() };
    if failure.entries.is_empty() {
        failure.ancestor = ancestor(&failure.code, tables);
        failure.nearest = nearest_codes(&failure.code, tables);
    }
    failure
}

fn find<'t>(table: &'t Table, code: &str) -> Option<&'t Row> {
    table.rows.iter().find(|row| is_sent_as(row, code))
}

fn ancestor(code: &str, tables: &[(String, Table)]) -> Option<String> {
    let mut ancestors = code.rmatch_indices('.').filter_map(|(dot, _)| code.get(..dot));
    ancestors.find(|ancestor| tables.iter().any(|(_, table)| find(table, ancestor).is_some())).map(str::to_owned)
}

/// The maximum number of suggestions.
const MAX_NEAREST: usize = 3;

/// Returns the codes and aliases with the most similar spelling, the most similar one first.
fn nearest_codes(code: &str, tables: &[(String, Table)]) -> Vec<String> {
    let rows = tables.iter().flat_map(|(_, table)| &table.rows);
    let spellings = rows.flat_map(|row| row.aliases.iter().chain([&row.code]));
    let mut spellings: Vec<_> = spellings.collect::<BTreeSet<_>>().into_iter().collect();
    let next = || {
        let position = nearest(code, spellings.iter().map(|spelling| spelling.as_str()))?;
        Some(spellings.remove(position).clone())
    };
    std::iter::from_fn(next).take(MAX_NEAREST).collect()
}
