//! Finds the columns of codes and descriptions by their headings, in any kind of table.

use std::collections::HashMap;

use crate::import::page::codes::{
    CellNote, codes_of, integer_of, is_certainly_code, is_code, is_integer, is_status, unmarked,
};
use crate::import::page::headings::{
    CODE_HEADINGS, DESCRIPTION_HEADINGS, NAME_HEADINGS, NUMBER_HEADINGS, column_of, is_other, normalize, position,
    positions,
};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, FoundRow, Place, UnreadTable, on_one_line};

/// A row of cells.
pub(super) struct GridRow {
    pub(super) place: Place,
    pub(super) cells: Vec<String>,
    /// Whether some cells are copies of cells that cover several rows.
    pub(super) has_copies: bool,
}

impl GridRow {
    pub(super) fn new(place: Place, cells: Vec<String>) -> Self {
        Self { place, cells, has_copies: false }
    }
}

/// The positions of the columns.
#[derive(Clone)]
pub(super) struct Columns {
    code: usize,
    number: Option<usize>,
    description: Option<usize>,
    /// The keys that the mapping adds.
    values: Vec<(String, usize)>,
}

impl Columns {
    /// Returns the columns of a heading row: a column of codes, and a column of descriptions if
    /// there is one.
    pub(super) fn of<S: AsRef<str>>(cells: &[S]) -> Option<Self> {
        let cells: Vec<_> = cells.iter().map(|cell| normalize(cell.as_ref())).collect();
        let code = position(&cells, CODE_HEADINGS)?;
        let description = position(&cells, DESCRIPTION_HEADINGS);
        // `Code | Remarks`
        let other = if cells.len() == 2 { Some(1 - code) } else { None };
        Some(Self { code, number: None, description: description.or(other), values: Vec::new() })
    }

    /// Returns the columns if both have a known heading.
    pub(super) fn of_both<S: AsRef<str>>(cells: &[S]) -> Option<Self> {
        let has_description =
            cells.iter().any(|cell| DESCRIPTION_HEADINGS.contains(&normalize(cell.as_ref()).as_str()));
        Self::of(cells).filter(|_| has_description)
    }

    /// Returns the columns of a table by its headings, its cells, and the mapping.
    pub(super) fn choose(headings: &[String], rows: &[GridRow], mapping: &Mapping) -> Option<Self> {
        let names: Vec<_> = headings.iter().map(|cell| normalize(cell)).collect();
        let mapped = |key: &str| mapping.heading(key).map(|heading| column_of(&names, heading));
        let mut columns = match mapped("code") {
            Some(code) => {
                let description = position(&names, DESCRIPTION_HEADINGS).filter(|at| Some(*at) != code);
                Self { code: code?, number: None, description, values: Vec::new() }
            }
            None => Self::of(headings).map_or_else(
                || Self::of_name_and_number(&names, rows),
                |columns| Some(columns.with_number(&names, rows)),
            )?,
        };
        if let Some(number) = mapped("number") {
            columns.number = number;
        }
        if let Some(description) = mapped("description") {
            columns.description = description;
        }
        let values = mapping.columns.iter().filter(|(key, _)| !["code", "number", "description"].contains(&&**key));
        columns.values = values.filter_map(|(key, heading)| Some((key.clone(), column_of(&names, heading)?))).collect();
        let is_used = |at| columns.values.iter().any(|(_, used)| *used == at);
        // A column that is mapped to another key does not decide these.
        columns.number = columns.number.filter(|at| mapped("number").is_some() || !is_used(*at));
        columns.description = columns.description.filter(|at| mapped("description").is_some() || !is_used(*at));
        Some(columns)
    }

    /// Returns the columns of names and integers, if neither heading means a code.
    fn of_name_and_number(names: &[String], rows: &[GridRow]) -> Option<Self> {
        let code = position(names, NAME_HEADINGS).filter(|at| are_names(rows, *at))?;
        let number = positions(names, NUMBER_HEADINGS).find(|at| are_numbers(rows, code, *at))?;
        let description = position(names, DESCRIPTION_HEADINGS);
        Some(Self { code, number: Some(number), description, values: Vec::new() })
    }

    /// Distinguishes names from integers if a table has both.
    fn with_number(self, names: &[String], rows: &[GridRow]) -> Self {
        let is_other = |at: &usize| *at != self.code;
        if are_integers(rows, self.code) {
            let mut candidates = positions(names, CODE_HEADINGS).chain(positions(names, NAME_HEADINGS));
            let Some(code) = candidates.find(|at| is_other(at) && are_names(rows, *at)) else { return self };
            let number = Some(self.code).filter(|number| are_numbers(rows, code, *number));
            let description = self.description.filter(|at| *at != code);
            return Self { code, number, description, values: self.values };
        }
        let mut candidates = positions(names, NUMBER_HEADINGS).chain(positions(names, CODE_HEADINGS));
        let number = candidates.find(|at| is_other(at) && are_numbers(rows, self.code, *at));
        Self { number, description: self.description.filter(|at| Some(*at) != number), ..self }
    }

    /// Returns whether the first column contains the codes.
    pub(super) fn starts_with_code(&self) -> bool {
        self.code == 0
    }

    /// Returns a table with codes, without its rows: its headings, and which of them are used.
    pub(super) fn without_rows<S: AsRef<str>>(&self, headings: &[S], place: Place, mapping: &Mapping) -> Found {
        let headings = texts(headings);
        let is_used = |at: usize| {
            at == self.code
                || [self.number, self.description].contains(&Some(at))
                || self.values.iter().any(|(_, used)| *used == at)
        };
        let unused = headings.iter().enumerate().filter(|(at, heading)| !is_used(*at) && !heading.is_empty());
        let unused = unused.map(|(_, heading)| heading.clone()).collect();
        let keys = mapping.columns.iter().map(|(key, _)| key);
        let mapped = keys.filter(|key| self.has(key)).cloned().collect();
        Found { unused, headings, mapped: vec![(place, mapped)], ..Found::default() }
    }

    /// Returns whether a key has a column.
    fn has(&self, key: &str) -> bool {
        match key {
            "code" => true,
            "number" => self.number.is_some(),
            "description" => self.description.is_some(),
            _ => self.values.iter().any(|(own, _)| own == key),
        }
    }

    /// Returns the columns of a table without headings: the first two, if the first cell is
    /// certainly a code.
    fn of_row(cells: &[String]) -> Option<Self> {
        let is_code = cells.first().is_some_and(|cell| is_certainly_code(&plain(cell)));
        is_code.then_some(Self { code: 0, number: None, description: Some(1), values: Vec::new() })
    }

    /// Reads a row, also if the cell of the code contains something else. Returns nothing if the
    /// row lacks the cell or is empty. Adds the notes after codes to `notes`.
    pub(super) fn read(&self, row: &GridRow, mapping: &Mapping, notes: &mut Vec<(String, CellNote)>) -> Vec<FoundRow> {
        let Some(cell) = row.cells.get(self.code) else { return Vec::new() };
        // A space before a cell is layout: `a, b`. One after it may be part of the code.
        let cell: String = cell.trim_start().chars().filter(|c| !errtable_spec::__private::is_invisible(*c)).collect();
        let description = self.description.and_then(|at| row.cells.get(at));
        let description = description.map(|text| plain(text)).unwrap_or_default();
        if cell.is_empty() && description.is_empty() {
            return Vec::new();
        }
        let found = codes_of(&cell);
        if let (Some(note), Some(code)) = (found.note, found.codes.first()) {
            notes.push((code.clone(), note));
        }
        let number = self.number.and_then(|at| row.cells.get(at)).and_then(|cell| integer_of(cell));
        let number = number.filter(|_| found.codes.len() == 1);
        let value = |(key, at): &(String, usize)| {
            let text = plain(row.cells.get(*at)?);
            Some((key.clone(), mapping.value(key, &text).into_owned())).filter(|(_, text)| !text.is_empty())
        };
        let (aliases, values): (Vec<_>, Vec<_>) =
            self.values.iter().filter_map(value).partition(|(key, _)| key == "aliases");
        let aliases: Vec<_> = aliases.iter().flat_map(|(_, text)| codes_of(text).codes).collect();
        let row = |code| FoundRow {
            code,
            number,
            description: description.clone(),
            values: values.clone(),
            aliases: aliases.clone(),
            place: row.place,
        };
        found.codes.into_iter().map(row).collect()
    }
}

/// The number of characters of a heading in messages.
const MAX_HEADING: usize = 40;

/// Reads a table. A row of one cell before the headings is its title.
pub(super) fn read(rows: &[GridRow], mapping: &Mapping) -> Found {
    let titles = rows.iter().take_while(|row| row.cells.len() < 2).count();
    let rows = rows.get(titles..).unwrap_or_default();
    let Some((first, rest)) = rows.split_first() else { return Found::default() };
    let (headings, rest) = lower_headings(first, rest, mapping);
    // Columns by their number: there may be no headings.
    let has_numbers = mapping.has_positions() && Columns::of(&first.cells).is_none();
    let rest = if has_numbers { rows } else { rest };
    let (columns, rows, has_headings) = match Columns::choose(&headings.cells, rest, mapping) {
        Some(columns) => (columns, rest, !has_numbers),
        None => match Columns::of_row(&first.cells).filter(|_| mapping.columns.is_empty()) {
            Some(columns) => (columns, rows, false),
            None => return unread(rows, &headings.cells),
        },
    };
    let mut found = columns.without_rows(&headings.cells, headings.place, mapping);
    if !has_headings {
        found.unused.clear();
    }
    for row in rows {
        // A row of one cell is the title of the rows below it.
        let is_title = row.cells.len() == 1 && !row.cells.first().is_some_and(|cell| is_certainly_code(&plain(cell)));
        if !is_title {
            found.rows.append(&mut columns.read(row, mapping, &mut found.cell_notes));
        }
    }
    let heading = headings.cells.get(columns.code).map(|cell| plain(cell)).unwrap_or_default();
    let is_mapped = mapping.heading("code").is_some();
    if let Some(why) = why_no_codes(&found.rows, &heading, is_mapped) {
        let place = first.place;
        let rejected = if has_headings && !found.rows.is_empty() { vec![(place, why)] } else { Vec::new() };
        return Found { rejected, headings: found.headings, ..Found::default() };
    }
    found
}

/// Returns a table without a heading of codes. It is reported if the texts of its first column look
/// like codes.
fn unread(rows: &[GridRow], headings: &[String]) -> Found {
    let firsts = || rows.iter().skip(1).filter_map(|row| row.cells.first()).map(|cell| codes_of(cell).codes);
    let is_list = |is: fn(&str) -> bool| move |codes: &Vec<String>| codes.iter().all(|code| is(code.trim()));
    let codes = firsts().filter(is_list(is_code)).count();
    let has_codes = codes * 2 > firsts().count() && firsts().any(|codes| is_list(is_certainly_code)(&codes));
    let headings = texts(headings);
    let is_unread = has_codes && !headings.iter().any(|heading| is_other(heading));
    let place = rows.first().map(|row| row.place).filter(|_| is_unread);
    let unread = place.map(|place| {
        let cells: Vec<_> = rows.iter().skip(1).filter_map(|row| row.cells.first()).map(String::as_str).collect();
        UnreadTable { place, headings: headings.clone(), cells: cells.join("\n") }
    });
    Found { headings, unread: unread.into_iter().collect(), ..Found::default() }
}

/// Returns the headings of a table, and the rows below them. If a heading covers two rows, the
/// second one has the headings of all columns.
fn lower_headings<'r>(first: &'r GridRow, rest: &'r [GridRow], mapping: &Mapping) -> (&'r GridRow, &'r [GridRow]) {
    match rest.split_first() {
        Some((second, rest)) if second.has_copies && Columns::choose(&second.cells, rest, mapping).is_some() => {
            (second, rest)
        }
        _ => (first, rest),
    }
}

fn texts<S: AsRef<str>>(cells: &[S]) -> Vec<String> {
    cells.iter().map(|cell| plain(cell.as_ref()).chars().take(MAX_HEADING).collect()).collect()
}

/// Returns the text of a cell on one line.
fn plain(cell: &str) -> String {
    on_one_line(&unmarked(cell))
}

/// Returns why a table lists no codes. One of HTTP statuses does not: `| Code | Meaning |`,
/// `| 404 | Not Found |`.
fn why_no_codes(found: &[FoundRow], heading: &str, is_mapped: bool) -> Option<String> {
    let mut codes = found.iter().map(|row| row.code.trim()).filter(|code| is_code(code)).peekable();
    if codes.peek().is_none() {
        let example = found.iter().map(|row| row.code.trim()).find(|cell| !cell.is_empty());
        let example = example.map(|cell| format!(", such as `{}`", cell.chars().take(MAX_HEADING).collect::<String>()));
        let cells = if found.len() == 1 {
            "1 cell is not a code".to_owned()
        } else {
            format!("{} cells are not codes", found.len())
        };
        return Some(format!("heading `{heading}`, but {cells}{}", example.unwrap_or_default()));
    }
    let only_statuses = !is_mapped && codes.all(is_status);
    only_statuses
        .then(|| format!("heading `{heading}`, but its cells are HTTP statuses; `--map code={heading}` imports them"))
}

/// Returns the integers of a column, or `None` if a cell is something else or all are empty.
fn integers(rows: &[GridRow], at: usize) -> Option<Vec<(&GridRow, i64)>> {
    let cells = rows.iter().filter_map(|row| Some((row, row.cells.get(at)?)));
    let cells = cells.filter(|(_, cell)| !cell.trim().is_empty());
    let integers: Option<Vec<_>> = cells.map(|(row, cell)| Some((row, integer_of(cell)?))).collect();
    integers.filter(|integers| !integers.is_empty())
}

fn are_integers(rows: &[GridRow], at: usize) -> bool {
    integers(rows, at).is_some()
}

/// Returns whether a column contains names: most cells are codes, and none is an integer.
fn are_names(rows: &[GridRow], at: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.trim().is_empty());
    let cells: Vec<_> = cells.map(|cell| codes_of(cell).codes).collect();
    let names = cells.iter().filter(|codes| codes.iter().all(|code| is_code(code.trim()))).count();
    names * 2 > cells.len() && cells.iter().flatten().all(|code| !is_integer(code.trim()))
}

/// Returns whether a column contains the numbers of the names in another one: each number has one
/// name, and they are not all HTTP statuses.
fn are_numbers(rows: &[GridRow], names: usize, at: usize) -> bool {
    let Some(integers) = integers(rows, at) else { return false };
    let mut owners: HashMap<i64, &str> = HashMap::new();
    let one_name = integers.iter().all(|(row, number)| {
        let name = row.cells.get(names).map_or("", |cell| cell.trim());
        *owners.entry(*number).or_insert(name) == name
    });
    one_name && !integers.iter().all(|(_, number)| (100..600).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(table: &[&[&str]]) -> Vec<String> {
        let cells = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let rows: Vec<_> = table.iter().map(|row| GridRow::new(Place::Line(1), cells(row))).collect();
        read(&rows, &Mapping::default()).rows.into_iter().map(|row| row.code).collect()
    }

    #[test]
    fn only_the_first_row_has_headings() {
        assert_eq!(codes(&[&["Errors"], &["Code", "Text"], &["code", "a"]]), ["code"]);
        assert_eq!(codes(&[&["Field", "Type"], &["code", "string"], &["message", "string"]]), [""; 0]);
    }

    #[test]
    fn cells_without_code_are_kept() {
        assert_eq!(codes(&[&["Code", "Text"], &["A.B", "a"], &["C or so", "b"], &["", ""]]), ["A.B", "C or so"]);
        assert_eq!(codes(&[&["Error", "Cause"], &["It fails.", "a"]]), [""; 0]);
    }

    #[test]
    fn http_statuses_are_not_codes() {
        assert_eq!(codes(&[&["Code", "Meaning"], &["404", "Not Found"], &["5xx", "Server error"]]), [""; 0]);
        assert_eq!(codes(&[&["Code", "Meaning"], &["404", "Not Found"], &["4041", "No such page"]]), ["404", "4041"]);
    }

    fn numbers(table: &[&[&str]]) -> Vec<(String, Option<i64>)> {
        let cells = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let rows: Vec<_> = table.iter().map(|row| GridRow::new(Place::Line(1), cells(row))).collect();
        read(&rows, &Mapping::default()).rows.into_iter().map(|row| (row.code, row.number)).collect()
    }

    #[test]
    fn names_and_integers_are_distinguished() {
        let expected = [("UNKNOWN".to_owned(), Some(-1)), ("NONE".to_owned(), Some(0))];
        for headings in [["Error", "Code"], ["Code", "Number"], ["Name", "Value"], ["Constant", "Error code"]] {
            let table: &[&[&str]] = &[&headings, &["UNKNOWN", "-1"], &["NONE", "0"]];
            assert_eq!(numbers(table), expected, "{headings:?}");
            let swapped: &[&[&str]] = &[&[headings[1], headings[0]], &["\u{2212}1", "UNKNOWN"], &["0", "NONE"]];
            assert_eq!(numbers(swapped), expected, "{headings:?}");
        }
    }

    #[test]
    fn http_statuses_are_not_numbers() {
        let table: &[&[&str]] = &[&["Error", "Code", "Text"], &["NotFound", "404", "a"], &["Busy", "503", "b"]];
        assert_eq!(numbers(table), [("NotFound".to_owned(), None), ("Busy".to_owned(), None)]);
        let table: &[&[&str]] = &[&["Code", "Number", "Text"], &["A", "7", "a"], &["B", "7", "b"]];
        assert_eq!(numbers(table), [("A".to_owned(), None), ("B".to_owned(), None)]);
    }
}
