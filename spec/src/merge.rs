//! Puts the rows of a table over those of its bases, key by key.

use std::rc::Rc;

use crate::columns::{Declared, Value};
use crate::problems::Problems;
use crate::resolve::Resolved;
use crate::rows::{ROW_KEYS, Row};
use crate::source::{Located, Span};
use crate::text::variant_name;
use crate::text_map::TextMap;
use crate::words::{quoted_list, shown};
use crate::{Fault, Retry, Rule};

/// A row with what it inherits.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedRow {
    pub(crate) row: Row,
    pub(crate) retry: Retry,
    pub(crate) fault: Fault,
    /// The name of the first table that holds the code.
    pub(crate) table: Rc<str>,
}

/// Rows of bases and own rows, each code once.
#[derive(Default)]
pub(crate) struct Merged {
    pub(crate) columns: Vec<Located<Declared>>,
    pub(crate) rows: Vec<ResolvedRow>,
    known: TextMap<String, Known>,
    /// What the file itself says of codes of its bases.
    overriding: TextMap<String, Row>,
    conflicts: Vec<Conflict>,
}

/// What is known of a code.
struct Known {
    /// The position of its row.
    row: usize,
    /// Where the file's own row has it.
    own: Option<Span>,
}

/// Two bases that differ on a code.
struct Conflict {
    code: String,
    /// The rows of the two bases.
    places: [Span; 2],
    keys: Vec<Rc<str>>,
    /// The entry of `extends` that brings the second one in.
    entry: Span,
}

impl Merged {
    pub(crate) fn add_base(&mut self, base: &Resolved, entry: Span, problems: &mut Problems) {
        let declares = |columns: &[Located<Declared>], key: &str| columns.iter().any(|c| *c.value.name == *key);
        let columns_before = self.columns.clone();
        for column in &base.columns {
            self.add_base_column(column, entry, problems);
        }
        for row in &base.rows {
            let Some(earlier) = self.get_mut(&row.row.code.value) else {
                self.push(row.clone(), None);
                continue;
            };
            let mut keys = differing_keys(earlier, row);
            // A base that does not declare a column says nothing of it: what the other one says holds.
            keys.retain(|key| {
                ROW_KEYS.contains(&&**key) || declares(&columns_before, key) && declares(&base.columns, key)
            });
            let new = row.row.columns.iter().filter(|(name, _)| !declares(&columns_before, name));
            earlier.row.columns.extend(new.cloned());
            // What could not be read is told already, and may agree once it is mended.
            if !keys.is_empty() && !earlier.row.is_flawed && !row.row.is_flawed {
                let places = [earlier.row.code.span, row.row.code.span];
                self.conflicts.push(Conflict { code: row.row.code.value.clone(), places, keys, entry });
            }
        }
    }

    fn add_base_column(&mut self, column: &Located<Declared>, entry: Span, problems: &mut Problems) {
        match self.column(&column.value.name) {
            None => self.columns.push(column.clone()),
            Some(earlier) if earlier.value.column == column.value.column => {}
            Some(earlier) => {
                let places = [earlier.span, column.span].map(|span| problems.place(span));
                let message = format!("two bases declare the column `{}` differently", column.value.name);
                let note = format!("one declares it at {}, the other at {}", places[0], places[1]);
                problems
                    .report(Rule::ColumnsDisagree, entry, message)
                    .note(note)
                    .help("rename the column in one of the bases");
            }
        }
    }

    /// Adds a column of the table's own.
    pub(crate) fn add_column(&mut self, column: Located<Declared>, problems: &mut Problems) {
        match self.column(&column.value.name) {
            None => self.columns.push(column),
            Some(base) if base.value.column == column.value.column => {}
            Some(base) => {
                let note = format!("the base declares it at {}", problems.place(base.span));
                let message = format!("the column `{}` is declared otherwise by a base", column.value.name);
                let help = "take it out, because columns are inherited, or give it another name";
                problems.report(Rule::ColumnRedeclared, column.span, message).note(note).help(help);
            }
        }
    }

    fn column(&self, name: &str) -> Option<&Located<Declared>> {
        self.columns.iter().find(|column| *column.value.name == *name)
    }

    pub(crate) fn add_own(&mut self, row: Row, defaults: (Retry, Fault), table: &Rc<str>, problems: &mut Problems) {
        let span = row.code.span;
        let Some(known) = self.known.get_mut(&row.code.value) else {
            let (retry, fault) = (row.retry.unwrap_or(defaults.0), row.fault.unwrap_or(defaults.1));
            self.push(ResolvedRow { row, retry, fault, table: Rc::clone(table) }, Some(span));
            return;
        };
        if let Some(first) = known.own {
            let note = format!("first at {}", problems.place(first));
            let message = format!("the code `{}` stands twice", shown(&row.code.value));
            problems.report(Rule::CodeTwice, span, message).note(note).help("keep one of the two rows");
            return;
        }
        known.own = Some(span);
        if let Some(base) = self.rows.get_mut(known.row) {
            *base = base.overridden_by(row.clone());
        }
        self.overriding.insert(row.code.value.clone(), row);
    }

    /// Where bases differ and no own row settles the matter.
    pub(crate) fn report_conflicts(&self, problems: &mut Problems) {
        for conflict in &self.conflicts {
            let own = self.overriding.get(&conflict.code);
            let open = conflict.keys.iter().filter(|key| !own.is_some_and(|row| row.has(key)));
            let open: Vec<&str> = open.map(|key| &**key).collect();
            if open.is_empty() {
                continue;
            }
            let [first, second] = conflict.places.map(|place| problems.place(place));
            let at = own.map_or(conflict.entry, |row| row.code.span);
            let message = format!("two bases disagree about {} of `{}`", quoted_list(&open), shown(&conflict.code));
            let help =
                format!("say what holds here, in a row of this table's own: `{}`", settling_row(conflict, &open));
            problems
                .report(Rule::BasesDisagree, at, message)
                .note(format!("one is at {first}, the other at {second}"))
                .help(help);
        }
    }

    fn get_mut(&mut self, code: &str) -> Option<&mut ResolvedRow> {
        self.known.get(code).and_then(|known| self.rows.get_mut(known.row))
    }

    fn push(&mut self, row: ResolvedRow, own: Option<Span>) {
        self.known.insert(row.row.code.value.clone(), Known { row: self.rows.len(), own });
        self.rows.push(row);
    }
}

fn settling_row(conflict: &Conflict, keys: &[&str]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| format!("\"{key}\": …")).collect();
    // A JSON string: the code may hold quotes.
    let code = serde_json::Value::from(conflict.code.as_str());
    format!("{{\"code\": {code}, {}}}", keys.join(", "))
}

impl ResolvedRow {
    /// The name that the row wants for its variant, where that is said: its own word, or made of the code.
    pub(crate) fn wanted_name(&self) -> Located<String> {
        let derived = || Located { value: variant_name(&self.row.code.value), span: self.row.code.span };
        self.row.variant.clone().unwrap_or_else(derived)
    }

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
                columns: overridden_columns(base.columns, own.columns),
                is_flawed: own.is_flawed || base.is_flawed,
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
            column => self.value(column).is_some(),
        }
    }

    /// The value in a column.
    pub(crate) fn value(&self, column: &str) -> Option<&Value> {
        self.columns.iter().find(|(name, _)| **name == *column).map(|(_, value)| value)
    }
}

fn overridden_columns(base: Vec<(Rc<str>, Value)>, mut own: Vec<(Rc<str>, Value)>) -> Vec<(Rc<str>, Value)> {
    let inherited: Vec<_> = base.into_iter().filter(|(name, _)| !own.iter().any(|(own, _)| own == name)).collect();
    own.extend(inherited);
    own
}

/// The keys in which two rows of one code differ.
fn differing_keys(a: &ResolvedRow, b: &ResolvedRow) -> Vec<Rc<str>> {
    let same_text = |a: &Option<String>, b: &Option<String>| a.as_deref().unwrap_or("") == b.as_deref().unwrap_or("");
    let aliases = |row: &ResolvedRow| -> Vec<String> {
        row.row.aliases.iter().flatten().map(|alias| alias.value.clone()).collect()
    };
    let keys = [
        ("description", same_text(&a.row.description, &b.row.description)),
        ("retry", a.retry == b.retry),
        ("retry_after_ms", a.row.retry_after_ms == b.row.retry_after_ms),
        ("fault", a.fault == b.fault),
        ("evidence", same_text(&a.row.evidence, &b.row.evidence)),
        ("variant", a.wanted_name().value == b.wanted_name().value),
        ("aliases", aliases(a) == aliases(b)),
        ("deprecated", a.row.deprecated == b.row.deprecated),
    ];
    let mut differing: Vec<Rc<str>> = keys.into_iter().filter(|(_, same)| !same).map(|(key, _)| key.into()).collect();
    for (name, _) in a.row.columns.iter().chain(&b.row.columns) {
        if a.row.value(name) != b.row.value(name) && !differing.contains(name) {
            differing.push(Rc::clone(name));
        }
    }
    differing
}
