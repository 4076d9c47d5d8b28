//! `errtable import`: reads the error codes that pages list, and merges them into a table.

mod edit;
mod files;
pub mod listing;
pub mod merge;
pub mod origin;
pub mod page;
mod target;

use std::path::PathBuf;

use clap::Args;
use errtable_spec::{Diagnostic, Table};
use serde::Serialize;

use self::files::PageReader;
use self::merge::values;
use self::merge::{MergeOptions, Merged, Missing, merge, new_table};
use self::origin::PageMessage;
use self::page::format::Format;
use self::page::mapping::Mapping;
use self::target::Target;
use crate::error::{Error, Status};
use crate::input::{Input, output_path};
use crate::replace::{Outcome, write};

/// The options of `import`.
#[derive(Clone, Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct ImportOptions {
    /// The table to update. It is created if it does not exist. Without it, the table is printed.
    #[arg(long, value_name = "TABLE", value_parser = output_path())]
    pub into: Option<PathBuf>,

    /// The name of a new table. The default is the name of its file, or that of the first page.
    #[arg(long)]
    pub name: Option<String>,

    /// The format of the pages. By default, it is detected.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<Format>,

    /// Remove the rows that the pages do not list.
    #[arg(long, requires = "into", conflicts_with = "deprecate")]
    pub prune: bool,

    /// Mark the rows that the pages do not list as `deprecated`.
    #[arg(long, requires = "into")]
    pub deprecate: bool,

    /// A code that the pages never list. Its row is not missing. Repeatable.
    #[arg(long, value_name = "CODE", requires = "into")]
    pub unlisted: Vec<String>,

    /// Change no file. Exit with 1 if the table does not agree with the pages.
    #[arg(long, requires = "into")]
    pub check: bool,

    /// Read a key or a column of the table from the column with this heading.
    ///
    /// A number is the column of a page without headings, from 1. A new table gets the columns.
    #[arg(long, value_name = "KEY=HEADING", value_parser = parse_map)]
    pub map: Vec<(String, String)>,

    /// Replace the text of a cell with a value, such as `--value retry:True=transient`.
    #[arg(long, value_name = "KEY:TEXT=VALUE", value_parser = parse_value, requires = "map")]
    pub value: Vec<(String, String, String)>,

    /// Keep the values of this key in rows that have one, such as your descriptions. Repeatable.
    #[arg(long, value_name = "KEY", requires = "into")]
    pub keep: Vec<String>,

    /// Read the JSON value at this JSON Pointer, such as `/errors`, or an enum of OpenAPI.
    #[arg(long, value_name = "POINTER", value_parser = parse_pointer)]
    pub at: Option<String>,

    /// Exit with 1 if a row or a value is skipped, or if two rows of the pages disagree.
    #[arg(long)]
    pub strict: bool,
}

impl ImportOptions {
    fn mapping(&self) -> Mapping {
        Mapping { columns: self.map.clone(), values: self.value.clone(), at: self.at.clone() }
    }

    fn merge_options(&self) -> MergeOptions {
        MergeOptions { missing: self.missing(), unlisted: self.unlisted.clone(), keep: self.keep.clone() }
    }

    /// Returns what to do with rows that the pages do not list.
    fn missing(&self) -> Missing {
        match (self.prune, self.deprecate) {
            (true, _) => Missing::Prune,
            (_, true) => Missing::Deprecate,
            _ => Missing::Keep,
        }
    }
}

/// The result of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The table that is changed. If there is none, the text is the output.
    pub target: Option<PathBuf>,
    /// The pages, with the numbers of codes that they list.
    pub pages: Vec<ImportedPage>,
    /// The rows that are not imported, and what is wrong.
    pub skipped: Vec<PageMessage>,
    /// The rows that list a code again with other values, and what differs.
    pub disagreements: Vec<PageMessage>,
    /// The table and its changes.
    pub merged: Merged,
    /// The problems of the table after the import.
    pub diagnostics: Vec<Diagnostic>,
    /// What is done with the file.
    pub outcome: Outcome,
    /// What is done with the rows that the pages do not list.
    pub missing: Missing,
    /// Whether the file is not replaced.
    pub is_check: bool,
    /// Whether skipped rows and values, and rows that disagree, are findings.
    pub is_strict: bool,
}

/// A page of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportedPage {
    /// The name of the page.
    pub name: String,
    /// The format in which it was read.
    pub format: Format,
    /// The number of codes that it lists.
    pub codes: usize,
    /// The headings of columns that are not imported.
    pub unused: Vec<String>,
    /// What else is not imported.
    pub notes: Vec<String>,
}

impl Imported {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        let differs = self.outcome.is_out_of_date() || !self.merged.missing.is_empty();
        let is_partial =
            !self.skipped.is_empty() || !self.merged.skipped_values.is_empty() || !self.disagreements.is_empty();
        let has_findings = !self.diagnostics.is_empty() || self.is_check && differs || self.is_strict && is_partial;
        if has_findings { Status::Findings } else { Status::Success }
    }
}

/// Reads a JSON Pointer.
pub(crate) fn parse_pointer(argument: &str) -> Result<String, String> {
    if argument.is_empty() || argument.starts_with('/') {
        return Ok(argument.to_owned());
    }
    Err("expected a JSON Pointer, such as `/errors`; an empty one is the whole document".to_owned())
}

/// Reads an argument `KEY=HEADING`.
fn parse_map(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((key, heading)) if !key.is_empty() && !heading.is_empty() => Ok((key.to_owned(), heading.to_owned())),
        _ => Err("expected `KEY=HEADING`, such as `http_status=Status`".to_owned()),
    }
}

/// Reads an argument `KEY:TEXT=VALUE`. The text may contain `=`.
fn parse_value(argument: &str) -> Result<(String, String, String), String> {
    let parts = argument.split_once(':').and_then(|(key, rest)| Some((key, rest.rsplit_once('=')?)));
    match parts {
        Some((key, (text, value))) if !key.is_empty() => {
            check_value(key, value)?;
            Ok((key.to_owned(), text.to_owned(), value.to_owned()))
        }
        _ => Err("expected `KEY:TEXT=VALUE`, such as `retry:True=transient`".to_owned()),
    }
}

/// Returns what is wrong with a value that replaces a text, unless only the table can tell.
pub(crate) fn check_value(key: &str, value: &str) -> Result<(), String> {
    values::value(key, value, &Table::default()).map(drop)
}

/// Imports pages. Replaces the table unless `check` is set.
///
/// # Errors
///
/// Returns an error if a page has no codes, if there are too many, or if a file cannot be read or
/// written. The table is then unchanged.
pub fn import(inputs: &[Input], options: &ImportOptions) -> Result<Imported, Error> {
    let mapping = options.mapping();
    let mut reader = PageReader::new(options, &mapping);
    inputs.iter().try_for_each(|input| reader.read(input))?;
    let PageReader { listing, pages, .. } = reader;
    let merge_options = options.merge_options();
    let missing = merge_options.missing;
    if missing != Missing::Keep && !listing.is_complete {
        let help = "remove `--prune` or `--deprecate`, or add a page that lists all codes";
        let message = "cannot remove or deprecate rows: response bodies do not list all codes";
        return Err(Error::new(message).with_help(help));
    }
    let target = Target::read(options, inputs, &listing)?;
    target.check_keys(&mapping, &options.keep, &listing)?;
    let Some(mut merged) = merge(&target.text, &target.loaded.table, &listing, &merge_options) else {
        return Err(Error::Table(target.loaded.diagnostics));
    };
    if target.is_new {
        merged.notes.extend(new_table::notes(&listing));
    }
    let diagnostics = target.input.parse(merged.text.clone().into_bytes()).diagnostics;
    let old = (!target.is_new).then_some(target.text.as_bytes());
    let outcome = Outcome::new(old, merged.text.as_bytes(), options.check);
    if let Some(path) = options.into.as_deref() {
        write(path, merged.text.as_bytes(), outcome)?;
    }
    let skipped = listing.skipped.into_iter().map(|skipped| skipped.message);
    Ok(Imported {
        target: options.into.clone(),
        skipped: skipped.chain(merged.skipped.iter().cloned()).collect(),
        disagreements: listing.disagreements,
        pages,
        merged,
        diagnostics,
        outcome,
        missing,
        is_check: options.check,
        is_strict: options.strict,
    })
}
