//! Access to table files.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Access to table files, by paths with `/` relative to one root.
///
/// [`Directory`] reads them from disk. A tool with other sources implements [`read`](Self::read):
///
/// ```
/// use std::io::{self, ErrorKind};
///
/// use errtable_spec::{Files, Table};
///
/// /// The text in an editor.
/// struct Unsaved(&'static str);
///
/// impl Files for Unsaved {
///     fn read(&self, path: &str) -> io::Result<Vec<u8>> {
///         match path {
///             "t.json" => Ok(self.0.as_bytes().to_vec()),
///             _ => Err(ErrorKind::NotFound.into()),
///         }
///     }
/// }
///
/// let text = r#"{"name": "t", "errors": [{"code": "Disk.Full"}]}"#;
/// let loaded = Table::load(&Unsaved(text), "t.json");
/// assert_eq!(loaded.table.rows[0].variant, "DiskFull");
/// ```
pub trait Files {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns the error of the system, or a reason why the file cannot be a table.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Returns the names of the tables (`*.json`) in the folder of a path, for suggestions. The
    /// default is none.
    fn siblings(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }

    /// Returns whether the folder of a path exists, for suggestions. The default is that it does.
    fn has_folder(&self, _path: &str) -> bool {
        true
    }

    /// Returns the path of a file that the path of a missing file may mean, for suggestions. The
    /// default is none.
    fn elsewhere(&self, _path: &str) -> Option<String> {
        None
    }

    /// Returns the name of a file in diagnostics. The default is its path.
    fn display_name(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// The maximum size of a file.
const MAX_SIZE: u64 = 64 << 20;

/// Reads a file to its end, unless it is larger than 64 MiB.
///
/// # Errors
///
/// Returns the error of the reader, or one of the kind `FileTooLarge`.
///
/// ```
/// use std::io::{self, ErrorKind, Read};
/// use errtable_spec::__private::read_limited;
///
/// assert_eq!(read_limited(&b"{}"[..])?, b"{}");
/// let endless = read_limited(io::repeat(b' '));
/// assert_eq!(endless.unwrap_err().kind(), ErrorKind::FileTooLarge);
/// # Ok::<(), io::Error>(())
/// ```
pub fn read_limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // The size of a file is not enough: one in `/proc` has none, and another may grow.
    reader.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(io::Error::new(ErrorKind::FileTooLarge, "it is larger than 64 MiB"));
    }
    Ok(bytes)
}

/// Returns whether bytes start like text in UTF-16: with its byte order mark, or with two ASCII
/// characters.
///
/// ```
/// use errtable_spec::__private::is_utf16;
///
/// assert!(is_utf16(b"\xFF\xFE{\0") && is_utf16(b"{\0\"\0") && !is_utf16(b"{}"));
/// ```
#[must_use]
pub fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, first, 0, second, ..] | [first, 0, second, 0, ..] => *first != 0 && *second != 0,
        _ => false,
    }
}

/// A directory of table files. Paths may leave it through `..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory(PathBuf);

impl Directory {
    /// Creates a directory whose paths are relative to `root`.
    ///
    /// ```
    /// use errtable_spec::{Directory, Files};
    ///
    /// let directory = Directory::new(env!("CARGO_MANIFEST_DIR"));
    /// assert!(directory.read("common.json")?.starts_with(b"{"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(root.into())
    }
}

impl Files for Directory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let path = self.0.join(path);
        // Checked before the file is opened: opening a pipe such as `/dev/fd/3` waits for a writer.
        let metadata = fs::metadata(&path)?;
        if metadata.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
        }
        read_limited(fs::File::open(&path)?)
    }

    fn siblings(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.folder(path)).into_iter().flatten().flatten();
        // Inserted in order: the names are few, and a sort takes longer to compile than this
        // module.
        let mut names: Vec<String> = Vec::new();
        for name in entries.map(|entry| PathBuf::from(entry.file_name())) {
            let is_table = name.extension().is_some_and(|extension| extension == "json");
            if let (true, Ok(name)) = (is_table, name.into_os_string().into_string()) {
                names.insert(names.partition_point(|before| *before < name), name);
            }
        }
        names
    }

    fn has_folder(&self, path: &str) -> bool {
        self.folder(path).is_dir()
    }

    /// Searches the directories from the root up to the workspace, without leading `../`.
    fn elsewhere(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches("../");
        let found = |up: &String| self.0.join(up).join(path).is_file();
        self.up_to_workspace().into_iter().find(found).map(|up| up + path)
    }
}

impl Directory {
    /// Returns the folder of a path.
    fn folder(&self, path: &str) -> PathBuf {
        // The parent of `t.json` is empty, and that of `./t.json` is `.`.
        let mut file = Path::new(".").join(&self.0).join(path);
        file.pop();
        file
    }

    /// Returns the paths `""`, `"../"` and so on, up to the root of the cargo workspace.
    fn up_to_workspace(&self) -> Vec<String> {
        let up: Vec<_> = (0..self.0.components().count()).map(|levels| "../".repeat(levels)).collect();
        let is_workspace = |up: &String| is_workspace(&self.0.join(up));
        // Outside of a workspace, only the root is searched.
        let levels = up.iter().position(is_workspace).unwrap_or_default() + 1;
        up.into_iter().take(levels).collect()
    }
}

/// Returns whether a directory is probably the root of a cargo workspace.
fn is_workspace(directory: &Path) -> bool {
    let is_declared = || {
        let manifest = fs::read_to_string(directory.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.trim() == "[workspace]")
    };
    directory.join("Cargo.lock").is_file() || is_declared()
}
