//! How tables name each other: a path, or a bundled name.

use std::fmt;

/// The tables that come with this crate: name, and the text of `spec/NAME.json`.
const BUNDLED: &[(&str, &str)] = &[
    ("common", include_str!("../common.json")),
    ("ckafka", include_str!("../ckafka.json")),
    ("cls", include_str!("../cls.json")),
    ("tchouse-p", include_str!("../tchouse-p.json")),
    ("wedata", include_str!("../wedata.json")),
];

/// The names of the tables that come with this crate: that of the common codes, then those of services.
#[must_use]
pub fn bundled_names() -> Vec<&'static str> {
    BUNDLED.iter().map(|(name, _)| *name).collect()
}

/// Where a table stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// A file; the path is relative to the root, with `/`, and has no `.` nor needless `..`.
    File(String),
    /// A table that comes with this crate.
    Bundled(String),
}

/// As in messages: the path, or `bundled:NAME`.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(path),
            Self::Bundled(name) => write!(f, "bundled:{name}"),
        }
    }
}

impl Location {
    /// The location of a path that a user wrote; the error says why it is none.
    pub(crate) fn from_path(path: &str) -> Result<Self, &'static str> {
        if path.starts_with("bundled:") {
            return Err("names a bundled table");
        }
        if path.is_empty() {
            return Err("is empty");
        }
        if path.contains('\\') {
            return Err("holds a backslash");
        }
        if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
            return Err("is absolute");
        }
        match normalize(path.split('/')) {
            path if path.is_empty() => Err("names a directory"),
            path => Ok(Self::File(path)),
        }
    }

    /// The location of an entry of `extends` in the table that stands here.
    pub(crate) fn base(&self, entry: &str) -> Result<Self, &'static str> {
        if let Some(name) = entry.strip_prefix("bundled:") {
            return Ok(Self::Bundled(name.to_owned()));
        }
        match (Self::from_path(entry)?, self) {
            (Self::File(entry), Self::File(path)) => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                Ok(Self::File(normalize(folder.split('/').chain(entry.split('/')))))
            }
            (Self::File(entry), Self::Bundled(_)) => {
                Ok(Self::Bundled(entry.strip_suffix(".json").unwrap_or(&entry).to_owned()))
            }
            (bundled @ Self::Bundled(_), _) => Ok(bundled),
        }
    }

    /// The text of a bundled table.
    pub(crate) fn bundled_text(name: &str) -> Option<&'static str> {
        BUNDLED.iter().find(|(bundled, _)| *bundled == name).map(|(_, text)| *text)
    }
}

/// Takes `.` and `name/..` out of a path, so that one file has one name.
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
    fn one_file_has_one_name() {
        for path in ["spec/a.json", "./spec/a.json", "spec/./a.json", "spec//a.json", "x/../spec/a.json"] {
            assert_eq!(Location::from_path(path), Ok(file("spec/a.json")), "{path}");
        }
        assert_eq!(Location::from_path("../../a.json"), Ok(file("../../a.json")));
    }

    #[test]
    fn a_base_is_relative_to_the_file_that_names_it() {
        assert_eq!(file("spec/a.json").base("b.json"), Ok(file("spec/b.json")));
        assert_eq!(file("spec/a.json").base("../b.json"), Ok(file("b.json")));
        assert_eq!(file("a.json").base("../b.json"), Ok(file("../b.json")));
        assert_eq!(file("../a.json").base("b.json"), Ok(file("../b.json")));
        assert_eq!(file("a.json").base("bundled:common"), Ok(Location::Bundled("common".to_owned())));
        assert_eq!(Location::Bundled("a".to_owned()).base("b.json"), Ok(Location::Bundled("b".to_owned())));
    }

    #[test]
    fn a_path_must_mean_the_same_on_every_machine() {
        for path in ["/etc/a.json", "C:/a.json", r"spec\a.json", ""] {
            assert!(Location::from_path(path).is_err(), "{path}");
        }
    }
}
