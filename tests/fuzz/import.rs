//! Imports any pages into a new table or a valid one. Each row that is found is in the table, or
//! its place is reported. A new table has no problems, and a second import changes nothing.
//!
//! Form feeds separate the parts of the input: the options of the command, a table if it is valid,
//! and the pages.

#![no_main]

use std::collections::HashMap;
use std::io;

use errtable_cli::import::origin::PageMessage;
use errtable_cli::import::page::format::Format;
use errtable_cli::import::page::mapping::Mapping;
use errtable_cli::import::page::{FoundRow, Page, Place};
use errtable_cli::import::{ImportOptions, Imported, import};
use errtable_cli::input::Input;
use errtable_cli::print::{import as print, write_error};
use errtable_cli::replace::Outcome;
use errtable_spec::__private::parse_digits;
use errtable_spec::Table;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

use folder::write;
use text::mutate;

mod folder;
mod text;

/// The maximum number of pages.
const MAX_PAGES: usize = 3;

fuzz_target!(|input: &str| {
    let (options, rest) = input.split_once('\u{c}').unwrap_or_default();
    let mut options = read_options(options);
    let table = rest.split('\u{c}').next().filter(|first| is_table(first));
    if table.is_none() {
        // These require a table.
        (options.prune, options.deprecate) = (false, false);
    }
    let pages = rest.split('\u{c}').skip(usize::from(table.is_some())).take(MAX_PAGES);
    let files: Vec<_> = pages.clone().enumerate().map(|(at, page)| write(&format!("page-{at}"), page)).collect();
    let into = |text: &str| {
        let Input::Path(path) = write("table.json", text) else { unreachable!() };
        ImportOptions { into: Some(path), check: true, ..options.clone() }
    };
    let first = match table {
        Some(table) => into(table),
        None => ImportOptions { name: Some("t".to_owned()), ..options.clone() },
    };
    match import(&files, &first) {
        Ok(imported) => {
            write_messages(&imported);
            check_table(&imported, table, &options);
            let found = Found::new(pages, &imported, &options);
            found.check_rows();
            if table.is_none() {
                found.check_descriptions();
            }
            match import(&files, &into(&imported.merged.text)) {
                Ok(second) => {
                    assert_eq!(second.outcome, Outcome::Unchanged, "{}\n{}", imported.merged.text, second.merged.text);
                }
                // A table with problems is not imported into.
                Err(error) => assert!(!imported.diagnostics.is_empty(), "{error:?}\n{}", imported.merged.text),
            }
        }
        Err(error) => write_error(&error, &mut io::sink()).unwrap(),
    }
});

fuzz_mutator!(|input: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(input, size, max_size, seed) });

/// Reads options: the name of a format, `prune`, `/pointer`, `key:text=value` and `key=heading`.
fn read_options(text: &str) -> ImportOptions {
    let mut options = ImportOptions::default();
    for line in text.lines() {
        if let Some(format) = Format::ALL.into_iter().find(|format| format.as_str() == line) {
            options.from = Some(format);
        } else if line == "prune" || line == "deprecate" {
            (options.prune, options.deprecate) = (line == "prune", line == "deprecate");
        } else if let Some(code) = line.strip_prefix('-') {
            options.unlisted.push(code.to_owned());
        } else if line.starts_with('/') {
            options.at = Some(line.to_owned());
        } else if let Some((key, value)) =
            line.split_once('=').filter(|(key, value)| !key.is_empty() && !value.is_empty())
        {
            match key.split_once(':') {
                Some((key, text)) => options.value.push((key.to_owned(), text.to_owned(), value.to_owned())),
                None => options.map.push((key.to_owned(), value.to_owned())),
            }
        }
    }
    options
}

fn is_table(text: &str) -> bool {
    text.starts_with('{') && Input::Stdin.parse(text.into()).diagnostics.is_empty()
}

fn load(imported: &Imported) -> Table {
    Input::Stdin.parse(imported.merged.text.clone().into()).table
}

fn write_messages(imported: &Imported) {
    let mut out = io::sink();
    print::write_text(imported, &mut out).unwrap();
    print::write_json(imported, &mut out).unwrap();
    print::write_messages(imported, &mut out).unwrap();
}

/// Checks that a table has no problems. A value of a page may be one, and a table may have rules
/// for its rows that a page does not follow.
fn check_table(imported: &Imported, table: Option<&str>, options: &ImportOptions) {
    let Table { ignore_case, reserved, columns, .. } = Input::Stdin.parse(table.unwrap_or_default().into()).table;
    let has_rules = ignore_case || !reserved.is_empty() || columns.iter().any(|column| column.required);
    let problems = &imported.diagnostics;
    assert!(has_rules || !options.map.is_empty() || problems.is_empty(), "{}\n{problems:?}", imported.merged.text);
}

/// The rows of all pages, by their trimmed codes, with the number of the page and its format.
struct Found<'i> {
    imported: &'i Imported,
    table: Table,
    rows: HashMap<String, Vec<(usize, Format, FoundRow)>>,
}

impl<'i> Found<'i> {
    fn new<'p>(pages: impl Iterator<Item = &'p str>, imported: &'i Imported, options: &ImportOptions) -> Self {
        let mapping = Mapping { columns: options.map.clone(), values: options.value.clone(), at: options.at.clone() };
        let mut found = Self { imported, table: load(imported), rows: HashMap::new() };
        for (number, text) in pages.enumerate() {
            let page = Page::read_mapped(text, options.from, &mapping).expect("the page was read");
            assert!(!page.rows.is_empty());
            for row in page.rows {
                let rows = found.rows.entry(row.code.trim().to_owned()).or_default();
                rows.push((number, page.format, row));
            }
            for row in page.skipped {
                assert!(found.is_skipped(number, row.place), "{row:?}");
            }
        }
        found
    }

    /// Returns whether a place is among those of a report.
    fn is_in(&self, report: &[PageMessage], page: usize, place: Place) -> bool {
        let name = &self.imported.pages[page].name;
        report.iter().any(|message| *message.origin.page == **name && message.origin.place == place)
    }

    fn is_skipped(&self, page: usize, place: Place) -> bool {
        self.is_in(&self.imported.skipped, page, place)
    }

    /// Checks that each row is in the table, or that it is skipped where its code is first.
    fn check_rows(&self) {
        for (code, rows) in &self.rows {
            let number = parse_digits(code);
            let is_imported = self.table.rows.iter().any(|row| {
                row.code == *code
                    || row.aliases.iter().any(|alias| alias == code)
                    || number.is_some() && number == row.number
            });
            let is_skipped = || rows.iter().any(|(page, _, row)| self.is_skipped(*page, row.place));
            assert!(is_imported || is_skipped(), "{code:?}: {}", self.imported.merged.text);
        }
    }

    /// Checks that a row of a new table has a description of the pages, and that others are
    /// reported, unless they are messages.
    fn check_descriptions(&self) {
        for row in &self.table.rows {
            let rows = &self.rows[&row.code];
            assert!(rows.iter().any(|(_, _, found)| found.description == row.description), "{row:?}");
            let others = rows.iter().filter(|(_, format, found)| {
                *format != Format::Bodies && !found.description.is_empty() && found.description != row.description
            });
            for (page, _, found) in others {
                assert!(self.is_in(&self.imported.disagreements, *page, found.place), "{row:?}: {found:?}");
            }
        }
    }
}
