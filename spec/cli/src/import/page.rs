//! Reads the rows that a page lists. A page is any file: documentation, source code, bodies.

mod bodies;
mod codes;
mod constants;
mod document;
pub mod format;
mod grid;
mod headings;
mod html;
mod keys;
pub mod mapping;
mod markdown;
mod openapi;
mod records;
mod separated;
mod smithy;
mod text;

use std::fmt;

use serde::{Serialize, Serializer};

use self::codes::CellNote;
use self::format::Format;
use self::mapping::Mapping;

/// A row that a page lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// The code as the page spells it, or the text in place of one. Only literals keep surrounding
    /// white space.
    pub code: String,
    /// The number of which the code is the name, if the page lists both.
    pub number: Option<i64>,
    /// The description on one line, or `""`.
    pub description: String,
    /// The values of other keys and columns, as texts.
    pub values: Vec<(String, String)>,
    /// Other spellings of the code.
    pub aliases: Vec<String>,
    /// Where the page lists the code.
    pub place: Place,
}

impl FoundRow {
    /// Creates a row of a code and a description.
    pub(crate) fn new(code: impl Into<String>, description: String, place: Place) -> Self {
        Self { code: code.into(), number: None, description, values: Vec::new(), aliases: Vec::new(), place }
    }
}

/// What the reader of a format finds.
#[derive(Debug, Default)]
struct Found {
    /// The rows in page order, also those without a code.
    rows: Vec<FoundRow>,
    /// The headings of columns that are not read, each once.
    unused: Vec<String>,
    /// The tables that have a heading of codes, but no codes, and why.
    rejected: Vec<(Place, String)>,
    /// The headings of all tables.
    headings: Vec<String>,
    /// The tables with codes, each with the mapped keys that have a column.
    mapped: Vec<(Place, Vec<String>)>,
    /// The tables that look as if they had codes.
    unread: Vec<UnreadTable>,
    /// The codes whose cells have notes.
    cell_notes: Vec<(String, CellNote)>,
}

impl Found {
    fn rejected(place: Place, why: String) -> Self {
        Self { rejected: vec![(place, why)], ..Self::default() }
    }

    fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
        self.rejected.append(&mut other.rejected);
        self.mapped.append(&mut other.mapped);
        self.unread.append(&mut other.unread);
        self.cell_notes.append(&mut other.cell_notes);
        add_new(&mut self.unused, other.unused, MAX_HEADINGS);
        add_new(&mut self.headings, other.headings, MAX_HEADINGS);
    }
}

/// Adds the texts that are not there yet, up to a maximum number.
fn add_new(texts: &mut Vec<String>, others: Vec<String>, maximum: usize) {
    for other in others {
        if texts.len() < maximum && !texts.contains(&other) {
            texts.push(other);
        }
    }
}

/// The maximum number of headings that are remembered for messages.
const MAX_HEADINGS: usize = 100;

impl From<Vec<FoundRow>> for Found {
    fn from(rows: Vec<FoundRow>) -> Self {
        Self { rows, ..Self::default() }
    }
}

/// A place in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// A row of an HTML table. Both count from 1.
    TableRow {
        /// The number of the table in the page.
        table: usize,
        /// The number of the row in the table.
        row: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "{line}"),
            Self::TableRow { table, row } => write!(f, "table {table}, row {row}"),
        }
    }
}

/// Writes the text that messages contain.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A table that looks as if it had codes, but has no heading of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadTable {
    /// Where it starts.
    pub place: Place,
    /// Its headings.
    headings: Vec<String>,
    /// Its first column, a cell per line.
    pub cells: String,
}

/// The rows of a page, and its format. There is at least one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The format in which the rows were found.
    pub format: Format,
    /// The rows in page order. A code may be listed more than once.
    pub rows: Vec<FoundRow>,
    /// The rows with a text that is not a code.
    pub skipped: Vec<FoundRow>,
    /// The headings of columns that are not imported.
    pub unused: Vec<String>,
    /// What else is not imported: tables without codes, and notes in the cells of codes.
    pub notes: Vec<String>,
    /// The tables without a heading of codes.
    pub unread: Vec<UnreadTable>,
    /// The headings of all tables in the page.
    pub headings: Vec<String>,
    /// The tables with codes, each with the mapped keys that have a column.
    pub mapped: Vec<(Place, Vec<String>)>,
    /// The mapped keys that have no column in a table with codes: where, and what is wrong.
    pub missing_columns: Vec<(Place, String)>,
}

/// The error for a page without rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRows {
    /// The formats that were tried.
    pub tried: Vec<Format>,
    /// Where a heading of codes was found, and why the cells below it are not codes.
    pub rejected: Vec<(Place, String)>,
    /// The headings that were found.
    pub headings: Vec<String>,
}

impl NoRows {
    /// Returns what was looked for: a line per format.
    #[must_use]
    pub fn looked_for(&self) -> Vec<String> {
        self.tried.iter().map(|format| format!("{}: {}", format.as_str(), format.looks_for())).collect()
    }
}

impl fmt::Display for NoRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no error codes found")
    }
}

impl std::error::Error for NoRows {}

impl Page {
    /// Returns the first heading of a mapping that no table with codes has.
    #[must_use]
    pub fn missing_heading<'m>(&self, mapping: &'m Mapping) -> Option<&'m str> {
        let mut columns = mapping.columns.iter();
        let is_missing = |key: &String| self.mapped.iter().all(|(_, keys)| !keys.contains(key));
        columns.find(|(key, _)| is_missing(key)).map(|(_, heading)| &**heading)
    }

    /// Reads a page. Without a format, the first one in which there are rows is used.
    ///
    /// # Errors
    ///
    /// Returns what was found instead if the page has no rows.
    pub fn read(text: &str, from: Option<Format>) -> Result<Self, NoRows> {
        Self::read_mapped(text, from, &Mapping::default())
    }

    /// Reads a page whose columns are mapped to keys.
    ///
    /// # Errors
    ///
    /// Returns what was found instead if the page has no rows.
    pub fn read_mapped(text: &str, from: Option<Format>, mapping: &Mapping) -> Result<Self, NoRows> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let tried = candidates(text, from, mapping);
        let (mut rejected, mut headings) = (Vec::new(), Vec::new());
        for format in &tried {
            let mut found = format.read(text, mapping);
            // These list what is sent, also with spaces: `{"code": "Not Found", "message": "…"}`.
            let is_sent = matches!(format, Format::Bodies | Format::Openapi | Format::Smithy);
            let is_row = |row: &FoundRow| is_sent || codes::is_code(row.code.trim());
            let (rows, skipped): (Vec<_>, _) = std::mem::take(&mut found.rows).into_iter().partition(is_row);
            if !rows.is_empty() {
                let (notes, missing_columns) = (notes(&found), missing_columns(&found, mapping));
                return Ok(Self {
                    format: *format,
                    rows,
                    skipped,
                    unused: found.unused,
                    notes,
                    unread: found.unread,
                    headings: found.headings,
                    mapped: found.mapped,
                    missing_columns,
                });
            }
            if rejected.is_empty() {
                rejected = found.rejected;
            }
            if headings.is_empty() {
                headings = found.headings;
            }
        }
        Err(NoRows { tried, rejected, headings })
    }
}

/// Returns the formats that a page can have, in the order in which they are tried.
fn candidates(text: &str, from: Option<Format>, mapping: &Mapping) -> Vec<Format> {
    let possible = match from {
        Some(format) => vec![format],
        None => Format::ALL.into_iter().filter(|format| format.is_possible(text)).collect(),
    };
    let detected = possible.first().filter(|_| from.is_none());
    let is_candidate = |format: &Format| match (detected, mapping.at.is_some()) {
        // Such a document contains other objects that look like errors.
        (Some(document @ Format::Smithy), _) | (Some(document @ Format::Openapi), false) => format == document,
        _ => true,
    };
    let has_pointer = |format: &Format| matches!(format, Format::Openapi | Format::Json);
    let has_columns =
        |format: &Format| !matches!(format, Format::Bodies | Format::Constants | Format::Smithy | Format::Openapi);
    let candidates = possible.iter().copied().filter(is_candidate);
    let candidates = candidates.filter(|format| mapping.at.is_none() || has_pointer(format));
    candidates.filter(|format| mapping.columns.is_empty() || has_columns(format)).collect()
}

/// Returns the mapped keys that have no column in a table with codes.
fn missing_columns(found: &Found, mapping: &Mapping) -> Vec<(Place, String)> {
    let missing = found.mapped.iter().flat_map(|(place, keys)| {
        let columns = mapping.columns.iter().filter(|(key, _)| !keys.contains(key));
        columns.map(|(key, heading)| (*place, format!("no column `{heading}` for `{key}`")))
    });
    missing.collect()
}

/// The maximum number of tables that are not read, and of their headings, in the notes of a page.
const MAX_UNREAD: usize = 20;

/// Returns the notes of a page with codes.
fn notes(found: &Found) -> Vec<String> {
    let not_imported = |place: &Place, why: &str| match place {
        Place::Line(line) => format!("the table at line {line} is not imported: {why}"),
        Place::TableRow { table, .. } => format!("table {table} is not imported: {why}"),
    };
    let rejected = found.rejected.iter().map(|(place, why)| not_imported(place, why));
    let unread = found.unread.iter().take(MAX_UNREAD).map(|UnreadTable { place, headings, .. }| {
        let headings = headings.iter().take(MAX_UNREAD).map(|heading| format!("`{heading}`"));
        let headings = headings.collect::<Vec<_>>().join(", ");
        not_imported(place, &format!("it has no column of codes, only {headings}"))
    });
    let others = found.unread.len().saturating_sub(MAX_UNREAD);
    let others = match others {
        0 => None,
        1 => Some("1 more table has no column of codes".to_owned()),
        others => Some(format!("{others} more tables have no column of codes")),
    };
    let cell_note = found.cell_notes.first().map(|(code, note)| match found.cell_notes.len() {
        1 => format!("{} is not imported", note.describe(code)),
        count => format!("notes on {count} codes are not imported, such as {}", note.describe(code)),
    });
    rejected.chain(unread).chain(others).chain(cell_note).collect()
}

/// Returns a text on one line: without invisible characters, and with single spaces.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(char::is_whitespace) {
        let before = line.len();
        if before > 0 {
            line.push(' ');
        }
        let start = line.len();
        line.extend(word.chars().filter(|c| !errtable_spec::__private::is_invisible(*c)));
        if line.len() == start {
            line.truncate(before);
        }
    }
    line
}
