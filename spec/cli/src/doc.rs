//! `errtable doc`: pages that document tables.

mod escape;
mod index;
mod inline;
mod page;
mod response;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use errtable_spec::Table;

use self::index::IndexPage;
use self::page::TablePage;
use crate::error::{Error, Status};
use crate::input::{Input, SkippedPaths, output_path};
use crate::replace::OutputFile;

/// The options of `doc`.
#[derive(Clone, Debug, Args)]
pub struct DocOptions {
    /// The directory for the pages. It is created if it does not exist.
    #[arg(long, value_name = "DIR", value_parser = output_path())]
    pub out: PathBuf,

    /// Change no file. Exit with 1 if a page is out of date or missing.
    #[arg(long)]
    pub check: bool,
}

/// The pages of tables.
#[derive(Clone, Debug)]
pub struct Documented {
    /// The directory.
    pub folder: PathBuf,
    /// The number of tables.
    pub tables: usize,
    /// What is no table in the directories.
    pub skipped: SkippedPaths,
    /// The pages, in the order of their names.
    pub files: Vec<OutputFile>,
}

impl Documented {
    /// Returns the exit code.
    #[must_use]
    pub fn status(&self) -> Status {
        self.files.iter().map(OutputFile::status).max().unwrap_or(Status::Success)
    }
}

/// Documents tables, and all tables in directories. Replaces the pages unless `check` is set.
///
/// # Errors
///
/// Returns an error if a table cannot be read or has problems, if two tables have the same name, or
/// if a page cannot be read or written.
pub fn doc(inputs: &[Input], options: &DocOptions) -> Result<Documented, Error> {
    let mut skipped = SkippedPaths::default();
    let tables = load(inputs, &mut skipped)?;
    let pages = pages(&tables)?;
    if !options.check {
        let name = options.out.display().to_string();
        fs::create_dir_all(&options.out).map_err(|error| Error::system("create", &name, &error))?;
    }
    let update =
        |(name, text): (String, String)| OutputFile::update(options.out.join(name), text.as_bytes(), options.check);
    let files = pages.into_iter().map(update).collect::<Result<_, Error>>()?;
    Ok(Documented { folder: options.out.clone(), tables: tables.len(), skipped, files })
}

/// Loads tables, whose names must be distinct. An input that was given before is skipped.
fn load(inputs: &[Input], skipped: &mut SkippedPaths) -> Result<Vec<Table>, Error> {
    let mut distinct = Vec::new();
    for input in inputs {
        for table in input.tables(skipped)? {
            if !distinct.contains(&table) {
                distinct.push(table);
            }
        }
    }
    let (mut tables, mut inputs_by_name) = (Vec::new(), BTreeMap::new());
    for input in distinct {
        let table = input.load_valid()?.without_private_columns();
        if let Some(first) = inputs_by_name.get(&table.name) {
            let message = format!("the tables `{first}` and `{input}` are both named `{}`", table.name);
            return Err(Error::new(message).with_help("rename one of them: a page has the name of its table"));
        }
        inputs_by_name.insert(table.name.clone(), input);
        tables.push(table);
    }
    if tables.len() > 1 && inputs_by_name.contains_key("index") {
        let help = "rename the table, or generate its page in a separate directory";
        return Err(Error::new("the page of the table `index` would replace the list of tables").with_help(help));
    }
    Ok(tables)
}

/// Returns the name and text of each page.
fn pages(tables: &[Table]) -> Result<BTreeMap<String, String>, Error> {
    let has_index = tables.len() > 1;
    let mut pages = BTreeMap::new();
    for table in tables {
        let page = TablePage::new(table, has_index);
        pages.insert(format!("{}.html", table.name), page.html());
        pages.insert(format!("{}.md", table.name), page.markdown());
    }
    if has_index {
        let index = IndexPage::new(tables);
        pages.insert("index.html".to_owned(), index.html());
        pages.insert("index.md".to_owned(), index.markdown());
    }
    let pages = pages.into_iter().map(|(name, text)| Ok((name, text?)));
    pages.collect::<askama::Result<_>>().map_err(|error| Error::new(error.to_string()))
}
