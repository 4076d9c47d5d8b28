//! Finds the columns of codes and descriptions by their headings, in any kind of table.

use crate::import::page::codes::{is_certainly_code, is_code};
use crate::import::page::{FoundRow, Place, on_one_line};

/// A row of cells.
pub(super) struct GridRow {
    pub(super) place: Place,
    pub(super) cells: Vec<String>,
}

/// The positions of the columns.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    code: usize,
    description: Option<usize>,
}

/// The headings of codes, the most specific first.
const CODE_HEADINGS: &[&str] = &[
    "errorcode",
    "errcode",
    "apierrorcode",
    "code",
    "codestring",
    "error",
    "errorname",
    "错误码",
    "错误代码",
    "エラーコード",
    "códigodeerro",
    "códigodeerror",
];

/// The headings of descriptions, the most specific first.
const DESCRIPTION_HEADINGS: &[&str] = &[
    "description",
    "errordescription",
    "errormessage",
    "message",
    "meaning",
    "details",
    "detail",
    "explanation",
    "reason",
    "cause",
    "msg",
    "错误描述",
    "错误说明",
    "错误信息",
    "说明",
    "描述",
    "説明",
    "descrição",
    "descripción",
];

impl Columns {
    /// Returns the columns of a heading row: a column of codes, and a column of descriptions if
    /// there is one.
    pub(super) fn of<S: AsRef<str>>(cells: &[S]) -> Option<Self> {
        let cells: Vec<_> = cells.iter().map(|cell| normalize(cell.as_ref())).collect();
        let code = position(&cells, CODE_HEADINGS)?;
        let description = position(&cells, DESCRIPTION_HEADINGS);
        // `Code | Remarks`
        let other = if cells.len() == 2 { Some(1 - code) } else { None };
        Some(Self { code, description: description.or(other) })
    }

    /// Returns the columns if both have a known heading.
    pub(super) fn of_both<S: AsRef<str>>(cells: &[S]) -> Option<Self> {
        let has_description =
            cells.iter().any(|cell| DESCRIPTION_HEADINGS.contains(&normalize(cell.as_ref()).as_str()));
        Self::of(cells).filter(|_| has_description)
    }

    /// Returns whether the first column contains the codes.
    pub(super) fn starts_with_code(self) -> bool {
        self.code == 0
    }

    /// Returns the columns of a table without headings: the first two, if the first cell is
    /// certainly a code.
    fn of_row(cells: &[String]) -> Option<Self> {
        let is_code = cells.len() > 1 && cells.first().is_some_and(|cell| is_certainly_code(cell.trim()));
        is_code.then_some(Self { code: 0, description: Some(1) })
    }

    /// Reads a row, also if the cell of the code contains something else. Returns `None` if the row
    /// lacks the cell or is empty.
    pub(super) fn read(self, row: &GridRow) -> Option<FoundRow> {
        let cell = row.cells.get(self.code)?;
        // A space before a cell is layout: `a, b`. One after it may be part of the code.
        let code: String = cell.trim_start().chars().filter(|c| !errtable_spec::is_invisible(*c)).collect();
        let description = self.description.and_then(|at| row.cells.get(at));
        let description = description.map(|text| on_one_line(text)).unwrap_or_default();
        let is_empty = code.is_empty() && description.is_empty();
        (!is_empty).then_some(FoundRow { code, description, place: row.place })
    }
}

/// Reads a table. A row of one cell before the headings is its title.
pub(super) fn read(rows: &[GridRow]) -> Vec<FoundRow> {
    let titles = rows.iter().take_while(|row| row.cells.len() < 2).count();
    let rows = rows.get(titles..).unwrap_or_default();
    let Some((first, rest)) = rows.split_first() else { return Vec::new() };
    let (columns, rows) = match Columns::of(&first.cells) {
        Some(columns) => (Some(columns), rest),
        None => (Columns::of_row(&first.cells), rows),
    };
    let found: Vec<_> =
        columns.map(|columns| rows.iter().filter_map(|row| columns.read(row)).collect()).unwrap_or_default();
    if has_codes(&found) { found } else { Vec::new() }
}

/// Returns whether a table lists codes. One of HTTP statuses does not: `| Code | Meaning |`,
/// `| 404 | Not Found |`.
fn has_codes(found: &[FoundRow]) -> bool {
    let is_status = |code: &str| matches!(code.as_bytes(), [b'1'..=b'5', b'0'..=b'9' | b'x', b'0'..=b'9' | b'x']);
    found.iter().map(|row| row.code.trim()).any(|code| is_code(code) && !is_status(code))
}

fn position(cells: &[String], headings: &[&str]) -> Option<usize> {
    headings.iter().find_map(|heading| cells.iter().position(|cell| cell == heading))
}

/// Returns the letters of a heading in lower case: `errorcode` for `**Error Code**`.
fn normalize(heading: &str) -> String {
    // No known heading is that long, and a cell may be a whole book.
    let letters = heading.chars().take(64).filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(table: &[&[&str]]) -> Vec<String> {
        let cells = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let rows: Vec<_> = table.iter().map(|row| GridRow { place: Place::Line(1), cells: cells(row) }).collect();
        read(&rows).into_iter().map(|row| row.code).collect()
    }

    #[test]
    fn only_the_first_row_has_headings() {
        assert_eq!(codes(&[&["Errors"], &["Code", "Text"], &["code", "a"]]), ["code"]);
        assert_eq!(codes(&[&["Field", "Type"], &["code", "string"], &["message", "string"]]), [""; 0]);
    }

    #[test]
    fn cells_without_code_are_kept() {
        assert_eq!(codes(&[&["Code", "Text"], &["A.B", "a"], &["C / D", "b"], &["", ""]]), ["A.B", "C / D"]);
        assert_eq!(codes(&[&["Error", "Cause"], &["It fails.", "a"]]), [""; 0]);
    }

    #[test]
    fn http_statuses_are_not_codes() {
        assert_eq!(codes(&[&["Code", "Meaning"], &["404", "Not Found"], &["5xx", "Server error"]]), [""; 0]);
        assert_eq!(codes(&[&["Code", "Meaning"], &["404", "Not Found"], &["4041", "No such page"]]), ["404", "4041"]);
    }
}
