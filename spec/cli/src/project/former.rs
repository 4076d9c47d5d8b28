//! The tables that a project had in a git revision, and no longer has.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use crate::input::contains_table;
use crate::project::file::{NAME, Project};
use crate::revision::Revision;

/// Returns the paths of the tables that `errtable.toml` of a revision lists, and the project does
/// not. Returns `None` if that file is not valid.
pub(super) fn former_tables(against: &str, project: &Project) -> Option<Vec<PathBuf>> {
    let file = Revision::of_path(against, Path::new(NAME));
    if !file.exists() {
        return Some(Vec::new());
    }
    let former = Project::parse(&String::from_utf8(file.read().ok()?).ok()?).ok()?;
    let mut seen: HashSet<_> = project.tables.iter().map(|table| normalized(&table.path.value)).collect();
    let mut tables = Vec::new();
    for table in former.tables {
        let path = normalized(&table.path.value);
        let in_directory = tables_below(against, &path, &seen);
        let is_file = in_directory.is_empty() && Revision::of_path(against, &path).read().is_ok();
        for path in in_directory.into_iter().chain(is_file.then_some(path)) {
            if seen.insert(path.clone()) {
                tables.push(path);
            }
        }
    }
    Some(tables)
}

/// Returns the tables in a directory of a revision, as `errtable.toml` would list them. Those in
/// `known` are left out without reading them.
fn tables_below(against: &str, directory: &Path, known: &HashSet<PathBuf>) -> Vec<PathBuf> {
    let is_listed = |path: &PathBuf| {
        let below = path.strip_prefix(directory).unwrap_or(path);
        let mut names = below.components().map(Component::as_os_str);
        let is_skipped = names.any(|name| name == "tests" || name.as_encoded_bytes().starts_with(b"."));
        path.extension().is_some_and(|extension| extension == "json") && !is_skipped && !known.contains(path)
    };
    let is_table = |path: &PathBuf| Revision::of_path(against, path).read().is_ok_and(|bytes| contains_table(&bytes));
    let paths = Revision::files_with("\"errors\"", against, directory).into_iter().map(|path| normalized(&path));
    paths.filter(is_listed).filter(is_table).collect()
}

/// Returns a path without `.` and `..`, as `a/./b` and `a/c/../b` are `a/b`.
fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normalized.file_name().is_some() => {
                normalized.pop();
            }
            part => normalized.push(part),
        }
    }
    normalized
}
