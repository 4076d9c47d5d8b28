//! Inserts and removes rows, in the layout of the rows around them.

use crate::import::merge::Added;
use crate::import::merge::document::{Edit, FileRow, TableFile, json, rank};

/// The changes of the rows of a table.
pub(super) struct RowChanges<'c> {
    pub(super) added: &'c [Added],
    /// For each new row, the position of the row before it, if there is one.
    pub(super) before: &'c [Option<usize>],
    /// For each row, whether it is removed.
    pub(super) removed: &'c [bool],
}

impl RowChanges<'_> {
    pub(super) fn edits(&self, document: &TableFile<'_>) -> Vec<Edit> {
        if self.added.is_empty() && !self.removed.contains(&true) {
            return Vec::new();
        }
        match self.removed.iter().position(|removed| !removed) {
            Some(first_kept) => self.insertions(document).chain(self.removals(document, first_kept)).collect(),
            None => vec![self.whole_array(document)],
        }
    }

    fn insertions(&self, document: &TableFile<'_>) -> impl Iterator<Item = Edit> {
        let layout = RowLayout::of(document);
        self.added.iter().zip(self.before).filter_map(move |(added, before)| {
            let row = document.rows.get(before.unwrap_or_default())?;
            let separator = layout.separator(document, *before);
            let text = layout.row(added, row);
            Some(match before {
                Some(_) => (row.range.end..row.range.end, format!("{separator}{text}")),
                None => (row.range.start..row.range.start, format!("{text}{separator}")),
            })
        })
    }

    /// Removes rows with a separator: those before the first kept row with the one after them, the
    /// others with the one before them.
    fn removals(&self, document: &TableFile<'_>, first_kept: usize) -> impl Iterator<Item = Edit> {
        let removed = self.removed.iter().enumerate().filter(|(_, removed)| **removed);
        removed.filter_map(move |(at, _)| {
            let row = &document.rows.get(at)?.range;
            let range = match at.checked_sub(1) {
                Some(before) if at > first_kept => document.rows.get(before)?.range.end..row.end,
                _ => row.start..document.rows.get(at + 1)?.range.start,
            };
            Some((range, String::new()))
        })
    }

    /// Replaces all rows. There are none yet, or none is kept.
    fn whole_array(&self, document: &TableFile<'_>) -> Edit {
        let layout = RowLayout::of(document);
        let rows: Vec<_> = self.added.iter().map(|added| layout.new_row(added)).collect();
        let rows = rows.join(&format!(",{}", layout.before_row));
        let array = if rows.is_empty() {
            "[]".to_owned()
        } else {
            format!("[{}{rows}{}]", layout.before_row, layout.after_rows)
        };
        (document.array.clone(), array)
    }
}

/// The layout of a table, for rows without a neighbour to imitate.
struct RowLayout {
    /// The white space before each row.
    before_row: String,
    /// The white space after the last row.
    after_rows: String,
    open: String,
    comma: String,
    colon: String,
    close: String,
}

impl RowLayout {
    /// Returns the layout of the first row, or that of a table whose rows are indented blocks.
    fn of(document: &TableFile<'_>) -> Self {
        if let (Some(first), Some(last)) = (document.rows.first(), document.rows.last()) {
            // A row with several keys shows how they are separated.
            let sample = document.rows.iter().find(|row| row.members.len() > 1).unwrap_or(first);
            return Self {
                before_row: document.between(document.array.start + 1, first.range.start).to_owned(),
                after_rows: document.between(last.range.end, document.array.end - 1).to_owned(),
                open: sample.open().to_owned(),
                comma: sample.comma(),
                colon: sample.colon().to_owned(),
                close: sample.close().to_owned(),
            };
        }
        let line_break = if document.text.contains("\r\n") { "\r\n" } else { "\n" };
        let unit = indentation(document);
        let indent = |depth: usize| format!("{line_break}{}", unit.repeat(depth));
        Self {
            before_row: indent(2),
            after_rows: indent(1),
            open: format!("{{{}", indent(3)),
            comma: format!(",{}", indent(3)),
            colon: ": ".to_owned(),
            close: format!("{}}}", indent(2)),
        }
    }

    /// Returns the text between the row at a position and the next one.
    fn separator(&self, document: &TableFile<'_>, before: Option<usize>) -> String {
        let at = before.unwrap_or_default();
        let pairs = [Some(at), at.checked_sub(1)].into_iter().flatten();
        let mut pairs = pairs.filter_map(|at| Some((document.rows.get(at)?, document.rows.get(at + 1)?)));
        match pairs.next() {
            Some((row, next)) => document.between(row.range.end, next.range.start).to_owned(),
            None if self.before_row.is_empty() => ", ".to_owned(),
            None => format!(",{}", self.before_row),
        }
    }

    /// Returns a new row in the layout of another one.
    fn row(&self, added: &Added, neighbour: &FileRow<'_>) -> String {
        if neighbour.members.len() > 1 {
            return row(added, neighbour.open(), &neighbour.comma(), neighbour.colon(), neighbour.close());
        }
        self.new_row(added)
    }

    fn new_row(&self, added: &Added) -> String {
        row(added, &self.open, &self.comma, &self.colon, &self.close)
    }
}

/// Returns the indentation of the line that contains `errors`.
fn indentation<'t>(document: &TableFile<'t>) -> &'t str {
    let before = document.between(0, document.array.start);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indentation = line.len() - line.trim_start().len();
    line.get(..indentation).filter(|indentation| !indentation.is_empty()).unwrap_or("  ")
}

fn row(added: &Added, open: &str, comma: &str, colon: &str, close: &str) -> String {
    let aliases: Vec<_> = added.aliases.iter().map(|alias| json(alias)).collect();
    let values = [
        ("code", Some(json(&added.code))),
        ("number", added.number.map(|number| number.to_string())),
        ("description", Some(json(&added.description)).filter(|_| !added.description.is_empty())),
        ("variant", added.variant.as_deref().map(json)),
        ("aliases", Some(format!("[{}]", aliases.join(", "))).filter(|_| !aliases.is_empty())),
    ];
    let values = values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    let others = added.values.iter().map(|(key, value)| (key.clone(), value.to_string()));
    let mut members: Vec<_> = values.chain(others).collect();
    members.sort_by_key(|(key, _)| rank(key));
    let members = members.into_iter().map(|(key, value)| format!("{}{colon}{value}", json(&key)));
    format!("{open}{}{close}", members.collect::<Vec<_>>().join(comma))
}
