//! Prints the changes of an import.

use std::io::{self, Write};

use errtable_spec::__private::visible;
use serde::Serialize;

use crate::error::Error;
use crate::import::merge::{Added, Changed, Kept, Merged, Missing, SkippedValue};
use crate::import::origin::PageMessage;
use crate::import::{Imported, ImportedPage};
use crate::print::{count, diagnostics, write_error, write_json_text};

/// Writes a line for each change.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_text(imported: &Imported, out: &mut impl Write) -> io::Result<()> {
    for Added { code, number, description, variant, aliases, values } in &imported.merged.added {
        write!(out, "added `{}`", visible(code))?;
        if let Some(number) = number {
            write!(out, " ({number})")?;
        }
        if let Some(variant) = variant {
            write!(out, " as variant `{}`", visible(variant))?;
        }
        for alias in aliases {
            write!(out, " with alias `{}`", visible(alias))?;
        }
        for (key, value) in values {
            write!(out, ", `{key}` {}", visible(&value.to_string()))?;
        }
        writeln!(out, ": {}", visible(description))?;
    }
    for Changed { code, key, old, new } in &imported.merged.changed {
        let code = visible(code);
        let [old, new] = [old, new].map(|text| text.as_deref().map(visible));
        match (old, new) {
            (Some(old), Some(new)) => {
                writeln!(out, "changed `{key}` of `{code}`\n  old: {old}\n  new: {new}")?;
            }
            (None, new) => writeln!(out, "added `{key}` of `{code}`: {}", new.unwrap_or_default())?,
            (Some(old), None) => writeln!(out, "removed `{key}` of `{code}`: {old}")?,
        }
    }
    imported.merged.missing.iter().try_for_each(|code| writeln!(out, "missing `{}`", visible(code)))
}

/// Writes the changes as a JSON object.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_json(imported: &Imported, out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Changes<'c> {
        pages: &'c [ImportedPage],
        added: &'c [Added],
        changed: &'c [Changed],
        missing: &'c [String],
        skipped: &'c [PageMessage],
        skipped_values: &'c [SkippedValue],
        kept: &'c [Kept],
        disagreements: &'c [PageMessage],
    }
    let Imported {
        pages,
        skipped,
        disagreements,
        merged: Merged { added, changed, missing, skipped_values, kept, .. },
        ..
    } = imported;
    let changes = Changes { pages, added, changed, missing, skipped, skipped_values, kept, disagreements };
    write_json_text(serde_json::to_string(&changes), out)
}

/// Writes what was skipped, the problems of the table, what was read, and a summary.
///
/// # Errors
///
/// Returns an error if it cannot be written.
pub fn write_messages(imported: &Imported, out: &mut impl Write) -> io::Result<()> {
    let merged = &imported.merged;
    for message in &imported.skipped {
        writeln!(out, "skipped {}", visible(&message.to_string()))?;
    }
    for value in &merged.skipped_values {
        writeln!(out, "skipped {}", visible(&value.to_string()))?;
    }
    for kept in &merged.kept {
        writeln!(out, "kept {}", visible(&kept.to_string()))?;
    }
    for message in &imported.disagreements {
        writeln!(out, "differs {}", visible(&message.to_string()))?;
    }
    imported.diagnostics.iter().try_for_each(|problem| diagnostics::write_text(problem, out))?;
    for page in &imported.pages {
        writeln!(out, "{}: {} found ({})", page.name, count(page.codes, "code"), page.format.as_str())?;
    }
    write_notes(imported, out)?;
    let [skipped, differing] = [imported.skipped.len(), imported.disagreements.len()];
    let values = merged.skipped_values.iter().map(|value| value.rows).sum();
    let counts = [
        Some(format!("{skipped} skipped")).filter(|_| skipped > 0),
        Some(format!("{} skipped", count(values, "value"))).filter(|_| values > 0),
        Some(format!("{} with other values", count(differing, "duplicate"))).filter(|_| differing > 0),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    if !counts.is_empty() {
        writeln!(out, "{}", counts.join(", "))?;
    }
    let Some(target) = &imported.target else { return Ok(()) };
    let [added, changed, missing] = [merged.added.len(), merged.changed.len(), merged.missing.len()];
    let outcome = imported.outcome.as_str();
    writeln!(out, "{}: {added} added, {changed} changed, {missing} missing, {outcome}", target.display())?;
    if !imported.is_check || imported.missing != Missing::Keep || missing == 0 {
        return Ok(());
    }
    let message = format!("the pages do not list {} of `{}`", count(missing, "row"), target.display());
    let help = "`--deprecate` marks such rows, and `--prune` removes them";
    write_error(&Error::new(message).with_help(help), out)
}

/// Writes what else is not imported.
fn write_notes(imported: &Imported, out: &mut impl Write) -> io::Result<()> {
    for ImportedPage { name, unused, notes, .. } in &imported.pages {
        if !unused.is_empty() {
            let headings: Vec<_> = unused.iter().map(|heading| format!("`{}`", visible(heading))).collect();
            let (noun, verb) = if headings.len() == 1 { ("column", "is") } else { ("columns", "are") };
            writeln!(out, "note: {name}: {noun} {} {verb} not imported", headings.join(", "))?;
        }
        for note in notes {
            writeln!(out, "note: {name}: {}", visible(note))?;
        }
    }
    imported.merged.notes.iter().try_for_each(|note| writeln!(out, "note: {}", visible(note)))
}
