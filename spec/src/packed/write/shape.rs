//! Lays out an envelope: numbers the places that its samples name.

use crate::packed::shape::Shape;

/// The samples of an envelope as an expansion embeds them, and the keys between their nodes.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The samples. Their slices are leaked: an expansion needs them once, and the command lives as
    /// long as they do.
    pub shape: Shape,
    /// The members of objects: a node, a key, and the node of the member.
    pub members: Vec<(u16, String, u16)>,
}

impl Layout {
    /// Returns the member of a node, or 0 if no sample names it.
    #[must_use]
    pub fn child(&self, node: u16, key: &str) -> u16 {
        let found = self.members.iter().find(|(parent, name, _)| *parent == node && name == key);
        found.map_or(0, |(_, _, child)| *child)
    }
}
