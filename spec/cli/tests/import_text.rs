//! Plain text: what is a heading, what is a row, and where a table ends.

use errtable_cli::import::page::Page;
use errtable_cli::import::page::format::Format;
use errtable_cli::import::page::mapping::Mapping;

/// Returns the line, code and description of each row, or nothing if there are no rows.
fn rows(text: &str, columns: &[(&str, &str)]) -> Vec<String> {
    let columns = columns.iter().map(|(key, heading)| ((*key).to_owned(), (*heading).to_owned())).collect();
    let mapping = Mapping { columns, ..Mapping::default() };
    let page = Page::read_mapped(text, Some(Format::Text), &mapping);
    let rows = page.map(|page| page.rows).unwrap_or_default();
    rows.iter().map(|row| format!("{}: {} {}", row.place, row.code, row.description)).collect()
}

#[test]
fn headings_have_at_most_eight_words() {
    let page = "=== API error code === error message ===\nA.B first\n\nMore text.\n";
    assert_eq!(rows(page, &[]), ["2: A.B first"]);
    let nine = page.replace("message ===", "message === follows");
    assert_eq!(rows(&nine, &[]), [""; 0]);
}

#[test]
fn codes_come_first_in_rows_with_single_spaces() {
    assert_eq!(rows("Code Description\nA.B first\n", &[]), ["2: A.B first"]);
    assert_eq!(rows("Description Code\nA.B first\n", &[]), [""; 0]);
}

#[test]
fn rows_of_wide_columns_are_read() {
    let page = "Code   Description\n4001   first\nA.B second text\n4002   third\n";
    assert_eq!(rows(page, &[]), ["2: 4001 first", "3: A.B second text", "4: 4002 third"]);
}

#[test]
fn tables_end_at_other_text() {
    // Another section, whose text is not that of the row above.
    let page = "Error Code Description\nA.B first\n\nError Code Description\n  None yet.\n";
    assert_eq!(rows(page, &[]), ["2: A.B first"]);
    // Two blank lines, although there is one between rows.
    let page = "Error Code Description\n\nA.B first\n\nC.D second\n\n\nMyData help\n";
    assert_eq!(rows(page, &[]), ["3: A.B first", "5: C.D second"]);
}

#[test]
fn rows_without_headings_are_read() {
    assert_eq!(rows("A.B first\n\nNotFound second\n", &[]), ["1: A.B first", "3: NotFound second"]);
}

#[test]
fn mapped_headings_are_distinguished_from_rows() {
    let page = "Code   Status\nerror   500\ntimeout   504\n";
    assert_eq!(rows(page, &[("http_status", "Status")]), ["2: error ", "3: timeout "]);
    let page = "Name   Text\nA.B   first\n\nName\n\nC.D   second\n";
    assert_eq!(rows(page, &[("code", "Name"), ("description", "Text")]), ["2: A.B first"]);
}

#[test]
fn line_of_one_cell_is_not_a_row_of_numbered_columns() {
    let page = "25000  first\n# Comment.\nClass_40\n40001\tsecond\n";
    assert_eq!(rows(page, &[("code", "1"), ("description", "2")]), ["1: 25000 first", "4: 40001 second"]);
}
