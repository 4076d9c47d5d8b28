//! The envelope of a table: what a response looks like.

use crate::packed::shape::{Failure, Field, Header, Node, Place, Role, Shape, Slot};
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
    /// Numbers the places that the samples name. A stub: always the layout of `nested`.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let members = [(0, "error", 1), (1, "code", 2), (1, "message", 3)];
        Layout { shape: NESTED, members: members.map(|(node, key, child)| (node, key.to_owned(), child)).into() }
    }
}

const NESTED: Shape = Shape {
    nodes: &[node(Role::Other, true), node(Role::Unnamed, true), LEAF, LEAF],
    data: 0,
    is_mixed: false,
    constants: 0,
    success_ids: &[],
    failures: &[Failure {
        places: &[Place { node: 2, slot: slot(Field::Code) }, Place { node: 3, slot: slot(Field::Message) }],
        required: &[],
    }],
    elements: &[],
    headers: &[
        Header { name: "x-request-id", slot: slot(Field::RequestId) },
        Header { name: "retry-after", slot: slot(Field::RetryAfter) },
    ],
};

const LEAF: Node = node(Role::Unnamed, false);

const fn node(role: Role, has_children: bool) -> Node {
    Node { role, has_children }
}

const fn slot(field: Field) -> Slot {
    Slot { field, is_second_choice: false, before: "", after: "" }
}

/// Returns the envelope of a name. A stub: without its samples.
#[must_use]
pub fn named_envelope(name: &str) -> Option<Envelope> {
    let failures = vec![Sample::Object(Vec::new())];
    envelope_names().contains(&name).then(|| Envelope { success: Sample::Null, failures, headers: Vec::new() })
}

/// Returns the names of all envelopes.
#[must_use]
pub fn envelope_names() -> Vec<&'static str> {
    vec!["nested", "flat", "problem", "google", "json-rpc"]
}
