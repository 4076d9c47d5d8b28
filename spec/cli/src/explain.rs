//! `errtable explain`: what an error code means, and how the request may be sent again.

mod body;

use std::collections::BTreeSet;

use errtable_spec::{Row, Table, Value, nearest};

use self::body::Body;
use crate::error::{Error, Status};
use crate::input::Input;
use crate::row::{spellings, values};

/// The explanation of a code or of a response body.
#[derive(Debug)]
pub enum Explanation {
    /// The body of a success.
    Success {
        /// The request id, if the body contains it.
        request_id: Option<String>,
    },
    /// A code, or the body of a failure.
    Failure(Failure),
}

/// A code, and what the tables contain about it.
#[derive(Debug)]
pub struct Failure {
    /// The code.
    pub code: String,
    /// The message of the body.
    pub message: Option<String>,
    /// The request id of the body.
    pub request_id: Option<String>,
    /// The tables that do not contain the code, as arguments, if tables were given.
    pub absent: Vec<String>,
    /// The rows of the code. Tables that define it alike have one entry.
    pub entries: Vec<Entry>,
    /// The longest known prefix of an unknown code: `AuthFailure` for `AuthFailure.Other`.
    pub ancestor: Option<String>,
    /// The codes with the most similar spelling, if the code is unknown.
    pub nearest: Vec<String>,
    /// What may explain that the code is unknown.
    pub notes: Vec<String>,
}

/// A row, and the tables that contain it.
#[derive(Debug)]
pub struct Entry {
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
        match self {
            Self::Failure(failure) if failure.entries.is_empty() => Status::Findings,
            _ => Status::Fine,
        }
    }
}

/// Explains a code or a body. Searches all bundled tables if `tables` is empty.
///
/// # Errors
///
/// Returns an error if the body or a table cannot be read, or the body contains no code.
pub fn explain(subject: &Input, tables: &[Input]) -> Result<Explanation, Error> {
    let body = match subject {
        Input::Path(path) if path.as_os_str().is_empty() => {
            return Err(Error::new("empty code").with_help("run `errtable explain --help`"));
        }
        Input::Path(path) if !path.exists() => Body::from_code(path.to_string_lossy()),
        Input::Bundled(_) => Body::from_code(subject.to_string()),
        _ => body::parse(&subject.read()?).map_err(|why| Error::new(format!("cannot explain `{subject}`: {why}")))?,
    };
    let are_given = !tables.is_empty();
    let bundled = Input::bundled();
    let inputs = if are_given { tables } else { &bundled };
    let tables = inputs.iter().map(|input| Ok((input.to_string(), input.load_valid()?)));
    let tables: Vec<_> = tables.collect::<Result<_, Error>>()?;
    Ok(match body {
        Body::Success { request_id } => Explanation::Success { request_id },
        Body::Failure { code, message, request_id } => {
            let mut failure = look_up(code, &tables);
            if !are_given {
                failure.absent.clear();
            }
            if failure.entries.is_empty() {
                failure.notes = notes(subject, are_given);
            }
            Explanation::Failure(Failure { message, request_id, ..failure })
        }
    })
}

/// Returns what may explain that a code is unknown.
fn notes(subject: &Input, are_given: bool) -> Vec<String> {
    let missing_file = match subject {
        Input::Path(path) => {
            (path.extension().is_some_and(|extension| extension == "json") || path.components().count() > 1)
                && !path.exists()
        }
        _ => false,
    };
    let missing_file = missing_file.then(|| format!("there is no file `{subject}`"));
    let bundled = (!are_given).then(|| "only the bundled tables were searched; `--table` selects others".to_owned());
    missing_file.into_iter().chain(bundled).collect()
}

fn look_up(code: String, tables: &[(String, Table)]) -> Failure {
    let (mut entries, mut absent): (Vec<Entry>, _) = (Vec::new(), Vec::new());
    for (name, table) in tables {
        let Some(row) = find(table, &code) else {
            absent.push(name.clone());
            continue;
        };
        let columns = values(row, table).map(|(name, value)| (name.to_owned(), value.clone())).collect();
        match entries.iter_mut().find(|entry| entry.row == *row && entry.columns == columns) {
            Some(entry) => entry.tables.push(name.clone()),
            None => entries.push(Entry { tables: vec![name.clone()], row: row.clone(), columns }),
        }
    }
    let mut failure = Failure {
        code,
        message: None,
        request_id: None,
        absent,
        entries,
        ancestor: None,
        nearest: Vec::new(),
        notes: Vec::new(),
    };
    if failure.entries.is_empty() {
        failure.ancestor = ancestor(&failure.code, tables);
        failure.nearest = nearest_codes(&failure.code, tables);
    }
    failure
}

fn find<'t>(table: &'t Table, code: &str) -> Option<&'t Row> {
    table.rows.iter().find(|row| spellings(row).any(|spelling| spelling == code))
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
