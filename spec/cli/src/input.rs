//! The inputs of commands: files, standard input, bundled tables, and directories of tables.

use std::cell::Cell;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser};
use errtable_spec::__private::{is_utf16, nearest, read_limited, short_list};
use errtable_spec::{Directory, Files, Loaded, Table, bundled_names};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Error;

/// An argument that names an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input, `-`.
    Stdin,
    /// A table of errtable, `bundled:NAME`.
    Bundled(String),
    /// A file or directory.
    Path(PathBuf),
}

impl From<OsString> for Input {
    fn from(argument: OsString) -> Self {
        match argument.to_str() {
            Some("-") => Self::Stdin,
            Some(text) if text.starts_with("bundled:") => Self::Bundled(text.replacen("bundled:", "", 1)),
            _ => Self::Path(argument.into()),
        }
    }
}

/// Writes the argument, and `<stdin>` for standard input.
impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("<stdin>"),
            Self::Bundled(name) => write!(f, "bundled:{name}"),
            Self::Path(path) => path.display().fmt(f),
        }
    }
}

impl Input {
    /// Checks that standard input, which can be read once, is not given twice.
    pub(crate) fn check_stdin(inputs: &[&Self]) -> Result<(), Error> {
        if inputs.iter().filter(|input| matches!(input, Self::Stdin)).count() > 1 {
            return Err(Error::new("cannot read standard input twice").with_help("use `-` for one input only"));
        }
        Ok(())
    }

    /// Returns all bundled tables.
    #[must_use]
    pub fn bundled() -> Vec<Self> {
        bundled_names().into_iter().map(|name| Self::Bundled(name.to_owned())).collect()
    }

    /// Reads standard input or a file.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be read, if it is larger than 64 MiB, or if it is a bundled
    /// table, which is not a file.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        let bytes = match self {
            Self::Stdin => read_limited(io::stdin().lock()),
            Self::Bundled(name) => {
                check_bundled(name)?;
                return Err(Error::new(format!("`{self}` is not a file")));
            }
            Self::Path(path) => File::open(path).and_then(read_limited),
        };
        bytes.map_err(|error| {
            let unreadable = Error::system("read", &self.to_string(), &error);
            match self.to_string() {
                name if bundled_names().contains(&&*name) => {
                    unreadable.with_help(format!("did you mean `bundled:{name}`?"))
                }
                _ => unreadable,
            }
        })
    }

    /// Reads standard input or a file as UTF-8.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be read, or is not UTF-8.
    pub fn read_text(&self) -> Result<String, Error> {
        let bytes = self.read()?;
        self.check_encoding(&bytes)?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Error::new(format!("invalid UTF-8 in `{self}` at byte {at}")).with_help("convert it to UTF-8")
        })
    }

    /// Checks that the bytes of the input are not UTF-16, as PowerShell redirects output.
    pub(crate) fn check_encoding(&self, bytes: &[u8]) -> Result<(), Error> {
        if is_utf16(bytes) {
            let help = "convert it to UTF-8, for example with `iconv -f UTF-16 -t UTF-8`";
            return Err(Error::new(format!("`{self}` is UTF-16")).with_help(help));
        }
        Ok(())
    }

    /// Loads a table, which may have problems.
    ///
    /// # Errors
    ///
    /// Returns an error if the table itself cannot be read.
    pub fn load(&self) -> Result<Loaded, Error> {
        match self {
            Self::Bundled(name) => check_bundled(name).map(|()| Table::load_bundled(name)),
            _ => self.read().map(|bytes| self.parse(bytes)),
        }
    }

    /// Loads a table whose bytes were read. Reads its bases.
    #[must_use]
    pub fn parse(&self, bytes: Vec<u8>) -> Loaded {
        let (root, path) = match self {
            Self::Path(path) => split_root(path),
            _ => (PathBuf::new(), self.to_string()),
        };
        let prefix = root.display().to_string();
        Table::load(&FileTree { prefix, directory: Directory::new(root), table: Cell::new(Some(bytes)) }, &path)
    }

    /// Loads a table without problems.
    ///
    /// # Errors
    ///
    /// Returns an error if the table cannot be read or has problems.
    pub fn load_valid(&self) -> Result<Table, Error> {
        valid(self.load()?)
    }

    /// Returns the tables in a directory, sorted by path, or the input itself if it is not one.
    /// Adds what was skipped to `skipped`.
    ///
    /// # Errors
    ///
    /// Returns an error if the directory cannot be read or contains no table.
    pub fn tables(&self, skipped: &mut SkippedPaths) -> Result<Vec<Self>, Error> {
        let Self::Path(path) = self else { return Ok(vec![self.clone()]) };
        if !path.is_dir() {
            return Ok(vec![self.clone()]);
        }
        let mut files = Vec::new();
        let is_json = |path: &Path| path.extension().is_some_and(|extension| extension == "json");
        let collected = collect_files(path, &is_json, &mut files, skipped);
        collected.map_err(|error| Error::system("read", &self.to_string(), &error))?;
        files.sort();
        let (tables, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_table(file));
        skipped.files.extend(others);
        if tables.is_empty() {
            let help = "a table is a `*.json` file with the key `errors`";
            return Err(Error::new(format!("there is no table in `{self}`")).with_help(help));
        }
        Ok(tables.into_iter().map(Self::Path).collect())
    }
}

/// What a command skips in directories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkippedPaths {
    /// The `*.json` files that are not tables, such as a JSON Schema.
    pub files: Vec<PathBuf>,
    /// The directories with the fixtures of tests.
    pub folders: Vec<PathBuf>,
}

/// Checks that a bundled table exists.
fn check_bundled(name: &str) -> Result<(), Error> {
    let names = bundled_names();
    if names.contains(&name) {
        return Ok(());
    }
    let list = format!("the bundled tables are {}", short_list(&names, "and", names.len()));
    let near = nearest(name, names.iter().copied()).and_then(|near| names.get(near));
    let help = near.map_or(list.clone(), |near| format!("did you mean `bundled:{near}`?\n{list}"));
    Err(Error::new(format!("there is no bundled table `{name}`")).with_help(help))
}

/// Parses the path of a file or directory that a command writes.
pub(crate) fn output_path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().try_map(|argument| match Input::from(argument) {
        Input::Path(path) => Ok(path),
        Input::Bundled(_) => Err("a bundled table cannot be replaced: pass the path of a file"),
        Input::Stdin => Err("`-` is standard input: pass a path"),
    })
}

/// Returns a table without problems, or all problems.
pub(crate) fn valid(loaded: Loaded) -> Result<Table, Error> {
    if loaded.diagnostics.is_empty() { Ok(loaded.table) } else { Err(Error::Table(loaded.diagnostics)) }
}

/// Reads a header of a response, `name: value`, from an argument.
pub(crate) fn parse_header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':').map(|(name, value)| (name.trim(), value.trim())) {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected `name: value`".to_owned()),
    }
}

/// Adds the files below a directory that are wanted. Skips hidden entries, directories that contain
/// the file `CACHEDIR.TAG`, as `target` does, and directories named `tests`: a fixture may be a
/// table that has problems on purpose.
pub(crate) fn collect_files(
    directory: &Path,
    is_wanted: &dyn Fn(&Path) -> bool,
    files: &mut Vec<PathBuf>,
    skipped: &mut SkippedPaths,
) -> io::Result<()> {
    if directory.join("CACHEDIR.TAG").exists() {
        return Ok(());
    }
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        // A symbolic link to a directory is skipped, because it could lead back here.
        if entry.file_type()?.is_dir() && entry.file_name() == "tests" {
            skipped.folders.push(entry.path());
        } else if entry.file_type()?.is_dir() {
            collect_files(&entry.path(), is_wanted, files, skipped)?;
        } else if is_wanted(&entry.path()) && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Returns whether a file is a table, or cannot be read.
fn is_table(path: &Path) -> bool {
    match File::open(path).and_then(read_limited) {
        Ok(bytes) => contains_table(&bytes),
        Err(error) => error.kind() != io::ErrorKind::FileTooLarge,
    }
}

/// Returns whether a text is an object with the key `errors`, or an invalid one that contains it.
pub(crate) fn contains_table(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Root {
        errors: Option<IgnoredAny>,
    }
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        Ok(_) if !bytes.trim_ascii_start().starts_with(b"{") => false,
        Ok(_) => serde_json::from_slice(bytes).map_or(true, |root: Root| root.errors.is_some()),
        Err(_) => bytes.windows(8).any(|text| text == b"\"errors\""),
    }
}

/// Splits a path into a root, which is empty for a relative path, and a path with `/`.
fn split_root(path: &Path) -> (PathBuf, String) {
    let is_root = |part: &Component<'_>| matches!(part, Component::Prefix(_) | Component::RootDir);
    let root = path.components().take_while(is_root).collect();
    let parts = path.components().skip_while(is_root).map(|part| part.as_os_str().to_string_lossy());
    (root, parts.collect::<Vec<_>>().join("/"))
}

/// A table that was read, and the files around it.
struct FileTree {
    prefix: String,
    directory: Directory,
    /// The bytes of the table, which is the first file that is read.
    table: Cell<Option<Vec<u8>>>,
}

impl Files for FileTree {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.table.take().map_or_else(|| self.directory.read(path), Ok)
    }

    fn siblings(&self, path: &str) -> Vec<String> {
        self.directory.siblings(path)
    }

    fn has_folder(&self, path: &str) -> bool {
        self.directory.has_folder(path)
    }

    fn display_name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}
