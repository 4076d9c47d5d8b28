//! Follows `extends`: reads a table and its bases, and merges them.

use std::io::ErrorKind;
use std::rc::Rc;

use crate::table::files::{Files, is_utf16};
use crate::table::location::{Location, bundled_names};
use crate::table::merge::{Merged, Merger};
use crate::table::names::Violation;
use crate::table::parse::envelope::Context;
use crate::table::parse::header::Header;
use crate::table::parse::rows::{FileRow, RowContext};
use crate::table::report::Report;
use crate::table::report::diagnostic::Diagnostic;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, nearest_to, one_of_list, quoted_list};
use crate::table::source::{SourceFile, Span, Spanned};

/// The maximum number of tables in a chain of `extends`. Each takes a part of the stack.
const MAX_DEPTH: usize = 64;

/// Reads tables and their bases, each once.
pub(crate) struct Resolver<'f> {
    files: &'f dyn Files,
    pub(crate) report: Report,
    /// The paths of the files that were read.
    pub(crate) files_read: Vec<String>,
    done: Vec<(Location, Option<Rc<Merged>>)>,
    /// The tables whose bases are being read, to detect cycles.
    open: Vec<Location>,
}

impl<'f> Resolver<'f> {
    pub(crate) fn new(files: &'f dyn Files) -> Self {
        Self { files, report: Report::default(), files_read: Vec::new(), done: Vec::new(), open: Vec::new() }
    }

    /// Returns the table at a location, given the entry of `extends` that names it, if any.
    pub(crate) fn resolve(&mut self, location: &Location, entry: Option<Span>) -> Option<Rc<Merged>> {
        if let Some((_, merged)) = self.done.iter().find(|(done, _)| done == location) {
            return merged.clone();
        }
        if let Some(first) = self.open.iter().position(|open| open == location) {
            self.report_cycle(first, location, entry);
            return None;
        }
        if self.open.len() == MAX_DEPTH {
            let why = format!("the chain of `extends` is longer than {MAX_DEPTH} tables");
            self.unreadable(Rule::UnreadableFile, location, entry, &why, "extend fewer tables");
            return None;
        }
        let merged = self.read(location, entry).map(|source| {
            self.open.push(location.clone());
            let merged = self.merge(location, &source);
            self.open.pop();
            Rc::new(merged)
        });
        self.done.push((location.clone(), merged.clone()));
        merged
    }

    fn report_cycle(&mut self, first: usize, location: &Location, entry: Option<Span>) {
        let Some(entry) = entry else { return };
        let cycle = self.open.iter().skip(first).chain([location]);
        let cycle: Vec<_> = cycle.map(|location| format!("`{}`", self.display_name(location))).collect();
        let help = if cycle.len() > 2 { "remove one of these entries" } else { "remove this entry" };
        let message = format!("cyclic `extends`: {}", cycle.join(" -> "));
        self.report.error(Rule::CyclicExtends, entry, message).add_help(help);
    }

    /// Reads the text of a table, or reports at the entry that it cannot be read.
    fn read(&mut self, location: &Location, entry: Option<Span>) -> Option<Rc<SourceFile>> {
        let path = match location {
            Location::File(path) => path,
            Location::Bundled(name) => {
                if let Some(text) = Location::bundled_text(name) {
                    return Some(Rc::new(SourceFile::new(self.display_name(location), text.to_owned())));
                }
                let help = suggest_bundled(name, if entry.is_some() { "bundled:" } else { "" });
                self.unreadable(Rule::UnreadableFile, location, entry, "no such bundled table", &help);
                return None;
            }
        };
        match self.files.read(path) {
            Ok(bytes) => {
                self.files_read.push(path.clone());
                self.decode(location, bytes, entry)
            }
            Err(error) => {
                let (why, help) = match error.kind() {
                    ErrorKind::NotFound => ("no such file".to_owned(), self.suggest_files(path, entry)),
                    ErrorKind::IsADirectory => {
                        ("it is a directory".to_owned(), "use the path of a file in the directory".to_owned())
                    }
                    ErrorKind::InvalidInput => (error.to_string(), "use the path of a table".to_owned()),
                    ErrorKind::FileTooLarge => (error.to_string(), "split the table".to_owned()),
                    _ => (error.to_string(), "make the file readable".to_owned()),
                };
                self.unreadable(Rule::UnreadableFile, location, entry, &why, &help);
                None
            }
        }
    }

    /// Converts bytes to text: UTF-8 without a byte order mark.
    fn decode(&mut self, location: &Location, bytes: Vec<u8>, entry: Option<Span>) -> Option<Rc<SourceFile>> {
        let help = "save the file as UTF-8 without a byte order mark";
        if is_utf16(&bytes) {
            self.unreadable(Rule::InvalidUtf8, location, entry, "the file is UTF-16", help);
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) if text.starts_with('\u{FEFF}') => {
                let why = "the file starts with a byte order mark";
                self.unreadable(Rule::ByteOrderMark, location, entry, why, help);
                None
            }
            Ok(text) => Some(Rc::new(SourceFile::new(self.display_name(location), text))),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Rc::new(SourceFile::new(self.display_name(location), text));
                let number = self.report.add_file(source);
                let span = Span { file: number, start: valid, end: valid };
                self.report.error(Rule::InvalidUtf8, span, "invalid UTF-8").add_help(help);
                None
            }
        }
    }

    fn unreadable(
        &mut self,
        rule: Rule,
        location: &Location,
        entry: Option<Span>,
        why: &str,
        help: &str,
    ) -> &mut Diagnostic {
        let name = self.display_name(location);
        let diagnostic = match entry {
            Some(span) => self.report.error(rule, span, format!("cannot read base `{name}`: {why}")),
            None => self.report.file_error(rule, &name, format!("cannot read the table: {why}")),
        };
        diagnostic.add_help(help)
    }

    /// Returns the name of a table in diagnostics.
    fn display_name(&self, location: &Location) -> String {
        match location {
            Location::File(path) => self.files.display_name(path),
            Location::Bundled(_) => location.to_string(),
        }
    }

    /// Suggests what to write instead of a path to a missing file.
    fn suggest_files(&self, path: &str, entry: Option<Span>) -> String {
        let written = entry.map_or(path, |entry| self.report.slice(entry).trim_matches('"'));
        let (folder, name) = written.rsplit_once('/').map_or(("", written), |(folder, name)| (folder, name));
        if folder.is_empty() && Location::bundled_text(name).is_some() {
            return match entry {
                Some(_) => format!("did you mean `bundled:{name}`?"),
                None => format!("did you mean `bundled = \"{name}\"`?"),
            };
        }
        if let (None, Some(found)) = (entry, self.files.elsewhere(path)) {
            return format!("did you mean `{}`?", excerpt(&found));
        }
        let siblings = self.files.siblings(path);
        // `a.json` that extends a missing `b.json` should not extend itself.
        let extending = self.open.last().map(Location::to_string).unwrap_or_default();
        let extending = extending.rsplit('/').next().unwrap_or_default();
        let siblings: Vec<_> = siblings.iter().map(String::as_str).filter(|name| *name != extending).collect();
        if siblings.is_empty() {
            let root = if entry.is_some() { "the extending file" } else { "the directory of Cargo.toml" };
            let what = if self.files.has_folder(path) {
                "there is no other table in this folder".to_owned()
            } else {
                format!("there is no folder `{}`", excerpt(folder))
            };
            return format!("{what}; paths are relative to {root}");
        }
        let as_written = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        if let Some(near) = nearest_to(name, &siblings) {
            return format!("did you mean `{}`?", excerpt(&as_written(near)));
        }
        let siblings: Vec<_> = siblings.into_iter().map(as_written).collect();
        let siblings: Vec<_> = siblings.iter().map(String::as_str).collect();
        format!("the tables in this folder are {}", quoted_list(&siblings, "and"))
    }

    /// Reads a table and merges it with its bases.
    fn merge(&mut self, location: &Location, source: &Rc<SourceFile>) -> Merged {
        let number = self.report.add_file(Rc::clone(source));
        let header = Header::parse(source, number, &mut self.report);
        let mut is_complete = header.as_ref().is_some_and(|header| !header.lacks_columns);
        let mut header = header.unwrap_or_default();
        if header.table.name.is_empty() {
            header.table.name = fallback_name(location);
        }
        let mut merger = Merger::default();
        for entry in &header.extends {
            match self.base(location, entry) {
                Some(base) => {
                    is_complete &= base.is_complete;
                    merger.add_base(&base, entry.span, &mut self.report);
                }
                None => is_complete = false,
            }
        }
        for column in header.columns {
            merger.add_column(column, &mut self.report);
        }
        if let Some(envelope) = header.envelope {
            let context = Context { columns: &merger.columns, is_complete };
            merger.envelope = Some(Rc::new(envelope.parse(&context, &mut self.report)));
        } else {
            merger.report_conflicting_envelopes(&mut self.report);
        }
        if let Some(rows) = header.rows {
            let set_defaults = |row: &mut FileRow| {
                row.set_defaults(header.default_retry, header.default_fault);
                row.variant_prefix.clone_from(&header.variant_prefix);
            };
            let table = header.table.name.as_str().into();
            let context = RowContext { table: &table, columns: &merger.columns, is_complete };
            for row in rows.parse(&context, &mut self.report) {
                merger.add_own(row, set_defaults, &mut self.report);
            }
        }
        merger.report_conflicts(&mut self.report);
        // A value may be in a base that could not be read.
        if is_complete {
            merger.report_missing_values(number, &mut self.report);
        }
        let Merger { envelope, columns, rows, .. } = merger;
        Merged { table: header.table, envelope, columns, reserved: header.reserved, rows, file: number, is_complete }
    }

    /// Returns the table that an entry of `extends` names.
    fn base(&mut self, location: &Location, entry: &Spanned<String>) -> Option<Rc<Merged>> {
        match location.base(&entry.value) {
            Ok(base) => self.resolve(&base, Some(entry.span)),
            Err(Violation { rule, message, help }) => {
                self.report.error(rule, entry.span, message).add_help(help);
                None
            }
        }
    }
}

/// Suggests what to write instead of the name of a missing bundled table.
fn suggest_bundled(name: &str, prefix: &str) -> String {
    if let Some(near) = nearest_to(name, &bundled_names()) {
        return format!("did you mean `{prefix}{near}`?");
    }
    let names: Vec<_> = bundled_names().iter().map(|name| format!("{prefix}{name}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    format!("expected {}", one_of_list(&names))
}

/// Returns a name for a table without a valid one, so that the rest of it can be checked: the name
/// of its file.
fn fallback_name(location: &Location) -> String {
    let name = location.to_string();
    let name = name.rsplit(['/', ':']).next().unwrap_or_default();
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}
