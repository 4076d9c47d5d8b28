//! Replaces files atomically: readers see the old file or the new one, also after a crash.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::error::Error;

/// How the contents of a file differ from the new ones.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Difference {
    /// Whether they differ.
    pub(crate) is_changed: bool,
    /// Whether the file did not exist.
    pub(crate) is_new: bool,
}

/// Replaces a file whose contents differ, or creates it. With `is_check`, only compares them.
pub(crate) fn update(path: &Path, contents: &[u8], is_check: bool) -> Result<Difference, Error> {
    let name = path.display().to_string();
    let difference = match fs::read(path) {
        Ok(old) => Difference { is_changed: old != contents, is_new: false },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Difference { is_changed: true, is_new: true },
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => return Err(Error::system("write", &name, &error)),
        Err(error) => return Err(Error::system("read", &name, &error)),
    };
    if difference.is_changed && !is_check {
        replace(path, contents).map_err(|error| Error::system("write", &name, &error))?;
    }
    Ok(difference)
}

/// Replaces the contents of a file, or creates it.
///
/// Keeps the permissions, and follows a symbolic link. The new file belongs to the current user.
pub(crate) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
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
