//! Merges the rows of a table into those of its bases, key by key.

use std::rc::Rc;

use crate::invisible::json_string;
use crate::packed::write::text_map::{TextMap, TextSet};
use crate::table::model::{Reserved, Table};
use crate::table::ordered_map::OrderedMap;
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::envelope::EnvelopeDecl;
use crate::table::parse::rows::FileRow;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, quoted_list, short_list};
use crate::table::row::RowKey;
use crate::table::source::{Span, Spanned};

/// A table with the columns and rows of its bases, not yet checked as a whole.
#[derive(Debug)]
pub(crate) struct Merged {
    /// The table without envelope, reservations, columns and rows.
    pub(crate) table: Table,
    pub(crate) envelope: Option<Rc<Spanned<EnvelopeDecl>>>,
    pub(crate) columns: OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    /// What the rows of this table may not use. Not inherited.
    pub(crate) reserved: Vec<Spanned<Reserved>>,
    pub(crate) rows: Vec<FileRow>,
    /// The number of the file.
    pub(crate) file: usize,
    /// Whether the table and all its bases could be read. If not, columns and rows may be missing.
    pub(crate) is_complete: bool,
}

/// The rows merged so far, each code once.
#[derive(Default)]
pub(crate) struct Merger {
    /// The envelope of the first base that has one, until the table's own replaces it.
    pub(crate) envelope: Option<Rc<Spanned<EnvelopeDecl>>>,
    pub(crate) columns: OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    pub(crate) rows: Vec<FileRow>,
    known: TextMap<String, Known>,
    /// The names of the columns that each base declares.
    declared: Vec<TextSet<Rc<str>>>,
    /// The file's own rows whose codes are in a base.
    overriding: TextMap<String, FileRow>,
    conflicts: Vec<Conflict>,
    /// The envelope of a base that differs, and the entry of `extends`.
    other_envelope: Option<(Rc<Spanned<EnvelopeDecl>>, Span)>,
}

/// A code that has a row.
struct Known {
    /// The position of the row.
    row: usize,
    /// The bases that contain the code, as positions in `declared`.
    bases: Vec<usize>,
    /// The span of the code in the file's own row.
    own: Option<Span>,
}

/// A difference between two bases.
struct Conflict {
    code: String,
    /// The codes in the two bases.
    spans: [Span; 2],
    keys: Vec<Rc<str>>,
    /// The entry of `extends` for the second base.
    entry: Span,
}

impl Merger {
    pub(crate) fn add_base(&mut self, base: &Merged, entry: Span, report: &mut Report) {
        let number = self.declared.len();
        self.declared.push(base.columns.iter().map(|(name, _)| Rc::clone(name)).collect());
        self.add_base_envelope(base.envelope.as_ref(), entry);
        for column in base.columns.values() {
            self.add_base_column(column, entry, report);
        }
        for row in &base.rows {
            let Some(known) = self.known.get_mut(&row.code.value) else {
                self.push(row.clone(), vec![number], None);
                continue;
            };
            let declares = |base: &usize, key: &str| self.declared.get(*base).is_some_and(|names| names.contains(key));
            let declared_before = |key: &str| known.bases.iter().any(|base| declares(base, key));
            let Some(earlier) = self.rows.get_mut(known.row) else { continue };
            let mut keys = earlier.differing_keys(row);
            // A base that does not declare a column cannot conflict in it.
            keys.retain(|key| RowKey::NAMES.contains(&&**key) || declared_before(key) && declares(&number, key));
            let new = row.columns.iter().filter(|(name, _)| !declared_before(name));
            earlier.columns.extend(new);
            known.bases.push(number);
            // A flawed row is reported already, and may agree once it is fixed.
            if !keys.is_empty() && !earlier.is_flawed && !row.is_flawed {
                let spans = [earlier.code.span, row.code.span];
                self.conflicts.push(Conflict { code: row.code.value.clone(), spans, keys, entry });
            }
        }
    }

    fn add_base_envelope(&mut self, envelope: Option<&Rc<Spanned<EnvelopeDecl>>>, entry: Span) {
        match (&self.envelope, envelope) {
            (None, _) => self.envelope = envelope.cloned(),
            (Some(first), Some(other)) if self.other_envelope.is_none() && !first.value.agrees(&other.value) => {
                self.other_envelope = Some((Rc::clone(other), entry));
            }
            _ => {}
        }
    }

    /// Reports that two bases have different envelopes, in a table without its own.
    pub(crate) fn report_conflicting_envelopes(&mut self, report: &mut Report) {
        let (Some(envelope), Some((other, entry))) = (&self.envelope, &self.other_envelope) else { return };
        let [first, second] = [envelope, other].map(|envelope| report.position(envelope.span));
        report
            .error(Rule::ConflictingEnvelopes, *entry, "conflicting envelopes in two bases")
            .add_note(format!("defined at {first} and at {second}"))
            .add_help("add `envelope` to this table, as a copy of the one that is right");
        self.envelope = Some(Rc::new(Spanned { value: envelope.value.disputed(), span: envelope.span }));
    }

    fn add_base_column(&mut self, column: &Spanned<ColumnDecl>, entry: Span, report: &mut Report) {
        match self.columns.get(&column.value.name) {
            None => self.columns.insert(Rc::clone(&column.value.name), column.clone()),
            Some(earlier) if earlier.value.agrees(&column.value) => {}
            Some(earlier) => {
                let [first, second] = [earlier.span, column.span].map(|span| report.position(span));
                let message = format!("conflicting declarations of column `{}` in two bases", column.value.name);
                report
                    .error(Rule::ConflictingBaseColumns, entry, message)
                    .add_note(format!("declared at {first} and at {second}"))
                    .add_help("rename the column in one of the bases");
            }
        }
    }

    /// Adds a column that the table declares.
    pub(crate) fn add_column(&mut self, column: Spanned<ColumnDecl>, report: &mut Report) {
        match self.columns.get(&column.value.name) {
            None => self.columns.insert(Rc::clone(&column.value.name), column),
            Some(base) if base.value.agrees(&column.value) => {}
            Some(base) => {
                let note = format!("first declared at {}", report.position(base.span));
                let message = format!("conflicting declaration of column `{}`", column.value.name);
                let help = "remove it, because columns are inherited, or rename it";
                report.error(Rule::ConflictingColumn, column.span, message).add_note(note).add_help(help);
            }
        }
    }

    /// Adds a row of the table itself. `set_defaults` completes a row that no base contains.
    pub(crate) fn add_own(&mut self, mut row: FileRow, set_defaults: impl Fn(&mut FileRow), report: &mut Report) {
        let span = row.code.span;
        let Some(known) = self.known.get_mut(&row.code.value) else {
            set_defaults(&mut row);
            self.push(row, Vec::new(), Some(span));
            return;
        };
        if let Some(first) = known.own {
            let note = format!("first defined at {}", report.position(first));
            let message = format!("duplicate code `{}`", excerpt(&row.code.value));
            report.error(Rule::DuplicateCode, span, message).add_note(note).add_help("remove one of them");
            return;
        }
        known.own = Some(span);
        if let Some(base) = self.rows.get_mut(known.row) {
            base.override_with(row.clone());
        }
        self.overriding.insert(row.code.value.clone(), row);
    }

    /// Reports the conflicts between bases that the table does not override.
    pub(crate) fn report_conflicts(&self, report: &mut Report) {
        for conflict in &self.conflicts {
            let own = self.overriding.get(&conflict.code);
            let open = conflict.keys.iter().filter(|key| !own.is_some_and(|row| row.overrides(key)));
            let open: Vec<&str> = open.map(|key| &**key).collect();
            if open.is_empty() {
                continue;
            }
            let [first, second] = conflict.spans.map(|span| report.position(span));
            let span = own.map_or(conflict.entry, |row| row.code.span);
            let (keys, code) = (quoted_list(&open, "and"), excerpt(&conflict.code));
            report
                .error(Rule::ConflictingBases, span, format!("conflicting {keys} of code `{code}` in two bases"))
                .add_note(format!("defined at {first} and at {second}"))
                .add_help(format!("override it in this table: `{}`", overriding_row(&conflict.code, &open)));
        }
    }

    /// Reports rows without a value in a required column: a row of this file where it is, and those
    /// of bases together, at the declaration of the column.
    pub(crate) fn report_missing_values(&mut self, file: usize, report: &mut Report) {
        for column in self.columns.values().filter(|column| column.value.column.required && !column.value.is_flawed) {
            let name = &column.value.name;
            let mut of_bases = Vec::new();
            for row in self.rows.iter_mut().filter(|row| row.value(name).is_none()) {
                if row.code.span.file == file {
                    let message = format!("code `{}` has no `{name}`", excerpt(&row.code.value));
                    let note = format!("the column is required at {}", report.position(column.span));
                    let help = format!("add `{name}`: {}", column.value.column.ty.expected());
                    report.error(Rule::MissingValue, row.code.span, message).add_note(note).add_help(help);
                } else {
                    of_bases.push(row.code.value.clone());
                }
                row.add_placeholder(&column.value, row.code.span);
            }
            let codes: Vec<_> = of_bases.iter().map(String::as_str).collect();
            if let [first, ..] = *codes {
                let (noun, verb) = if codes.len() == 1 { ("code", "has") } else { ("codes", "have") };
                let codes = short_list(&codes, "and", 3);
                let message = format!("{noun} {codes} {verb} no `{name}`");
                let note = "the column is required for rows of base tables too";
                let row = overriding_row(first, &[name]);
                let help = format!("override each in {}: `{row}`", report.file_name(file));
                report.error(Rule::MissingValue, column.span, message).add_note(note).add_help(help);
            }
        }
    }

    fn push(&mut self, row: FileRow, bases: Vec<usize>, own: Option<Span>) {
        self.known.insert(row.code.value.clone(), Known { row: self.rows.len(), bases, own });
        self.rows.push(row);
    }
}

/// Returns the JSON of a row that overrides some keys.
fn overriding_row(code: &str, keys: &[&str]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| format!("\"{key}\": …")).collect();
    format!("{{\"code\": {}, {}}}", json_string(code), keys.join(", "))
}
