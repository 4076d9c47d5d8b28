//! `errtable import`: reads the error codes that pages list, and merges them into a table.

pub mod listing;
pub mod merge;
pub mod page;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;
use errtable_spec::{Diagnostic, Loaded, check_table_name};

use self::listing::Listing;
use self::merge::{Merged, Missing, merge, new_table};
use self::page::{Format, Page, Place};
use crate::error::{Error, Status};
use crate::input::{Input, output_path};
use crate::replace::{Outcome, write};

/// The options of `import`.
#[derive(Clone, Debug, Default, Args)]
pub struct Options {
    /// The table to update. It is created if it does not exist.
    #[arg(long, value_name = "TABLE", required_unless_present = "name", value_parser = output_path())]
    pub into: Option<PathBuf>,

    /// The name of a new table. The default is the name of its file.
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
}

impl Imported {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        let differs = self.outcome.is_out_of_date() || !self.merged.missing.is_empty();
        let has_findings = !self.diagnostics.is_empty() || self.is_check && differs;
        if has_findings { Status::Findings } else { Status::Success }
    }
}

/// Imports pages. Replaces the table unless `check` is set.
///
/// # Errors
///
/// Returns an error if a page has no codes, or if a file cannot be read or written. The table is
/// then unchanged.
pub fn import(inputs: &[Input], options: &Options) -> Result<Imported, Error> {
    let (mut listing, mut pages) = (Listing::default(), Vec::new());
    listing.unlisted.clone_from(&options.unlisted);
    for input in inputs {
        let page = read_page(input, options.from)?;
        let format = page.format;
        pages.push(ImportedPage { name: input.to_string(), format, codes: listing.add(page) });
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
    let target = Target::read(options)?;
    let Some(merged) = merge(&target.text, &target.loaded.table, &listing, missing) else {
        return Err(Error::Table(target.loaded.diagnostics));
    };
    let diagnostics = target.input.parse(merged.text.clone().into_bytes()).diagnostics;
    let old = (!target.is_new).then_some(target.text.as_bytes());
    let outcome = Outcome::new(old, merged.text.as_bytes(), options.check);
    if let Some(path) = options.into.as_deref() {
        write(path, merged.text.as_bytes(), outcome)?;
    }
    let page_name = |page: usize| pages.get(page).map(|page| page.name.clone()).unwrap_or_default();
    let skipped = listing.skipped.into_iter();
    let skipped = skipped.map(|skipped| (page_name(skipped.page), skipped.place, skipped.message)).collect();
    let (target, is_check) = (options.into.clone(), options.check);
    Ok(Imported { target, pages, skipped, merged, diagnostics, outcome, missing, is_check })
}

fn read_page(input: &Input, from: Option<Format>) -> Result<Page, Error> {
    Page::read(&input.read_text()?, from).map_err(|error| {
        let looked_for = error.looked_for().join("\n");
        Error::new(format!("{error} in `{input}`"))
            .with_help(format!("the page must contain one of these:\n{looked_for}"))
    })
}

/// The table that is changed, or a new one.
struct Target {
    input: Input,
    text: String,
    loaded: Loaded,
    is_new: bool,
}

impl Target {
    fn read(options: &Options) -> Result<Self, Error> {
        let path = options.into.as_deref();
        let input = path.map_or(Input::Stdin, |path| Input::Path(path.to_owned()));
        let is_new = path.is_none_or(|path| !options.check && !path.exists());
        let name = options.name.as_deref();
        if is_new {
            let stem = path.and_then(Path::file_stem).and_then(OsStr::to_str);
            let name = name.or(stem).unwrap_or_default();
            check_table_name(name).map_err(|violation| Error::new(violation.message).with_help(violation.help))?;
            let text = new_table(name);
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
