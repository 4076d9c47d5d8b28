//! Merges the codes that pages list into the text of a table. Everything else stays as it is.

mod document;
pub mod new_table;
mod rows;
pub(super) mod values;
mod variants;

use std::collections::{HashMap, HashSet};

use clap::ValueEnum;
use errtable_spec::{RowKey, Table, parse_digits};
use serde::Serialize;

use self::document::{Edit, FileRow, TableFile, json, rank};
use self::rows::RowChanges;
use self::variants::Variants;
use crate::import::listing::{Listed, Listing, Skipped};
use crate::row::spellings;

/// What to do with rows that the pages do not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Missing {
    /// Report them.
    #[default]
    Keep,
    /// Remove them.
    Prune,
    /// Set their key `deprecated`.
    Deprecate,
}

/// The note of a row that the pages no longer list.
pub const DEPRECATED_NOTE: &str = "The documentation no longer lists this code.";

/// A table after a merge, and how it differs from before.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// The text of the table.
    pub text: String,
    /// The new rows, in the order of the pages.
    pub added: Vec<Added>,
    /// The rows with another description, alias or note.
    pub changed: Vec<Changed>,
    /// The codes of rows that the pages do not list. Deprecated rows and overrides are not missing.
    pub missing: Vec<String>,
    /// The listed codes that the table cannot have.
    pub skipped: Vec<Skipped>,
    /// What else is not imported.
    pub notes: Vec<String>,
}

/// A new row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    /// The code.
    pub code: String,
    /// The number, in a numeric table.
    pub number: Option<i64>,
    /// The description, or `""`.
    pub description: String,
    /// The name of the variant, if it is not derived from the code.
    pub variant: Option<String>,
    /// The spellings with surrounding white space.
    pub aliases: Vec<String>,
    /// The values of other keys and columns.
    pub values: Vec<(String, serde_json::Value)>,
}

/// A change of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The code.
    pub code: String,
    /// The changed key.
    pub key: String,
    /// The value before, if there was one.
    pub old: Option<String>,
    /// The value now. `None` if the key was removed.
    pub new: Option<String>,
}

/// Merges a listing into a table. `text` is the file of the table, and `table` includes its bases.
/// Returns `None` if the text is not a table.
///
/// A second merge of the same listing changes nothing.
#[must_use]
pub fn merge(text: &str, table: &Table, listing: &Listing, missing: Missing) -> Option<Merged> {
    let document = TableFile::parse(text)?;
    let mut merger = Merger::new(&document, table, listing);
    merger.merge_listed(listing);
    if listing.is_complete {
        merger.merge_missing(listing, missing);
    }
    Some(merger.finish())
}

/// Returns a value as people read it.
fn text_of(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns whether each code has a number, and each number one code.
fn has_numbers(listing: &Listing) -> bool {
    let mut numbers = HashSet::new();
    listing.codes.iter().all(|listed| listed.number.is_some_and(|number| numbers.insert(number)))
}

fn number_of_other(code: &str, number: i64, owner: &str) -> String {
    format!("`{code}` has the number {number}, which is that of `{owner}`")
}

struct Merger<'d> {
    document: &'d TableFile<'d>,
    table: &'d Table,
    /// The positions of the file's own rows, by code and alias.
    own: HashMap<&'d str, usize>,
    /// The codes and aliases of bases.
    base: HashSet<&'d str>,
    /// The codes of all rows with a number, by number.
    numbers: HashMap<i64, &'d str>,
    /// The listed codes, and the aliases of new rows.
    taken: HashSet<String>,
    /// Whether the rows have numbers: all of them, or none.
    is_numeric: bool,
    /// The keys that rows keep.
    kept: &'d [String],
    variants: Variants,
    edits: Vec<Edit>,
    /// For each new row, the position of the row before it, if there is one.
    before: Vec<Option<usize>>,
    removed: Vec<bool>,
    merged: Merged,
}

impl<'d> Merger<'d> {
    fn new(document: &'d TableFile<'d>, table: &'d Table, listing: &'d Listing) -> Self {
        let rows = document.rows.iter().enumerate();
        // A code takes precedence over an alias, which is inserted first.
        let aliases = rows.clone().flat_map(|(at, row)| row.aliases().map(move |alias| (alias, at)));
        let own = aliases.chain(rows.map(|(at, row)| (&*row.code, at))).collect();
        let base = table.rows.iter().filter(|row| row.table != table.name).flat_map(spellings).collect();
        let numbers: HashMap<_, _> = table.rows.iter().filter_map(|row| Some((row.number?, &*row.code))).collect();
        let is_numeric = if table.rows.is_empty() { has_numbers(listing) } else { !numbers.is_empty() };
        let taken = listing.codes.iter().map(|listed| listed.code.clone()).collect();
        let variants = Variants::new(table, &document.variant_prefix);
        let removed = vec![false; document.rows.len()];
        let (edits, before, merged, kept) = (Vec::new(), Vec::new(), Merged::default(), &*listing.kept);
        Self { document, table, own, base, numbers, taken, is_numeric, kept, variants, edits, before, removed, merged }
    }

    fn is_kept(&self, key: &str) -> bool {
        self.kept.iter().any(|kept| kept == key)
    }

    fn merge_listed(&mut self, listing: &'d Listing) {
        // Bodies list codes in any order, so that new rows are appended.
        let mut before = if listing.is_complete { None } else { self.document.rows.len().checked_sub(1) };
        for listed in &listing.codes {
            let code = self.known_code(listed);
            match self.own.get(code) {
                Some(&at) => {
                    if listing.is_complete {
                        before = Some(at);
                    }
                    // The digits are those of another row, which the pages list by its code.
                    if let Some(number) = parse_digits(&listed.code)
                        && *code != *listed.code
                        && self.taken.contains(code)
                    {
                        self.skip(listed, number_of_other(&listed.code, number, code));
                    } else if let Some(row) = self.document.rows.get(at).filter(|row| *row.code == *code) {
                        self.update(row, listed);
                    }
                }
                None if self.base.contains(code) => {}
                None => self.add(before, listed),
            }
        }
        if !self.is_numeric
            && let Some(listed) = listing.codes.iter().find(|listed| listed.number.is_some())
        {
            let (code, number) = (&listed.code, listed.number.unwrap_or_default());
            let why = match listing.codes.iter().find(|listed| listed.number.is_none()) {
                Some(other) if self.document.rows.is_empty() => format!("`{}` has none", other.code),
                _ if self.document.rows.is_empty() => "some are those of several codes".to_owned(),
                _ => "the rows of the table have none".to_owned(),
            };
            self.merged.notes.push(format!("numbers, such as {number} of `{code}`, are not imported: {why}"));
        }
    }

    /// Returns the code of the row that a listed code identifies, or the listed code. The digits of
    /// a number identify its row.
    fn known_code<'l>(&self, listed: &'l Listed) -> &'l str
    where
        'd: 'l,
    {
        let code = &*listed.code;
        if self.own.contains_key(code) || self.base.contains(code) {
            return code;
        }
        parse_digits(code).and_then(|number| self.numbers.get(&number)).copied().unwrap_or(code)
    }

    fn add(&mut self, before: Option<usize>, listed: &'d Listed) {
        let number = match self.new_number(listed) {
            Ok(number) => number,
            Err(message) => {
                self.skip(listed, message);
                return;
            }
        };
        self.numbers.extend(number.map(|number| (number, &*listed.code)));
        let aliases = self.new_aliases(listed);
        let name = listed.values.iter().find(|(key, _)| key == "variant");
        let variant = self.variants.claim(&listed.code, name.map(|(_, name)| &**name));
        let (code, description) = (listed.code.clone(), listed.description.clone());
        let values = self.values(listed);
        self.merged.added.push(Added { code, number, description, variant, aliases, values });
        self.before.push(before);
    }

    /// Returns the number of a new row, or why the table cannot have the row.
    fn new_number(&self, listed: &Listed) -> Result<Option<i64>, String> {
        if !self.is_numeric {
            return Ok(None);
        }
        let code = &listed.code;
        let digits = parse_digits(code);
        let Some(number) = listed.number.or(digits) else {
            return Err(format!("no number for `{code}`, and the rows of the table have one"));
        };
        if digits.is_some_and(|digits| digits != number) {
            return Err(format!("the code `{code}` has the number {number}"));
        }
        match self.numbers.get(&number) {
            Some(owner) => Err(number_of_other(code, number, owner)),
            None => Ok(Some(number)),
        }
    }

    /// Returns the values of a listed code, in the usual order of keys. Others are reported.
    fn values(&mut self, listed: &Listed) -> Vec<(String, serde_json::Value)> {
        let mut values = Vec::new();
        // A row keeps its variant, which programs use.
        for (key, text) in listed.values.iter().filter(|(key, _)| key != "variant") {
            let is_key = RowKey::NAMES.contains(&&**key) || self.table.columns.iter().any(|own| own.name == *key);
            if !is_key {
                let note = format!("`{key}` is not imported: the table has no such column");
                if !self.merged.notes.contains(&note) {
                    self.merged.notes.push(note);
                }
                continue;
            }
            match values::value(key, text, self.table) {
                Ok(value) => values.push((key.clone(), value)),
                Err(message) => {
                    let start = format!("`--value {key}:");
                    if self.merged.notes.iter().all(|note| !note.starts_with(&start)) {
                        self.merged.notes.push(format!("{start}{text}=VALUE` replaces such a text"));
                    }
                    let message = format!("value of `{}`: {message}", listed.code);
                    self.skip(listed, message);
                }
            }
        }
        values.sort_by_key(|(key, _)| rank(key));
        values
    }

    /// Returns the spellings that no row has.
    fn new_aliases(&mut self, listed: &Listed) -> Vec<String> {
        let is_free = |alias: &&String| !self.own.contains_key(&***alias) && !self.base.contains(&***alias);
        let aliases = listed.aliases.iter().filter(is_free);
        aliases.filter(|alias| self.taken.insert((*alias).clone())).cloned().collect()
    }

    fn update(&mut self, row: &'d FileRow<'d>, listed: &Listed) {
        if let (Some(number), true) = (listed.number, self.is_numeric)
            && self.numbers.get(&number).is_none_or(|owner| *owner != row.code)
        {
            let message = format!("`{}` has the number {number}, and another one in the table", row.code);
            self.skip(listed, message);
        }
        let is_override = self.base.contains(&*row.code);
        let old = row.string("description");
        let is_new = match old.as_deref() {
            // The row keeps the description of the base.
            None if is_override => false,
            None => true,
            Some(old) => !listed.is_message && !self.is_kept("description") && old != listed.description,
        };
        if is_new && !listed.description.is_empty() {
            self.edits.push(row.set("description", &json(&listed.description)));
            self.change(&row.code, "description", old.as_deref(), Some(&listed.description));
        }
        for (key, value) in self.values(listed) {
            let old = row.value(&key);
            if old.is_some() && self.is_kept(&key) {
                continue;
            }
            if let Some(old) = old.as_ref().filter(|old| listed.is_proposal && **old != value) {
                let note = format!("`{key}` of `{}` stays {old}; the model has {value}", row.code);
                self.merged.notes.push(note);
                continue;
            }
            if old.as_ref() != Some(&value) && (old.is_some() || !is_override) {
                self.edits.push(row.set(&key, &value.to_string()));
                let [old, new] = [old.as_ref(), Some(&value)].map(|value| value.map(text_of));
                self.change(&row.code, &key, old.as_deref(), new.as_deref());
            }
        }
        let aliases = self.new_aliases(listed);
        if !aliases.is_empty() {
            self.edits.push(row.add_aliases(&aliases));
            for alias in aliases {
                self.change(&row.code, "aliases", None, Some(&alias));
            }
        }
        // The page lists the code again, so the import removes its own note.
        if row.string("deprecated").as_deref() == Some(DEPRECATED_NOTE)
            && let Some(edit) = row.remove("deprecated")
        {
            self.edits.push(edit);
            self.change(&row.code, "deprecated", Some(DEPRECATED_NOTE), None);
        }
    }

    fn skip(&mut self, listed: &Listed, message: String) {
        self.merged.skipped.push(Skipped { page: listed.page, place: listed.place, message });
    }

    fn change(&mut self, code: &str, key: &str, old: Option<&str>, new: Option<&str>) {
        let [old, new] = [old, new].map(|value| value.map(str::to_owned));
        self.merged.changed.push(Changed { code: code.to_owned(), key: key.to_owned(), old, new });
    }

    fn merge_missing(&mut self, listing: &Listing, missing: Missing) {
        let listed: HashSet<_> =
            listing.codes.iter().filter_map(|listed| self.own.get(self.known_code(listed))).copied().collect();
        for (at, row) in self.document.rows.iter().enumerate() {
            let is_kept = listed.contains(&at)
                || self.base.contains(&*row.code)
                || listing.unlisted.iter().any(|code| *code == row.code);
            if is_kept || missing != Missing::Prune && row.has("deprecated") {
                continue;
            }
            self.merged.missing.push(row.code.to_string());
            match missing {
                Missing::Keep => {}
                Missing::Deprecate => {
                    self.edits.push(row.set("deprecated", &json(DEPRECATED_NOTE)));
                    self.change(&row.code, "deprecated", None, Some(DEPRECATED_NOTE));
                }
                Missing::Prune => {
                    if let Some(removed) = self.removed.get_mut(at) {
                        *removed = true;
                    }
                }
            }
        }
    }

    fn finish(mut self) -> Merged {
        let rows = RowChanges { added: &self.merged.added, before: &self.before, removed: &self.removed };
        self.edits.extend(rows.edits(self.document));
        // An insertion comes before a removal that starts at the same place.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let source = self.document.text;
        let mut text = String::with_capacity(source.len());
        let mut end = 0;
        for (range, replacement) in &self.edits {
            text.push_str(source.get(end..range.start).unwrap_or_default());
            text.push_str(replacement);
            end = range.end;
        }
        text.push_str(source.get(end..).unwrap_or_default());
        self.merged.text = text;
        self.merged
    }
}
