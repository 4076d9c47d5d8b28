//! Reads the rows that a page lists. A page is any file: documentation, source code, bodies.

mod bodies;
mod codes;
mod constants;
mod grid;
mod html;
mod keys;
mod markdown;
mod separated;
mod text;

use std::fmt;

use clap::ValueEnum;

/// A row that a page lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// The code as the page spells it, or the text in place of one. Only literals keep surrounding
    /// white space.
    pub code: String,
    /// The description on one line, or `""`.
    pub description: String,
    /// Where the page lists the code.
    pub place: Place,
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

/// A format of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text: a heading line, then a code and its description per line.
    Text,
    /// Markdown with pipe tables.
    Markdown,
    /// HTML with tables.
    Html,
    /// Comma-separated values with headings. Semicolons are accepted, too.
    Csv,
    /// Tab-separated values with headings.
    Tsv,
    /// Source code with constants, such as `NAME = "Code"`. The comment before is the description.
    Constants,
    /// Response bodies in JSON or NDJSON.
    Bodies,
}

impl Format {
    /// All formats, in the order in which they are tried.
    pub const ALL: [Self; 7] =
        [Self::Bodies, Self::Html, Self::Markdown, Self::Tsv, Self::Csv, Self::Text, Self::Constants];

    /// Returns the name, as `--from` accepts it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Constants => "constants",
            Self::Bodies => "bodies",
        }
    }

    /// Returns what the reader of the format looks for.
    fn looks_for(self) -> &'static str {
        match self {
            Self::Text => "a line with headings such as `Error Code Description`, followed by a code per line",
            Self::Markdown => "a pipe table with headings such as `| Error Code | Description |`",
            Self::Html => "a `<table>` with headings such as `Error Code` and `Description`",
            Self::Csv => "a line with headings such as `code,description`",
            Self::Tsv => "a line with headings such as `code` and `description`, separated by a tab",
            Self::Constants => "constants such as `NAME = \"Code\"` or `NAME(\"Code\")`",
            Self::Bodies => "JSON objects with a code and a message, such as `{\"Code\": \"…\", \"Message\": \"…\"}`",
        }
    }

    /// Returns whether a page can be in this format. Cheap: the reader decides.
    fn is_possible(self, text: &str) -> bool {
        let start = text.trim_start();
        match self {
            Self::Bodies => start.starts_with(['{', '[']),
            Self::Html => start.starts_with('<'),
            _ => true,
        }
    }

    fn read(self, text: &str) -> Vec<FoundRow> {
        match self {
            Self::Text => text::read(text),
            Self::Markdown => markdown::read(text),
            Self::Html => html::read(text),
            Self::Csv => separated::read_csv(text),
            Self::Tsv => separated::read_tsv(text),
            Self::Constants => constants::read(text),
            Self::Bodies => bodies::read(text),
        }
    }
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
}

/// The error for a page without rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRows {
    /// The formats that were tried.
    pub tried: Vec<Format>,
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
    /// Reads a page. Without a format, the first one in which there are rows is used.
    ///
    /// # Errors
    ///
    /// Returns the formats that were tried if the page has no rows.
    pub fn read(text: &str, from: Option<Format>) -> Result<Self, NoRows> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let tried: Vec<_> = match from {
            Some(format) => vec![format],
            None => Format::ALL.into_iter().filter(|format| format.is_possible(text)).collect(),
        };
        for format in &tried {
            let found = format.read(text).into_iter();
            let (rows, skipped): (Vec<_>, _) = found.partition(|row| {
                // The code of a body may contain spaces: `{"code": "Not Found", "message": "…"}`.
                *format == Format::Bodies || codes::is_code(row.code.trim())
            });
            if !rows.is_empty() {
                return Ok(Self { format: *format, rows, skipped });
            }
        }
        Err(NoRows { tried })
    }
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
        line.extend(word.chars().filter(|c| !errtable_spec::is_invisible(*c)));
        if line.len() == start {
            line.truncate(before);
        }
    }
    line
}
