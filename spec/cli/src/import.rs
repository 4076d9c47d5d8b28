//! `errtable import`: reads the error codes that pages list, and merges them into a table.

pub mod listing;
pub mod merge;
pub mod page;

use std::ffi::OsStr;
use std::fs;
use std::mem::take;
use std::path::{Path, PathBuf};

use clap::Args;
use errtable_spec::{Diagnostic, Loaded, MAX_CODES, check_table_name};

use self::listing::{Disagreement, Listing};
use self::merge::{Merged, Missing, merge, new_table_for, values};
use self::page::mapping::Mapping;
use self::page::{Format, Page, Place};
use crate::error::{Error, Status};
use crate::input::{Input, output_path};
use crate::replace::{Outcome, write};

/// The options of `import`.
#[derive(Clone, Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Options {
    /// The table to update. It is created if it does not exist. Without it, the table is printed.
    #[arg(long, value_name = "TABLE", value_parser = output_path())]
    pub into: Option<PathBuf>,

    /// The name of a new table. The default is the name of its file, or that of the first page.
    #[arg(long)]
    pub name: Option<String>,

    /// The format of the pages. By default, it is detected.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<Format>,

    /// Remove the rows that the pages do not list.
    #[arg(long, requires = "into", conflicts_with = "deprecate")]
    pub prune: bool,

    /// Mark the rows that the pages do not list as `deprecated`.
    #[arg(long, requires = "into")]
    pub deprecate: bool,

    /// A code that the pages never list. Its row is not missing. Repeatable.
    #[arg(long, value_name = "CODE", requires = "into")]
    pub unlisted: Vec<String>,

    /// Change no file. Exit with 1 if the table does not agree with the pages.
    #[arg(long, requires = "into")]
    pub check: bool,

    /// Read a key or a column of the table from the column with this heading.
    ///
    /// A number is the column of a page without headings, from 1. A new table gets the columns.
    #[arg(long, value_name = "KEY=HEADING", value_parser = parse_map)]
    pub map: Vec<(String, String)>,

    /// Replace the text of a cell by a value, such as `--value retry:True=transient`.
    #[arg(long, value_name = "KEY:TEXT=VALUE", value_parser = parse_value, requires = "map")]
    pub value: Vec<(String, String, String)>,

    /// Keep the values of this key in rows that have one, such as your descriptions. Repeatable.
    #[arg(long, value_name = "KEY", requires = "into")]
    pub keep: Vec<String>,

    /// Read the JSON value at this JSON Pointer, such as `/errors`, or an enum of OpenAPI.
    #[arg(long, value_name = "POINTER", value_parser = parse_pointer)]
    pub at: Option<String>,

    /// Exit with 1 if a row is skipped, or if two rows of the pages disagree.
    #[arg(long)]
    pub strict: bool,
}

/// The result of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The table that is changed. If there is none, the text is the output.
    pub target: Option<PathBuf>,
    /// The pages, with the numbers of codes that they list.
    pub pages: Vec<ImportedPage>,
    /// The rows that are not imported: the page, the place, and what is wrong.
    pub skipped: Vec<(String, Place, String)>,
    /// The rows that list a code again with other values: the page, the place, and what differs.
    pub disagreements: Vec<(String, Place, String)>,
    /// The table and its changes.
    pub merged: Merged,
    /// The problems of the table after the import.
    pub diagnostics: Vec<Diagnostic>,
    /// What is done with the file.
    pub outcome: Outcome,
    /// What is done with the rows that the pages do not list.
    pub missing: Missing,
    /// Whether the file is not replaced.
    pub is_check: bool,
    /// Whether skipped rows are findings.
    pub is_strict: bool,
}

/// A page of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPage {
    /// The name of the page.
    pub name: String,
    /// The format in which it was read.
    pub format: Format,
    /// The number of codes that it lists.
    pub codes: usize,
    /// The headings of columns that are not imported.
    pub unused: Vec<String>,
    /// What else is not imported.
    pub notes: Vec<String>,
}

impl Imported {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        let differs = self.outcome.is_out_of_date() || !self.merged.missing.is_empty();
        let is_partial = !self.skipped.is_empty() || !self.disagreements.is_empty();
        let has_findings = !self.diagnostics.is_empty() || self.is_check && differs || self.is_strict && is_partial;
        if has_findings { Status::Findings } else { Status::Success }
    }
}

/// Imports pages. Replaces the table unless `check` is set.
///
/// # Errors
///
/// Returns an error if a page has no codes, if there are too many, or if a file cannot be read or
/// written. The table is then unchanged.
pub fn import(inputs: &[Input], options: &Options) -> Result<Imported, Error> {
    let mapping = Mapping { columns: options.map.clone(), values: options.value.clone(), at: options.at.clone() };
    let (mut listing, mut pages) = (Listing::default(), Vec::new());
    listing.unlisted.clone_from(&options.unlisted);
    listing.kept.clone_from(&options.keep);
    for input in inputs {
        let mut files = files_of(input)?;
        // The table may be in the directory.
        let table = options.into.as_deref().and_then(|path| fs::canonicalize(path).ok());
        files.retain(|file| match file {
            Input::Path(path) if file != input && table.is_some() => fs::canonicalize(path).ok() != table,
            _ => true,
        });
        let before = pages.len();
        for file in &files {
            let is_part = files.len() > 1 || file != input;
            let mut page = match read_page(file, options.from, &mapping) {
                Ok(page) => page,
                // A directory also contains files without codes.
                Err(_) if is_part => continue,
                Err(error) => return Err(error),
            };
            let (format, unused, notes) = (page.format, take(&mut page.unused), take(&mut page.notes));
            pages.push(ImportedPage { name: file.to_string(), format, codes: listing.add(page), unused, notes });
        }
        let found = pages.len() - before;
        if found == 0 {
            let message = format!("no error codes found in the {} files of `{input}`", files.len());
            return Err(Error::new(message).with_help("import one of the files to see what is wrong"));
        }
        if let Some(last) = pages.last_mut().filter(|_| found < files.len()) {
            last.notes.push(format!("no codes in {} of {} files of `{input}`", files.len() - found, files.len()));
        }
    }
    if listing.codes.len() > MAX_CODES {
        // Such a table would be much larger than its pages, and have a problem.
        let message = format!("the pages list {} codes, and a table has at most {MAX_CODES}", listing.codes.len());
        return Err(Error::new(message).with_help("import them into several tables"));
    }
    let missing = match (options.prune, options.deprecate) {
        (true, _) => Missing::Prune,
        (_, true) => Missing::Deprecate,
        _ => Missing::Keep,
    };
    if missing != Missing::Keep && !listing.is_complete {
        let message = "cannot remove or deprecate rows: response bodies do not list all codes";
        return Err(
            Error::new(message).with_help("remove `--prune` or `--deprecate`, or add a page that lists all codes")
        );
    }
    let target = Target::read(options, inputs, &listing)?;
    check_mapping(&mapping, &options.keep, &target)?;
    let Some(mut merged) = merge(&target.text, &target.loaded.table, &listing, missing) else {
        return Err(Error::Table(target.loaded.diagnostics));
    };
    let diagnostics = target.input.parse(merged.text.clone().into_bytes()).diagnostics;
    let old = (!target.is_new).then_some(target.text.as_bytes());
    let outcome = Outcome::new(old, merged.text.as_bytes(), options.check);
    if let Some(path) = options.into.as_deref() {
        write(path, merged.text.as_bytes(), outcome)?;
    }
    let page_name = |page: usize| pages.get(page).map(|page| page.name.clone()).unwrap_or_default();
    let skipped = listing.skipped.into_iter().chain(take(&mut merged.skipped));
    let skipped = skipped.map(|skipped| (page_name(skipped.page), skipped.place, skipped.message)).collect();
    let disagreements = listing.disagreements.into_iter().map(|Disagreement { code, key, first, other }| {
        let first = format!("{}:{}", page_name(first.0), first.1);
        (page_name(other.0), other.1, format!("`{key}` of `{code}` differs from that at {first}, which is used"))
    });
    let disagreements = disagreements.collect();
    let (target, is_check, is_strict) = (options.into.clone(), options.check, options.strict);
    Ok(Imported { target, pages, skipped, disagreements, merged, diagnostics, outcome, missing, is_check, is_strict })
}

/// Returns the files of a directory, sorted by path, or the input itself. Hidden files are left
/// out.
fn files_of(input: &Input) -> Result<Vec<Input>, Error> {
    let Input::Path(path) = input else { return Ok(vec![input.clone()]) };
    if !path.is_dir() {
        return Ok(vec![input.clone()]);
    }
    let mut files = Vec::new();
    let mut directories = vec![path.clone()];
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
    Ok(files.into_iter().map(Input::Path).collect())
}

fn read_page(input: &Input, from: Option<Format>, mapping: &Mapping) -> Result<Page, Error> {
    let page = Page::read_mapped(&input.read_text()?, from, mapping).map_err(|error| {
        let message = format!("{error} in `{input}`");
        let has_columns = mapping.at.is_some() || !mapping.columns.is_empty();
        if has_columns && error.rejected.is_empty() && !error.headings.is_empty() {
            let headings = list(&error.headings);
            return Error::new(message)
                .with_help(format!("`--map code=HEADING` selects one of the headings {headings}"));
        }
        if !error.rejected.is_empty() {
            let found = error.rejected.iter().take(MAX_REJECTED);
            let mut found: Vec<_> = found.map(|(place, why)| format!("{input}:{place}: {why}")).collect();
            let others = error.rejected.len().saturating_sub(MAX_REJECTED);
            found.extend((others > 0).then(|| format!("and {others} more")));
            return Error::new(message).with_help(format!("what was found instead:\n{}", found.join("\n")));
        }
        if error.tried.is_empty() {
            return Error::new(message).with_help("`--map` needs a page with columns, and `--at` a JSON document");
        }
        let looked_for = error.looked_for().join("\n");
        Error::new(message).with_help(format!("the page must contain one of these:\n{looked_for}"))
    })?;
    match page.missing_heading(mapping) {
        Some(heading) => {
            let help = format!("the page has the headings {}", list(&page.headings));
            Err(Error::new(format!("no column `{heading}` in `{input}`")).with_help(help))
        }
        None => Ok(page),
    }
}

/// Returns headings as text.
fn list(headings: &[String]) -> String {
    let headings = headings.iter().filter(|heading| !heading.is_empty()).take(20);
    headings.map(|heading| format!("`{heading}`")).collect::<Vec<_>>().join(", ")
}

/// Checks that the table has the mapped and the kept keys, and that each value is that of a mapped
/// key.
fn check_mapping(mapping: &Mapping, kept: &[String], target: &Target) -> Result<(), Error> {
    for key in mapping.columns.iter().map(|(key, _)| key).chain(kept) {
        values::check_key(key, &target.loaded.table.columns)
            .map_err(|(message, help)| Error::new(message).with_help(help))?;
    }
    match mapping.values.iter().find(|(key, _, _)| mapping.columns.iter().all(|(mapped, _)| mapped != key)) {
        Some((key, _, _)) => {
            let help = format!("add `--map {key}=HEADING`");
            Err(Error::new(format!("`--value` of `{key}`, which no `--map` reads")).with_help(help))
        }
        None => Ok(()),
    }
}

/// Reads a JSON Pointer.
pub(crate) fn parse_pointer(argument: &str) -> Result<String, String> {
    if argument.is_empty() || argument.starts_with('/') {
        return Ok(argument.to_owned());
    }
    Err("expected a JSON Pointer, such as `/errors`; an empty one is the whole document".to_owned())
}

/// Reads an argument `KEY=HEADING`.
fn parse_map(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((key, heading)) if !key.is_empty() && !heading.is_empty() => Ok((key.to_owned(), heading.to_owned())),
        _ => Err("expected `KEY=HEADING`, such as `http_status=Status`".to_owned()),
    }
}

/// Reads an argument `KEY:TEXT=VALUE`. The text may contain `=`.
fn parse_value(argument: &str) -> Result<(String, String, String), String> {
    let parts = argument.split_once(':').and_then(|(key, rest)| Some((key, rest.rsplit_once('=')?)));
    match parts {
        Some((key, (text, value))) if !key.is_empty() => Ok((key.to_owned(), text.to_owned(), value.to_owned())),
        _ => Err("expected `KEY:TEXT=VALUE`, such as `retry:True=transient`".to_owned()),
    }
}

/// The maximum number of tables without codes in a message.
const MAX_REJECTED: usize = 12;

/// Returns the name of a file as that of a table: `my-errors` for `docs/My Errors.md`.
fn name_of(input: &Input) -> String {
    let stem = match input {
        Input::Path(path) => path.file_stem().and_then(OsStr::to_str).unwrap_or_default(),
        Input::Stdin | Input::Bundled(_) => "",
    };
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if check_table_name(&name).is_ok() { name } else { "errors".to_owned() }
}

/// The table that is changed, or a new one.
struct Target {
    input: Input,
    text: String,
    loaded: Loaded,
    is_new: bool,
}

impl Target {
    fn read(options: &Options, pages: &[Input], listing: &Listing) -> Result<Self, Error> {
        let path = options.into.as_deref();
        let input = path.map_or(Input::Stdin, |path| Input::Path(path.to_owned()));
        let is_new = path.is_none_or(|path| !options.check && !path.exists());
        let name = options.name.as_deref();
        if is_new {
            let stem = path.and_then(Path::file_stem).and_then(OsStr::to_str);
            // A table that is only printed is named after its page.
            let page = pages.first().filter(|_| path.is_none()).map(name_of);
            let name = name.or(stem).or(page.as_deref()).unwrap_or_default();
            check_table_name(name).map_err(|violation| Error::new(violation.message).with_help(violation.help))?;
            let text = new_table_for(name, listing);
            let loaded = input.parse(text.clone().into_bytes());
            return Ok(Self { input, text, loaded, is_new });
        }
        let bytes = input.read()?;
        let loaded = input.parse(bytes.clone());
        let is_usable = loaded.is_complete && loaded.diagnostics.iter().all(|problem| is_own(problem, &loaded));
        let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_usable) else {
            return Err(Error::Table(loaded.diagnostics));
        };
        match name {
            Some(name) if name != loaded.table.name => {
                let message = format!("`{input}` is the table `{}`, not `{name}`", loaded.table.name);
                Err(Error::new(message).with_help("remove `--name`: it names a new table, and this one exists"))
            }
            _ => Ok(Self { input, text, loaded, is_new }),
        }
    }
}

/// Returns whether a problem is in the table itself. Such problems are reported after the import. A
/// base with problems may lack rows, which would be added to the table.
fn is_own(problem: &Diagnostic, loaded: &Loaded) -> bool {
    let path = loaded.files.first().map_or("", String::as_str);
    // The root of an absolute path, or nothing.
    problem.file().strip_suffix(path).is_some_and(|root| Path::new(root).parent().is_none())
}
