//! What a response looks like, as an expansion embeds it.
//!
//! A node is a place in a body that a sample names. Node 0 is the body itself. Every other node is
//! a member of an object, or an element of an array that a sample describes. The lookup
//! of a member by its key is not data: an expansion contains it as a `match`.

/// The samples of an envelope.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The nodes, at their numbers.
    pub nodes: &'static [Node],
    /// The node of the data. Nodes 0 to `data` are the path to it, each a member of the one before.
    pub data: u16,
    /// Whether the data is the object of its node without some members: `"...": "{data}"`.
    pub is_mixed: bool,
    /// How many constants of `success` are not null.
    pub constants: u16,
    /// The request ids of `success`, in order.
    pub success_ids: &'static [Place],
    /// The samples of failures, in order of preference.
    pub failures: &'static [Failure],
    /// The elements that samples of arrays describe.
    pub elements: &'static [Element],
    /// The headers, in order.
    pub headers: &'static [Header],
    /// How a success is written.
    pub success: Written,
    /// How a failure is written.
    pub failure: Written,
}

/// A value of a sample as it is written. What is never written, such as null and `"{code?}"`, is
/// left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Written {
    /// A constant.
    Constant(Constant),
    /// `"{data}"`
    Data,
    /// `"...": "{data}"`: the members of the data, among those of the object.
    Rest,
    /// A value, and the text before and after it.
    Value(Writable, &'static str, &'static str),
    /// An array.
    Array(&'static [Written]),
    /// An object.
    Object(&'static [(&'static str, Written)]),
}

/// The key of `"{data}"` where the data is the object itself, without the other members that the
/// sample names.
pub const REST: &str = "...";

/// What a value of a response can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writable {
    /// `{code}`
    Code,
    /// `{message}`
    Message,
    /// `{request_id}`
    RequestId,
    /// `{retry_after}`, in seconds.
    RetryAfter,
    /// `{retry_after_ms}`, in milliseconds.
    RetryAfterMs,
    /// `{meaning}`: the description of the code.
    Meaning,
    /// `{status}`: the HTTP status.
    Status,
    /// `{details}`
    Details,
    /// The column with this name.
    Column(&'static str),
}

/// A node, as the sample `success` describes it.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What `success` says about the node.
    pub role: Role,
    /// Whether any sample names a member or an element of the node.
    pub has_children: bool,
}

/// What the sample `success` says about a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// Nothing: only failures name it.
    Unnamed,
    /// A constant, which the body must contain.
    Constant(Constant),
    /// The request id.
    RequestId,
    /// The data, or an object.
    Other,
}

/// A constant of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant {
    /// `null`: there is no value. Absent, null, false, zero and what is empty are equal to it.
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as the sample writes it.
    Number(&'static str),
    /// A string, unescaped.
    Str(&'static str),
}

/// A sample of a failure.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// The values to read, in the order of the sample.
    pub places: &'static [Place],
    /// The nodes that must be something: those of `"{_}"`, outside of arrays.
    pub required: &'static [u16],
}

/// A sample of an array's element. The first element of a body that fits counts.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// The node of the array.
    pub array: u16,
    /// The node of the element. Each sample of an element has its own.
    pub node: u16,
    /// The constants at or below the node, outside of inner arrays.
    pub constants: &'static [(u16, Constant)],
    /// The values at or below the node, those of inner arrays included.
    pub places: &'static [Place],
    /// The nodes of `"{_}"` at or below the node, outside of inner arrays.
    pub required: &'static [u16],
}

/// A value of a body.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The node of the value.
    pub node: u16,
    /// How the value is read.
    pub slot: Slot,
}

/// A value of a header.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The name, in lower case.
    pub name: &'static str,
    /// How the value is read.
    pub slot: Slot,
}

/// A placeholder with the text around it: `"{_}#{code}:{_}"`.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// What the value is.
    pub field: Field,
    /// Whether the value counts only if nothing else has one: `"{code?}"`.
    pub is_second_choice: bool,
    /// The text between the placeholder and the one on its left, or the start: `#`.
    pub before: &'static str,
    /// The text between the placeholder and the one on its right, or the end: `:`.
    pub after: &'static str,
}

/// A value that a failure or a header can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `{code}`
    Code,
    /// `{message}`
    Message,
    /// `{request_id}`
    RequestId,
    /// `{retry_after}`, in seconds.
    RetryAfter,
    /// `{retry_after_ms}`, in milliseconds.
    RetryAfterMs,
}
