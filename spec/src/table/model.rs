//! The checked table, from which an enum is generated.

use std::mem;
use std::ops::RangeInclusive;

use crate::table::column::Column;
use crate::table::envelope::Envelope;
use crate::table::row::Row;

/// What no row of a table may use, such as a code that was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reserved {
    /// A code or an alias.
    pub code: Option<String>,
    /// A number.
    pub number: Option<i64>,
    /// A range of numbers.
    pub numbers: Option<RangeInclusive<i64>>,
    /// Why, or `""`.
    pub note: String,
}

impl Reserved {
    /// Returns whether rows may not have this number.
    ///
    /// ```
    /// let mut reserved = errtable_spec::Reserved::default();
    /// reserved.numbers = Some(200..=299);
    /// assert!(reserved.has_number(299) && !reserved.has_number(300));
    /// ```
    #[must_use]
    pub fn has_number(&self, number: i64) -> bool {
        self.number == Some(number) || self.numbers.as_ref().is_some_and(|numbers| numbers.contains(&number))
    }
}

/// A table with everything it extends. All codes and variants are valid and distinct.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// The name, in kebab-case.
    pub name: String,
    /// What the table lists, or `""`.
    pub description: String,
    /// Where the rows come from, or `""`.
    pub source: String,
    /// The version of the API, or `""`.
    pub version: String,
    /// Whether codes can also be looked up ignoring ASCII case.
    pub ignore_case: bool,
    /// What a response looks like.
    pub envelope: Option<Envelope>,
    /// What its rows may not use. Not inherited.
    pub reserved: Vec<Reserved>,
    /// The columns, those of the bases first.
    pub columns: Vec<Column>,
    /// The rows, those of the bases first.
    pub rows: Vec<Row>,
}

impl Table {
    /// Returns whether the rows have numbers, which are sent instead of the codes.
    ///
    /// ```
    /// use errtable_spec::{Row, Table};
    ///
    /// let mut row = Row::new("Disk.Full".to_owned(), "DiskFull".to_owned());
    /// row.number = Some(507);
    /// let mut table = Table::default();
    /// assert!(!table.is_numeric());
    /// table.rows.push(row);
    /// assert!(table.is_numeric());
    /// ```
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        // `check_numbers` reports a row without a number.
        self.rows.iter().any(|row| row.number.is_some())
    }

    /// Removes the private columns and their values.
    ///
    /// ```
    /// use errtable_spec::{Directory, Table};
    ///
    /// // "columns": { "owner": { "type": "str", "private": true } }
    /// # let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
    /// let table = Table::load(&Directory::new(root), "private-placeholder/t.json").table;
    /// assert_eq!(table.columns[0].name, "owner");
    /// assert!(table.without_private_columns().columns.is_empty());
    /// ```
    #[must_use]
    pub fn without_private_columns(mut self) -> Self {
        for row in &mut self.rows {
            let values = mem::take(&mut row.values).into_iter().zip(&self.columns);
            row.values = values.filter(|(_, column)| !column.private).map(|(value, _)| value).collect();
        }
        self.columns.retain(|column| !column.private);
        self
    }
}
