//! `errtable init`: the file of a project, from what a directory contains.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::error::Error;
use crate::input::{Input, SkippedPaths, collect_files};
use crate::project::file::NAME;
use crate::project::toml_string;
use crate::replace::{Outcome, write};
use crate::revision::check_revision;

/// The file that was written, and what it lists.
#[derive(Clone, Debug)]
pub struct Initialized {
    /// The text.
    pub text: String,
    /// The number of tables.
    pub tables: usize,
    /// The number of exports.
    pub exports: usize,
    /// The directory of pages.
    pub pages: Option<PathBuf>,
}

/// Writes the file of a project to the working directory.
///
/// # Errors
///
/// Returns an error if the file exists, if there is no table, or if a file cannot be read or
/// written.
pub fn init() -> Result<Initialized, Error> {
    let path = Path::new(NAME);
    if path.exists() {
        return Err(Error::new(format!("`{NAME}` exists")).with_help("edit it, or remove it first"));
    }
    let found = ProjectFiles::in_directory(Path::new("."))?;
    let text = found.write();
    write(path, text.as_bytes(), Outcome::Written)?;
    let exports = found.tables.iter().map(|table| table.exports.len()).sum();
    Ok(Initialized { text, tables: found.tables.len(), exports, pages: found.pages })
}

/// What a directory contains.
struct ProjectFiles {
    tables: Vec<FoundTable>,
    pages: Option<PathBuf>,
    against: Option<&'static str>,
}

struct FoundTable {
    path: PathBuf,
    name: String,
    exports: Vec<(&'static str, PathBuf)>,
}

impl ProjectFiles {
    fn in_directory(directory: &Path) -> Result<Self, Error> {
        let (mut tables, mut skipped) = (Vec::new(), SkippedPaths::default());
        for input in Input::Path(directory.to_owned()).tables(&mut skipped)? {
            let name = input.load()?.table.name;
            let Input::Path(path) = input else { continue };
            let path = relative(&path);
            // An export as JSON has the key `errors`, too.
            if export_of(&path).is_none() {
                tables.push(FoundTable { path, name, exports: Vec::new() });
            }
        }
        let mut files = Vec::new();
        let is_wanted = |path: &Path| {
            path.extension().is_some_and(|extension| ["json", "md", "ts"].iter().any(|wanted| extension == *wanted))
        };
        let unreadable = |error| Error::system("read", &directory.display().to_string(), &error);
        collect_files(directory, &is_wanted, &mut files, &mut skipped).map_err(unreadable)?;
        files.sort();
        let mut pages = None;
        for file in files.iter().map(|file| relative(file)) {
            if tables.iter().any(|table| table.path == file) {
                continue;
            }
            if let Some((to, name)) = export_of(&file)
                && let Some(table) = tables.iter_mut().find(|table| table.name == name)
            {
                table.exports.push((to, file.clone()));
            }
            // `my-api.html` and `my-api.md` are the pages of `my-api`.
            let is_page = |table: &FoundTable| {
                file.file_name().is_some_and(|name| *name == *format!("{}.md", table.name))
                    && file.with_extension("html").exists()
            };
            if pages.is_none() && tables.iter().any(is_page) {
                pages = file.parent().map(Path::to_owned);
            }
        }
        let against = ["origin/main", "origin/master"].into_iter().find(|branch| check_revision(branch).is_ok());
        Ok(Self { tables, pages, against })
    }

    fn write(&self) -> String {
        let mut text = "# What `errtable check` checks, and what `errtable update` writes.\n\
                        # Paths are relative to this file.\n"
            .to_owned();
        for (position, table) in self.tables.iter().enumerate() {
            let _ = writeln!(text, "\n[[table]]\npath = {}", string(&table.path));
            if position == 0 {
                text.push_str(IMPORT);
            }
            for (to, out) in &table.exports {
                let _ = writeln!(text, "\n[[table.export]]\nto = \"{to}\"\nout = {}", string(out));
            }
            if position == 0 && table.exports.is_empty() {
                text.push_str(EXPORT);
            }
        }
        text.push_str("\n# The directory of the pages that `errtable doc` generates.\n");
        let _ = match &self.pages {
            Some(out) => writeln!(text, "[doc]\nout = {}", string(out)),
            None => writeln!(text, "# [doc]\n# out = \"docs/errors\""),
        };
        text.push_str(RULES);
        let _ = match self.against {
            Some(branch) => writeln!(text, "[diff]\nagainst = \"{branch}\""),
            None => writeln!(text, "# [diff]\n# against = \"origin/main\""),
        };
        text.push_str(ACCEPT);
        text
    }
}

const IMPORT: &str = r#"
# The pages that list the codes. Rows that they do not list are reported, unless
# `unlisted` names their codes, or `missing` is "deprecate" or "prune".
# [table.import]
# pages = ["docs/api.md"]
# unlisted = []
# missing = "keep"
# keep = ["description"] # your own texts
# map = { code = "Error code", http_status = "Status" }
# value = { retry = { Yes = "transient" } }
# strict = true # no row of the pages may be skipped
# optional = true # only a workflow downloads the pages
"#;

const EXPORT: &str = r#"
# A file to keep up to date: "json", "typescript" or "openapi".
# [[table.export]]
# to = "typescript"
# out = "web/my-api.ts"
"#;

const RULES: &str = r#"
# Groups of rules and single rules, which `errtable explain --rule` lists. `lints`
# are about what tables lack, such as `missing-evidence`.
[rules]
deny = ["breaking", "retry", "lifecycle", "envelope"]
allow = []

# The git revision that tables are compared with. Without it, rules about changes
# deny nothing.
"#;

const ACCEPT: &str = r#"
# A change that is denied, but right. `errtable check` prints these lines for you.
# [[diff.accept]]
# rule = "code-removed"
# code = "Upload.Broken"
# old = "UploadBroken"
# reason = "no release sent this code"
"#;

/// Returns the format and the table of an export.
fn export_of(file: &Path) -> Option<(&'static str, String)> {
    let text = fs::read_to_string(file).ok()?;
    if let Some(rest) = text.strip_prefix("// Generated by `errtable export` from the table `") {
        return Some(("typescript", rest.split('`').next()?.to_owned()));
    }
    let json: Json = serde_json::from_str(&text).ok()?;
    let name = |value: Option<&Json>| value.and_then(Json::as_str).map(str::to_owned);
    if text.contains("\"x-enum-varnames\"") && json.get("openapi").is_some() {
        return Some(("openapi", name(json.pointer("/info/title"))?));
    }
    json.get("format").filter(|format| format.is_u64())?;
    Some(("json", name(json.get("name"))?))
}

fn relative(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

/// Returns a path as a string of TOML.
fn string(path: &Path) -> String {
    toml_string(&path.to_string_lossy().replace('\\', "/"))
}
