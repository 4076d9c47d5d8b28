//! The changes of the tables since a git revision.

use std::collections::HashSet;
use std::fs;

use crate::diff::change::{Change, Tables};
use crate::diff::{Accepted, Deny, Side, diff};
use crate::error::Error;
use crate::finding::Finding;
use crate::place::RowPlaces;
use crate::project::file::{NAME, Project, ProjectTable};
use crate::project::reader::Located;
use crate::project::{Report, toml_string};
use crate::revision::{Revision, check_revision};

pub(super) fn check(project: &Project, report: &mut Report) {
    let Some(against) = project.against.as_ref().map(|against| &*against.value) else { return };
    if let Err(error) = check_revision(against) {
        return report.error(error);
    }
    let (mut compared, mut is_complete) = (Vec::new(), true);
    for table in &project.tables {
        match changes(against, table) {
            Ok(Some(changes)) => compared.push((table, changes)),
            Ok(None) => report.notes.push(format!("`{}` is new since `{against}`", table.input())),
            Err(Some(error)) => {
                is_complete = false;
                report.error(error);
            }
            Err(None) => {
                is_complete = false;
                report.notes.push(format!("`{}` is not compared: it had problems", table.input()));
            }
        }
    }
    report.counts.compared = compared.len();
    let mut seen = HashSet::new();
    for (table, changes) in &compared {
        let text = fs::read_to_string(&table.path.value).unwrap_or_default();
        let places = RowPlaces::new(&text);
        for change in changes.iter().filter(|change| !project.accept.iter().any(|entry| accepts(&entry.value, change)))
        {
            let denied = project.rules.denied(|deny| deny.matches(change));
            // The change of a base is one of each table that extends it.
            let what = (change.rule.as_str(), &change.code, &change.column, &change.old, &change.new);
            if let Some(deny) = denied.filter(|_| seen.insert(what)) {
                let finding = finding(table, change, deny);
                let mut codes = [&change.code, &change.new].into_iter().flatten();
                report.findings.push(match codes.find_map(|code| places.get(code)) {
                    Some(range) => finding.at(&text, range),
                    None => finding,
                });
            }
        }
    }
    if is_complete {
        let changes: Vec<_> = compared.iter().flat_map(|(_, changes)| changes).collect();
        report.findings.extend(project.accept.iter().filter_map(|entry| stale(project, entry, &changes)));
    }
}

/// Returns the changes of a table, and `None` if the revision does not have it. The error is `None`
/// if the old table has problems.
fn changes(against: &str, table: &ProjectTable) -> Result<Option<Vec<Change>>, Option<Error>> {
    let revision = Revision::of_path(against, &table.path.value);
    if !revision.exists() {
        return Ok(None);
    }
    let new = table.input();
    // The first stage has reported the problems of the new table.
    new.load_valid().map_err(Some)?;
    match diff(&Side::Revision(revision), &Side::Input(new), None) {
        Ok(comparison) => Ok(Some(comparison.changes)),
        Err(Error::Table(_)) => Err(None),
        Err(error) => Err(Some(error)),
    }
}

/// Returns whether an entry accepts a change: it pins both values, also that there is none.
fn accepts(accepted: &Accepted, change: &Change) -> bool {
    accepted.is_about(change) && accepted.old == change.old && accepted.new == change.new
}

/// Returns a denied change.
fn finding(table: &ProjectTable, change: &Change, deny: Deny) -> Finding {
    let subjects = [&change.code, &change.column].into_iter().flatten();
    let subjects: Vec<_> = subjects.map(|subject| format!("`{subject}`")).collect();
    let subject = if subjects.is_empty() { String::new() } else { format!("{}: ", subjects.join(", ")) };
    let message = format!("{subject}{}{}", change.rule.phrase(), values(change));
    let effects = change.effects.iter().map(|effect| effect.meaning().to_owned());
    let notes = change.details.iter().cloned().chain(effects).chain([format!("denied by `{deny}`")]);
    let help = format!("to accept the change, add this to `{NAME}`:\n{}", entry(change));
    let finding = Finding::new(change.rule.as_str(), &table.input().to_string(), message);
    finding.with_notes(notes).with_help(help)
}

/// Returns the values of a change as a phrase.
fn values(change: &Change) -> String {
    let or_none = |text: &Option<String>| text.as_ref().map_or("none".to_owned(), |text| format!("`{text}`"));
    match (&change.old, &change.new) {
        (None, None) => String::new(),
        (Some(text), None) | (None, Some(text)) if change.rule.tables() == Tables::One => format!(": `{text}`"),
        (old, new) => format!(" from {} to {}", or_none(old), or_none(new)),
    }
}

/// Returns the entry that accepts a change.
fn entry(change: &Change) -> String {
    let rule = Some(change.rule.as_str().to_owned());
    let keys = [("rule", &rule), ("code", &change.code), ("column", &change.column)];
    let keys = keys.into_iter().chain([("old", &change.old), ("new", &change.new)]);
    let lines = keys.filter_map(|(key, value)| Some(format!("\n{key} = {}", toml_string(value.as_ref()?))));
    format!("[[diff.accept]]{}\nreason = \"why it is right\"", lines.collect::<String>())
}

/// Returns an entry that accepts nothing.
fn stale(project: &Project, entry: &Located<Accepted>, changes: &[&Change]) -> Option<Finding> {
    let accepted = &entry.value;
    if changes.iter().any(|change| accepts(accepted, change)) || project.rules.allow.contains(&Deny::Stale) {
        return None;
    }
    let (message, notes, help) = match changes.iter().find(|change| accepted.is_about(change)) {
        Some(change) => {
            let message = format!("accepted change has other values: {accepted}");
            let pinned = Change { old: accepted.old.clone(), new: accepted.new.clone(), ..(*change).clone() };
            let notes = [format!("accepted{}", values(&pinned)), format!("changed{}", values(change))];
            (message, notes.to_vec(), "change `old` and `new`, or remove the entry")
        }
        None => (format!("accepted change no longer applies: {accepted}"), Vec::new(), "remove the entry"),
    };
    let finding = Finding::new("stale", NAME, message).at(&project.text, &entry.range).with_notes(notes);
    let finding = finding.with_help(help);
    Some(if project.rules.deny.contains(&Deny::Stale) { finding } else { finding.warning() })
}
