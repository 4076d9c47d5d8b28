//! `errtable diff`: what changed between two tables, for programs that use the enum.

mod accept;
pub mod change;
mod columns;
mod deny;
mod envelope;
mod explanation;
mod lifecycle;
mod pairs;
mod retry;
mod rows;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::time::SystemTime;

use errtable_spec::Table;

pub use self::accept::Accepted;
use self::change::{Api, Change, Effect, Rule};
use self::columns::compare_columns;
pub(crate) use self::deny::nearest_or_where;
pub use self::deny::{Deny, DenyParser};
use self::envelope::compare_envelopes;
pub use self::explanation::explanation;
use self::lifecycle::compare_reserved;
use self::pairs::Pairs;
use self::rows::Rows;
use crate::error::{Error, Status};
use crate::input::Input;
use crate::revision::Revision;

/// One of the two tables.
#[derive(Clone, Debug)]
pub enum Side {
    /// A file, standard input, or a bundled table.
    Input(Input),
    /// A file of a git revision.
    Revision(Revision),
}

/// An existing file takes precedence over a revision.
impl From<OsString> for Side {
    fn from(argument: OsString) -> Self {
        let revision = argument.to_str().filter(|argument| !Path::new(argument).exists()).and_then(Revision::parse);
        match (Input::from(argument), revision) {
            (Input::Path(_), Some(revision)) => Self::Revision(revision),
            (input, _) => Self::Input(input),
        }
    }
}

impl Side {
    /// Returns the input, unless it is a file of a revision.
    pub(crate) fn input(&self) -> Option<&Input> {
        match self {
            Self::Input(input) => Some(input),
            Self::Revision(_) => None,
        }
    }

    fn load_valid(&self) -> Result<Table, Error> {
        match self {
            Self::Input(input) => input.load_valid(),
            Self::Revision(revision) => revision.load_valid(),
        }
    }
}

/// The differences of two tables.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The changes: of the table, of columns, of values, then of rows.
    pub changes: Vec<Change>,
    /// The accepted changes that no longer apply.
    pub stale: Vec<Accepted>,
    /// The changes that are not denied, whatever `--deny` names.
    pub allow: Vec<Deny>,
}

impl Comparison {
    /// Compares two tables. `today` is the date of the removal of a row, as `2027-06-30`.
    #[must_use]
    pub fn new(old: &Table, new: &Table, today: &str) -> Self {
        let pairs = Pairs::new(old, new);
        let mut changes = compare_tables(old, new);
        if pairs.is_reordered {
            changes.push(Change::new(Rule::RowsReordered, None, None));
        }
        changes.extend(compare_columns(old, new, &pairs.kept));
        changes.extend(Rows::new(old, new, today).compare(&pairs));
        Self { changes, stale: Vec::new(), allow: Vec::new() }
    }

    /// Returns the version that the changes require, or `None` if nothing changed.
    #[must_use]
    pub fn api(&self) -> Option<Api> {
        self.changes.iter().map(|change| change.rule.api()).max()
    }

    /// Returns all effects on the behaviour of a program.
    #[must_use]
    pub fn effects(&self) -> BTreeSet<Effect> {
        self.changes.iter().flat_map(|change| &change.effects).copied().collect()
    }

    /// Returns the number of changes that are forbidden and not accepted.
    #[must_use]
    pub fn denied(&self, deny: Deny) -> usize {
        let is_allowed = |change: &Change| self.allow.iter().any(|allow| allow.matches(change));
        let changes = self.changes.iter().filter(|change| deny.matches(change) && !change.is_accepted);
        let stale = if deny == Deny::Stale { self.stale.len() } else { 0 };
        changes.filter(|change| !is_allowed(change)).count() + stale
    }

    /// Returns the exit code.
    #[must_use]
    pub fn status(&self, deny: &[Deny]) -> Status {
        if deny.iter().any(|deny| self.denied(*deny) > 0) { Status::Findings } else { Status::Success }
    }
}

/// Compares two tables, and marks the changes that a file accepts.
///
/// # Errors
///
/// Returns an error if a table has problems, or an input cannot be read.
pub fn diff(old: &Side, new: &Side, accept: Option<&Input>) -> Result<Comparison, Error> {
    let accepted = accept.map_or(Ok(Vec::new()), accept::read)?;
    let mut comparison = Comparison::new(&old.load_valid()?, &new.load_valid()?, &today());
    comparison.stale = accept::mark(accepted, &mut comparison.changes);
    Ok(comparison)
}

/// Returns the date in UTC.
fn today() -> String {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    now.split_once('T').map_or(now.clone(), |(date, _)| date.to_owned())
}

/// Compares everything but columns and rows.
fn compare_tables(old: &Table, new: &Table) -> Vec<Change> {
    let texts = [
        (Rule::TableRenamed, &old.name, &new.name),
        (Rule::TextChanged, &old.description, &new.description),
        (Rule::TextChanged, &old.source, &new.source),
        (Rule::TextChanged, &old.version, &new.version),
    ];
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let texts = texts.into_iter().filter(|(_, old, new)| old != new);
    let mut changes: Vec<_> = texts.map(|(rule, old, new)| Change::new(rule, text(old), text(new))).collect();
    match (old.ignore_case, new.ignore_case) {
        (true, false) => changes.push(Change::new(Rule::IgnoreCaseRemoved, None, None)),
        (false, true) => changes.push(Change::new(Rule::IgnoreCaseAdded, None, None)),
        _ => {}
    }
    changes.extend(compare_envelopes(old.envelope.as_ref(), new.envelope.as_ref()));
    changes.extend(compare_reserved(old, new));
    changes
}
