//! `errtable explain --rule`: the rules of tables, lints, projects and changes.

use errtable_spec::Rule as TableRule;

use crate::diff::change::{Api, Rule};
use crate::diff::{explanation, nearest_or_where};
use crate::error::Error;
use crate::lint::Lint;

/// The rules of projects, and what they mean.
const PROJECT: &[(&str, &str)] = &[
    ("project-file", "The file `errtable.toml` is invalid. The exit code is 2."),
    ("not-formatted", "A table of the project is not formatted. `errtable update` formats it."),
    (
        "import-differs",
        "A table differs from the pages that it is imported from. `errtable update` adds and changes rows. A row \
         that the pages do not list is named in `unlisted`, or `missing` says what happens to it.",
    ),
    (
        "page-missing",
        "A page that a table is imported from does not exist, so the table is not compared. Correct the path. If only \
         a workflow downloads the page, `optional = true` makes this a note.",
    ),
    (
        "page-rows",
        "With `strict`: rows or values of the pages of a table are skipped, or rows disagree with earlier ones. \
         Correct these rows.",
    ),
    (
        "out-of-date",
        "An export or a page is not what the table gives now. `errtable update` writes it. It does not remove the \
         pages of a table that is gone: remove them yourself.",
    ),
    (
        "stale",
        "An entry of `diff.accept` applies to no change, or to one with other values. It is a warning unless \
         `stale` is denied. Remove the entry.",
    ),
];

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleText {
    /// The name.
    pub(crate) name: &'static str,
    /// What the rule is about.
    pub(crate) kind: &'static str,
    /// What it means, and what to do.
    pub(crate) meaning: String,
    /// The version that a change of this kind requires.
    pub(crate) api: Option<Api>,
    /// What `--deny` names to forbid it.
    pub(crate) denied_by: Vec<&'static str>,
}

/// Returns the rule with a name, and all rules for `""`.
///
/// # Errors
///
/// Returns an error if there is no such rule.
pub(crate) fn explain(name: &str) -> Result<Vec<RuleText>, Error> {
    let all = all();
    let found: Vec<_> = all.iter().filter(|rule| name.is_empty() || rule.name == name).cloned().collect();
    if found.is_empty() {
        let names: Vec<_> = all.iter().map(|rule| rule.name).collect();
        return Err(Error::new(format!("there is no rule `{name}`")).with_help(nearest_or_where(name, &names)));
    }
    Ok(found)
}

/// Returns all rules. A rule of tables and one of changes may have the same name.
fn all() -> Vec<RuleText> {
    let new = |name, kind, meaning: &str| {
        let meaning = meaning.trim().to_owned();
        RuleText { name, kind, meaning, api: None, denied_by: Vec::new() }
    };
    let tables = TableRule::ALL.iter().map(|rule| new(rule.as_str(), "table", rule.meaning()));
    let lints = Lint::ALL.iter().map(|lint| RuleText {
        denied_by: vec!["lints", lint.as_str()],
        ..new(lint.as_str(), "lint", lint.explanation())
    });
    let projects = PROJECT.iter().map(|(name, meaning)| RuleText {
        denied_by: if *name == "stale" { vec!["stale"] } else { Vec::new() },
        ..new(name, "project", meaning)
    });
    let changes = Rule::ALL.iter().map(|rule| {
        let groups = [(rule.api() == Api::Major, "breaking"), (rule.is_lifecycle(), "lifecycle")];
        let groups = groups.into_iter().filter(|(applies, _)| *applies).map(|(_, group)| group);
        RuleText {
            api: Some(rule.api()),
            denied_by: groups.chain([rule.as_str()]).collect(),
            ..new(rule.as_str(), "change", explanation(*rule))
        }
    });
    tables.chain(lints).chain(projects).chain(changes).collect()
}
