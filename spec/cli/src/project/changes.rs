//! The changes of the tables since a git revision.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diff::change::{Change, Rule, Tables};
use crate::diff::{Accepted, Deny, Side, diff};
use crate::error::Error;
use crate::finding::Finding;
use crate::place::RowPlaces;
use crate::project::file::{NAME, Project, ProjectTable};
use crate::project::former::former_tables;
use crate::project::reader::Located;
use crate::project::repair::repair;
use crate::project::{Report, toml_string};
use crate::revision::{Revision, check_revision};

/// The changes of a table, and the file that findings are about.
struct Compared {
    file: PathBuf,
    changes: Vec<Change>,
}

pub(super) fn check(project: &Project, report: &mut Report) {
    let Some(against) = project.against.as_ref().map(|against| &*against.value) else {
        if project.rules.deny.iter().any(|deny| !deny.is_lint()) {
            report.notes.push(format!("changes are not compared: `[diff]` in `{NAME}` has no key `against`"));
        }
        return;
    };
    if let Err(error) = check_revision(against) {
        return report.error(error);
    }
    let (compared, is_complete) = compare(project, against, report);
    let mut seen = HashSet::new();
    for Compared { file, changes } in &compared {
        let text = fs::read_to_string(file).unwrap_or_default();
        let places = RowPlaces::new(&text);
        for change in changes.iter().filter(|change| !project.accept.iter().any(|entry| accepts(&entry.value, change)))
        {
            let denied = project.rules.denied(|deny| deny.matches(change));
            // The change of a base is one of each table that extends it.
            let what = (change.rule.as_str(), &change.code, &change.column, &change.old, &change.new);
            if let Some(deny) = denied.filter(|_| seen.insert(what)) {
                let finding = finding(file, change, deny);
                let mut codes = [&change.code, &change.new].into_iter().flatten();
                report.findings.push(match codes.find_map(|code| places.get(code)) {
                    Some(range) => finding.at(&text, range),
                    None => finding,
                });
            }
        }
    }
    if is_complete {
        let changes: Vec<_> = compared.iter().flat_map(|compared| &compared.changes).collect();
        report.findings.extend(project.accept.iter().filter_map(|entry| stale(project, entry, &changes)));
    }
}

/// Compares each table with the revision. Returns the changes, and whether they are all of them.
fn compare(project: &Project, against: &str, report: &mut Report) -> (Vec<Compared>, bool) {
    let (mut compared, mut is_complete) = (Vec::new(), true);
    let mut add = |old: Revision, table: &ProjectTable, report: &mut Report| match changes(old, table) {
        Ok(changes) => {
            report.counts.compared += 1;
            compared.push(Compared { file: table.path.value.clone(), changes });
        }
        Err(why) => {
            is_complete = false;
            match why {
                Some(error) => report.error(error),
                None => report.notes.push(format!("`{}` is not compared: it had problems", table.input())),
            }
        }
    };
    let mut new = Vec::new();
    for table in &project.tables {
        let old = Revision::of_path(against, &table.path.value);
        if old.exists() { add(old, table, report) } else { new.push((table, name_of(table))) }
    }
    let former = former_tables(against, project);
    let mut removed = Vec::new();
    for path in former.iter().flatten() {
        let old = Revision::of_path(against, path);
        let name = old.load().map(|loaded| loaded.table.name).ok();
        match new.iter().position(|(_, new)| name.is_some() && name == *new) {
            Some(position) => {
                let (table, _) = new.remove(position);
                report.notes.push(format!("`{}` was `{}` in `{against}`", table.input(), path.display()));
                add(old, table, report);
            }
            None => removed.push(table_removed(path, against)),
        }
    }
    report.notes.extend(new.iter().map(|(table, _)| format!("`{}` is new since `{against}`", table.input())));
    let unknown = if former.is_none() {
        Some(format!("`{NAME}` of `{against}` cannot be read"))
    } else {
        // It may be the table that seems to be removed.
        let nameless = new.iter().find(|(_, name)| !removed.is_empty() && name.is_none());
        nameless.map(|(table, _)| format!("`{}` has problems", table.input()))
    };
    if let Some(why) = unknown {
        report.notes.push(format!("tables that were moved or removed are not found: {why}"));
        return (compared, false);
    }
    compared.push(Compared { file: NAME.into(), changes: removed });
    (compared, is_complete)
}

/// Returns the name of a table without problems.
fn name_of(table: &ProjectTable) -> Option<String> {
    table.input().load_valid().ok().map(|table| table.name)
}

fn table_removed(path: &Path, against: &str) -> Change {
    let change = Change::new(Rule::TableRemoved, Some(path.to_string_lossy().replace('\\', "/")), None);
    change.explained([format!("`{NAME}` of `{against}` lists it, and no new table has its name")])
}

/// Returns the changes of a table. The error is `None` if the old table has problems.
fn changes(old: Revision, table: &ProjectTable) -> Result<Vec<Change>, Option<Error>> {
    let new = table.input();
    // The first stage has reported the problems of the new table.
    new.load_valid().map_err(Some)?;
    match diff(&Side::Revision(old), &Side::Input(new), None) {
        Ok(comparison) => Ok(comparison.changes),
        Err(Error::Table(_)) => Err(None),
        Err(error) => Err(Some(error)),
    }
}

/// Returns whether an entry accepts a change: it pins both values, also that there is none.
fn accepts(accepted: &Accepted, change: &Change) -> bool {
    accepted.is_about(change) && accepted.old == change.old && accepted.new == change.new
}

/// Returns a denied change.
fn finding(file: &Path, change: &Change, deny: Deny) -> Finding {
    let subjects = [&change.code, &change.column].into_iter().flatten();
    let subjects: Vec<_> = subjects.map(|subject| format!("`{subject}`")).collect();
    let subject = if subjects.is_empty() { String::new() } else { format!("{}: ", subjects.join(", ")) };
    // The notes describe an envelope, whose text is long.
    let values = if change.rule == Rule::EnvelopeChanged { String::new() } else { values(change) };
    let message = format!("{subject}{}{values}", change.rule.phrase());
    let effects = change.effects.iter().filter(|effect| change.rule.effect() != Some(**effect));
    let effects = effects.map(|effect| effect.meaning().to_owned());
    let notes = change.details.iter().cloned().chain(effects).chain([format!("denied by `{deny}`")]);
    let accept = format!("accept the change, add this to `{NAME}`:\n{}", entry(change));
    let help = match repair(change) {
        Some(repair) => format!("{repair}\nor, to {accept}"),
        None => format!("to {accept}"),
    };
    let finding = Finding::new(change.rule.as_str(), &file.display().to_string(), message);
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
            let accepted = match (&pinned.old, &pinned.new) {
                (None, None) => "the entry has neither `old` nor `new`".to_owned(),
                _ => format!("accepted{}", values(&pinned)),
            };
            (
                message,
                vec![accepted, format!("changed{}", values(change))],
                "change `old` and `new`, or remove the entry",
            )
        }
        None => (format!("accepted change no longer applies: {accepted}"), Vec::new(), "remove the entry"),
    };
    let finding = Finding::new("stale", NAME, message).at(&project.text, &entry.range).with_notes(notes);
    let finding = finding.with_help(help);
    Some(if project.rules.deny.contains(&Deny::Stale) { finding } else { finding.warning() })
}
