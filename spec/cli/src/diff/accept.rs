//! Accepted changes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diff::change::{Change, Rule};
use crate::error::Error;
use crate::input::Input;

/// An accepted change: a kind of change of a code, of a column, or of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The kind of the change.
    pub rule: Rule,
    /// The code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The column. Without it, all columns of the code are accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The old value. Without it, any is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The new value. Without it, any is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The reason, for readers of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Writes the rule, the code and the column.
impl fmt::Display for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.rule.as_str())?;
        let parts = [("code", &self.code), ("column", &self.column)];
        parts.into_iter().try_for_each(|(name, part)| match part {
            Some(part) => write!(f, " of {name} `{part}`"),
            None => Ok(()),
        })
    }
}

impl Accepted {
    /// Returns whether a change is of this kind, and has these values.
    pub(crate) fn applies_to(&self, change: &Change) -> bool {
        let is_pinned = |pin: &Option<String>, value: &Option<String>| pin.is_none() || pin == value;
        self.is_about(change) && is_pinned(&self.old, &change.old) && is_pinned(&self.new, &change.new)
    }

    /// Returns whether a change is of this kind, with any values.
    pub(crate) fn is_about(&self, change: &Change) -> bool {
        let is_column = self.column == change.column || (self.column.is_none() && self.code.is_some());
        self.rule == change.rule && self.code == change.code && is_column
    }
}

/// Reads a JSON array of accepted changes.
pub(super) fn read(input: &Input) -> Result<Vec<Accepted>, Error> {
    let bytes = input.read()?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let help =
            "an accepted change is an object such as `{\"rule\": \"retry-changed\", \"code\": \"InternalError\"}`";
        Error::new(format!("cannot read the accepted changes in `{input}`: {error}")).with_help(help)
    })
}

/// Marks the accepted changes. Returns the entries that apply to no change.
pub(super) fn mark(accepted: Vec<Accepted>, changes: &mut [Change]) -> Vec<Accepted> {
    for change in &mut *changes {
        change.is_accepted = accepted.iter().any(|accepted| accepted.applies_to(change));
    }
    accepted.into_iter().filter(|accepted| !changes.iter().any(|change| accepted.applies_to(change))).collect()
}
