//! Deserialization of a name.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde_core::de::{Deserializer, Error, Visitor};

/// Deserializes a value from its name. `names` lists all names.
pub(super) fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(
    names: &'static [&'static str],
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(NameVisitor { names, value: PhantomData })
}

struct NameVisitor<T> {
    names: &'static [&'static str],
    value: PhantomData<T>,
}

impl<T: FromStr> Visitor<'_> for NameVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        name.parse().map_err(|_| E::unknown_variant(name, self.names))
    }
}
