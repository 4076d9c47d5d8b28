//! Follows `extends`: a table file and its bases become one list of complete rows.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::rc::Rc;

use crate::files::Files;
use crate::location::{Location, bundled_names};
use crate::problems::Problems;
use crate::rows::{Row, TableFile};
use crate::source::{Located, Source, Span};
use crate::words::{did_you_mean, quoted_list};
use crate::{Fault, Retry};

/// A table with the rows of its bases, not yet checked as a whole.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) source: String,
    pub(crate) version: String,
    pub(crate) rows: Vec<ResolvedRow>,
}

/// A row with what it inherits.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedRow {
    pub(crate) row: Row,
    pub(crate) retry: Retry,
    pub(crate) fault: Fault,
    /// The name of the first table that holds the code.
    pub(crate) table: Rc<str>,
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
            let number = self.problems.add_source(Rc::clone(&source));
            let file = TableFile::parse(&source, number, &mut self.problems);
            self.open.push(location.clone());
            let resolved = self.merge(location, file);
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
        self.problems.report(asked_at, message).help("take one of these entries out");
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
                self.report_unread(location, asked_at, "there is no such bundled table", &help);
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
                self.report_unread(location, asked_at, &why, &help);
                None
            }
        }
    }

    /// Bytes as text: UTF-8 without a byte order mark.
    fn decode(&mut self, location: &Location, bytes: Vec<u8>, asked_at: Option<Span>) -> Option<Rc<Source>> {
        let help = "save the file as UTF-8 without a byte order mark";
        match String::from_utf8(bytes) {
            Ok(text) if text.starts_with('\u{FEFF}') => {
                self.report_unread(location, asked_at, "the file starts with a byte order mark", help);
                None
            }
            Ok(text) => Some(Rc::new(Source::new(location.to_string(), text))),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Rc::new(Source::new(location.to_string(), text));
                let number = self.problems.add_source(source);
                let span = Span { source: number, start: valid, end: valid };
                self.problems.report(span, "the file is not UTF-8").help(help);
                None
            }
        }
    }

    fn report_unread(&mut self, location: &Location, asked_at: Option<Span>, why: &str, help: &str) {
        let problem = match asked_at {
            Some(span) => self.problems.report(span, format!("cannot read the base `{location}`: {why}")),
            None => self.problems.report_file(&location.to_string(), format!("cannot read the table: {why}")),
        };
        problem.help(help);
    }

    fn nearest_files(&self, path: &str, is_base: bool) -> String {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        let neighbours = self.files.neighbours(path);
        let neighbours: Vec<_> = neighbours.iter().map(String::as_str).collect();
        if neighbours.is_empty() {
            let root = if is_base { "the file that names it" } else { "the directory of Cargo.toml" };
            return format!("there is no table in `{folder}`; a path is relative to {root}");
        }
        did_you_mean(name, &neighbours, &format!("the tables in `{folder}` are"))
    }

    /// The rows of the bases, then those of the file itself.
    fn merge(&mut self, location: &Location, file: TableFile) -> Resolved {
        let name = file.name.unwrap_or_else(|| fallback_name(location));
        let mut merged = Merged::default();
        for entry in &file.extends {
            match location.base(&entry.value) {
                Ok(base) => {
                    if let Some(base) = self.resolve(&base, Some(entry.span)) {
                        merged.add_base(&base, entry.span);
                    }
                }
                Err(why) => {
                    let message = format!("the path `{}` {why}", entry.value.escape_debug());
                    let help = "write a path relative to this file, with `/`, or `bundled:NAME`";
                    self.problems.report(entry.span, message).help(help);
                }
            }
        }
        let table: Rc<str> = name.as_str().into();
        for row in file.rows {
            let retry = file.retry.unwrap_or(Retry::Never);
            let fault = file.fault.unwrap_or(Fault::Client);
            merged.add_own(row, (retry, fault), &table, &mut self.problems);
        }
        merged.report_conflicts(&mut self.problems);
        Resolved { name, description: file.description, source: file.source, version: file.version, rows: merged.rows }
    }
}

/// The id of a table that has none, so that the rest of it can be checked: the name of its file.
fn fallback_name(location: &Location) -> String {
    let name = location.to_string();
    let name = name.rsplit(['/', ':']).next().unwrap_or_default();
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}

/// Rows of bases and own rows, each code once.
#[derive(Default)]
struct Merged {
    rows: Vec<ResolvedRow>,
    positions: HashMap<String, usize>,
    /// Where the file itself has the code.
    own: HashMap<String, Row>,
    conflicts: Vec<Conflict>,
}

/// Two bases that differ on a code.
struct Conflict {
    code: String,
    /// The rows of the two bases.
    places: [Span; 2],
    keys: Vec<&'static str>,
    /// The entry of `extends` that brings the second one in.
    entry: Span,
}

impl Merged {
    fn add_base(&mut self, base: &Resolved, entry: Span) {
        for row in &base.rows {
            let Some(earlier) = self.get(&row.row.code.value) else {
                self.push(row.clone());
                continue;
            };
            let keys = differing_keys(earlier, row);
            if !keys.is_empty() {
                let places = [earlier.row.code.span, row.row.code.span];
                self.conflicts.push(Conflict { code: row.row.code.value.clone(), places, keys, entry });
            }
        }
    }

    fn add_own(&mut self, row: Row, defaults: (Retry, Fault), table: &Rc<str>, problems: &mut Problems) {
        let code = &row.code;
        if let Some(first) = self.own.get(&code.value) {
            let note = format!("first at {}", problems.place(first.code.span));
            let problem = problems.report(code.span, format!("the code `{}` stands twice", code.value));
            problem.note(note).help("keep one of the two rows");
            return;
        }
        self.own.insert(code.value.clone(), row.clone());
        if let Some(base) = self.positions.get(&code.value).and_then(|position| self.rows.get_mut(*position)) {
            *base = base.overridden_by(row);
        } else {
            let (retry, fault) = (row.retry.unwrap_or(defaults.0), row.fault.unwrap_or(defaults.1));
            self.push(ResolvedRow { row, retry, fault, table: Rc::clone(table) });
        }
    }

    /// Where bases differ and no own row settles the matter.
    fn report_conflicts(&self, problems: &mut Problems) {
        for conflict in &self.conflicts {
            let own = self.own.get(&conflict.code);
            let open: Vec<_> =
                conflict.keys.iter().copied().filter(|key| !own.is_some_and(|row| row.has(key))).collect();
            if open.is_empty() {
                continue;
            }
            let [first, second] = conflict.places.map(|place| problems.place(place));
            let at = own.map_or(conflict.entry, |row| row.code.span);
            let message = format!("two bases disagree about {} of `{}`", quoted_list(&open), conflict.code);
            let help =
                format!("say what holds here, in a row of this table's own: `{}`", settling_row(conflict, &open));
            problems.report(at, message).note(format!("one is at {first}, the other at {second}")).help(help);
        }
    }

    fn get(&self, code: &str) -> Option<&ResolvedRow> {
        self.positions.get(code).and_then(|position| self.rows.get(*position))
    }

    fn push(&mut self, row: ResolvedRow) {
        self.positions.insert(row.row.code.value.clone(), self.rows.len());
        self.rows.push(row);
    }
}

fn settling_row(conflict: &Conflict, keys: &[&str]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| format!("\"{key}\": …")).collect();
    format!("{{\"code\": \"{}\", {}}}", conflict.code, keys.join(", "))
}

impl ResolvedRow {
    /// The row with the keys of another put over it, in the place of the first.
    fn overridden_by(&self, own: Row) -> Self {
        let base = self.row.clone();
        Self {
            retry: own.retry.unwrap_or(self.retry),
            fault: own.fault.unwrap_or(self.fault),
            table: Rc::clone(&self.table),
            row: Row {
                code: own.code,
                description: own.description.or(base.description),
                retry: own.retry.or(base.retry),
                retry_after_ms: own.retry_after_ms.or(base.retry_after_ms),
                fault: own.fault.or(base.fault),
                evidence: own.evidence.or(base.evidence),
                variant: own.variant.or(base.variant),
                aliases: own.aliases.or(base.aliases),
                deprecated: own.deprecated.or(base.deprecated),
            },
        }
    }
}

impl Row {
    /// Whether the row says something of a key.
    fn has(&self, key: &str) -> bool {
        match key {
            "description" => self.description.is_some(),
            "retry" => self.retry.is_some(),
            "retry_after_ms" => self.retry_after_ms.is_some(),
            "fault" => self.fault.is_some(),
            "evidence" => self.evidence.is_some(),
            "variant" => self.variant.is_some(),
            "aliases" => self.aliases.is_some(),
            "deprecated" => self.deprecated.is_some(),
            _ => false,
        }
    }
}

/// The keys in which two rows of one code differ.
fn differing_keys(a: &ResolvedRow, b: &ResolvedRow) -> Vec<&'static str> {
    let variant = |row: &ResolvedRow| row.row.variant.as_ref().map(|name| name.value.clone());
    let aliases = |row: &ResolvedRow| -> Vec<String> {
        row.row.aliases.iter().flatten().map(|Located { value, .. }| value.clone()).collect()
    };
    let keys = [
        ("description", a.row.description == b.row.description),
        ("retry", a.retry == b.retry),
        ("retry_after_ms", a.row.retry_after_ms == b.row.retry_after_ms),
        ("fault", a.fault == b.fault),
        ("evidence", a.row.evidence == b.row.evidence),
        ("variant", variant(a) == variant(b)),
        ("aliases", aliases(a) == aliases(b)),
        ("deprecated", a.row.deprecated == b.row.deprecated),
    ];
    keys.into_iter().filter(|(_, same)| !same).map(|(key, _)| key).collect()
}
