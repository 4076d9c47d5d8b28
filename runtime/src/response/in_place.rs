//! Records a value while `serde_json` reads it.

use core::fmt;

use serde_core::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use crate::response::key_seed::KeySeed;
use crate::response::tape::{Samples, Tape};

/// The error of a value that must be scanned: a member occurs twice, or its type is unusual.
pub(super) const UNUSUAL: &str = "unusual value";

/// With feature `arbitrary_precision`, `serde_json` passes a number as an object with this key.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads the body of a failure.
///
/// # Errors
///
/// The body must be scanned: it may be invalid.
pub(super) fn read_failure(text: &str, samples: Samples) -> serde_json::Result<Tape<'_>> {
    let mut tape = Tape::new(samples, text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    InPlace { tape: &mut tape, node: 0 }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(tape)
}

/// A seed that records a value at a node.
pub(super) struct InPlace<'t, 'de> {
    pub(super) tape: &'t mut Tape<'de>,
    pub(super) node: u16,
}

impl<'de> DeserializeSeed<'de> for InPlace<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.tape.has_children(self.node) {
            return deserializer.deserialize_any(self);
        }
        // As text, because `serde_json` rejects some valid JSON: `"\ud83d"` and `1e999`.
        self.tape.record_leaf(self.node, <&RawValue>::deserialize(deserializer)?.get());
        Ok(())
    }
}

/// Accepts a value with members or elements, and what a service may send instead. A number and an
/// escaped string are errors, because their text is not known.
impl<'de> Visitor<'de> for InPlace<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the envelope")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.tape.push(self.node, "null");
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.tape.push(self.node, if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        if value != 0 {
            return Err(E::custom(UNUSUAL));
        }
        self.tape.push(self.node, "0");
        Ok(())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        let json = self.tape.quoted(text).ok_or_else(|| E::custom(UNUSUAL))?;
        self.tape.push(self.node, json);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { tape, node } = self;
        let at = tape.len();
        tape.push(node, "{");
        let mut has_others = false;
        while let Some(key) = map.next_key_seed(KeySeed { is_lenient: false })? {
            let child = (tape.samples.child)(node, &key);
            if child == 0 {
                if key == NUMBER {
                    return Err(A::Error::custom(UNUSUAL));
                }
                has_others = true;
                map.next_value::<IgnoredAny>()?;
            } else if tape.find_from(0, child).is_some() {
                return Err(A::Error::custom(UNUSUAL));
            } else {
                map.next_value_seed(InPlace { tape, node: child })?;
            }
        }
        tape.close(at, has_others);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { tape, node } = self;
        let at = tape.len();
        tape.push(node, "[");
        let mut has_elements = false;
        while let Some(element) = seq.next_element::<&RawValue>()? {
            has_elements = true;
            tape.record_element(node, element.get()).map_err(|_| A::Error::custom(UNUSUAL))?;
        }
        tape.close(at, has_elements);
        Ok(())
    }
}
