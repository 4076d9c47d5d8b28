//! Reads values that are separated by commas, semicolons or tabs.

use csv::{ByteRecord, ReaderBuilder};

use crate::import::page::grid::{self, GridRow};
use crate::import::page::mapping::Mapping;
use crate::import::page::{Found, Place};

pub(super) fn read_csv(text: &str, mapping: &Mapping) -> Found {
    let found = read(text, b',', mapping);
    if !found.rows.is_empty() {
        return found;
    }
    match read(text, b';', mapping) {
        other if other.rows.is_empty() && other.rejected.is_empty() => found,
        other => other,
    }
}

pub(super) fn read_tsv(text: &str, mapping: &Mapping) -> Found {
    read(text, b'\t', mapping)
}

fn read(text: &str, delimiter: u8, mapping: &Mapping) -> Found {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut rows = Vec::new();
    // The text is UTF-8 and the reader flexible, so no record is invalid.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        rows.push(GridRow::new(Place::Line(usize::try_from(line).unwrap_or(usize::MAX)), cells));
    }
    grid::read(&rows, mapping)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Found {
        read_csv(text, &Mapping::default())
    }

    fn codes(found: &Found) -> Vec<(&str, &str)> {
        found.rows.iter().map(|row| (row.code.as_str(), row.description.as_str())).collect()
    }

    #[test]
    fn quotes_and_line_breaks_are_read() {
        let found = csv("id,Error Code,Message\n1,A.B,\"first, \"\"second\"\"\nthird\"\n2, C ,x\n");
        assert_eq!(codes(&found), [("A.B", r#"first, "second" third"#), ("C ", "x")]);
        assert_eq!(found.rows[1].place, Place::Line(4));
    }

    #[test]
    fn row_may_end_after_its_code() {
        assert_eq!(codes(&csv("Code,Text\nA.B,a\nNOT_FOUND\nC,c\n")), [("A.B", "a"), ("NOT_FOUND", ""), ("C", "c")]);
    }

    #[test]
    fn delimiters_are_detected() {
        assert_eq!(codes(&csv("code;description\nA.B;x, y\n")), [("A.B", "x, y")]);
        assert_eq!(codes(&read_tsv("description\tcode\nx, y\tA.B\r\n", &Mapping::default())), [("A.B", "x, y")]);
    }
}
