//! Places in the pages of an import, and messages about them.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::import::page::Place;

/// A place in one of the pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The name of the page.
    #[serde(serialize_with = "serialize_name")]
    pub page: Arc<str>,
    /// The place in the page.
    pub place: Place,
}

fn serialize_name<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(name)
}

/// Writes `page.md:7`.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, place } = self;
        write!(f, "{page}:{place}")
    }
}

/// A message about a row of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageMessage {
    /// Where the row is.
    #[serde(flatten)]
    pub origin: Origin,
    /// What is wrong, or what differs.
    pub message: String,
}

/// Writes `page.md:7: message`.
impl fmt::Display for PageMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, message } = self;
        write!(f, "{origin}: {message}")
    }
}
