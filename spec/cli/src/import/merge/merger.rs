//! Merges listed codes into the rows of a table.

use std::collections::HashSet;

use errtable_spec::__private::parse_digits;
use errtable_spec::{RowKey, Table};

use crate::import::edit::edited;
use crate::import::listing::{Listed, Listing};
use crate::import::merge::document::{Edit, FileRow, TableFile, json, rank};
use crate::import::merge::key_notes::KeyNotes;
use crate::import::merge::known::Known;
use crate::import::merge::rows::RowChanges;
use crate::import::merge::variants::Variants;
use crate::import::merge::{
    Added, Changed, DEPRECATED_NOTE, Kept, MergeOptions, Merged, Missing, skipped_codes, values,
};
use crate::import::origin::PageMessage;

/// Returns a value as people read it.
fn text_of(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns whether each code has a number, and each number one code.
fn has_numbers(listing: &Listing) -> bool {
    let mut numbers = HashSet::new();
    listing.codes.iter().all(|listed| listed.number.is_some_and(|number| numbers.insert(number)))
}

/// Returns why a code that identifies a row is skipped: the pages list another spelling of it.
fn other_spelling(code: &str, other: &str) -> String {
    match parse_digits(code) {
        Some(number) => number_of_other(code, number, other),
        None => format!("`{code}` differs only in case from `{other}`"),
    }
}

fn number_of_other(code: &str, number: i64, owner: &str) -> String {
    format!("`{code}` has the number {number}, which is that of `{owner}`")
}

/// The table that is merged into, and its changes so far.
pub(super) struct Merger<'d> {
    document: &'d TableFile<'d>,
    table: &'d Table,
    known: Known<'d>,
    /// The positions of the rows that a listed code has updated.
    updated: HashSet<usize>,
    /// Whether the rows have numbers: all of them, or none.
    is_numeric: bool,
    options: &'d MergeOptions,
    variants: Variants,
    edits: Vec<Edit>,
    /// For each new row, the position of the row before it, if there is one.
    before: Vec<Option<usize>>,
    removed: Vec<bool>,
    key_notes: KeyNotes<'d>,
    merged: Merged,
}

impl<'d> Merger<'d> {
    pub(super) fn new(
        document: &'d TableFile<'d>,
        table: &'d Table,
        listing: &'d Listing,
        options: &'d MergeOptions,
    ) -> Self {
        let known = Known::new(document, table, listing);
        let is_numeric = if table.rows.is_empty() { has_numbers(listing) } else { known.has_numbers() };
        let variants = Variants::new(table, &document.variant_prefix);
        let removed = vec![false; document.rows.len()];
        let (edits, before, merged) = (Vec::new(), Vec::new(), Merged::default());
        Self {
            document,
            table,
            known,
            updated: HashSet::new(),
            is_numeric,
            options,
            variants,
            edits,
            before,
            removed,
            key_notes: KeyNotes::new(listing, &options.keep),
            merged,
        }
    }

    fn is_kept(&self, key: &str) -> bool {
        self.options.keep.iter().any(|keep| keep == key)
    }

    pub(super) fn merge_listed(&mut self, listing: &'d Listing) {
        // Bodies list codes in any order, so that new rows are appended.
        let mut before = if listing.is_complete { None } else { self.document.rows.len().checked_sub(1) };
        for listed in &listing.codes {
            let code = self.known.code(listed);
            match self.known.own(code) {
                Some(at) => {
                    if listing.is_complete {
                        before = Some(at);
                    }
                    let row = self.document.rows.get(at).filter(|row| *row.code == *code);
                    let is_other = *code != *listed.code;
                    if is_other && self.known.is_listed(code) || row.is_some() && !self.updated.insert(at) {
                        // The pages list the row by its code, too, or in another case.
                        self.skip(listed, other_spelling(&listed.code, code));
                    } else if let Some(row) = row {
                        self.update(row, listed);
                    }
                }
                None if self.known.is_of_base(code) => {}
                // The pages list it in another case, which is a new row or alias.
                None if *code != *listed.code => self.skip(listed, other_spelling(&listed.code, code)),
                None => self.add(before, listed),
            }
        }
        let note = self.number_note(listing);
        self.merged.notes.extend(note);
    }

    /// Returns why the table has no numbers, if the pages list some.
    fn number_note(&self, listing: &Listing) -> Option<String> {
        if self.is_numeric {
            return None;
        }
        let (code, number) = listing.codes.iter().find_map(|listed| Some((&listed.code, listed.number?)))?;
        let why = match listing.codes.iter().find(|listed| listed.number.is_none()) {
            _ if !self.document.rows.is_empty() => "the rows of the table have none".to_owned(),
            Some(other) => format!("`{}` has none", other.code),
            None => "some are those of several codes".to_owned(),
        };
        Some(format!("numbers, such as {number} of `{code}`, are not imported: {why}"))
    }

    fn add(&mut self, before: Option<usize>, listed: &'d Listed) {
        let number = self.known.reserved(&listed.code).map_or_else(|| self.new_number(listed), Err);
        let number = match number {
            Ok(number) => number,
            Err(message) => {
                self.skip(listed, message);
                return;
            }
        };
        self.known.add(&listed.code, number);
        let aliases = self.new_aliases(&listed.code, listed);
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
        if let Some(owner) = self.known.owner_of(number) {
            return Err(number_of_other(code, number, owner));
        }
        self.known.reserved_number(code, number).map_or(Ok(Some(number)), Err)
    }

    /// Returns the values of a listed code, in the usual order of keys. Others are reported.
    fn values(&mut self, listed: &'d Listed) -> Vec<(String, serde_json::Value)> {
        let mut values = Vec::new();
        // A row keeps its variant, which programs use.
        for (key, text) in listed.values.iter().filter(|(key, _)| key != "variant") {
            let is_key = RowKey::NAMES.contains(&&**key) || self.table.columns.iter().any(|own| own.name == *key);
            if !is_key {
                self.key_notes.add_unknown(key);
                continue;
            }
            match values::value(key, text, self.table) {
                Ok(value) => values.push((key.clone(), value)),
                Err(message) => self.key_notes.add_skipped(key, text, listed, message),
            }
        }
        values.sort_by_key(|(key, _)| rank(key));
        values
    }

    /// Returns the aliases that the row of a code does not have. Those of other rows are skipped.
    fn new_aliases(&mut self, code: &'d str, listed: &'d Listed) -> Vec<String> {
        let mut aliases = Vec::new();
        for alias in &listed.aliases {
            let owner = self.known.owner(alias);
            let why = match owner {
                Some(owner) if *owner == **alias => Some(format!("the alias `{alias}` of `{code}` is another code")),
                Some(owner) => Some(format!("the alias `{alias}` of `{code}` is one of `{owner}`")),
                None => self.known.reserved(alias),
            };
            match why {
                _ if owner == Some(code) => {}
                Some(why) => self.skip(listed, why),
                None => {
                    self.known.take(alias, code);
                    aliases.push(alias.clone());
                }
            }
        }
        aliases
    }

    fn update(&mut self, row: &'d FileRow<'d>, listed: &'d Listed) {
        if let (Some(number), true) = (listed.number, self.is_numeric)
            && self.known.owner_of(number).is_none_or(|owner| *owner != row.code)
        {
            let message = format!("`{}` has the number {number}, and another one in the table", row.code);
            self.skip(listed, message);
        }
        let is_override = self.known.is_of_base(&row.code);
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
        self.key_notes.count_values(row, listed);
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
        let aliases = self.new_aliases(&row.code, listed);
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
        self.merged.skipped.push(PageMessage { origin: listed.origin.clone(), message });
    }

    fn change(&mut self, code: &str, key: &str, old: Option<&str>, new: Option<&str>) {
        let [old, new] = [old, new].map(|value| value.map(str::to_owned));
        self.merged.changed.push(Changed { code: code.to_owned(), key: key.to_owned(), old, new });
    }

    pub(super) fn merge_missing(&mut self, listing: &Listing) {
        let Self { document, options, .. } = *self;
        let listed: HashSet<_> =
            listing.codes.iter().filter_map(|listed| self.known.own(self.known.code(listed))).collect();
        let is_missing = |(at, row): &(usize, &FileRow<'_>)| {
            !listed.contains(at)
                && !self.known.is_of_base(&row.code)
                && !options.unlisted.iter().any(|code| *code == row.code)
                && (options.missing == Missing::Prune || !row.has("deprecated"))
        };
        let rows: Vec<_> = document.rows.iter().enumerate().filter(is_missing).collect();
        let codes = rows.iter().flat_map(|(_, row)| row.spellings()).map(skipped_codes::folded).collect();
        let cells = skipped_codes::find(listing.skipped.iter().chain(&listing.unread), &codes);
        for (at, row) in rows {
            match row.spellings().find_map(|spelling| cells.get(&skipped_codes::folded(spelling))) {
                Some(origin) => {
                    self.merged.kept.push(Kept { code: row.code.to_string(), origin: (*origin).clone() });
                }
                None => self.miss(at, row),
            }
        }
    }

    /// Reports, removes or deprecates a row that the pages do not list.
    fn miss(&mut self, at: usize, row: &'d FileRow<'d>) {
        self.merged.missing.push(row.code.to_string());
        match self.options.missing {
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

    pub(super) fn finish(mut self) -> Merged {
        let (skipped_values, notes) = self.key_notes.finish();
        self.merged.skipped_values = skipped_values;
        self.merged.notes.extend(notes);
        let rows = RowChanges { added: &self.merged.added, before: &self.before, removed: &self.removed };
        self.edits.extend(rows.edits(self.document));
        // An insertion comes before a removal that starts at the same place.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let edits = self.edits.iter().map(|(range, replacement)| (range.clone(), [replacement.as_str()]));
        self.merged.text = edited(self.document.text, edits);
        self.merged
    }
}
