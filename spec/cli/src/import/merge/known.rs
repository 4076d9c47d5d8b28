//! Which row a code, an alias or a number identifies, and what no row can have.

use std::collections::HashMap;

use errtable_spec::__private::parse_digits;
use errtable_spec::{Reserved, Table};

use crate::import::listing::{Listed, Listing};
use crate::import::merge::document::{FileRow, TableFile};
use crate::row::spellings;

/// The codes, aliases and numbers of a table, its bases and its new rows.
pub(super) struct Known<'d> {
    rows: &'d [FileRow<'d>],
    table: &'d Table,
    /// The positions of the file's own rows, by code and alias.
    own: HashMap<&'d str, usize>,
    /// The codes of the rows of bases, by code and alias.
    base: HashMap<&'d str, &'d str>,
    /// The codes and aliases of all rows by their lower case, in a table that ignores case.
    lower_case: HashMap<String, &'d str>,
    /// The codes of all rows with a number, by number.
    numbers: HashMap<i64, &'d str>,
    /// The listed codes, by code and new alias.
    taken: HashMap<&'d str, &'d str>,
}

impl<'d> Known<'d> {
    pub(super) fn new(document: &'d TableFile<'d>, table: &'d Table, listing: &'d Listing) -> Self {
        let rows = document.rows.iter().enumerate();
        // A code takes precedence over an alias, which is inserted first.
        let aliases = rows.clone().flat_map(|(at, row)| row.aliases().map(move |alias| (alias, at)));
        let own = aliases.chain(rows.map(|(at, row)| (&*row.code, at))).collect();
        let base = table.rows.iter().filter(|row| row.table != table.name);
        let base = base.flat_map(|row| spellings(row).map(|spelling| (spelling, &*row.code))).collect();
        let with_case = table.rows.iter().filter(|_| table.ignore_case);
        // As above.
        let spelled = with_case.clone().flat_map(spellings).chain(with_case.map(|row| &*row.code));
        let lower_case = spelled.map(|spelling| (spelling.to_ascii_lowercase(), spelling)).collect();
        let numbers = table.rows.iter().filter_map(|row| Some((row.number?, &*row.code))).collect();
        let taken = listing.codes.iter().map(|listed| (&*listed.code, &*listed.code)).collect();
        Self { rows: &document.rows, table, own, base, lower_case, numbers, taken }
    }

    /// Returns the code of the row that a listed code identifies, or the listed code. The digits of
    /// a number identify its row, and so does another case if the table ignores case.
    pub(super) fn code<'l>(&self, listed: &'l Listed) -> &'l str
    where
        'd: 'l,
    {
        let code = &*listed.code;
        if self.own.contains_key(code) || self.base.contains_key(code) {
            return code;
        }
        let by_digits = || parse_digits(code).and_then(|number| self.owner_of(number));
        let by_case = || self.lower_case.get(&code.to_ascii_lowercase()).copied();
        by_digits().or_else(by_case).unwrap_or(code)
    }

    /// Returns the position of the file's own row that has a code or an alias.
    pub(super) fn own(&self, spelling: &str) -> Option<usize> {
        self.own.get(spelling).copied()
    }

    /// Returns whether a row of a base has a code or an alias.
    pub(super) fn is_of_base(&self, spelling: &str) -> bool {
        self.base.contains_key(spelling)
    }

    /// Returns whether the pages list exactly this code.
    pub(super) fn is_listed(&self, code: &str) -> bool {
        self.taken.get(code).is_some_and(|owner| *owner == code)
    }

    /// Returns the code of the row that has a code or an alias, or that will have it.
    pub(super) fn owner(&self, spelling: &str) -> Option<&'d str> {
        let exact = |spelling: &str| {
            let own = self.own.get(spelling).and_then(|at| self.rows.get(*at)).map(|row| &*row.code);
            own.or_else(|| self.base.get(spelling).copied()).or_else(|| self.taken.get(spelling).copied())
        };
        let other_case = || self.lower_case.get(&spelling.to_ascii_lowercase()).copied();
        exact(spelling).or_else(|| exact(other_case()?))
    }

    /// Returns the code of the row that has a number.
    pub(super) fn owner_of(&self, number: i64) -> Option<&'d str> {
        self.numbers.get(&number).copied()
    }

    /// Returns whether rows have numbers.
    pub(super) fn has_numbers(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Adds a new row.
    pub(super) fn add(&mut self, code: &'d str, number: Option<i64>) {
        self.numbers.extend(number.map(|number| (number, code)));
        self.take(code, code);
    }

    /// Gives a code or an alias to the row of a code.
    pub(super) fn take(&mut self, spelling: &'d str, code: &'d str) {
        self.taken.insert(spelling, code);
        if self.table.ignore_case {
            self.lower_case.insert(spelling.to_ascii_lowercase(), spelling);
        }
    }

    /// Returns why no row can have a code or an alias, if the table reserves it.
    pub(super) fn reserved(&self, spelling: &str) -> Option<String> {
        let is_reserved = |reserved: &&Reserved| reserved.code.as_deref() == Some(spelling);
        self.table.reserved.iter().find(is_reserved).map(|reserved| reserved_by(&format!("`{spelling}`"), reserved))
    }

    /// Returns why a new row cannot have a number, if the table reserves it.
    pub(super) fn reserved_number(&self, code: &str, number: i64) -> Option<String> {
        let reserved = self.table.reserved.iter().find(|reserved| reserved.has_number(number))?;
        Some(reserved_by(&format!("the number {number} of `{code}`"), reserved))
    }
}

fn reserved_by(what: &str, reserved: &Reserved) -> String {
    let note = if reserved.note.is_empty() { String::new() } else { format!(": {}", reserved.note) };
    format!("the table reserves {what}{note}")
}
