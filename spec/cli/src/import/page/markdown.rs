//! Reads the pipe tables of a Markdown page, also those that lack a delimiter row or outer pipes.

mod inline;

use crate::import::page::grid::{self, GridRow};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, Place};

pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    let mut found = Found::default();
    let mut table: Vec<GridRow> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let cells = cells(line);
        // The rest of a description that contains a line break: `half`, or `half |`.
        let rest = match &*cells {
            [text] if !text.is_empty() => Some(text),
            [text, end] if end.is_empty() && !line.trim_start().starts_with('|') => Some(text),
            _ => None,
        };
        if let Some(text) = rest.filter(|_| continues(&table)) {
            if let Some(cell) = table.last_mut().and_then(|row| row.cells.last_mut()) {
                cell.push(' ');
                cell.push_str(text);
            }
        } else if cells.len() > 1 {
            table.push(GridRow::new(Place::Line(index + 1), cells));
        } else if !table.is_empty() {
            found.append(read_table(&mut table, mapping));
        }
    }
    found.append(read_table(&mut table, mapping));
    found
}

/// Returns whether the last row is incomplete: it has fewer cells than the headings.
fn continues(table: &[GridRow]) -> bool {
    let mut lengths = [table.first(), table.last()].into_iter().flatten().map(|row| row.cells.len());
    lengths.next() > lengths.next()
}

fn read_table(table: &mut Vec<GridRow>, mapping: &Mapping) -> Found {
    let width = table.first().map_or(0, |row| row.cells.len());
    for row in table.iter_mut() {
        // An unescaped pipe in the last column: `| A | x | y |` under two headings.
        let surplus = row.cells.split_off(width.min(row.cells.len()));
        if let Some(last) = row.cells.last_mut() {
            for cell in surplus {
                last.push_str(" | ");
                last.push_str(&cell);
            }
        }
    }
    table.retain(|row| !is_delimiter(&row.cells));
    for cell in table.iter_mut().flat_map(|row| &mut row.cells) {
        *cell = inline::text(cell);
    }
    let found = grid::read(table, mapping);
    table.clear();
    found
}

/// Returns whether a row is the line under the headings: `|---|:-:|`.
fn is_delimiter(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':' | b' ')))
}

/// Returns the cells of a line without outer pipes, with their markup. A line without a pipe is one
/// cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        if c == '|' && !escaped {
            cells.push(inner.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    let rest = inner.get(start..).unwrap_or_default();
    // `| A |` ends with a pipe, `| A | B` does not.
    if !rest.trim().is_empty() || cells.len() < 2 {
        cells.push(rest);
    }
    cells.into_iter().map(|cell| trim(cell).to_owned()).collect()
}

/// What is white space around a cell.
const BREAKS: &[&str] = &["<br>", "<br/>", "<br />", "&nbsp;"];

/// Removes white space and line breaks around a cell: `A.B<br>`.
fn trim(cell: &str) -> &str {
    let mut cell = cell.trim();
    while let Some(inner) = BREAKS.iter().find_map(|text| cell.strip_prefix(text).or(cell.strip_suffix(text))) {
        cell = inner.trim();
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        read(text, &Mapping::default()).rows.into_iter().map(|row| (row.code, row.description)).collect()
    }

    #[test]
    fn broken_tables_are_read() {
        let expected = [("A.B".to_owned(), "first".to_owned()), ("C".to_owned(), "second".to_owned())];
        for table in [
            "| Error Code | Description |\n|---|---|\n| A.B | first |\n| C | second |",
            "Error Code | Description |\n---|---|\nA.B | first |\nC | second |",
            "Error Code | Description\nA.B | first\nC | second",
            "|**Code**|Remarks\n|:--|:-:|\n|`A.B`|first\n[C](#c)|second",
            "Code | HTTP status | Message\n---|---|---\nA.B | 400 | first\nC | 500 | second",
            "A.B | first\nC | second",
            "text\n\n| Code | Description |\n|--|--|\n| A.B | first |\n\n| Code | Message |\n|--|--|\n|C|second|\ntext",
        ] {
            assert_eq!(codes(table), expected, "{table}");
        }
    }

    #[test]
    fn markup_is_removed() {
        let table =
            "Code | Description\n--|--\nA | a \\| b &lt;c&gt; [d](e) [f]<br>g [[h](i) [j](\nB | x | y\nC | one\n";
        let expected = [("A", "a | b <c> d [f] g [h [j]("), ("B", "x | y"), ("C", "one")];
        assert_eq!(codes(table), expected.map(|(code, text)| (code.to_owned(), text.to_owned())));
    }

    #[test]
    fn breaks_around_cells_are_removed() {
        let table = "Code | Description\n--|--\n**A.B**<br> | a<br>\n<br/>C&nbsp;<br /> | <br>\n";
        let expected = [("A.B", "a"), ("C", "")];
        assert_eq!(codes(table), expected.map(|(code, text)| (code.to_owned(), text.to_owned())));
    }

    #[test]
    fn line_breaks_in_descriptions_are_read() {
        let expected = [("A.B", "first half"), ("C", "second")].map(|(code, text)| (code.to_owned(), text.to_owned()));
        for rest in ["half", "half |"] {
            let table =
                format!("Code | Description | Since\n--|--|--\nA.B | first\n{rest}\nC | second\n\nNote | this\n");
            assert_eq!(codes(&table), expected, "{rest}");
        }
    }

    #[test]
    fn tables_of_parameters_are_skipped() {
        assert_eq!(codes("| Parameter | Type |\n|---|---|\n| InstanceId | String |\n"), []);
    }

    #[test]
    fn markup_around_codes_is_removed() {
        for cell in [
            "[`A.B`](#ab)",
            "**`A.B`**",
            "`A.B`",
            "``A.B``",
            "_A.B_",
            "<code>A.B</code>",
            "<a id=\"x\"></a>`A.B`",
            "[A.B](x)[^1]",
            "`A.B`[^1]",
            "A.B<sup>1</sup>",
            "<strong>[A.B](x)</strong>",
            "***A.B***",
            "`A.B` (new)",
        ] {
            let table = format!("Code | Description\n--|--\n{cell} | a\n");
            assert_eq!(codes(&table), [("A.B".to_owned(), "a".to_owned())], "{cell}");
        }
    }
}
