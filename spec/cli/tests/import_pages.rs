//! Pages in their layouts: documentation, source code, bodies.

use std::fmt::Write as _;
use std::path::PathBuf;

use errtable_cli::import::page::Page;
use errtable_cli::import::page::format::Format;
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
