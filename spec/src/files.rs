//! Where table files come from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Reads table files, which are named by paths with `/` that are relative to one root.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// The names of the tables (`*.json`) in the folder of a path, for suggestions.
    fn neighbours(&self, path: &str) -> Vec<String>;

    /// Where a path was looked for, for a message.
    fn place(&self, path: &str) -> String;
}

/// Files below a directory: a package's own, or whatever `..` reaches.
#[derive(Clone, Debug)]
pub struct Directory(PathBuf);

impl Directory {
    /// Paths are relative to `root`.
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
        // Kept in order as they come: there are few, and a sort is more to compile than all of this module.
        let mut names: Vec<String> = Vec::new();
        for name in entries.map(|entry| PathBuf::from(entry.file_name())) {
            let is_table = name.extension().is_some_and(|extension| extension == "json");
            if let (true, Ok(name)) = (is_table, name.into_os_string().into_string()) {
                names.insert(names.partition_point(|before| *before < name), name);
            }
        }
        names
    }

    fn place(&self, path: &str) -> String {
        self.0.join(Path::new(path)).display().to_string()
    }
}
