//! How tables refer to each other: by path or by bundled name.

use std::fmt;

use crate::table::names::{Violation, violation};
use crate::table::report::rule::Rule;
use crate::table::report::suggest::excerpt;

/// The bundled tables: the name and the text of each `spec/NAME.json`.
const BUNDLED: &[(&str, &str)] = &[
    ("common", include_str!("../../common.json")),
    ("gateway", include_str!("../../gateway.json")),
    ("ckafka", include_str!("../../ckafka.json")),
    ("cls", include_str!("../../cls.json")),
    ("tchouse-p", include_str!("../../tchouse-p.json")),
    ("wedata", include_str!("../../wedata.json")),
    ("kafka", include_str!("../../kafka.json")),
    ("postgres", include_str!("../../postgres.json")),
    ("grpc", include_str!("../../grpc.json")),
    ("json-rpc", include_str!("../../json-rpc.json")),
    ("lsp", include_str!("../../lsp.json")),
    ("mcp", include_str!("../../mcp.json")),
];

/// Returns the names of the bundled tables: `common`, `gateway`, those of services, then those of
/// open protocols.
///
/// ```
/// assert_eq!(errtable_spec::bundled_names()[..2], ["common", "gateway"]);
/// ```
#[must_use]
pub fn bundled_names() -> Vec<&'static str> {
    BUNDLED.iter().map(|(name, _)| *name).collect()
}

/// A reference to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// A file, by its normalized path relative to the root.
    File(String),
    /// A bundled table, by its name.
    Bundled(String),
}

/// Writes the path, or `bundled:NAME`.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(path),
            Self::Bundled(name) => write!(f, "bundled:{name}"),
        }
    }
}

impl Location {
    /// Parses a path that a user wrote. `help` says which paths are valid.
    pub(crate) fn from_path(path: &str, help: &str) -> Result<Self, Violation> {
        parse_path(path, help).map(Self::File)
    }

    /// Resolves an entry of `extends` of the table at this location.
    pub(crate) fn base(&self, entry: &str) -> Result<Self, Violation> {
        if let Some(name) = entry.strip_prefix("bundled:") {
            return Ok(Self::Bundled(name.to_owned()));
        }
        let help = "use a path relative to this file with `/` as separator, or `bundled:NAME`";
        let entry = parse_path(entry, help)?;
        Ok(match self {
            Self::File(path) => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                Self::File(normalize(folder.split('/').chain(entry.split('/'))))
            }
            Self::Bundled(_) => Self::Bundled(entry.strip_suffix(".json").unwrap_or(&entry).to_owned()),
        })
    }

    /// Returns the text of a bundled table.
    pub(crate) fn bundled_text(name: &str) -> Option<&'static str> {
        BUNDLED.iter().find(|(bundled, _)| *bundled == name).map(|(_, text)| *text)
    }
}

/// Returns a normalized path, or why it is not portable. `help` says which paths are valid.
fn parse_path(path: &str, help: &str) -> Result<String, Violation> {
    let invalid = |why: &str| violation(Rule::InvalidPath, format!("invalid path `{}`: it {why}", excerpt(path)), help);
    if let Some(name) = path.strip_prefix("bundled:") {
        let message = format!("invalid path `{}`: it names a bundled table", excerpt(path));
        let help = format!("use `bundled = \"{}\"` instead of the path", excerpt(name));
        return violation(Rule::InvalidPath, message, help);
    }
    if path.is_empty() {
        return invalid("is empty");
    }
    if path.contains('\\') {
        return invalid("contains a backslash");
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return invalid("is absolute");
    }
    match normalize(path.split('/')) {
        normalized if normalized.is_empty() => invalid("names a directory"),
        normalized => Ok(normalized),
    }
}

/// Removes `.` and `name/..` from a path, so that a file has only one name.
fn normalize<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for part in parts {
        match part {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Location {
        Location::File(path.to_owned())
    }

    #[test]
    fn paths_are_normalized() {
        for path in ["spec/a.json", "./spec/a.json", "spec/./a.json", "spec//a.json", "x/../spec/a.json"] {
            assert_eq!(Location::from_path(path, ""), Ok(file("spec/a.json")), "{path}");
        }
        assert_eq!(Location::from_path("../../a.json", ""), Ok(file("../../a.json")));
    }

    #[test]
    fn base_is_relative_to_the_extending_file() {
        assert_eq!(file("spec/a.json").base("b.json"), Ok(file("spec/b.json")));
        assert_eq!(file("spec/a.json").base("../b.json"), Ok(file("b.json")));
        assert_eq!(file("a.json").base("../b.json"), Ok(file("../b.json")));
        assert_eq!(file("../a.json").base("b.json"), Ok(file("../b.json")));
        assert_eq!(file("a.json").base("bundled:common"), Ok(Location::Bundled("common".to_owned())));
        assert_eq!(Location::Bundled("a".to_owned()).base("b.json"), Ok(Location::Bundled("b".to_owned())));
    }

    #[test]
    fn unportable_paths_are_rejected() {
        for path in ["/etc/a.json", "C:/a.json", r"spec\a.json", ""] {
            assert!(Location::from_path(path, "").is_err(), "{path}");
        }
    }
}
