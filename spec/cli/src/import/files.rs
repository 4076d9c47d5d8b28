//! Reads the pages of an import: files, standard input, and all files of directories.

use std::fs;
use std::mem::take;
use std::path::{Path, PathBuf};

use errtable_spec::MAX_CODES;

use crate::error::Error;
use crate::import::listing::Listing;
use crate::import::page::mapping::Mapping;
use crate::import::page::{NoRows, Page};
use crate::import::{ImportOptions, ImportedPage};
use crate::input::Input;

/// The pages that were read, and their codes.
pub(super) struct PageReader<'o> {
    options: &'o ImportOptions,
    mapping: &'o Mapping,
    pub(super) listing: Listing,
    pub(super) pages: Vec<ImportedPage>,
}

impl<'o> PageReader<'o> {
    pub(super) fn new(options: &'o ImportOptions, mapping: &'o Mapping) -> Self {
        Self { options, mapping, listing: Listing::default(), pages: Vec::new() }
    }

    /// Reads a page, or the pages of a directory.
    pub(super) fn read(&mut self, input: &Input) -> Result<(), Error> {
        match input {
            Input::Path(path) if path.is_dir() => self.read_directory(path),
            _ => {
                let page = Page::read_mapped(&input.read_text()?, self.options.from, self.mapping);
                self.add(input, page.map_err(|error| error_of(input, &error, self.mapping))?)
            }
        }
    }

    /// Reads the files of a directory that are pages. It also contains other files.
    fn read_directory(&mut self, directory: &Path) -> Result<(), Error> {
        let mut files = files_in(directory)?;
        // The table may be in the directory.
        let table = self.options.into.as_deref().and_then(|path| fs::canonicalize(path).ok());
        files.retain(|file| table.is_none() || fs::canonicalize(file).ok() != table);
        let (before, total) = (self.pages.len(), files.len());
        for file in files.into_iter().map(Input::Path) {
            let Ok(text) = String::from_utf8(file.read()?) else { continue };
            if let Ok(page) = Page::read_mapped(&text, self.options.from, self.mapping) {
                self.add(&file, page)?;
            }
        }
        let found = self.pages.len() - before;
        let directory = directory.display();
        if found == 0 {
            let message = format!("no error codes found in the {total} files of `{directory}`");
            return Err(Error::new(message).with_help("import one of the files to see what is wrong"));
        }
        if let Some(last) = self.pages.last_mut().filter(|_| found < total) {
            last.notes.push(format!("no codes in {} of {total} files of `{directory}`", total - found));
        }
        Ok(())
    }

    fn add(&mut self, input: &Input, mut page: Page) -> Result<(), Error> {
        if let Some(heading) = page.missing_heading(self.mapping) {
            let help = match &*list(&page.headings) {
                "" => "the page has no headings: name its columns by number, such as `--map code=1`".to_owned(),
                headings => format!("the page has the headings {headings}"),
            };
            return Err(Error::new(format!("no column `{heading}` in `{input}`")).with_help(help));
        }
        let (format, unused, notes) = (page.format, take(&mut page.unused), take(&mut page.notes));
        let name = input.to_string();
        let codes = self.listing.add(&name, page);
        if self.listing.codes.len() > MAX_CODES {
            // Such a table would be much larger than its pages, and have a problem.
            let message = format!("the pages list more than the {MAX_CODES} codes that a table can have");
            return Err(Error::new(message).with_help("import them into several tables"));
        }
        self.pages.push(ImportedPage { name, format, codes, unused, notes });
        Ok(())
    }
}

/// Returns the files of a directory, sorted by path. Hidden files are left out.
fn files_in(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        let unreadable = |error| Error::system("read", &directory.display().to_string(), &error);
        for entry in fs::read_dir(&directory).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // A symbolic link to a directory is skipped, because it could lead back here.
            if entry.file_type().map_err(unreadable)?.is_dir() {
                directories.push(entry.path());
            } else if entry.path().is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the error of a page without codes: what it contains instead, or what it can contain.
fn error_of(input: &Input, error: &NoRows, mapping: &Mapping) -> Error {
    let has_columns = mapping.at.is_some() || !mapping.columns.is_empty();
    let help = if !error.rejected.is_empty() {
        let found = error.rejected.iter().take(MAX_REJECTED);
        let mut found: Vec<_> = found.map(|(place, why)| format!("{input}:{place}: {why}")).collect();
        let others = error.rejected.len().saturating_sub(MAX_REJECTED);
        found.extend((others > 0).then(|| format!("and {others} more")));
        format!("what was found instead:\n{}", found.join("\n"))
    } else if has_columns && !error.headings.is_empty() {
        format!("`--map code=HEADING` selects one of the headings {}", list(&error.headings))
    } else if error.tried.is_empty() {
        "`--map` needs a page with columns, and `--at` records in JSON or an OpenAPI document".to_owned()
    } else {
        format!("the page must contain one of these:\n{}", error.looked_for().join("\n"))
    };
    Error::new(format!("{error} in `{input}`")).with_help(help)
}

/// The maximum number of tables without codes in a message.
const MAX_REJECTED: usize = 12;

/// Returns headings as text.
fn list(headings: &[String]) -> String {
    let headings = headings.iter().filter(|heading| !heading.is_empty()).take(20);
    headings.map(|heading| format!("`{heading}`")).collect::<Vec<_>>().join(", ")
}
