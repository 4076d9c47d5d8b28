//! `errtable fmt`: the canonical layout of tables.

mod layout;

use std::borrow::Cow;

use errtable_spec::__private::Json;
use errtable_spec::{RowKey, TABLE_KEYS};

use self::layout::{JsonLayout, unescape};
use crate::error::{Error, Status};
use crate::input::{Input, SkippedPaths};
use crate::replace::{Outcome, write};

/// The result of formatting tables.
#[derive(Debug, Default)]
pub struct Formatted {
    /// The tables.
    pub tables: Vec<(Input, Outcome)>,
    /// The formatted standard input.
    pub output: Option<String>,
    /// The inputs that cannot be read, parsed or written. They are unchanged.
    pub errors: Vec<Error>,
}

impl Formatted {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(&self.errors, self.out_of_date().next().is_some())
    }

    /// Returns the tables that `check` reports.
    pub fn out_of_date(&self) -> impl Iterator<Item = &Input> {
        self.tables.iter().filter(|(_, outcome)| outcome.is_out_of_date()).map(|(input, _)| input)
    }
}

/// Formats tables, and all tables in directories. Replaces the files unless `check` is set.
#[must_use]
pub fn fmt(inputs: &[Input], check: bool) -> Formatted {
    let mut formatted = Formatted::default();
    for input in inputs {
        let tables = input.tables(&mut SkippedPaths::default()).unwrap_or_else(|error| {
            formatted.errors.push(error);
            Vec::new()
        });
        for table in tables {
            if let Err(error) = fmt_table(table, check, &mut formatted) {
                formatted.errors.push(error);
            }
        }
    }
    formatted
}

fn fmt_table(input: Input, check: bool, formatted: &mut Formatted) -> Result<(), Error> {
    let bytes = input.read()?;
    let text = std::str::from_utf8(&bytes).ok().and_then(format);
    // The diagnostics of `check` describe why a table cannot be parsed.
    let Some(text) = text else { return Err(Error::Table(input.parse(bytes).diagnostics)) };
    let outcome = Outcome::new(Some(&bytes), text.as_bytes(), check);
    match &input {
        Input::Path(path) => write(path, text.as_bytes(), outcome)?,
        Input::Stdin if !check => formatted.output = Some(text),
        Input::Stdin | Input::Bundled(_) => {}
    }
    formatted.tables.push((input, outcome));
    Ok(())
}

/// Formats the text of a table. Returns `None` if it is not a JSON object.
///
/// Strings and numbers are copied as they are written.
#[must_use]
pub fn format(text: &str) -> Option<String> {
    let mut table = JsonLayout::parse(text)?;
    let JsonLayout::Object { entries, is_one_line } = &mut table else { return None };
    *is_one_line = false;
    sort(entries, |key| TABLE_KEYS.iter().position(|known| *known == key));
    let columns = entries.iter().find(|(key, _)| unescape(*key) == "columns");
    let columns = columns.map(|(_, columns)| columns.keys()).unwrap_or_default();
    for (key, value) in entries {
        if let ("errors", JsonLayout::Array { items, is_one_line }) = (&*unescape(*key), value) {
            *is_one_line = false;
            for row in items {
                sort_row(row, &columns);
            }
        }
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    table.write(0, &mut out);
    out.push('\n');
    Some(out)
}

fn sort_row(row: &mut JsonLayout<'_>, columns: &[Cow<'_, str>]) {
    if let JsonLayout::Object { entries, .. } = row {
        let columns = || columns.iter().map(|column| &**column);
        sort(entries, |key| RowKey::NAMES.iter().copied().chain(columns()).position(|known| known == key));
    }
}

/// Sorts entries by the position of their keys. Unknown keys, such as the columns of a base, are
/// last and keep their order.
fn sort(entries: &mut [(Json<'_>, JsonLayout<'_>)], position: impl Fn(&str) -> Option<usize>) {
    entries.sort_by_cached_key(|(key, _)| position(&unescape(*key)).unwrap_or(usize::MAX));
}
