//! The checked table, from which an enum is generated.

use crate::table::column::Column;
use crate::table::envelope::Envelope;
use crate::table::row::Row;

/// A table with everything it extends. All codes and variants are valid and distinct.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The columns, those of the bases first.
    pub columns: Vec<Column>,
    /// The rows, those of the bases first.
    pub rows: Vec<Row>,
}
