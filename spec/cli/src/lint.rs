//! What a valid table probably lacks. A lint is checked only if it is denied.

use errtable_spec::{Retry, Row, Table};

use crate::finding::Finding;
use crate::input::Input;
use crate::place::RowPlaces;

/// A lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lint {
    /// A row has no description.
    MissingDescription,
    /// A row whose requests are retried has no evidence.
    MissingEvidence,
    /// A row with the class `conflict` has no wait.
    ConflictWithoutWait,
    /// A deprecated row has no replacement.
    DeprecatedWithoutReplacement,
}

impl Lint {
    /// All lints.
    pub const ALL: &'static [Self] = &[
        Self::MissingDescription,
        Self::MissingEvidence,
        Self::ConflictWithoutWait,
        Self::DeprecatedWithoutReplacement,
    ];

    /// Returns the name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingDescription => "missing-description",
            Self::MissingEvidence => "missing-evidence",
            Self::ConflictWithoutWait => "conflict-without-wait",
            Self::DeprecatedWithoutReplacement => "deprecated-without-replacement",
        }
    }

    /// Returns why the lint exists, in a sentence or two.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::MissingDescription => {
                "A row has no description. The enum, the pages and `explain` then have no text for the code."
            }
            Self::MissingEvidence => {
                "A row has another retry class than `never`, but no `evidence` that a retry is right and safe."
            }
            Self::ConflictWithoutWait => {
                "A row with the class `conflict` has no `retry_after_ms`. The lock of another request takes a \
                 while to go away, and only you know how long."
            }
            Self::DeprecatedWithoutReplacement => {
                "A deprecated row has no `replaced_by`, so that readers are not told what to use instead."
            }
        }
    }

    fn applies_to(self, row: &Row) -> bool {
        match self {
            Self::MissingDescription => row.description.is_empty(),
            Self::MissingEvidence => row.retry != Retry::Never && row.evidence.is_empty(),
            Self::ConflictWithoutWait => row.retry == Retry::Conflict && row.retry_after_ms.is_none(),
            Self::DeprecatedWithoutReplacement => row.is_deprecated() && row.replaced_by.is_none(),
        }
    }

    fn message(self, code: &str) -> String {
        match self {
            Self::MissingDescription => format!("`{code}` has no description"),
            Self::MissingEvidence => format!("`{code}` is retried without evidence"),
            Self::ConflictWithoutWait => format!("`{code}` has the class `conflict`, but no wait"),
            Self::DeprecatedWithoutReplacement => format!("`{code}` is deprecated without a replacement"),
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::MissingDescription => "add `\"description\": \"…\"`",
            Self::MissingEvidence => "add `\"evidence\": \"…\"`: what the documentation says, or what you saw",
            Self::ConflictWithoutWait => "add `\"retry_after_ms\": 1000`, or how long the conflict usually lasts",
            Self::DeprecatedWithoutReplacement => "add `\"replaced_by\": \"…\"`",
        }
    }
}

/// Checks the rows that a file contains. Those of bases are left out.
pub(crate) fn lint(input: &Input, table: &Table, lints: &[Lint]) -> Vec<Finding> {
    let Input::Path(path) = input else { return Vec::new() };
    let text = if lints.is_empty() { None } else { std::fs::read_to_string(path).ok() };
    let Some(text) = text else { return Vec::new() };
    let (places, mut findings) = (RowPlaces::new(&text), Vec::new());
    for row in &table.rows {
        let Some(range) = places.get(&row.code) else { continue };
        findings.extend(lints.iter().filter(|lint| lint.applies_to(row)).map(|lint| {
            let finding = Finding::new(lint.as_str(), &input.to_string(), lint.message(&row.code));
            finding.at(&text, range).with_help(lint.help())
        }));
    }
    findings
}
