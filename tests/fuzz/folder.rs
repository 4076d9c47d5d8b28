//! The files of an input, in a directory of the process.

use std::path::PathBuf;
use std::{env, fs, process};

use errtable_cli::input::Input;

/// Returns the path of a file in the directory.
pub(crate) fn path(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("errtable-fuzz-{}", process::id()));
    if !folder.is_dir() {
        fs::create_dir_all(&folder).unwrap();
    }
    folder.join(name)
}

/// Writes a file, and returns it as an argument.
pub(crate) fn write(name: &str, contents: impl AsRef<[u8]>) -> Input {
    let path = path(name);
    fs::write(&path, contents).unwrap();
    Input::Path(path)
}
