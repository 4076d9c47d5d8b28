//! Follows `extends`: a table file and its bases become one list of complete rows.

use std::io::ErrorKind;
use std::rc::Rc;

use crate::columns::Declared;
use crate::files::Files;
use crate::header::Header;
use crate::location::{Location, bundled_names};
use crate::merge::{Merged, ResolvedRow};
use crate::problems::Problems;
use crate::rows::{RowKeys, parse_rows};
use crate::source::{Located, Source, Span};
use crate::words::{did_you_mean, shown};
use crate::{Fault, Retry, Rule};

/// A table with the rows of its bases, not yet checked as a whole.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) source: String,
    pub(crate) version: String,
    pub(crate) ignore_case: bool,
    pub(crate) columns: Vec<Located<Declared>>,
    pub(crate) rows: Vec<ResolvedRow>,
    /// Whether the table and all its bases could be read; where not, columns and rows may be missing.
    pub(crate) is_complete: bool,
}

/// Reads table files and what they extend, each once.
pub(crate) struct Resolver<'f> {
    files: &'f dyn Files,
    pub(crate) problems: Problems,
    /// Paths of the files that were read.
    pub(crate) read: Vec<String>,
    done: Vec<(Location, Option<Rc<Resolved>>)>,
    /// The tables whose bases are being read, for cycles.
    open: Vec<Location>,
}

impl<'f> Resolver<'f> {
    pub(crate) fn new(files: &'f dyn Files) -> Self {
        Self { files, problems: Problems::default(), read: Vec::new(), done: Vec::new(), open: Vec::new() }
    }

    /// The table at a location, asked for by an entry of `extends` or, without one, by the user.
    pub(crate) fn resolve(&mut self, location: &Location, asked_at: Option<Span>) -> Option<Rc<Resolved>> {
        if let Some((_, resolved)) = self.done.iter().find(|(done, _)| done == location) {
            return resolved.clone();
        }
        if let Some(first) = self.open.iter().position(|open| open == location) {
            self.report_cycle(first, location, asked_at);
            return None;
        }
        let resolved = self.read(location, asked_at).map(|source| {
            self.open.push(location.clone());
            let resolved = self.merge(location, &source);
            self.open.pop();
            Rc::new(resolved)
        });
        self.done.push((location.clone(), resolved.clone()));
        resolved
    }

    fn report_cycle(&mut self, first: usize, location: &Location, asked_at: Option<Span>) {
        let Some(asked_at) = asked_at else { return };
        let round = self.open.iter().skip(first).chain([location]);
        let round: Vec<_> = round.map(|location| format!("`{location}`")).collect();
        let message = format!("`{location}` extends itself: {}", round.join(" extends "));
        self.problems.report(Rule::BaseCycle, asked_at, message).help("take one of these entries out");
    }

    /// The text of a table file, or a problem where it was asked for.
    fn read(&mut self, location: &Location, asked_at: Option<Span>) -> Option<Rc<Source>> {
        let path = match location {
            Location::File(path) => path,
            Location::Bundled(name) => {
                if let Some(text) = Location::bundled_text(name) {
                    return Some(Rc::new(Source::new(location.to_string(), text.to_owned())));
                }
                let help = did_you_mean(name, &bundled_names(), "the bundled tables are");
                self.report_unread(Rule::FileUnreadable, location, asked_at, "there is no such bundled table", &help);
                return None;
            }
        };
        match self.files.read(path) {
            Ok(bytes) => {
                self.read.push(path.clone());
                self.decode(location, bytes, asked_at)
            }
            Err(error) => {
                let (why, help) = match error.kind() {
                    ErrorKind::NotFound => ("no such file".to_owned(), self.nearest_files(path, asked_at.is_some())),
                    ErrorKind::IsADirectory => ("it is a directory".to_owned(), "name a file in it".to_owned()),
                    _ => (error.to_string(), "make the file readable".to_owned()),
                };
                let why = format!("{why}; tried {}", self.files.place(path));
                self.report_unread(Rule::FileUnreadable, location, asked_at, &why, &help);
                None
            }
        }
    }

    /// Bytes as text: UTF-8 without a byte order mark.
    fn decode(&mut self, location: &Location, bytes: Vec<u8>, asked_at: Option<Span>) -> Option<Rc<Source>> {
        let help = "save the file as UTF-8 without a byte order mark";
        match String::from_utf8(bytes) {
            Ok(text) if text.starts_with('\u{FEFF}') => {
                self.report_unread(
                    Rule::ByteOrderMark,
                    location,
                    asked_at,
                    "the file starts with a byte order mark",
                    help,
                );
                None
            }
            Ok(text) => Some(Rc::new(Source::new(location.to_string(), text))),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Rc::new(Source::new(location.to_string(), text));
                let number = self.problems.add_source(source);
                let span = Span { source: number, start: valid, end: valid };
                self.problems.report(Rule::NotUtf8, span, "the file is not UTF-8").help(help);
                None
            }
        }
    }

    fn report_unread(&mut self, rule: Rule, location: &Location, asked_at: Option<Span>, why: &str, help: &str) {
        let problem = match asked_at {
            Some(span) => self.problems.report(rule, span, format!("cannot read the base `{location}`: {why}")),
            None => self.problems.report_file(rule, &location.to_string(), format!("cannot read the table: {why}")),
        };
        problem.help(help);
    }

    fn nearest_files(&self, path: &str, is_base: bool) -> String {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        if is_base && Location::bundled_text(name).is_some() {
            return format!("did you mean `bundled:{name}`?");
        }
        let neighbours = self.files.neighbours(path);
        // A table that names a missing base did not mean itself.
        let asker = self.open.last().map(Location::to_string).unwrap_or_default();
        let asker = asker.rsplit('/').next().unwrap_or_default();
        let neighbours: Vec<_> = neighbours.iter().map(String::as_str).filter(|name| *name != asker).collect();
        if neighbours.is_empty() {
            let root = if is_base { "the file that names it" } else { "the directory of Cargo.toml" };
            return format!("there is no table in `{folder}`; a path is relative to {root}");
        }
        did_you_mean(name, &neighbours, &format!("the tables in `{folder}` are"))
    }

    /// The rows of the bases, then those of the file itself.
    fn merge(&mut self, location: &Location, source: &Rc<Source>) -> Resolved {
        let number = self.problems.add_source(Rc::clone(source));
        let parsed = Header::parse(source, number, &mut self.problems);
        let mut is_complete = parsed.as_ref().is_some_and(|header| !header.lacks_columns);
        let header = parsed.unwrap_or_default();
        let mut merged = Merged::default();
        for entry in &header.extends {
            match self.base(location, entry) {
                Some(base) => {
                    is_complete &= base.is_complete;
                    merged.add_base(&base, entry.span, &mut self.problems);
                }
                None => is_complete = false,
            }
        }
        for column in header.columns {
            merged.add_column(column, &mut self.problems);
        }
        let name = header.name.unwrap_or_else(|| fallback_name(location));
        if let Some(errors) = header.errors {
            let keys = RowKeys { columns: &merged.columns, is_complete };
            let defaults = (header.retry.unwrap_or(Retry::Never), header.fault.unwrap_or(Fault::Client));
            let table: Rc<str> = name.as_str().into();
            for row in parse_rows(errors, &keys, &mut self.problems) {
                merged.add_own(row, defaults, &table, &mut self.problems);
            }
        }
        merged.report_conflicts(&mut self.problems);
        Resolved {
            name,
            description: header.description,
            source: header.source,
            version: header.version,
            ignore_case: header.ignore_case,
            columns: merged.columns,
            rows: merged.rows,
            is_complete,
        }
    }

    /// The table that an entry of `extends` names.
    fn base(&mut self, location: &Location, entry: &Located<String>) -> Option<Rc<Resolved>> {
        match location.base(&entry.value) {
            Ok(base) => self.resolve(&base, Some(entry.span)),
            Err(why) => {
                let message = format!("the path `{}` {why}", shown(&entry.value));
                let help = "write a path relative to this file, with `/`, or `bundled:NAME`";
                self.problems.report(Rule::BasePath, entry.span, message).help(help);
                None
            }
        }
    }
}

/// The id of a table that has none, so that the rest of it can be checked: the name of its file.
fn fallback_name(location: &Location) -> String {
    let name = location.to_string();
    let name = name.rsplit(['/', ':']).next().unwrap_or_default();
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}
