//! Prints the differences of tables.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use errtable_spec::__private::{code_span, visible};
use serde::Serialize;

use crate::diff::change::{Api, Change, Effect, Rule, Tables};
use crate::diff::{Accepted, Comparison};
use crate::print::write_json_text;

const TITLE: Style = Style::new().bold();
const SUBJECT: Style = AnsiColor::Cyan.on_default();
const DENIED: Style = AnsiColor::Red.on_default().bold();

/// The titles of the groups of changes, in their order.
const GROUPS: [&str; 5] = ["Breaking changes", "Lifecycle", "Behaviour", "Additions", "Texts"];

/// Returns the title of the group of a change: the first that applies.
fn group(change: &Change) -> &'static str {
    let [breaking, lifecycle, behaviour, additions, texts] = GROUPS;
    match change.rule.api() {
        _ if change.rule.is_lifecycle() => lifecycle,
        Api::Major => breaking,
        _ if !change.effects.is_empty() => behaviour,
        Api::Minor => additions,
        Api::Patch => texts,
    }
}

/// Returns the groups that are not empty.
fn groups(comparison: &Comparison) -> impl Iterator<Item = (&'static str, Vec<&Change>)> {
    let groups = GROUPS.into_iter().map(|title| {
        let changes = comparison.changes.iter().filter(|change| group(change) == title);
        (title, changes.collect::<Vec<_>>())
    });
    groups.filter(|(_, changes)| !changes.is_empty())
}

/// Writes the verdicts, then a line for each change.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_text(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let (api, effects) = (api(comparison), effects(comparison.effects()));
    let is_major = comparison.api() == Some(Api::Major);
    let api_style = if is_major { DENIED } else { TITLE };
    let is_retried = comparison.effects().contains(&Effect::MoreRetried);
    let effects_style = if is_retried { DENIED } else { TITLE };
    writeln!(out, "API: {api_style}{api}{api_style:#}")?;
    writeln!(out, "Behaviour: {effects_style}{effects}{effects_style:#}")?;
    for (title, changes) in groups(comparison) {
        writeln!(out, "\n{TITLE}{title}{TITLE:#}")?;
        for change in changes {
            let sentence = sentence(change, |text| format!("`{}`", visible(text)));
            match subject(change) {
                Some(subject) => writeln!(out, "  {SUBJECT}{}{SUBJECT:#}: {sentence}", visible(subject))?,
                None => writeln!(out, "  {sentence}")?,
            }
        }
    }
    Ok(())
}

/// Writes a part of a changelog.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_markdown(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "API: **{}**. Behaviour: **{}**.", api(comparison), effects(comparison.effects()))?;
    for (title, changes) in groups(comparison) {
        writeln!(out, "\n### {title}\n")?;
        for change in changes {
            let sentence = sentence(change, code_span);
            match subject(change) {
                Some(subject) => writeln!(out, "- {}: {sentence}", code_span(subject))?,
                None => writeln!(out, "- {sentence}")?,
            }
        }
    }
    Ok(())
}

fn api(comparison: &Comparison) -> &'static str {
    comparison.api().map_or("unchanged", Api::as_str)
}

/// Returns the effects as a list of phrases.
fn effects(effects: impl IntoIterator<Item = Effect>) -> String {
    let phrases: Vec<_> = effects.into_iter().map(Effect::meaning).collect();
    if phrases.is_empty() { "unchanged".to_owned() } else { phrases.join(", ") }
}

/// Returns the code or the column of a change.
fn subject(change: &Change) -> Option<&str> {
    change.code.as_deref().or(change.column.as_deref())
}

/// Describes a change: `fault changed from "client" to "server"`, with the effects.
fn sentence(change: &Change, quote: impl Fn(&str) -> String) -> String {
    let phrase = change.rule.phrase();
    let phrase = match (&change.code, &change.column) {
        (Some(_), Some(column)) => format!("{} {phrase}", quote(column)),
        _ => phrase.to_owned(),
    };
    let or_none = |text: &Option<String>| text.as_deref().map_or("none".to_owned(), &quote);
    let values = match (&change.old, &change.new) {
        // The details describe an envelope, whose text is long.
        _ if change.rule == Rule::EnvelopeChanged => String::new(),
        (None, None) => String::new(),
        (Some(text), None) | (None, Some(text)) if change.rule.tables() == Tables::One => format!(": {}", quote(text)),
        (old, new) => format!(" from {} to {}", or_none(old), or_none(new)),
    };
    let mut others = change.effects.iter().filter(|effect| change.rule.effect() != Some(**effect)).peekable();
    let effects = match others.peek() {
        Some(_) => format!("; {}", effects(others.copied())),
        None => String::new(),
    };
    let accepted = if change.is_accepted { " (accepted)" } else { "" };
    let details: Vec<_> = change.details.iter().map(|detail| visible(detail)).collect();
    let details = if details.is_empty() { String::new() } else { format!("; {}", details.join("; ")) };
    [phrase, values, details, effects, accepted.to_owned()].concat()
}

/// Differences as `--format json` writes them.
#[derive(Serialize)]
struct JsonComparison<'a> {
    api: Option<Api>,
    behaviour: Vec<Effect>,
    changes: Vec<Item<'a>>,
    stale: &'a [Accepted],
}

#[derive(Serialize)]
struct Item<'a> {
    rule: Rule,
    code: Option<&'a str>,
    column: Option<&'a str>,
    old: Option<&'a str>,
    new: Option<&'a str>,
    details: &'a [String],
    api: Api,
    behaviour: Vec<Effect>,
    accepted: bool,
}

/// Writes differences as a JSON object.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_json(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let answer = JsonComparison {
        api: comparison.api(),
        behaviour: comparison.effects().into_iter().collect(),
        changes: comparison.changes.iter().map(item).collect(),
        stale: &comparison.stale,
    };
    write_json_text(serde_json::to_string_pretty(&answer), out)
}

fn item(change: &Change) -> Item<'_> {
    Item {
        rule: change.rule,
        code: change.code.as_deref(),
        column: change.column.as_deref(),
        old: change.old.as_deref(),
        new: change.new.as_deref(),
        details: &change.details,
        api: change.rule.api(),
        behaviour: change.effects.iter().copied().collect(),
        accepted: change.is_accepted,
    }
}
