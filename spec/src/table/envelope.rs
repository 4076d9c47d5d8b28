//! The envelope of a table: what a response looks like.

use crate::packed::write::shape::Layout;

/// The samples of a response, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// A sample of a success.
    pub success: Sample,
    /// Samples of a failure, in order of preference. There is at least one.
    pub failures: Vec<Sample>,
    /// The headers, by name.
    pub headers: Vec<HeaderSample>,
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderSample {
    /// The name, in lower case.
    pub name: String,
    /// The text of the value.
    pub text: Vec<Part>,
}

/// A sample of a JSON value.
#[derive(Clone, Debug, PartialEq)]
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

impl Envelope {
    /// Numbers the places that the samples name.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let _ = self;
        unimplemented!("the builder of the layout")
    }
}
