//! Pages in their layouts: documentation, source code, bodies.

use std::fmt::Write as _;
use std::path::PathBuf;

use errtable_cli::import::page::Page;
use errtable_cli::import::page::format::Format;
use errtable_cli::import::page::mapping::Mapping;
use errtable_spec::Table;

/// Reads the pages of the documentation, in several layouts.
fn pages() -> Vec<(String, String)> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages");
    let mut pages: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    pages.sort();
    pages
}

/// Returns the codes and descriptions of the bundled table `common`.
fn common() -> Vec<(String, String)> {
    Table::load_bundled("common").table.rows.into_iter().map(|row| (row.code, row.description)).collect()
}

fn codes(page: Page) -> Vec<(String, String)> {
    page.rows.into_iter().map(|row| (row.code, row.description)).collect()
}

#[test]
fn documentation_pages_equal_the_bundled_table() {
    let pages = pages();
    assert_eq!(pages.len(), 5);
    for (name, text) in pages {
        let page = Page::read(&text, None).unwrap();
        let format = if name == "pipes.txt" { Format::Markdown } else { Format::Text };
        assert_eq!(page.format, format, "{name}");
        assert_eq!(codes(page), common(), "{name}");
    }
}

#[test]
fn every_format_is_detected() {
    let rows = common();
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let list = |start: &str, row: &dyn Fn(&str, &str) -> String, end: &str| {
        let rows: String = rows.iter().map(|(code, description)| row(code, description)).collect();
        format!("{start}{rows}{end}")
    };
    let json = |text: &str| serde_json::Value::from(text).to_string();
    for (format, page) in [
        (Format::Text, list("Error Code\tDescription\n", &|code, text| format!("{code}\t{text}\n"), "")),
        (Format::Tsv, list("description\tid\tcode\n", &|code, text| format!("{text}\t1\t{code}\n"), "")),
        (Format::Csv, list("code,description\n", &|code, text| format!("{code},\"{text}\"\n"), "")),
        (
            Format::Markdown,
            list("# Errors\n\n|Code|Message|\n|--|--|\n", &|code, text| format!("|`{code}`|{text}|\n"), ""),
        ),
        (
            Format::Html,
            list(
                "<!doctype html>\n<body><table>\n<tr><th>Error Code</th><th>Description</th></tr>",
                &|code, text| format!("<tr>\n<td>{code}</td>\n<td>{}</td></tr>", escape(text)),
                "</table>",
            ),
        ),
        (
            Format::Bodies,
            list(
                "",
                &|code, text| {
                    format!(
                        "{{\"Response\":{{\"Error\":{{\"Code\":\"{code}\",\"Message\":{}}},\"RequestId\":\"\"}}}}\n",
                        json(text)
                    )
                },
                "",
            ),
        ),
        (
            Format::Constants,
            list("package v1\n\nconst (\n", &|code, text| format!("\t// {text}\n\tX = \"{code}\"\n\n"), ")"),
        ),
        (Format::Constants, list("", &|code, text| format!("# {text}\nX = \"{code}\"\n"), "")),
        (Format::Constants, list("enum Codes {\n", &|code, text| format!("  /** {text} */\n  X(\"{code}\"),\n"), "}")),
        (Format::Constants, list("module.exports = {\n", &|code, text| format!("  // {text}\n  X: '{code}',\n"), "};")),
    ] {
        let read = Page::read(&page, None).unwrap();
        // Tab-separated text with a heading is the same table in both formats.
        let expected = if format == Format::Text { Format::Tsv } else { format };
        assert_eq!(read.format, expected, "{page}");
        assert_eq!(codes(read), rows, "{format:?}");
        assert_eq!(codes(Page::read(&page, Some(format)).unwrap()), rows, "{format:?}");
    }
}

#[test]
fn five_hundred_go_constants_are_read() {
    let mut file = "// Copyright\n\npackage v20200101\n\nconst (\n\t// error codes for specific actions\n\n".to_owned();
    for number in 0..500 {
        write!(file, "\t// Text of {number}: \"a\".\n\tFAILEDOPERATION_N{number} = \"FailedOperation.N{number}\"\n\n")
            .unwrap();
    }
    file.push_str(")\n");
    let page = Page::read(&file, None).unwrap();
    assert_eq!((page.format, page.rows.len()), (Format::Constants, 500));
    assert_eq!(page.rows[499].code, "FailedOperation.N499");
    assert_eq!(page.rows[499].description, "Text of 499: \"a\".");
    assert_eq!(page.rows[499].place.to_string(), "1506");
}

#[test]
fn page_without_codes_is_an_error() {
    let error = Page::read("Parameter | Type\n---|---\nInstanceId | String\n\nSome text.\n", None).unwrap_err();
    assert_eq!(error.to_string(), "no error codes found");
    let looked_for = error.looked_for();
    assert_eq!(looked_for.len(), 5, "{looked_for:?}");
    assert!(looked_for[0].starts_with("markdown: a pipe table with headings such as"), "{looked_for:?}");
    assert_eq!(Page::read("", Some(Format::Html)).unwrap_err().tried, [Format::Html]);
}

#[test]
fn notes_on_codes_are_reported() {
    for (cells, note) in [
        (&["A.B (beta)"][..], "the note `(beta)` after `A.B` is not imported"),
        (&["~~A.B~~"], "the strikethrough of `A.B` is not imported"),
        (&["A.B", "C.D [new]", "~~E.F~~"], "notes on 2 codes are not imported, such as the note `[new]` after `C.D`"),
    ] {
        let rows = cells.iter().map(|cell| format!("| {cell} | Text. |\n")).collect::<Vec<_>>().concat();
        let page = Page::read(&format!("| Code | Description |\n|---|---|\n{rows}"), None).unwrap();
        assert_eq!((page.rows.len(), &*page.notes), (cells.len(), &[note.to_owned()][..]));
    }
}

#[test]
fn note_after_a_code_element_is_left_out() {
    let page = Page::read("<table><tr><th>Code<th>Cause<tr><td><code>A.B</code> (beta)<td>a</table>", None).unwrap();
    assert_eq!(codes(page), [("A.B".to_owned(), "a".to_owned())]);
}

#[test]
fn columns_are_found_by_headings_and_cells() {
    for (page, expected) in [
        // The other one of two columns is the description, unless it is a number.
        ("Remarks,Code\na,A.B\n", &[("A.B", None, "a")][..]),
        ("Code,Number\nA.B,7\n", &[("A.B", Some(7), "")]),
        // An empty column has no names.
        ("Error,Code,Description\n,4041,a\n,4042,b\n", &[("4041", None, "a"), ("4042", None, "b")]),
        // Most names are codes.
        ("Name,Value\nBUSY,7\nLOST,8\nany other,9\n", &[("BUSY", Some(7), ""), ("LOST", Some(8), "")]),
        ("Name,Value\nBUSY,7\nany other,8\n", &[]),
    ] {
        let rows = Page::read(page, Some(Format::Csv)).map(|page| page.rows).unwrap_or_default();
        let rows: Vec<_> = rows.iter().map(|row| (&*row.code, row.number, &*row.description)).collect();
        assert_eq!(rows, expected, "{page}");
    }
}

#[test]
fn mapped_number_is_read() {
    let mapping = Mapping { columns: vec![("number".to_owned(), "Sub-code".to_owned())], ..Mapping::default() };
    let page = Page::read_mapped("Code,Sub-code\nA.B,7\n", None, &mapping).unwrap();
    assert_eq!((page.rows[0].number, page.missing_heading(&mapping)), (Some(7), None));
    assert_eq!(page.missing_columns, []);
}

#[test]
fn error_lists_the_headings_of_a_table_without_codes() {
    let error = Page::read("Code,Meaning\n404,No page.\n", None).unwrap_err();
    assert_eq!((error.rejected.len(), error.headings), (1, vec!["Code".to_owned(), "Meaning".to_owned()]));
    let error = Page::read("Code,Meaning\n", None).unwrap_err();
    assert_eq!(error.rejected, [], "there are no cells");
}

#[test]
fn table_without_a_heading_of_codes_is_noted_if_most_names_are_codes() {
    let read = "| Code | Text |\n|--|--|\n| A.B | a |\n\n";
    for (names, notes) in [(&["C.D", "See below."][..], 0), (&["C.D", "E.F", "G.H", "See below.", "See above."], 1)] {
        let rows = names.iter().map(|name| format!("| {name} | a |\n")).collect::<Vec<_>>().concat();
        let page = Page::read(&format!("{read}| Name | Text |\n|--|--|\n{rows}"), None).unwrap();
        assert_eq!(page.notes.len(), notes, "{names:?}");
    }
}

#[test]
fn codes_of_bodies_are_texts_or_integers() {
    for (code, expected) in [
        (r#""code": -1"#, Some("-1")),
        (r#""code": 18446744073709551615"#, Some("18446744073709551615")),
        (r#""code": 1.5"#, None),
        (r#""code": " ""#, None),
        (r#""error_code": "", "code": "A.B""#, Some("A.B")),
    ] {
        let page = Page::read(&format!(r#"{{"error": {{{code}, "message": "a"}}}}"#), Some(Format::Bodies));
        let found = page.ok().map(|page| page.rows[0].code.clone());
        assert_eq!(found.as_deref(), expected, "{code}");
    }
}

#[test]
fn records_are_found_by_their_keys() {
    let map = r#"{"A.B": {"description": "a"}, "C.D": {"description": "b"}, "E.F": {"description": "c"}}"#;
    let page = Page::read(map, None).unwrap();
    assert_eq!(page.format, Format::Json);
    assert_eq!(codes(page), [("A.B", "a"), ("C.D", "b"), ("E.F", "c")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let mixed = r#"["A list.", {"code": "A.B", "message": "a"}, 7]"#;
    let page = Page::read(mixed, None).unwrap();
    assert_eq!((page.rows.len(), page.skipped), (1, vec![]));
}
