//! `errtable.toml`: what a project keeps true, which `check` checks and `update` writes.

mod changes;
mod file;
mod former;
mod imports;
mod init;
mod outputs;
pub mod reader;
mod repair;
mod tables;

use std::collections::HashSet;
use std::env;

use errtable_spec::__private::escape_invisible;

use self::file::NAME;
pub use self::file::Project;
pub use self::init::{Initialized, init};
use crate::doc::Documented;
use crate::error::{Error, Status};
use crate::export::Exported;
use crate::finding::Finding;
use crate::fmt::Formatted;
use crate::import::Imported;
use crate::input::Input;

/// The result of checking a project.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found, in the order of the stages.
    pub findings: Vec<Finding>,
    /// What was not checked, and why.
    pub notes: Vec<String>,
    /// What cannot be read.
    pub errors: Vec<Error>,
    /// How much was checked.
    pub counts: Counts,
}

/// How much of a project was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of tables.
    pub tables: usize,
    /// The number of tables that were compared with their pages.
    pub imports: usize,
    /// The number of exports.
    pub exports: usize,
    /// The number of pages of `doc`.
    pub pages: usize,
    /// The number of tables that were compared with a revision.
    pub compared: usize,
}

impl Report {
    /// Returns the number of findings that are not warnings.
    #[must_use]
    pub fn problems(&self) -> usize {
        self.findings.iter().filter(|finding| !finding.is_warning).count()
    }

    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(&self.errors, self.problems() > 0)
    }

    /// Adds an error that no earlier stage has found. Problems of tables are left out, because the
    /// first stage reports them.
    fn error(&mut self, error: Error) {
        if !matches!(error, Error::Table(_)) && !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }
}

/// The result of updating a project.
#[derive(Debug, Default)]
pub struct Updated {
    /// The tables that were imported.
    pub imports: Vec<Imported>,
    /// The tables that were formatted.
    pub formatted: Formatted,
    /// The exports.
    pub exports: Vec<Exported>,
    /// The pages.
    pub documented: Option<Documented>,
    /// What remains different, because only a person can decide on it.
    pub findings: Vec<Finding>,
    /// What was not updated, and why.
    pub notes: Vec<String>,
    /// What cannot be read or written.
    pub errors: Vec<Error>,
}

impl Updated {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        let imports = self.imports.iter().map(Imported::status).max().unwrap_or(Status::Success);
        let findings = if self.findings.is_empty() { Status::Success } else { Status::Findings };
        let is_usable = self.errors.is_empty() && self.formatted.errors.is_empty();
        if is_usable { imports.max(findings) } else { Status::Failure }
    }

    /// Returns the errors, each once. The problems of imported tables are left out.
    #[must_use]
    pub fn distinct_errors(&self) -> Vec<Error> {
        let problems = self.imports.iter().flat_map(|import| &import.diagnostics);
        let mut seen: HashSet<_> = problems.map(ToString::to_string).collect();
        let mut distinct = Vec::new();
        for error in self.formatted.errors.iter().chain(&self.errors) {
            let error = match error {
                Error::Table(problems) => {
                    let new = problems.iter().filter(|problem| seen.insert(problem.to_string()));
                    Error::Table(new.cloned().collect())
                }
                error => error.clone(),
            };
            if !distinct.contains(&error) {
                distinct.push(error);
            }
        }
        distinct
    }
}

/// Checks a project: tables, their format, imports, exports, pages, then changes.
#[must_use]
pub fn check(project: &Project) -> Report {
    let mut report = Report::default();
    tables::check(project, &mut report);
    imports::check(project, &mut report);
    outputs::check(project, &mut report);
    changes::check(project, &mut report);
    report
}

/// Updates a project: imports, formats, then writes exports and pages.
#[must_use]
pub fn update(project: &Project) -> Updated {
    let mut updated = Updated::default();
    imports::update(project, &mut updated);
    tables::update(project, &mut updated);
    outputs::update(project, &mut updated);
    updated
}

/// Finds the project of the working directory, as cargo does. Its directory becomes the working
/// directory, which paths in the file are relative to.
///
/// # Errors
///
/// Returns an error if there is no project, or if its file cannot be read or has problems.
pub fn find() -> Result<Project, Error> {
    let directory = env::current_dir().map_err(|error| Error::system("read", ".", &error))?;
    let Some(root) = directory.ancestors().find(|directory| directory.join(NAME).is_file()) else {
        let help = "name tables, as in `errtable check spec`, or write the file with `errtable init`";
        return Err(Error::new(format!("there is no `{NAME}` in this directory or above it")).with_help(help));
    };
    if root != directory {
        env::set_current_dir(root).map_err(|error| Error::system("enter", &root.display().to_string(), &error))?;
    }
    Project::parse(&Input::Path(NAME.into()).read_text()?)?.expand()
}

/// Returns a string of TOML: a literal one if that is easier to read, as `'{"code": "{code}"}'`.
fn toml_string(text: &str) -> String {
    let is_literal = text.contains(['"', '\\']) && !text.contains('\'') && escape_invisible(text) == text;
    if is_literal && !text.contains('\n') {
        return format!("'{text}'");
    }
    // The escapes of a basic string are those of JSON.
    escape_invisible(&serde_json::Value::from(text).to_string()).replace('\u{7f}', "\\u007f")
}
