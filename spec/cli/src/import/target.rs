//! The table that an import changes.

use std::ffi::OsStr;
use std::path::Path;

use errtable_spec::__private::check_table_name;
use errtable_spec::{Diagnostic, Loaded, Rule};

use crate::error::Error;
use crate::import::ImportOptions;
use crate::import::listing::Listing;
use crate::import::merge::new_table::new_table;
use crate::import::merge::values;
use crate::import::page::mapping::Mapping;
use crate::input::Input;

/// The table that is changed, or a new one.
pub(super) struct Target {
    pub(super) input: Input,
    pub(super) text: String,
    pub(super) loaded: Loaded,
    pub(super) is_new: bool,
}

impl Target {
    /// Reads the table, or creates one with the columns of the listing.
    pub(super) fn read(options: &ImportOptions, pages: &[Input], listing: &Listing) -> Result<Self, Error> {
        let path = options.into.as_deref();
        let input = path.map_or(Input::Stdin, |path| Input::Path(path.to_owned()));
        if path.is_some_and(|path| options.check || path.exists()) {
            return Self::existing(input, options.name.as_deref());
        }
        let stem = path.and_then(Path::file_stem).and_then(OsStr::to_str);
        // A table that is only printed is named after its page.
        let page = pages.first().filter(|_| path.is_none()).map(name_of);
        let name = options.name.as_deref().or(stem).or(page.as_deref()).unwrap_or_default();
        check_table_name(name).map_err(|violation| Error::new(violation.message).with_help(violation.help))?;
        let text = new_table(name, listing);
        let loaded = input.parse(text.clone().into_bytes());
        Ok(Self { input, text, loaded, is_new: true })
    }

    fn existing(input: Input, name: Option<&str>) -> Result<Self, Error> {
        let bytes = input.read()?;
        let loaded = input.parse(bytes.clone());
        let is_usable = loaded.is_complete && loaded.diagnostics.iter().all(|problem| is_importable(problem, &loaded));
        let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_usable) else {
            return Err(Error::Table(loaded.diagnostics));
        };
        if let Some(name) = name.filter(|name| *name != loaded.table.name) {
            let message = format!("`{input}` is the table `{}`, not `{name}`", loaded.table.name);
            return Err(Error::new(message).with_help("remove `--name`: it names a new table, and this one exists"));
        }
        Ok(Self { input, text, loaded, is_new: false })
    }

    /// Checks that the table has the mapped and the kept keys, that each key is mapped once, and
    /// that each value is that of a mapped key.
    pub(super) fn check_keys(&self, mapping: &Mapping, kept: &[String], listing: &Listing) -> Result<(), Error> {
        for key in mapping.columns.iter().map(|(key, _)| key).chain(kept) {
            values::check_key(key, &self.loaded.table.columns, listing)?;
        }
        for (at, (key, second)) in mapping.columns.iter().enumerate() {
            if let Some((_, first)) = mapping.columns.iter().take(at).find(|(other, _)| other == key) {
                let message = format!("`{key}` is mapped to two columns, `{first}` and `{second}`");
                return Err(Error::new(message).with_help("remove one of them"));
            }
        }
        match mapping.values.iter().find(|(key, _, _)| mapping.heading(key).is_none()) {
            Some((key, _, _)) => {
                let help = format!("add `--map {key}=HEADING`");
                Err(Error::new(format!("`--value` of `{key}`, which no `--map` reads")).with_help(help))
            }
            None => Ok(()),
        }
    }
}

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

/// Returns whether an import can solve a problem: a row of the table itself has no value in a
/// required column. With others, the rows that are changed may not be those that are meant, and a
/// base with problems may lack rows, which would be added to the table.
fn is_importable(problem: &Diagnostic, loaded: &Loaded) -> bool {
    let path = loaded.files.first().map_or("", String::as_str);
    // The root of an absolute path, or nothing.
    let is_own = || problem.file().strip_suffix(path).is_some_and(|root| Path::new(root).parent().is_none());
    problem.rule() == Rule::MissingValue && is_own()
}
