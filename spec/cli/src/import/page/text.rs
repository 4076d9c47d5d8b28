//! Reads the tables of plain text: a line with headings, then a code and its description per line.

use crate::import::page::codes::{is_certainly_code, is_code};
use crate::import::page::grid::{self, Columns, GridRow, normalize};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, FoundRow, Place};

/// The heading of a table, which determines how its rows are split.
#[derive(Clone)]
struct Heading {
    columns: Columns,
    /// Whether cells are separated by tabs or several spaces. If not, a row is a code and a text.
    is_wide: bool,
}

/// A table that is being read.
struct TextTable {
    heading: Heading,
    rows: usize,
    blank_lines: usize,
    /// Whether there is a blank line after each row.
    is_double_spaced: bool,
}

pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    if mapping.has_positions() {
        return read_columns(text, mapping);
    }
    let mut all = Found::default();
    let mut table: Option<TextTable> = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(heading) = heading(line, mapping) {
            if heading.is_wide {
                all.append(heading.columns.without_rows(&wide_cells(line), mapping));
            }
            table = Some(TextTable { heading, rows: 0, blank_lines: 0, is_double_spaced: false });
            continue;
        }
        let Some(open) = &mut table else { continue };
        if line.trim().is_empty() {
            open.blank_lines += 1;
            continue;
        }
        if continues(line, open) {
            if let Some(row) = all.rows.last_mut() {
                row.description = super::on_one_line(&format!("{} {line}", row.description));
            }
            continue;
        }
        match open.row(line, Place::Line(index + 1), mapping, &mut all.cell_notes) {
            Some(mut rows) => all.rows.append(&mut rows),
            None => table = None,
        }
    }
    if all.rows.iter().any(|row| is_code(row.code.trim())) { all } else { read_without_heading(text).into() }
}

/// Returns whether a line is the rest of a description: it is indented, and follows a row.
fn continues(line: &str, table: &TextTable) -> bool {
    table.rows > 0 && table.blank_lines == 0 && line.starts_with([' ', '\t']) && !starts_with_code(line)
}

fn starts_with_code(line: &str) -> bool {
    line.split_whitespace().next().is_some_and(is_certainly_code)
}

impl TextTable {
    /// Reads a row, or returns `None` at the end of the table.
    fn row(
        &mut self,
        line: &str,
        place: Place,
        mapping: &Mapping,
        notes: &mut Vec<(String, String)>,
    ) -> Option<Vec<FoundRow>> {
        if self.rows > 0 && self.blank_lines > 0 {
            self.is_double_spaced |= self.rows == 1;
            if !self.is_double_spaced || self.blank_lines > 1 || !starts_with_code(line) {
                return None;
            }
        }
        // `Error message` can be the start of prose.
        if self.rows == 0 && !self.heading.is_wide && !starts_with_code(line) {
            return None;
        }
        self.blank_lines = 0;
        self.rows += 1;
        self.heading.row(line, place, mapping, notes)
    }
}

impl Heading {
    fn row(
        &self,
        line: &str,
        place: Place,
        mapping: &Mapping,
        notes: &mut Vec<(String, String)>,
    ) -> Option<Vec<FoundRow>> {
        let cells = if self.is_wide { wide_cells(line) } else { Vec::new() };
        if cells.len() > 1 {
            let cells = cells.into_iter().map(str::to_owned).collect();
            let rows = self.columns.read(&GridRow::new(place, cells), mapping, notes);
            return Some(rows).filter(|rows| !rows.is_empty());
        }
        code_and_text(line, place).map(|row| vec![row])
    }
}

/// Reads lines whose cells are separated by tabs, or by two or more spaces. Lines of one cell are
/// titles, and those that start with `#` are comments.
fn read_columns(text: &str, mapping: &Mapping) -> Found {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'));
    let rows = lines.map(|(at, line)| {
        let cells = wide_cells(line).into_iter().map(|cell| cell.trim().to_owned()).collect();
        GridRow::new(Place::Line(at + 1), cells)
    });
    let rows: Vec<_> = rows.filter(|row| row.cells.len() > 1).collect();
    grid::read(&rows, mapping)
}

/// Returns the cells of a line that are separated by tabs, or by two or more spaces.
fn wide_cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let separator = if line.contains('\t') { "\t" } else { "  " };
    line.split(separator).map(str::trim).filter(|cell| separator == "\t" || !cell.is_empty()).collect()
}

/// The maximum number of words in a line with headings.
const MAX_HEADING_WORDS: usize = 8;

/// Reads a line with headings.
fn heading(line: &str, mapping: &Mapping) -> Option<Heading> {
    if !mapping.columns.is_empty() {
        let cells: Vec<_> = wide_cells(line).into_iter().map(str::to_owned).collect();
        let is_heading = mapping.columns.iter().any(|(_, heading)| {
            let heading = normalize(heading);
            cells.iter().any(|cell| normalize(cell) == heading)
        });
        let columns = Columns::choose(&cells, &[], mapping).filter(|_| is_heading && cells.len() > 1)?;
        return Some(Heading { columns, is_wide: true });
    }
    if let Some(columns) = Columns::of_both(&wide_cells(line)) {
        return Some(Heading { columns, is_wide: true });
    }
    let words: Vec<_> = line.split_whitespace().take(MAX_HEADING_WORDS + 1).collect();
    if words.len() > MAX_HEADING_WORDS {
        return None;
    }
    (1..words.len()).find_map(|at| {
        let (code, description) = words.split_at_checked(at)?;
        let columns = Columns::of_both(&[code.concat(), description.concat()])?;
        columns.starts_with_code().then_some(Heading { columns, is_wide: false })
    })
}

/// Reads `CODE text`.
fn code_and_text(line: &str, place: Place) -> Option<FoundRow> {
    let line = line.trim();
    let (code, text) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    is_code(code).then(|| FoundRow::new(code, super::on_one_line(text), place))
}

/// Reads a text of which every line starts with a code.
fn read_without_heading(text: &str) -> Vec<FoundRow> {
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    if !lines().all(|(_, line)| starts_with_code(line)) {
        return Vec::new();
    }
    lines().filter_map(|(index, line)| code_and_text(line, Place::Line(index + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        read(text, &Mapping::default()).rows.into_iter().map(|row| (row.code, row.description)).collect()
    }

    #[test]
    fn layouts_are_read() {
        let expected = [("A.B".to_owned(), "first text".to_owned()), ("Throttling".to_owned(), "second".to_owned())];
        for page in [
            "Responses\n\nError Code Description\nA.B first text\nThrottling second\n\nAjuda e Suporte\n",
            "Error Code\tDescription\nA.B\tfirst text\nThrottling\tsecond\n\nHelp",
            "Error Code   HTTP   Description\nA.B          400    first text\nThrottling   429    second\n",
            "Code Message\n\nA.B first\n  text\nThrottling second\n\n帮助和支持\n",
        ] {
            assert_eq!(codes(page), expected, "{page}");
        }
    }

    #[test]
    fn double_spacing_is_read() {
        let page = "Error Code Description\n\nA.B first\n\nA.C second\n\nHelp and support\n";
        assert_eq!(codes(page).len(), 2);
        let page = "Error Code Description\nA.B first\nA.C second\n\nWeData help\n";
        assert_eq!(codes(page).len(), 2);
    }

    #[test]
    fn wide_row_without_code_is_kept() {
        let page = "Error Code   Description\nA.B   first\nC and so   second\nE.F   third\n";
        assert_eq!(
            read(page, &Mapping::default()).rows.iter().map(|row| &*row.code).collect::<Vec<_>>(),
            ["A.B", "C and so", "E.F"]
        );
    }

    #[test]
    fn lines_of_codes_need_no_heading() {
        assert_eq!(codes("A.B first\n\nNotFound second\n").len(), 2);
        assert_eq!(codes("A.B first\nNote this\n"), []);
    }
}
