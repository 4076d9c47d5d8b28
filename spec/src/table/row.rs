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
        /// The number on the wire, of which the code is the name.
        Number = "number",
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
        /// Names that the variant had before.
        FormerVariants = "former_variants",
        /// Other spellings of the code on the wire.
        Aliases = "aliases",
        /// The version of the API that added the code.
        Since = "since",
        /// Why not to use the code any more.
        Deprecated = "deprecated",
        /// The code to use instead.
        ReplacedBy = "replaced_by",
        /// The date after which the row may be removed.
        RemoveAfter = "remove_after",
    }
}

/// A row of a [`Table`](crate::Table).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The code as sent on the wire.
    pub code: String,
    /// The number that is sent instead of the code, in a numeric table.
    pub number: Option<i64>,
    /// The name of the variant.
    pub variant: String,
    /// The names that the variant had before.
    pub former_variants: Vec<String>,
    /// The description, or `""`.
    pub description: String,
    /// How the request may be retried.
    pub retry: Retry,
    /// How long to wait before the next attempt, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Who has to fix the error.
    pub fault: Fault,
    /// The reason for `retry` and `fault`, or `""`.
    pub evidence: String,
    /// Other spellings of the code on the wire.
    pub aliases: Vec<String>,
    /// The version of the API that added the code, or `""`.
    pub since: String,
    /// The note of a deprecated code.
    pub deprecated: Option<String>,
    /// The code to use instead, which is a code of the table. A row that has one is deprecated.
    pub replaced_by: Option<String>,
    /// The date after which the row may be removed, as `2027-06-30`, or `""`.
    pub remove_after: String,
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
            number: None,
            variant,
            former_variants: Vec::new(),
            description: String::new(),
            retry: Retry::Never,
            retry_after_ms: None,
            fault: Fault::Client,
            evidence: String::new(),
            aliases: Vec::new(),
            since: String::new(),
            deprecated: None,
            replaced_by: None,
            remove_after: String::new(),
            table: String::new(),
            values: Vec::new(),
        }
    }

    /// Returns the note of a deprecated row, with the code to use instead.
    ///
    /// ```
    /// let mut row = errtable_spec::Row::new("A.Old".to_owned(), "AOld".to_owned());
    /// assert_eq!(row.deprecation(), None);
    /// row.replaced_by = Some("A.New".to_owned());
    /// assert_eq!(row.deprecation().as_deref(), Some("use `A.New`"));
    /// row.deprecated = Some("Never sent since 2.0.".to_owned());
    /// assert_eq!(row.deprecation().as_deref(), Some("Never sent since 2.0; use `A.New`"));
    /// ```
    #[must_use]
    pub fn deprecation(&self) -> Option<String> {
        let replacement = self.replaced_by.as_ref().map(|code| format!("use `{code}`"));
        match (self.deprecated.as_deref(), replacement) {
            (Some(""), Some(replacement)) => Some(replacement),
            (Some(note), Some(replacement)) => Some(format!("{}; {replacement}", note.trim_end_matches('.'))),
            (note, replacement) => replacement.or(note.map(str::to_owned)),
        }
    }

    /// Returns whether the row has a note or a replacement.
    ///
    /// ```
    /// let mut row = errtable_spec::Row::new("A.Old".to_owned(), "AOld".to_owned());
    /// assert!(!row.is_deprecated());
    /// row.replaced_by = Some("A.New".to_owned());
    /// assert!(row.is_deprecated());
    /// ```
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.deprecated.is_some() || self.replaced_by.is_some()
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
            RowKey::Number => self.number.map(KeyValue::Integer),
            RowKey::Description => text(&self.description),
            RowKey::Retry => text(self.retry.as_str()),
            RowKey::RetryAfterMs => self.retry_after_ms.map(KeyValue::Milliseconds),
            RowKey::Fault => text(self.fault.as_str()),
            RowKey::Evidence => text(&self.evidence),
            RowKey::Variant => text(&self.variant),
            RowKey::FormerVariants => Some(KeyValue::List(&self.former_variants)),
            RowKey::Aliases => Some(KeyValue::List(&self.aliases)),
            RowKey::Since => text(&self.since),
            RowKey::Deprecated => self.deprecated.as_deref().map(KeyValue::Text),
            RowKey::ReplacedBy => self.replaced_by.as_deref().map(KeyValue::Text),
            RowKey::RemoveAfter => text(&self.remove_after),
        }
    }
}

/// Returns who has to fix an error of this class, unless its row sets `fault`: the server fixes a
/// transient error, the client any other.
///
/// ```
/// use errtable_spec::__private::default_fault;
/// use errtable_spec::{Fault, Retry};
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
    /// An integer.
    Integer(i64),
    /// A duration in milliseconds.
    Milliseconds(u64),
}

/// Writes the value. A list has commas, a duration its unit.
impl fmt::Display for KeyValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Integer(integer) => write!(f, "{integer}"),
            Self::Milliseconds(milliseconds) => write!(f, "{milliseconds} ms"),
        }
    }
}
