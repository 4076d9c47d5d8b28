//! Reads the tables and definition lists of an HTML page.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use crate::import::page::grid::{self, GridRow};
use crate::import::page::{FoundRow, Place};

/// A table that is open.
struct Table {
    number: usize,
    rows: Vec<GridRow>,
    /// Whether text belongs to the last cell.
    in_cell: bool,
}

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
pub(super) fn read(text: &str) -> Vec<FoundRow> {
    if !is_parsable(text) {
        return Vec::new();
    }
    let document = Html::parse_document(text);
    let mut reader = Reader::default();
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => reader.open(element),
                Node::Text(text) => reader.text(text),
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

#[derive(Default)]
struct Reader {
    tables: usize,
    /// The open tables: a cell may contain a table.
    open: Vec<Table>,
    found: Vec<FoundRow>,
}

impl Reader {
    fn open(&mut self, element: &Element) {
        match element.name() {
            "table" | "dl" => {
                self.tables += 1;
                self.open.push(Table { number: self.tables, rows: Vec::new(), in_cell: false });
            }
            "tr" => self.row(),
            "dt" => {
                self.row();
                self.cell(1);
            }
            "td" | "th" | "dd" => {
                let span = element.attr("colspan").and_then(|span| span.parse().ok()).unwrap_or(1);
                self.cell(span);
            }
            // Separates words, unlike `wbr` and elements of text.
            "br" | "p" | "div" | "li" => self.text(" "),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" | "dl" => {
                if let Some(table) = self.open.pop() {
                    self.found.append(&mut grid::read(&table.rows));
                }
            }
            "td" | "th" | "dt" | "dd" => {
                if let Some(table) = self.open.last_mut() {
                    table.in_cell = false;
                    if let Some(cell) = table.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                        *cell = cell.trim().to_owned();
                    }
                }
            }
            _ => {}
        }
    }

    fn row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            let place = Place::TableRow { table: table.number, row: table.rows.len() + 1 };
            table.rows.push(GridRow { place, cells: Vec::new() });
        }
    }

    fn cell(&mut self, span: usize) {
        if let Some(table) = self.open.last_mut()
            && let Some(row) = table.rows.last_mut()
        {
            table.in_cell = true;
            row.cells.extend((1..span.min(MAX_SPAN)).map(|_| String::new()));
            row.cells.push(String::new());
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(table) = self.open.last_mut().filter(|table| table.in_cell)
            && let Some(cell) = table.rows.last_mut().and_then(|row| row.cells.last_mut())
        {
            cell.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        read(text).into_iter().map(|row| (row.code, row.description)).collect()
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
        assert_eq!(read(page)[0].place.to_string(), "table 2, row 2");
    }
}
