//! Reads the pipe tables of a Markdown page, also those that lack a delimiter row or outer pipes.

use std::borrow::Cow;

use crate::import::page::codes::{LOWERED, RAISED};
use crate::import::page::grid::{self, GridRow};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, Place};

pub(super) fn read(text: &str, mapping: &Mapping) -> Found {
    let mut found = Found::default();
    let mut table: Vec<GridRow> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let cells = cells(line);
        if cells.len() > 1 {
            table.push(GridRow::new(Place::Line(index + 1), cells));
        } else if !line.trim().is_empty() && continues(&table) {
            // The rest of a description that contains a line break.
            if let Some(cell) = table.last_mut().and_then(|row| row.cells.last_mut()) {
                cell.push(' ');
                cell.push_str(&inline_text(line.trim().trim_end_matches('|')));
            }
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
    table.len() > 1 && lengths.next() > lengths.next()
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
    let found = grid::read(table, mapping);
    table.clear();
    found
}

/// Returns whether a row is the line under the headings: `|---|:-:|`.
fn is_delimiter(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':' | b' ')))
}

/// Returns the cells of a line without outer pipes. A line without a pipe is one cell.
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
    cells.into_iter().map(|cell| inline_text(trim(cell))).collect()
}

/// The entities that pages use in tables. `&amp;` is last, so that `&amp;lt;` becomes `&lt;`.
const ENTITIES: &[(&str, &str)] = &[
    ("<br>", " "),
    ("<br/>", " "),
    ("<br />", " "),
    ("&nbsp;", " "),
    ("&#124;", "|"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&amp;", "&"),
];

/// Removes white space and line breaks around a cell: `A.B<br>`.
fn trim(cell: &str) -> &str {
    let breaks = || ENTITIES.iter().filter(|(_, text)| *text == " ").map(|(entity, _)| *entity);
    let mut cell = cell.trim();
    while let Some(inner) = breaks().find_map(|entity| cell.strip_prefix(entity).or(cell.strip_suffix(entity))) {
        cell = inner.trim();
    }
    cell
}

/// Elements that are only layout in a cell.
const LAYOUT: &[&str] = &["code", "b", "i", "em", "strong", "tt", "kbd", "samp", "small", "a", "span", "sup", "sub"];

/// Removes the markup of a cell: emphasis and code around it, links, escapes, elements and
/// entities.
fn inline_text(cell: &str) -> String {
    let cell = without_elements(cell);
    let cell = without_marks(&cell);
    // `[`A.B`](#a-b)`
    let label = cell.strip_prefix('[').and_then(|link| link.split_once("](")).map(|(label, _)| label);
    let inner = label.map(without_marks).filter(|inner| Some(*inner) != label);
    let unmarked = inner.zip(label).map(|(inner, label)| cell.replacen(label, inner, 1));
    let cell = unmarked.as_deref().unwrap_or(cell);
    let mut text = without_links(cell);
    if text.contains(['&', '<']) {
        for (entity, replacement) in ENTITIES {
            text = text.replace(entity, replacement);
        }
    }
    if text.contains('\\') { without_escapes(&text) } else { text }
}

/// Removes emphasis and code around a text, also if both are: ``**`A.B`**``.
fn without_marks(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        for marks in ["***", "**", "__", "``", "`", "*", "_", "~~"] {
            let inner = text.strip_prefix(marks).and_then(|text| text.strip_suffix(marks));
            text = inner.filter(|inner| !inner.contains(marks) && !inner.is_empty()).unwrap_or(text);
        }
        if text == before {
            return text;
        }
    }
}

/// Removes the tags of [`LAYOUT`], and marks what `sup` raises.
fn without_elements(cell: &str) -> Cow<'_, str> {
    if !cell.contains('<') {
        return cell.into();
    }
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let name: String =
            tag.trim_start_matches('/').chars().take(8).take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        // Another `<` before the end of a tag starts over.
        let end = tag.find(['<', '>']).filter(|end| tag.get(*end..).is_some_and(|end| end.starts_with('>')));
        if let Some(end) = end.filter(|_| LAYOUT.contains(&&*name)) {
            match (&*name, tag.starts_with('/')) {
                ("sup", false) => text.push(RAISED),
                ("sup", true) => text.push(LOWERED),
                _ => {}
            }
            rest = tag.get(end + 1..).unwrap_or_default();
        } else {
            text.push('<');
            rest = tag;
        }
    }
    text.push_str(rest);
    text.into()
}

/// Replaces `[text](target)` with its text.
fn without_links(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, link)) = rest.split_once('[') {
        text.push_str(before);
        rest = link;
        // A bracket before the end of the label starts another link.
        let (label, after) = link.split_at_checked(link.find(['[', ']']).unwrap_or_default()).unwrap_or_default();
        match after.strip_prefix("](").map(|target| target.split_once(')')) {
            Some(Some((_, after))) => {
                text.push_str(label);
                rest = after;
            }
            // No link ends after this.
            Some(None) => {
                text.push('[');
                break;
            }
            None => text.push('['),
        }
    }
    text.push_str(rest);
    text
}

/// Removes the backslash before ASCII punctuation.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => plain.extend(characters.next()),
            _ => plain.push(c),
        }
    }
    plain
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
