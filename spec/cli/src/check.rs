//! `errtable check`: the problems of tables.

use std::collections::HashSet;

use errtable_spec::Diagnostic;

use crate::error::{Error, Status};
use crate::input::{Input, SkippedPaths};

/// The result of checking tables.
#[derive(Debug, Default)]
pub struct Checked {
    /// The number of tables that were read.
    pub tables: usize,
    /// The problems and warnings, in the order of the inputs. Those of a common base are listed
    /// once.
    pub diagnostics: Vec<Diagnostic>,
    /// What is no table in the directories.
    pub skipped: SkippedPaths,
    /// The inputs that cannot be read.
    pub errors: Vec<Error>,
}

impl Checked {
    /// Returns the number of problems that are not warnings.
    #[must_use]
    pub fn problems(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| !diagnostic.is_warning()).count()
    }

    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        match (self.errors.is_empty(), self.problems()) {
            (true, 0) => Status::Success,
            (true, _) => Status::Findings,
            (false, _) => Status::Failure,
        }
    }
}

/// Checks tables, and all tables in directories.
#[must_use]
pub fn check(inputs: &[Input]) -> Checked {
    let mut checked = Checked::default();
    let mut seen = HashSet::new();
    for input in inputs {
        let tables = input.tables(&mut checked.skipped).unwrap_or_else(|error| {
            checked.errors.push(error);
            Vec::new()
        });
        for table in tables {
            match table.load() {
                Ok(loaded) => {
                    checked.tables += 1;
                    let new = loaded
                        .diagnostics
                        .into_iter()
                        .chain(loaded.warnings)
                        .filter(|diagnostic| seen.insert(diagnostic.to_string()));
                    checked.diagnostics.extend(new);
                }
                Err(error) => checked.errors.push(error),
            }
        }
    }
    checked
}
