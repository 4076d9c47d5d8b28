//! The spellings and values of a row.

use std::borrow::Cow;

use errtable_spec::{KeyValue, Row, RowKey, Table, Value};
use serde::{Serialize, Serializer};

/// Returns the code and the aliases of a row.
pub(crate) fn spellings(row: &Row) -> impl Iterator<Item = &str> {
    std::iter::once(&row.code).chain(&row.aliases).map(String::as_str)
}

/// Returns the distinct texts that a response can identify a row by: the code, the aliases, and the
/// digits of the number.
pub(crate) fn texts(row: &Row) -> impl Iterator<Item = Cow<'_, str>> {
    let digits = row.number.map(|number| number.to_string());
    let digits = digits.filter(|digits| spellings(row).all(|spelling| spelling != digits));
    spellings(row).map(Cow::Borrowed).chain(digits.map(Cow::Owned))
}

/// Returns whether a text in a response is one of the row's.
pub(crate) fn is_sent_as(row: &Row, text: &str) -> bool {
    texts(row).any(|own| own == text)
}

/// Returns what a response contains: the number of a row, else its code.
pub(crate) fn wire(row: &Row) -> Cow<'_, str> {
    row.number.map_or(Cow::Borrowed(&*row.code), |number| Cow::Owned(number.to_string()))
}

/// Returns the names of the columns in which a row has a value, and the values.
pub(crate) fn values<'t>(row: &'t Row, table: &'t Table) -> impl Iterator<Item = (&'t str, &'t Value)> {
    let values = table.columns.iter().zip(&row.values);
    values.filter_map(|(column, value)| Some((column.name.as_str(), value.as_ref()?)))
}

/// The keys of a row as JSON. A key without a value is null.
pub(crate) struct Keys<'r>(pub(crate) &'r Row);

impl Serialize for Keys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(RowKey::ALL.iter().map(|key| (key.as_str(), self.0.get(*key).map(json))))
    }
}

fn json(value: KeyValue<'_>) -> serde_json::Value {
    match value {
        KeyValue::Text(text) => text.into(),
        KeyValue::List(list) => list.into(),
        KeyValue::Integer(integer) => integer.into(),
        KeyValue::Milliseconds(milliseconds) => milliseconds.into(),
    }
}
