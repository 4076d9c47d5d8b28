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

#[cfg(test)]
mod tests {
    use super::*;

    fn samples() -> Samples {
        Samples::made(r#"{"failure": {"a": {"code": "{code}", "b": {"c": "{_}"}}, "l": [{"m": "{message}"}]}}"#)
    }

    /// A tape that is recorded in place answers as one that is scanned.
    #[test]
    fn values_are_those_of_a_scan() {
        let samples = samples();
        for json in [
            r#"{"a": {"code": "x\n", "b": {"c": -1.5e3}, "x": 0}, "y": [], "l": [1, {"m": "a"}]}"#,
            r#"{"a": {"code": {"d": [1]}, "b": {"c": "\ud83d", "x": {}}}}"#,
            r#" {"l": [], "a": {"b": {}, "code": 1e999 } } "#,
            r#"{"a": null, "l": null}"#,
            r#"{"a": false, "l": true}"#,
            r#"{"a": true, "l": {"m": 1}}"#,
            r#"{"a": 0, "l": ""}"#,
            r#"{"a": "text", "l": 0}"#,
            r#"{"a": [1, "b"], "l": "0"}"#,
            r#"{"a": [], "x": 1, "x": 2}"#,
            "null",
            "[]",
            "0",
            r#""text""#,
        ] {
            let tape = read_failure(json, samples).unwrap_or_else(|error| panic!("{json}: {error}"));
            let mut scanned = Tape::new(samples, json);
            assert!(scanned.record(0, json).is_ok());
            assert_eq!(tape.len(), scanned.len(), "{json}");
            for node in (0..).take(samples.shape.nodes.len()) {
                let (at, expected) = (tape.find_from(0, node), scanned.find_from(0, node));
                assert_eq!(at, expected, "{node} of {json}");
                assert_eq!(tape.is_something(at), scanned.is_something(at), "{node} of {json}");
                if !tape.has_children(node) {
                    assert_eq!(tape.value(node), scanned.value(node), "{node} of {json}");
                }
            }
        }
    }

    #[test]
    fn unusual_values_must_be_scanned() {
        for json in [
            // Where samples have an object or an array.
            r#"{"a": 1}"#,
            r#"{"a": -1}"#,
            r#"{"a": 0.5}"#,
            r#"{"a": "x\n"}"#,
            r#"{"l": 1}"#,
            // Members that occur twice.
            r#"{"a": 0, "a": 0}"#,
            r#"{"a": {"b": 1, "b": 1}}"#,
            r#"{"l": [{"m": 1, "m": 1}]}"#,
            // A key that is not Unicode.
            r#"{"\ud83d": 1}"#,
            // Not JSON.
            "",
            "{} 1",
            r#"{"a": {}"#,
            r#"{"a": nul}"#,
        ] {
            assert!(read_failure(json, samples()).is_err(), "{json}");
        }
    }
}
