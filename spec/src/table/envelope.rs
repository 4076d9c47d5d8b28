//! The envelope of a table: what a response looks like.

mod json;
pub(crate) mod layout;

/// The samples of a response, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// A sample of a success.
    pub success: Sample,
    /// Samples of a failure, in order of preference. There is at least one.
    pub failures: Vec<Sample>,
    /// The headers, by name.
    pub headers: Vec<HeaderSample>,
}

/// A header, and a sample of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderSample {
    /// The name, in lower case.
    pub name: String,
    /// The text of the value.
    pub text: Vec<Part>,
}

/// A sample of a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as the sample writes it.
    Number(String),
    /// A string: a constant if it has no placeholder.
    Text(Vec<Part>),
    /// An array of samples.
    Array(Vec<Sample>),
    /// An object. The key `...` with `{data}` means that the object is the data.
    Object(Vec<(String, Sample)>),
}

/// A part of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text, with braces unescaped.
    Literal(String),
    /// `{code}`, or `{code?}` as a second choice.
    Placeholder(Placeholder, bool),
}

/// A placeholder of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// `{_}`: any value.
    Any,
    /// `{code}`.
    Code,
    /// `{message}`.
    Message,
    /// `{request_id}`.
    RequestId,
    /// `{retry_after}`.
    RetryAfter,
    /// `{retry_after_ms}`.
    RetryAfterMs,
    /// `{data}`.
    Data,
    /// `{meaning}`.
    Meaning,
    /// `{status}`.
    Status,
    /// `{details}`.
    Details,
    /// The name of a column.
    Column(String),
}

/// The names of all placeholders except columns.
pub(crate) const PLACEHOLDERS: &[(&str, Placeholder)] = &[
    ("code", Placeholder::Code),
    ("message", Placeholder::Message),
    ("request_id", Placeholder::RequestId),
    ("retry_after", Placeholder::RetryAfter),
    ("retry_after_ms", Placeholder::RetryAfterMs),
    ("data", Placeholder::Data),
    ("_", Placeholder::Any),
    ("meaning", Placeholder::Meaning),
    ("status", Placeholder::Status),
    ("details", Placeholder::Details),
];

impl Placeholder {
    /// Returns the name, without braces.
    ///
    /// ```
    /// use errtable_spec::Placeholder;
    ///
    /// assert_eq!(Placeholder::RetryAfter.name(), "retry_after");
    /// assert_eq!(Placeholder::Column("doc".to_owned()).name(), "doc");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Column(name) => name,
            _ => PLACEHOLDERS.iter().find(|(_, placeholder)| placeholder == self).map_or("_", |(name, _)| name),
        }
    }

    /// Returns whether a client reads a value here. Other placeholders are only written.
    ///
    /// ```
    /// use errtable_spec::Placeholder;
    ///
    /// assert!(Placeholder::Code.is_readable());
    /// assert!(!Placeholder::Status.is_readable());
    /// ```
    #[must_use]
    pub fn is_readable(&self) -> bool {
        use Placeholder::{Code, Message, RequestId, RetryAfter, RetryAfterMs};
        matches!(self, Code | Message | RequestId | RetryAfter | RetryAfterMs)
    }
}

impl Sample {
    /// Returns the placeholder that is the whole value: `"{code}"`.
    pub(crate) fn lone_placeholder(&self) -> Option<&Placeholder> {
        match self {
            Self::Text(parts) => match parts.as_slice() {
                [Part::Placeholder(placeholder, _)] => Some(placeholder),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns whether a part of a text in the sample has a property.
    pub(crate) fn any_part(&self, has: &impl Fn(&Part) -> bool) -> bool {
        match self {
            Self::Text(parts) => parts.iter().any(has),
            Self::Array(elements) => elements.iter().any(|element| element.any_part(has)),
            Self::Object(members) => members.iter().any(|(_, member)| member.any_part(has)),
            Self::Null | Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// Replaces texts with columns that the table does not have.
    fn retain_columns(&mut self, is_column: &impl Fn(&str) -> bool) {
        let is_missing =
            |part: &Part| matches!(part, Part::Placeholder(Placeholder::Column(name), _) if !is_column(name));
        match self {
            Self::Text(parts) if parts.iter().any(is_missing) => *self = Self::Null,
            Self::Array(elements) => elements.iter_mut().for_each(|element| element.retain_columns(is_column)),
            Self::Object(members) => members.iter_mut().for_each(|(_, member)| member.retain_columns(is_column)),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => {}
        }
    }
}

impl Envelope {
    /// Returns the envelope without the columns that the table does not have, because their
    /// declarations are invalid.
    pub(crate) fn with_columns(mut self, is_column: impl Fn(&str) -> bool) -> Self {
        self.failures.iter_mut().for_each(|failure| failure.retain_columns(&is_column));
        self
    }
}
