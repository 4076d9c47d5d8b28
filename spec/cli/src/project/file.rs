//! What `errtable.toml` contains.

use std::path::PathBuf;

use toml::de::DeTable;

use crate::check::Rules;
use crate::diff::change::Rule;
use crate::diff::{Accepted, nearest_or_where};
use crate::error::Error;
use crate::export::ExportFormat;
use crate::finding::Finding;
use crate::import::merge::Missing;
use crate::import::page::format::Format;
use crate::import::{check_value, parse_pointer};
use crate::input::{Input, SkippedPaths};
use crate::project::reader::{Located, ProjectReader, TableKeys};

/// The name of the file.
pub(crate) const NAME: &str = "errtable.toml";

/// A project: its tables, and what is kept in agreement with them.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The text of the file, for the lines that findings show.
    pub text: String,
    /// The tables.
    pub tables: Vec<ProjectTable>,
    /// The directory of the pages of `doc`.
    pub pages: Option<Located<PathBuf>>,
    /// The rules that are denied or allowed.
    pub rules: Rules,
    /// The git revision with which tables are compared.
    pub against: Option<Located<String>>,
    /// The accepted changes. Both values are pinned: one that is absent must be absent.
    pub accept: Vec<Located<Accepted>>,
}

/// A table of a project.
#[derive(Clone, Debug)]
pub struct ProjectTable {
    /// The file, or a directory of tables.
    pub path: Located<PathBuf>,
    /// Where the table comes from.
    pub import: Option<Source>,
    /// The exports to keep.
    pub exports: Vec<Export>,
}

/// The pages that a table is imported from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The pages.
    pub pages: Vec<Located<String>>,
    /// Their format. By default, it is detected.
    pub from: Option<Format>,
    /// What is done with rows that the pages do not list.
    pub missing: Missing,
    /// The codes that the pages never list.
    pub unlisted: Vec<Located<String>>,
    /// The keys whose values stay in rows that have them.
    pub keep: Vec<String>,
    /// The headings of columns, by the key of a row that they are read as.
    pub map: Vec<(String, String)>,
    /// The values that texts of a mapped column stand for.
    pub value: Vec<(String, String, String)>,
    /// The JSON Pointer of what is read.
    pub at: Option<String>,
    /// Whether skipped rows and values, and rows that disagree, are findings.
    pub strict: bool,
    /// Whether pages may be missing, as those that only a workflow downloads.
    pub optional: bool,
}

/// An export of a table.
#[derive(Clone, Debug)]
pub struct Export {
    /// The format.
    pub to: ExportFormat,
    /// The file.
    pub out: Located<PathBuf>,
}

impl ProjectTable {
    /// Returns the table as an argument.
    #[must_use]
    pub fn input(&self) -> Input {
        Input::Path(self.path.value.clone())
    }
}

impl Project {
    /// Parses the file.
    ///
    /// # Errors
    ///
    /// Returns all problems of the file.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut reader = ProjectReader { name: NAME, text, problems: Vec::new() };
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            reader.problems.push(Finding::new("project-file", NAME, error.message()).at(text, &range));
        }
        let project = Self { text: text.to_owned(), ..Self::read(&mut reader, root.get_ref()) };
        let mut problems = reader.problems;
        if problems.is_empty() && project.tables.is_empty() {
            let finding = Finding::new("project-file", NAME, "the project has no tables");
            problems.push(finding.with_help("add the line `[[table]]`, then `path = \"my-api.json\"`"));
        }
        problems.sort_by_key(|problem| problem.position.as_ref().map(|at| (at.line, at.column)));
        if problems.is_empty() { Ok(project) } else { Err(Error::Project(problems)) }
    }

    fn read<'t>(reader: &mut ProjectReader<'t>, root: &'t DeTable<'t>) -> Self {
        let root = reader.keys(root, 0..0, &["table", "doc", "rules", "diff"]);
        let tables = reader.tables(&root, "table", &["path", "import", "export"]);
        let tables: Vec<_> = tables.iter().filter_map(|keys| table(reader, keys)).collect();
        for (position, table) in tables.iter().enumerate() {
            if tables.iter().take(position).any(|other| other.path.value == table.path.value) {
                let message = format!("duplicate table `{}`", table.path.value.display());
                reader.report(&table.path.range, message, "remove one of them");
            }
        }
        let pages = reader.table(&root, "doc", &["out"]);
        let pages = pages.and_then(|keys| reader.required(&keys, "out", "\"docs/errors\"")).map(path);
        let rules = reader.table(&root, "rules", &["deny", "allow"]);
        let rules = rules.map(|keys| rules_of(reader, &keys)).unwrap_or_default();
        let diff = reader.table(&root, "diff", &["against", "accept"]);
        let against = diff.as_ref().and_then(|keys| reader.required(keys, "against", "\"origin/main\""));
        let known = &["rule", "code", "column", "old", "new", "reason"];
        let accept = diff.map(|keys| reader.tables(&keys, "accept", known)).unwrap_or_default();
        let accept = accept.iter().filter_map(|keys| accepted(reader, keys)).collect();
        Self { text: String::new(), tables, pages, rules, against, accept }
    }

    /// Replaces each directory with the tables that it contains.
    ///
    /// # Errors
    ///
    /// Returns an error if a directory has an import or export, cannot be read, or has no tables.
    pub fn expand(self) -> Result<Self, Error> {
        let (mut tables, mut problems) = (Vec::new(), Vec::new());
        for table in self.tables {
            if !table.path.value.is_dir() {
                tables.push(table);
                continue;
            }
            if table.import.is_some() || !table.exports.is_empty() {
                let message = format!("`{}` is a directory, but has an import or export", table.input());
                let finding = Finding::new("project-file", NAME, message).at(&self.text, &table.path.range);
                problems.push(finding.with_help("name one table of the directory"));
            }
            for input in table.input().tables(&mut SkippedPaths::default())? {
                let Input::Path(value) = input else { continue };
                let path = Located { value, range: table.path.range.clone() };
                tables.push(ProjectTable { path, import: None, exports: Vec::new() });
            }
        }
        if problems.is_empty() { Ok(Self { tables, ..self }) } else { Err(Error::Project(problems)) }
    }

    /// Returns the tables as arguments.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        self.tables.iter().map(ProjectTable::input).collect()
    }
}

fn path(text: Located<String>) -> Located<PathBuf> {
    Located { value: text.value.into(), range: text.range }
}

fn table<'t>(reader: &mut ProjectReader<'t>, keys: &TableKeys<'t>) -> Option<ProjectTable> {
    let known = &["pages", "from", "missing", "unlisted", "keep", "map", "value", "at", "strict", "optional"];
    let import = reader.table(keys, "import", known);
    let import = import.and_then(|keys| source(reader, &keys));
    let exports = reader.tables(keys, "export", &["to", "out"]);
    let exports = exports.iter().filter_map(|keys| export(reader, keys)).collect();
    let path = path(reader.required(keys, "path", "\"my-api.json\"")?);
    Some(ProjectTable { path, import, exports })
}

fn source<'t>(reader: &mut ProjectReader<'t>, keys: &TableKeys<'t>) -> Option<Source> {
    let from = reader.string(keys, "from").and_then(|from| reader.choice(&from));
    let missing = reader.string(keys, "missing").and_then(|missing| reader.choice(&missing)).unwrap_or_default();
    let unlisted = reader.strings(keys, "unlisted");
    let keep = reader.strings(keys, "keep").into_iter().map(|key| key.value).collect();
    let pages = reader.strings(keys, "pages");
    if pages.is_empty() {
        reader.report(&keys.range, "missing key `pages`", "add `pages = [\"docs/api.md\"]`");
        return None;
    }
    let map = reader.pairs(keys, "map").into_iter().map(|(key, heading)| (key, heading.value)).collect();
    let value = reader.nested_pairs(keys, "value");
    for (key, _, value) in &value {
        if let Err(message) = check_value(key, &value.value) {
            reader.report(&value.range, message, "write one of these");
        }
    }
    let value = value.into_iter();
    let value = value.map(|(key, text, value)| (key, text, value.value)).collect();
    let at = reader.string(keys, "at");
    if let Some(at) = &at
        && let Err(help) = parse_pointer(&at.value)
    {
        reader.report(&at.range, "`at` is not a JSON Pointer", help);
    }
    let at = at.map(|at| at.value);
    let (strict, optional) = (reader.flag(keys, "strict"), reader.flag(keys, "optional"));
    Some(Source { pages, from, missing, unlisted, keep, map, value, at, strict, optional })
}

fn rules_of<'t>(reader: &mut ProjectReader<'t>, keys: &TableKeys<'t>) -> Rules {
    let mut named = |key| {
        let mut rules = Vec::new();
        for name in reader.strings(keys, key) {
            match name.value.parse() {
                Ok(rule) => rules.push(rule),
                Err(help) => reader.report(&name.range, format!("unknown rule `{}`", name.value), help),
            }
        }
        rules
    };
    Rules { deny: named("deny"), allow: named("allow") }
}

fn accepted<'t>(reader: &mut ProjectReader<'t>, keys: &TableKeys<'t>) -> Option<Located<Accepted>> {
    let mut text = |key| reader.string(keys, key).map(|text| text.value);
    let (code, column) = (text("code"), text("column"));
    let [old, new, reason] = ["old", "new", "reason"].map(|key| reader.any_string(keys, key));
    let name = reader.required(keys, "rule", "\"code-removed\"")?;
    let Some(rule) = Rule::from_name(&name.value) else {
        let help = nearest_or_where(&name.value, Rule::NAMES);
        reader.report(&name.range, format!("unknown rule `{}`", name.value), help);
        return None;
    };
    Some(Located { value: Accepted { rule, code, column, old, new, reason }, range: name.range })
}

fn export<'t>(reader: &mut ProjectReader<'t>, keys: &TableKeys<'t>) -> Option<Export> {
    let to = reader.required(keys, "to", "\"typescript\"");
    let out = reader.required(keys, "out", "\"web/my-api.ts\"").map(path);
    Some(Export { to: reader.choice(&to?)?, out: out? })
}
