//! Accepted changes.

use std::fmt;

use errtable_spec::__private::did_you_mean;
use serde::Serialize;
use serde_json::Value as Json;

use crate::diff::change::{Change, Rule};
use crate::error::Error;
use crate::input::Input;

/// An accepted change: a kind of change of a code, of a column, or of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The kind of the change.
    pub rule: Rule,
    /// The code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The column. Without it, all columns of the code are accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The old value. Without it, any is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The new value. Without it, any is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The reason, for readers of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    /// Parses an entry. Returns what is wrong, and what to do.
    fn parse(entry: &Json) -> Result<Self, (String, String)> {
        let Json::Object(entry) = entry else { return Err(("expected an object".to_owned(), EXAMPLE.to_owned())) };
        let mut rule = None;
        let [mut code, mut column, mut old, mut new, mut reason] = [const { None }; 5];
        for (key, value) in entry {
            let value = match value {
                Json::String(text) => Some(text.clone()),
                // `--format json` writes a null for a missing code or column.
                Json::Null if key != "rule" => None,
                _ => return Err((format!("`{key}` must be a string"), EXAMPLE.to_owned())),
            };
            match key.as_str() {
                "rule" => rule = value,
                "code" => code = value,
                "column" => column = value,
                "old" => old = value,
                "new" => new = value,
                "reason" => reason = value,
                _ => {
                    let help = did_you_mean(key, &["rule", "code", "column", "old", "new", "reason"]);
                    return Err((format!("unknown key `{key}`"), help));
                }
            }
        }
        let Some(name) = rule else { return Err(("missing key `rule`".to_owned(), EXAMPLE.to_owned())) };
        let Some(rule) = Rule::from_name(&name) else {
            return Err((format!("unknown rule `{name}`"), did_you_mean(&name, Rule::NAMES)));
        };
        Ok(Self { rule, code, column, old, new, reason })
    }

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
    let error = |why: String| Error::new(format!("cannot read the accepted changes in `{input}`: {why}"));
    let json = serde_json::from_str(&input.read_text()?).map_err(|syntax| {
        let help = "the file is a JSON array of objects";
        error(format!("invalid JSON at line {}, column {}", syntax.line(), syntax.column())).with_help(help)
    })?;
    let Json::Array(entries) = json else { return Err(error("expected an array".to_owned()).with_help(EXAMPLE)) };
    let entries = entries.iter().enumerate();
    let entry = |(position, entry): (usize, &Json)| {
        Accepted::parse(entry).map_err(|(why, help)| error(format!("entry {}: {why}", position + 1)).with_help(help))
    };
    entries.map(entry).collect()
}

/// What an entry looks like.
const EXAMPLE: &str = "an entry is an object such as `{\"rule\": \"retry-changed\", \"code\": \"InternalError\"}`";

/// Marks the accepted changes. Returns the entries that apply to no change.
pub(super) fn mark(accepted: Vec<Accepted>, changes: &mut [Change]) -> Vec<Accepted> {
    for change in &mut *changes {
        change.is_accepted = accepted.iter().any(|accepted| accepted.applies_to(change));
    }
    accepted.into_iter().filter(|accepted| !changes.iter().any(|change| accepted.applies_to(change))).collect()
}
