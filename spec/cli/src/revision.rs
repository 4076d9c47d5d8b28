//! Tables of git revisions.

use std::cell::Cell;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use errtable_spec::__private::read_limited;
use errtable_spec::{Files, Loaded, Table};

use crate::error::Error;
use crate::input::valid;

/// A file of a git revision, as `git show` writes it: `HEAD~1:spec/my-api.json`.
///
/// The path is relative to the top directory, or to the working directory if it starts with `./` or
/// `../`. Without a revision, as in `:spec/my-api.json`, the file is that of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    revision: String,
    path: String,
}

/// Writes the argument.
impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.revision, self.path)
    }
}

impl Revision {
    /// Parses `REVISION:PATH`.
    #[must_use]
    pub fn parse(argument: &str) -> Option<Self> {
        let mut depth = 0_usize;
        // The colon of `HEAD@{10:00}` is a part of the revision.
        let colon = argument.find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ':' && depth == 0
        })?;
        let (revision, path) = (argument.get(..colon)?, argument.get(colon + 1..)?);
        // `C:\my-api.json` is a path.
        let is_revision = !path.is_empty() && !path.starts_with('\\') && !revision.starts_with('-');
        is_revision.then(|| Self { revision: revision.to_owned(), path: path.to_owned() })
    }

    /// Returns the file at a path that is relative to the working directory.
    #[must_use]
    pub(crate) fn of_path(revision: &str, path: &Path) -> Self {
        let path = path.to_string_lossy().replace('\\', "/");
        Self { revision: revision.to_owned(), path: format!("./{path}") }
    }

    /// Returns whether git has the file.
    pub(crate) fn exists(&self) -> bool {
        git(&["cat-file", "-e", &self.to_string()]).is_ok()
    }

    /// Returns the paths of the files below a path of the working directory that contain a text.
    pub(crate) fn files_with(text: &str, revision: &str, path: &Path) -> Vec<PathBuf> {
        let Self { path, .. } = Self::of_path(revision, path);
        let options =
            ["--literal-pathspecs", "grep", "-l", "-z", "--no-color", "--no-full-name", "--fixed-strings", "-e", text];
        let folder = format!("{path}/");
        let found = git(&[&options[..], &[revision, "--", &folder]].concat()).unwrap_or_default();
        // `HEAD:spec/a.json`
        let found = String::from_utf8_lossy(&found).into_owned();
        let names = found.split('\0').filter_map(|name| name.strip_prefix(revision)?.strip_prefix(':'));
        names.map(PathBuf::from).collect()
    }

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Returns an error if git cannot read the file.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Error> {
        git(&["cat-file", "blob", &self.to_string()]).map_err(|why| self.unreadable(&why))
    }

    /// Loads the table without problems. Its bases are read from the same revision.
    ///
    /// # Errors
    ///
    /// Returns an error if git cannot read the table, or the table has problems.
    pub fn load_valid(&self) -> Result<Table, Error> {
        valid(self.load()?)
    }

    /// Loads the table, which may have problems. Its bases are read from the same revision.
    ///
    /// # Errors
    ///
    /// Returns an error if git cannot read the table.
    pub(crate) fn load(&self) -> Result<Loaded, Error> {
        let path = if self.path.starts_with("./") || self.path.starts_with("../") {
            let prefix = git(&["rev-parse", "--show-prefix"]).map_err(|why| self.unreadable(&why))?;
            format!("{}{}", String::from_utf8_lossy(&prefix).trim_end_matches(['\r', '\n']), self.path)
        } else {
            self.path.clone()
        };
        let table = self.read()?;
        let tree = RevisionTree { revision: &self.revision, table: Cell::new(Some(table)) };
        Ok(Table::load(&tree, &path))
    }

    /// Creates an error from what git prints.
    fn unreadable(&self, why: &str) -> Error {
        let mut lines = why.lines();
        let message = lines.next().unwrap_or_default().trim_start_matches("fatal: ");
        let error = Error::new(format!("cannot read `{self}`: {message}"));
        match lines.find_map(|line| line.strip_prefix("hint: ")) {
            Some(hint) => error.with_help(hint),
            None => error,
        }
    }
}

/// Checks that git knows a revision.
pub(crate) fn check_revision(revision: &str) -> Result<(), Error> {
    let commit = format!("{revision}^{{commit}}");
    git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).map(|_| ()).map_err(|why| {
        let why = why.lines().next().unwrap_or("unknown revision").trim_start_matches("fatal: ").to_owned();
        let help = "fetch it, as `actions/checkout` does with `fetch-depth: 0`, or change `against`";
        Error::new(format!("cannot compare with the revision `{revision}`: {why}")).with_help(help)
    })
}

/// Runs git. Returns its output, or what it prints to standard error.
fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("cannot run git: {error}"))?;
    if output.status.success() {
        return read_limited(&*output.stdout).map_err(|error| error.to_string());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The files of a revision.
struct RevisionTree<'r> {
    revision: &'r str,
    /// The bytes of the table, which is the first file that is read.
    table: Cell<Option<Vec<u8>>>,
}

impl Files for RevisionTree<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let base = || git(&["cat-file", "blob", &self.display_name(path)]);
        self.table.take().map_or_else(base, Ok).map_err(|_| io::ErrorKind::NotFound.into())
    }

    fn siblings(&self, path: &str) -> Vec<String> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = git(&["ls-tree", "-z", "--name-only", &self.display_name(folder)]).unwrap_or_default();
        let names = String::from_utf8_lossy(&names);
        let is_table = |name: &&str| Path::new(name).extension().is_some_and(|extension| extension == "json");
        names.split('\0').filter(is_table).map(str::to_owned).collect()
    }

    fn display_name(&self, path: &str) -> String {
        format!("{}:{path}", self.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_are_parsed() {
        for (argument, parts) in [
            ("HEAD~1:spec/a.json", Some(("HEAD~1", "spec/a.json"))),
            ("v1.0:./a.json", Some(("v1.0", "./a.json"))),
            (":a.json", Some(("", "a.json"))),
            ("HEAD@{10:00}:a:b.json", Some(("HEAD@{10:00}", "a:b.json"))),
            ("HEAD:", None),
            ("a.json", None),
            ("--help:a.json", None),
            (r"C:\a.json", None),
        ] {
            let parsed = Revision::parse(argument);
            let parsed = parsed.as_ref().map(|parsed| (parsed.revision.as_str(), parsed.path.as_str()));
            assert_eq!(parsed, parts, "{argument}");
        }
    }
}
