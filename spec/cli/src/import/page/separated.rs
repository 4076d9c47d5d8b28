//! Reads values that are separated by commas, semicolons or tabs.

use csv::{ByteRecord, ReaderBuilder};

use crate::import::page::grid::{self, GridRow};
use crate::import::page::{FoundRow, Place};

pub(super) fn read_csv(text: &str) -> Vec<FoundRow> {
    let found = read(text, b',');
    if found.is_empty() { read(text, b';') } else { found }
}

pub(super) fn read_tsv(text: &str) -> Vec<FoundRow> {
    read(text, b'\t')
}

fn read(text: &str, delimiter: u8) -> Vec<FoundRow> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut rows = Vec::new();
    // The text is UTF-8 and the reader flexible, so no record is invalid.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        rows.push(GridRow { place: Place::Line(usize::try_from(line).unwrap_or(usize::MAX)), cells });
    }
    // A single column is prose with a stray word, such as a line that contains only `Code`.
    rows.retain(|row| row.cells.len() > 1);
    grid::read(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(found: &[FoundRow]) -> Vec<(&str, &str)> {
        found.iter().map(|row| (row.code.as_str(), row.description.as_str())).collect()
    }

    #[test]
    fn quotes_and_line_breaks_are_read() {
        let found = read_csv("id,Error Code,Message\n1,A.B,\"first, \"\"second\"\"\nthird\"\n2, C ,x\n");
        assert_eq!(codes(&found), [("A.B", r#"first, "second" third"#), ("C ", "x")]);
        assert_eq!(found[1].place, Place::Line(4));
    }

    #[test]
    fn delimiters_are_detected() {
        assert_eq!(codes(&read_csv("code;description\nA.B;x, y\n")), [("A.B", "x, y")]);
        assert_eq!(codes(&read_tsv("description\tcode\nx, y\tA.B\r\n")), [("A.B", "x, y")]);
    }
}
