//! `errtable check`: the problems of tables.

use std::collections::HashSet;

use clap::Args;
use errtable_spec::Diagnostic;

use crate::diff::{Deny, DenyParser};
use crate::error::{Error, Status};
use crate::finding::Finding;
use crate::input::{Input, SkippedPaths};
use crate::lint::{Lint, lint};

/// Which rules `check` denies.
#[derive(Clone, Debug, Default, Args)]
pub struct Rules {
    /// Report what this lint or group of rules is about. Repeatable.
    ///
    /// In a project, also a group of changes or a rule, as in `errtable diff --deny`.
    #[arg(long, value_parser = DenyParser::CHECK, value_name = "RULE")]
    pub deny: Vec<Deny>,

    /// Deny all of `--deny` but this rule or group. Repeatable.
    #[arg(long, value_parser = DenyParser::CHECK, hide_possible_values = true, value_name = "RULE")]
    pub allow: Vec<Deny>,
}

impl Rules {
    /// Adds rules.
    pub(crate) fn extend(&mut self, others: &Self) {
        self.deny.extend(&others.deny);
        self.allow.extend(&others.allow);
    }

    /// Returns what denies something, if it is not allowed.
    pub(crate) fn denied(&self, matches: impl Fn(Deny) -> bool) -> Option<Deny> {
        let deny = self.deny.iter().copied().find(|deny| matches(*deny))?;
        (!self.allow.iter().any(|allow| matches(*allow))).then_some(deny)
    }
}

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
    /// What denied lints found.
    pub lints: Vec<Finding>,
    /// The inputs that cannot be read.
    pub errors: Vec<Error>,
}

impl Checked {
    /// Returns the number of problems that are not warnings.
    #[must_use]
    pub fn problems(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| !diagnostic.is_warning()).count() + self.lints.len()
    }

    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(&self.errors, self.problems() > 0)
    }
}

/// Checks tables, and all tables in directories. Lints are checked if they are denied.
#[must_use]
pub fn check(inputs: &[Input], rules: &Rules) -> Checked {
    let mut checked = Checked::default();
    let mut seen = HashSet::new();
    let is_denied = |lint: &Lint| rules.denied(|deny| deny.matches_lint(*lint)).is_some();
    let lints: Vec<_> = Lint::ALL.iter().copied().filter(is_denied).collect();
    for input in inputs {
        let tables = input.tables(&mut checked.skipped).unwrap_or_else(|error| {
            checked.errors.push(error);
            Vec::new()
        });
        for table in tables {
            match table.load() {
                Ok(loaded) => {
                    checked.tables += 1;
                    checked.lints.extend(lint(&table, &loaded.table, &lints));
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
