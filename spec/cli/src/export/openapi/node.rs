//! JSON whose members keep their order.

use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;

/// A JSON value whose members keep their order.
#[derive(Clone)]
pub(super) enum Node {
    Value(Json),
    /// JSON that is written as it is, such as a number of any size.
    Raw(Box<RawValue>),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Raw(value) => value.serialize(serializer),
            Self::List(elements) => elements.serialize(serializer),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(key, member)| (key, member))),
        }
    }
}

impl<T: Into<Json>> From<T> for Node {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

impl Node {
    /// Returns whether there is nothing to tell: `""`, `[]`, `{}`, or a list of these.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Value(value) => value == "",
            Self::Raw(_) => false,
            Self::List(elements) => elements.iter().all(Self::is_empty),
            Self::Object(members) => members.is_empty(),
        }
    }
}

/// Returns an object.
pub(super) fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::Object(members.map(|(key, member)| (key.to_owned(), member)).into())
}

/// Returns an object without the members that are empty.
pub(super) fn object_of_some<const N: usize>(members: [(&str, Node); N]) -> Node {
    let members = members.into_iter().filter(|(_, member)| !member.is_empty());
    Node::Object(members.map(|(key, member)| (key.to_owned(), member)).collect())
}
