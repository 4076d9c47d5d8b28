//! Reads the tables and definition lists of an HTML page.

use std::collections::HashMap;
use std::mem::take;

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use crate::import::page::codes::{LITERAL, LOWERED, RAISED, STRUCK, UNSTRUCK, keep_literals};
use crate::import::page::grid::{self, GridRow};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, Place, on_one_line};

/// A table that is open.
struct HtmlTable {
    number: usize,
    rows: Vec<Vec<Cell>>,
    /// Whether text belongs to the last cell.
    in_cell: bool,
}

/// A cell, and how many columns and rows it covers.
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
}

/// The maximum size of the cells that are added for the rows and columns that others cover.
const MAX_COPIES: usize = 1 << 24;

/// The maximum number of columns that a cell covers.
const MAX_SPAN: usize = 64;

/// The maximum number of open elements. The time of parsing is proportional to it.
const MAX_OPEN: usize = 1000;

/// Elements that end without a closing tag.
const UNCLOSED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "path", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Reads a page. One with too many open elements has no rows.
pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    if !is_parsable(text) {
        return Found::default();
    }
    let document = Html::parse_document(text);
    let mut reader = TableReader { mapping, tables: 0, open: Vec::new(), found: Found::default(), copies: MAX_COPIES };
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => reader.open(element),
                Node::Text(text) => reader.push_text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    reader.close(element.name());
                }
            }
        }
    }
    reader.found
}

/// Returns the text of the first paragraph of a fragment, on one line.
pub(super) fn first_paragraph(text: &str) -> String {
    let paragraph = text.split("</p>").map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
    if !paragraph.contains(['<', '&']) || !is_parsable(paragraph) {
        return on_one_line(paragraph);
    }
    on_one_line(&Html::parse_fragment(paragraph).root_element().text().collect::<String>())
}

/// Returns whether few enough elements are open at any place. Tags in comments and scripts count.
fn is_parsable(text: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut total = 0;
    for tag in text.split('<').skip(1) {
        let closed = tag.strip_prefix('/');
        let name = closed.unwrap_or(tag).chars().take(16).take_while(char::is_ascii_alphanumeric);
        let name: String = name.map(|c| c.to_ascii_lowercase()).collect();
        if UNCLOSED.contains(&&*name) {
            continue;
        }
        let count = open.entry(name).or_default();
        if closed.is_none() {
            *count += 1;
            total += 1;
        } else if *count > 0 {
            *count -= 1;
            total -= 1;
        }
        if total > MAX_OPEN {
            return false;
        }
    }
    true
}

struct TableReader<'m> {
    mapping: &'m Mapping,
    tables: usize,
    /// The open tables: a cell may contain a table.
    open: Vec<HtmlTable>,
    found: Found,
    /// How many bytes cells may still repeat.
    copies: usize,
}

impl TableReader<'_> {
    fn open(&mut self, element: &Element) {
        match element.name() {
            "table" | "dl" => {
                self.tables += 1;
                self.open.push(HtmlTable { number: self.tables, rows: Vec::new(), in_cell: false });
            }
            "tr" => self.start_row(),
            "dt" => {
                self.start_row();
                self.start_cell(1, 1);
            }
            "td" | "th" | "dd" => {
                let span = |name| element.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1);
                self.start_cell(span("colspan"), span("rowspan"));
            }
            // A footnote, which is not part of a code.
            "sup" => self.push_mark(RAISED),
            "code" | "tt" | "kbd" | "samp" => self.push_mark(LITERAL),
            "del" | "s" | "strike" => self.push_mark(STRUCK),
            // Separates words, unlike `wbr` and elements of text.
            "br" | "p" | "div" | "li" => self.push_text(" "),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" | "dl" => {
                if let Some(table) = self.open.pop() {
                    let rows = table.into_grid(&mut self.copies);
                    self.found.append(grid::read(&rows, self.mapping));
                }
            }
            "sup" => self.push_mark(LOWERED),
            "code" | "tt" | "kbd" | "samp" => self.push_mark(LITERAL),
            "del" | "s" | "strike" => self.push_mark(UNSTRUCK),
            "td" | "th" | "dt" | "dd" => {
                if let Some(table) = self.open.last_mut() {
                    table.in_cell = false;
                    if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
                        let text = keep_literals(take(&mut cell.text));
                        text.trim().clone_into(&mut cell.text);
                    }
                }
            }
            _ => {}
        }
    }

    fn start_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.rows.push(Vec::new());
        }
    }

    fn start_cell(&mut self, columns: usize, rows: usize) {
        if let Some(table) = self.open.last_mut()
            && let Some(row) = table.rows.last_mut()
        {
            table.in_cell = true;
            // `rowspan=0` is the rest of the table.
            let rows = if rows == 0 { usize::MAX } else { rows };
            row.push(Cell { text: String::new(), columns: columns.clamp(1, MAX_SPAN), rows });
        }
    }

    fn push_mark(&mut self, mark: char) {
        self.push_text(mark.encode_utf8(&mut [0; 4]));
    }

    fn push_text(&mut self, text: &str) {
        if let Some(table) = self.open.last_mut().filter(|table| table.in_cell)
            && let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut())
        {
            cell.text.push_str(text);
        }
    }
}

impl HtmlTable {
    /// Returns the rows with a cell for each column: one that covers several rows is in each of
    /// them. A single cell that covers several columns stays single, as the title of a section.
    fn into_grid(self, copies: &mut usize) -> Vec<GridRow> {
        let number = self.number;
        // The rows that a cell above still covers, by column.
        let mut above: Vec<(usize, String)> = Vec::new();
        let mut grid = Vec::with_capacity(self.rows.len());
        let mut has_headings = false;
        for (at, row) in self.rows.into_iter().enumerate() {
            let place = Place::TableRow { table: number, row: at + 1 };
            let is_covered = above.iter().any(|(rows, _)| *rows > 0);
            let is_single = |cell: &Cell| cell.rows == 1 && (cell.columns > 1 || !has_headings);
            if row.len() == 1 && !is_covered && row.iter().all(is_single) {
                grid.push(GridRow::new(place, row.into_iter().map(|cell| cell.text).collect()));
                continue;
            }
            let mut grid_row = GridRow::new(place, Vec::new());
            for cell in row {
                copy_above(&mut above, &mut grid_row, copies);
                let column = grid_row.cells.len();
                above.resize(above.len().max(column + cell.columns), (0, String::new()));
                if let Some(covered) = above.get_mut(column).filter(|_| cell.rows > 1) {
                    *covered = (cell.rows - 1, cell.text.clone());
                }
                grid_row.cells.push(cell.text);
                // Columns that the cell covers are empty, also in the rows below.
                for column in column + 1..column + cell.columns {
                    if !pay(copies, "") {
                        break;
                    }
                    match above.get_mut(column) {
                        Some(covered) if cell.rows > 1 => *covered = (cell.rows - 1, String::new()),
                        // A cell above that covers the column, too, has one row less to cover.
                        Some((rows, _)) => *rows = rows.saturating_sub(1),
                        None => {}
                    }
                    grid_row.cells.push(String::new());
                }
            }
            copy_above(&mut above, &mut grid_row, copies);
            if grid_row.cells.len() == 1 {
                grid_row.cells.push(String::new());
            }
            has_headings = true;
            grid.push(grid_row);
        }
        grid
    }
}

/// Adds the cells above that cover the next columns of a row.
fn copy_above(above: &mut [(usize, String)], row: &mut GridRow, copies: &mut usize) {
    while let Some((rows, text)) = above.get_mut(row.cells.len()).filter(|(rows, _)| *rows > 0) {
        *rows -= 1;
        row.has_copies = true;
        row.cells.push(if pay(copies, text) { text.clone() } else { String::new() });
    }
}

/// Takes the size of a cell from that of all copies, if it suffices. Empty cells also have a size.
fn pay(copies: &mut usize, text: &str) -> bool {
    let rest = copies.checked_sub(size_of::<String>() + text.len());
    *copies = rest.unwrap_or(*copies);
    rest.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        read(text, &Mapping::default()).rows.into_iter().map(|row| (row.code, row.description)).collect()
    }

    #[test]
    fn tables_and_lists_are_read() {
        let expected = [("A.B".to_owned(), "a <b> c".to_owned())];
        for page in [
            "<table><tr><th>Error Code<th>Description<tr><td> <code>A.<wbr>B</code> <td><p>a &lt;b&gt;</p><p>c</table>",
            "<TABLE><tbody><tr><td>Code</td><td>Message</td></tr><tr><td>A.B</td><td>a &lt;b&gt;<br>c</td></tr>",
            "<table><tr><td><table><tr><td>Code<td>Cause<tr><td>A.\u{200B}B<td>a &lt;b&gt; c</table></table>",
            "<dl><dt>A.B</dt><dd>a &lt;b&gt;\n c</dd></dl>",
        ] {
            assert_eq!(codes(page), expected, "{page}");
        }
    }

    #[test]
    fn place_is_table_and_row() {
        let page = "<table></table><table><tr><th>Code<th>Text<tr><td>A<td>a</table>";
        assert_eq!(read(page, &Mapping::default()).rows[0].place.to_string(), "table 2, row 2");
    }

    #[test]
    fn cells_that_cover_rows_and_columns_are_in_each() {
        let expected =
            [("A", "one"), ("A", "two"), ("B", "three"), ("C", "three")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        for page in [
            "<table><tr><th>Group<th>Code<th>Cause<tr><td rowspan=3>Errors of a service<td rowspan=2>A\
             <td>one<tr><td>two\
             <tr><td>B<td rowspan=0>three<tr><td>h<td>C</table>",
            "<table><tr><th colspan=2>Status<th>Code<th>Cause<tr><td>1<td>2<td>A<td>one<tr><td colspan=2>x<td>A<td>two\
             <tr><td colspan=4>Section<tr><td><td><td>B<td rowspan=2>three<tr><td><td><td>C</table>",
            "<table><tr><th rowspan=2>Code<th colspan=2>Status<th rowspan=2>Cause<tr><th>HTTP<th>gRPC\
             <tr><td>A<td>1<td>2<td>one<tr><td>A<td>1<td>2<td>two<tr><td>B<td>3<td>4<td>three<tr><td>C<td><td><td>three</table>",
            "<table><tr><th>HTTP<th>gRPC<th>Code<th>Cause<tr><td rowspan=2 colspan=2>none<td>A<td>one<tr><td>A<td>two\
             <tr><td>1<td>2<td>B<td>three<tr><td>3<td>4<td>C<td>three</table>",
            "<table><tr><th>Code<th>Cause<th>Fix<tr><td rowspan=2>A<td>one<td>none<tr><td colspan=2>two\
             <tr><td>B<td>three<td>none<tr><td>C<td>three<td>none</table>",
        ] {
            assert_eq!(codes(page), expected, "{page}");
        }
    }

    #[test]
    fn covered_columns_are_limited() {
        let cell = |columns, rows| Cell { text: "a".to_owned(), columns, rows };
        let rows = || (0..100).map(|_| vec![cell(MAX_SPAN, 2), cell(MAX_SPAN, 1)]).collect();
        let count = |mut copies| -> usize {
            let grid = HtmlTable { number: 1, rows: rows(), in_cell: false }.into_grid(&mut copies);
            grid.iter().map(|row| row.cells.len()).sum()
        };
        assert!(count(MAX_COPIES) > 100 * 2 * MAX_SPAN);
        assert!(count(0) < 100 * 5, "{}", count(0));
    }

    #[test]
    fn cell_may_overlap_one_of_the_row_above() {
        let rows = |rest: &str| format!("<table><tr><th>Code<th>Cause<tr><td>A<td {rest}</table>");
        for (page, last) in [
            (rows("rowspan=2>one<tr><td colspan=2>B<tr><td>C<td>two"), "two"),
            (rows("rowspan=3>one<tr><td colspan=2>B<tr><td>C"), "one"),
        ] {
            let expected = [("A", "one"), ("B", ""), ("C", last)].map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(codes(&page), expected, "{page}");
        }
    }

    #[test]
    fn open_elements_are_limited() {
        let list = "<dl><dt>A.B<dd>a</dl>";
        for (elements, is_read) in [
            ("<b>".repeat(MAX_OPEN), true),
            ("<b>".repeat(MAX_OPEN + 1), false),
            ("<b></b>".repeat(MAX_OPEN + 1), true),
            ("<b></b></b>".repeat(MAX_OPEN + 1), true),
            ("<br>".repeat(MAX_OPEN + 1), true),
        ] {
            assert_eq!(!codes(&format!("{list}{elements}")).is_empty(), is_read, "{elements}");
        }
        let documentation = format!("<p>{}text</p>", "<b>".repeat(MAX_OPEN + 1));
        assert!(first_paragraph(&documentation).ends_with("<b>text"));
    }

    #[test]
    fn footnotes_are_not_part_of_codes() {
        let page =
            "<table><tr><th>Code<th>Cause<tr><td><a href='#x'><em>A.B</em></a><sup>1</sup><td>m<sup>2</sup></table>";
        assert_eq!(codes(page), [("A.B".to_owned(), "m2".to_owned())]);
    }
}
