//! The checked table: what an enum is made from.

use std::time::Duration;

use crate::check::check;
use crate::columns::{Column, Value};
use crate::diagnostic::Diagnostic;
use crate::files::{Directory, Files};
use crate::location::Location;
use crate::resolve::Resolver;
use crate::{Fault, Retry, Rule};

/// A table with all that it extends: every row complete, every code and variant there once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The id of the table.
    pub name: String,
    /// What it lists; "" where it does not say.
    pub description: String,
    /// Where the rows come from; "" where it does not say.
    pub source: String,
    /// The version of the API; "" where it does not say.
    pub version: String,
    /// Whether codes can be looked up without regard to ASCII case.
    pub ignore_case: bool,
    /// The columns of the owner's own: those of the bases first.
    pub columns: Vec<Column>,
    /// The rows: those of the bases first.
    pub rows: Vec<Row>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The code as it stands on the wire.
    pub code: String,
    /// The name of the variant.
    pub variant: String,
    /// What it means; "" where the table does not say.
    pub description: String,
    /// What resending needs.
    pub retry: Retry,
    /// How long to wait before the next attempt, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Who has to act.
    pub fault: Fault,
    /// Why `retry` and `fault` are so.
    pub evidence: String,
    /// Other spellings of the code on the wire.
    pub aliases: Vec<String>,
    /// A note, where the code is deprecated.
    pub deprecated: Option<String>,
    /// The name of the first table that holds the code.
    pub table: String,
    /// The values in the table's columns, in their order; `None` where there is neither a value nor a default.
    pub values: Vec<Option<Value>>,
}

impl Row {
    /// A row that says nothing of its code.
    #[must_use]
    pub fn new(code: String, variant: String) -> Self {
        Self {
            code,
            variant,
            description: String::new(),
            retry: Retry::Never,
            retry_after_ms: None,
            fault: Fault::Client,
            evidence: String::new(),
            aliases: Vec::new(),
            deprecated: None,
            table: String::new(),
            values: Vec::new(),
        }
    }

    /// How long to wait before the next attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after_ms.map(Duration::from_millis)
    }
}

/// What loading a table gives: as much of the table as is right, and all that is wrong.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The table; a row that cannot be used is not in it.
    pub table: Table,
    /// All problems, files in the order in which they were read, each from top to bottom.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the table and all its bases could be read; where not, rows and columns may be missing.
    pub is_complete: bool,
    /// The files that were read, by their paths from the root, each once.
    pub files: Vec<String>,
}

impl Table {
    /// Reads a table and all that it extends.
    ///
    /// ```
    /// use errtable_spec::{Directory, Table};
    ///
    /// let loaded = Table::load(&Directory::new(env!("CARGO_MANIFEST_DIR")), "common.json");
    /// assert!(loaded.diagnostics.is_empty());
    /// assert_eq!(loaded.table.rows.len(), 26);
    /// ```
    pub fn load(files: &dyn Files, path: &str) -> Loaded {
        let mut resolver = Resolver::new(files);
        match Location::from_path(path) {
            Ok(location) => finish(resolver, &location),
            Err(why) => {
                let help = match path.strip_prefix("bundled:") {
                    Some(name) => format!("write `bundled = \"{name}\"` instead of the path"),
                    None => "write a path relative to the directory of Cargo.toml, with `/`".to_owned(),
                };
                resolver.problems.report_file(Rule::BasePath, path, format!("the path {why}")).help(help);
                Loaded { diagnostics: resolver.problems.into_diagnostics(), ..Loaded::default() }
            }
        }
    }

    /// Reads a table that comes with this crate, such as `common`.
    #[must_use]
    pub fn load_bundled(name: &str) -> Loaded {
        finish(Resolver::new(&Directory::new("")), &Location::Bundled(name.to_owned()))
    }
}

fn finish(mut resolver: Resolver<'_>, location: &Location) -> Loaded {
    let merged = resolver.resolve(location, None);
    let is_complete = merged.as_ref().is_some_and(|merged| merged.is_complete);
    let table = merged.map(|merged| check(&merged, &mut resolver.problems)).unwrap_or_default();
    Loaded { table, is_complete, diagnostics: resolver.problems.into_diagnostics(), files: resolver.read }
}

/// The most problems that are worth showing at once.
const SHOWN: usize = 20;

/// The messages to show for a table's problems: the first 20, then one that counts the rest.
#[must_use]
pub fn render(diagnostics: &[Diagnostic]) -> Vec<String> {
    let rest = diagnostics.len().saturating_sub(SHOWN);
    let count = (rest > 0).then(|| format!("and {rest} more"));
    diagnostics.iter().take(SHOWN).map(Diagnostic::to_string).chain(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_waits_as_long_as_it_says() {
        let mut row = Row::new("A".to_owned(), "A".to_owned());
        assert_eq!(row.retry_after(), None);
        row.retry_after_ms = Some(1500);
        assert_eq!(row.retry_after(), Some(Duration::from_millis(1500)));
    }
}
