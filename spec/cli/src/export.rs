//! `errtable export`: a table and its bases for programs in other languages.

mod json;
mod openapi;
mod typescript;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use errtable_spec::__private::escape_invisible;
use errtable_spec::Table;

use crate::error::{Error, Status};
use crate::input::{Input, output_path};
use crate::replace::OutputFile;

/// The JSON Schema of [`ExportFormat::Json`].
pub const SCHEMA: &str = include_str!("export/export.schema.json");

/// The options of `export`.
#[derive(Clone, Debug, Args)]
pub struct ExportOptions {
    /// The format of the export.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: ExportFormat,

    /// The file to write. The default is standard output.
    #[arg(long, value_name = "FILE", value_parser = output_path())]
    pub out: Option<PathBuf>,

    /// Change no file. Exit with 1 if the file is out of date or missing.
    #[arg(long, requires = "out")]
    pub check: bool,
}

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A JSON object with everything that the table says, for your own generator. `errtable schema
    /// export` describes it. Its format has a version.
    Json,
    /// A TypeScript module with the object `codes`, the types `Code` and `Entry`, and the functions
    /// `lookup` and `retryAction`. If the table has an envelope, `parseResponse` reads a response.
    /// An integer that a `number` cannot hold exactly is a `bigint`.
    Typescript,
    /// An OpenAPI 3.0 document: schemas of the code and of a failure, and a response for each value
    /// of the column of type `http_status`. `x-enum-varnames`, `x-enum-descriptions`, `x-retry`,
    /// `x-retry-after-ms`, `x-fault`, `x-since`, `x-deprecated` and `x-columns` describe the codes.
    Openapi,
}

/// The result of an export.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file. If there is none, the text is the output.
    pub file: Option<OutputFile>,
    /// The exported table.
    pub text: String,
    /// The number of codes.
    pub codes: usize,
}

impl Exported {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        self.file.as_ref().map_or(Status::Success, OutputFile::status)
    }
}

/// Exports a table. Replaces the file unless `check` is set.
///
/// # Errors
///
/// Returns an error if the table cannot be read or has problems, or if the file cannot be read or
/// written.
pub fn export(table: &Input, options: &ExportOptions) -> Result<Exported, Error> {
    let table = table.load_valid()?.without_private_columns();
    let text = write(&table, options.to).map_err(|error| Error::new(error.to_string()))?;
    let file = options.out.clone().map(|path| OutputFile::update(path, text.as_bytes(), options.check));
    Ok(Exported { file: file.transpose()?, text, codes: table.rows.len() })
}

/// Writes a table in a format.
fn write(table: &Table, format: ExportFormat) -> serde_json::Result<String> {
    let text = match format {
        ExportFormat::Json => json::write(table)?,
        ExportFormat::Typescript => typescript::write(table),
        ExportFormat::Openapi => openapi::write(table)?,
    };
    Ok(escape_invisible(&text) + "\n")
}
