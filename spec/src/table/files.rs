//! Access to table files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Access to table files, by paths with `/` relative to one root.
pub trait Files {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns the error of the system.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Returns the names of the tables (`*.json`) in the folder of a path, for suggestions.
    fn neighbours(&self, path: &str) -> Vec<String>;

    /// Returns the full path, for a message.
    fn full_path(&self, path: &str) -> String;

    /// Returns the name of a file in diagnostics. The default is its path.
    fn display_name(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A directory of table files. Paths may leave it through `..`.
#[derive(Clone, Debug)]
pub struct Directory(PathBuf);

impl Directory {
    /// Creates a directory whose paths are relative to `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(root.into())
    }
}

impl Files for Directory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(path))
    }

    fn neighbours(&self, path: &str) -> Vec<String> {
        let folder = self.0.join(path);
        let entries = fs::read_dir(folder.parent().unwrap_or(&self.0)).into_iter().flatten().flatten();
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

    fn full_path(&self, path: &str) -> String {
        self.0.join(Path::new(path)).display().to_string()
    }
}
