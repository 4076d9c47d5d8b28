//! Rows of a table, and their keys.

use std::fmt;

use crate::table::column::Value;
use crate::vocabulary::{Fault, Retry};

named_enum! {
    /// A key of rows, in the usual order. Each table can add columns to them.
    ///
    /// Exhaustive, so that the compiler finds each place that a new key concerns.
    ///
    /// ```
    /// use errtable_spec::RowKey;
    ///
    /// assert_eq!(RowKey::ALL[0].as_str(), "code");
    /// ```
    pub enum RowKey {
        /// The code as sent on the wire.
        Code = "code",
        /// What the code means.
        Description = "description",
        /// Whether and how the request may be retried.
        Retry = "retry",
        /// How long to wait before a retry.
        RetryAfterMs = "retry_after_ms",
        /// Who has to fix the error.
        Fault = "fault",
        /// The reason for `retry` and `fault`.
        Evidence = "evidence",
        /// The name of the variant.
        Variant = "variant",
        /// Other spellings of the code on the wire.
        Aliases = "aliases",
        /// The version of the API that added the code.
        Since = "since",
        /// Why not to use the code any more.
        Deprecated = "deprecated",
    }
}

/// A row of a [`Table`](crate::Table).
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The code as sent on the wire.
    pub code: String,
    /// The name of the variant.
    pub variant: String,
    /// The description, or `""`.
    pub description: String,
    /// How the request may be retried.
    pub retry: Retry,
    /// How long to wait before the next attempt, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Who must act on the error.
    pub fault: Fault,
    /// The reason for `retry` and `fault`, or `""`.
    pub evidence: String,
    /// Other spellings of the code on the wire.
    pub aliases: Vec<String>,
    /// The version of the API that added the code, or `""`.
    pub since: String,
    /// The note of a deprecated code.
    pub deprecated: Option<String>,
    /// The name of the first table that contains the code.
    pub table: String,
    /// The values of the columns, in their order. `None` if there is neither a value nor a default.
    pub values: Vec<Option<Value>>,
}

impl Row {
    /// Creates a row with only a code and a variant.
    #[must_use]
    pub fn new(code: String, variant: String) -> Self {
        Self {
            code,
            variant,
            description: String::new(),
            retry: Retry::Never,
            retry_after_ms: None,
            fault: Fault::Client,
            evidence: String::new(),
            aliases: Vec::new(),
            since: String::new(),
            deprecated: None,
            table: String::new(),
            values: Vec::new(),
        }
    }

    /// Returns the value of a key, unless the row has none. A list may be empty.
    ///
    /// ```
    /// use errtable_spec::{KeyValue, Row, RowKey};
    ///
    /// let row = Row::new("Disk.Full".to_owned(), "DiskFull".to_owned());
    /// assert_eq!(row.get(RowKey::Retry), Some(KeyValue::Text("never")));
    /// assert_eq!(row.get(RowKey::Evidence), None);
    /// ```
    #[must_use]
    pub fn get(&self, key: RowKey) -> Option<KeyValue<'_>> {
        let text = |text| Some(KeyValue::Text(text)).filter(|_| !text.is_empty());
        match key {
            RowKey::Code => text(&self.code),
            RowKey::Description => text(&self.description),
            RowKey::Retry => text(self.retry.as_str()),
            RowKey::RetryAfterMs => self.retry_after_ms.map(KeyValue::Milliseconds),
            RowKey::Fault => text(self.fault.as_str()),
            RowKey::Evidence => text(&self.evidence),
            RowKey::Variant => text(&self.variant),
            RowKey::Aliases => Some(KeyValue::List(&self.aliases)),
            RowKey::Since => text(&self.since),
            RowKey::Deprecated => self.deprecated.as_deref().map(KeyValue::Text),
        }
    }
}

/// Returns who has to fix an error of this class, unless its row says otherwise: a transient error is
/// the server's.
///
/// ```
/// use errtable_spec::{Fault, Retry, default_fault};
///
/// assert_eq!(default_fault(Retry::Transient), Fault::Server);
/// assert_eq!(default_fault(Retry::Never), Fault::Client);
/// ```
#[must_use]
pub fn default_fault(retry: Retry) -> Fault {
    if retry == Retry::Transient { Fault::Server } else { Fault::Client }
}

/// The value of a key of a [`Row`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyValue<'r> {
    /// A string.
    Text(&'r str),
    /// An array of strings.
    List(&'r [String]),
    /// A duration in milliseconds.
    Milliseconds(u64),
}

/// Writes the text, the list with commas, or the duration with its unit.
impl fmt::Display for KeyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Milliseconds(milliseconds) => write!(f, "{milliseconds} ms"),
        }
    }
}
