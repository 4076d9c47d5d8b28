//! Replaces files atomically: readers see the old file or the new one, also after a crash.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Status};

/// What a command does with a file that it may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The file has the contents already.
    Unchanged,
    /// The file is created or replaced.
    Written,
    /// The file would be replaced without `--check`.
    WouldChange,
    /// The file does not exist, and would be created without `--check`.
    WouldBeCreated,
}

impl Outcome {
    /// Compares the old contents, if the file exists, with the new ones.
    pub(crate) fn new(old: Option<&[u8]>, new: &[u8], is_check: bool) -> Self {
        match old {
            Some(old) if old == new => Self::Unchanged,
            _ if !is_check => Self::Written,
            Some(_) => Self::WouldChange,
            None => Self::WouldBeCreated,
        }
    }

    /// Returns the outcome as a phrase.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Written => "written",
            Self::WouldChange => "would change",
            Self::WouldBeCreated => "would be created",
        }
    }

    /// Returns whether the file differs, and `--check` keeps it.
    #[must_use]
    pub fn is_out_of_date(self) -> bool {
        matches!(self, Self::WouldChange | Self::WouldBeCreated)
    }
}

/// A file that a command may write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// The path.
    pub path: PathBuf,
    /// What is done with it.
    pub outcome: Outcome,
}

impl OutputFile {
    /// Replaces a file whose contents differ, or creates it. With `is_check`, only compares them.
    pub(crate) fn update(path: PathBuf, contents: &[u8], is_check: bool) -> Result<Self, Error> {
        let name = path.display().to_string();
        let old = match fs::read(&path) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // On Windows, the error is `PermissionDenied`.
            Err(_) if path.is_dir() => {
                return Err(Error::system("write", &name, &io::ErrorKind::IsADirectory.into()));
            }
            Err(error) => return Err(Error::system("read", &name, &error)),
        };
        let outcome = Outcome::new(old.as_deref(), contents, is_check);
        write(&path, contents, outcome)?;
        Ok(Self { path, outcome })
    }

    /// Returns the exit code.
    pub(crate) fn status(&self) -> Status {
        if self.outcome.is_out_of_date() { Status::Findings } else { Status::Success }
    }
}

/// Writes a file, if this is the outcome.
pub(crate) fn write(path: &Path, contents: &[u8], outcome: Outcome) -> Result<(), Error> {
    match outcome {
        Outcome::Written => {
            replace(path, contents).map_err(|error| Error::system("write", &path.display().to_string(), &error))
        }
        Outcome::Unchanged | Outcome::WouldChange | Outcome::WouldBeCreated => Ok(()),
    }
}

/// Replaces the contents of a file, or creates it.
///
/// Keeps the permissions, and follows a symbolic link. The new file belongs to the current user.
fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        target => target?,
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = temporary_file(folder)?;
    new.write_all(contents)?;
    if let Ok(old) = fs::metadata(&target) {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    abort_if_requested();
    new.persist(&target)?;
    // The rename itself is durable only after this. Windows cannot open a directory as a file.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Creates a hidden file, which no command regards as a table, if a crash leaves it behind.
fn temporary_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".errtable-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Without this, a new file is readable only for its owner. The umask applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// A failpoint of the tests, which release builds do not contain.
fn abort_if_requested() {
    #[cfg(debug_assertions)]
    if std::env::var_os("ERRTABLE_ABORT_BEFORE_RENAME").is_some() {
        std::process::abort();
    }
}
