//! Mutations that keep JSON valid: a value replaces another, and a member or element is repeated.
//!
//! Mutations of bytes rarely write the same text twice, as a duplicate code or key requires.

use std::ops::Range;

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;
use serde_json::value::RawValue;

use crate::object::Object;

/// Mutates an input, and returns its new size. Every second mutation is that of libFuzzer.
pub(crate) fn mutate(input: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut rng = Rng::with_seed(seed.into());
    let json = if rng.bool() { None } else { mutate_json(&input[..size], &mut rng) };
    match json.filter(|json| json.len() <= max_size) {
        Some(json) => {
            input[..json.len()].copy_from_slice(json.as_bytes());
            json.len()
        }
        None => fuzzer_mutate(input, size, max_size),
    }
}

/// Returns mutated JSON, or `None` if the input is not valid JSON, or has no two parts to choose.
fn mutate_json(input: &[u8], rng: &mut Rng) -> Option<String> {
    let root: &RawValue = serde_json::from_slice(input).ok()?;
    let mut parts = Parts { json: str::from_utf8(input).ok()?, ..Parts::default() };
    parts.collect(root);
    let kinds = [&parts.values, &parts.members, &parts.elements];
    let kind = rng.usize(..kinds.len());
    let [from, to] = [rng.choice(kinds[kind])?, rng.choice(kinds[kind])?];
    let part = &parts.json[from.clone()];
    let (before, after) = (&parts.json[..to.start], &parts.json[to.end..]);
    // `{"a": 1}` becomes `{"a": 1,"a": 1}`.
    let kept = if kind == 0 { String::new() } else { format!("{},", &parts.json[to.clone()]) };
    Some([before, &kept, part, after].concat())
}

/// The ranges of the parts of a JSON text.
#[derive(Default)]
struct Parts<'a> {
    json: &'a str,
    values: Vec<Range<usize>>,
    /// The keys with their values.
    members: Vec<Range<usize>>,
    elements: Vec<Range<usize>>,
}

impl Parts<'_> {
    fn range(&self, value: &RawValue) -> Range<usize> {
        let start = value.get().as_ptr().addr() - self.json.as_ptr().addr();
        start..start + value.get().len()
    }

    fn collect(&mut self, value: &RawValue) {
        self.values.push(self.range(value));
        for (key, value) in Object::read(value).iter().flat_map(|object| &object.0) {
            self.members.push(self.range(key).start..self.range(value).end);
            self.collect(value);
        }
        let elements = serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default();
        for element in elements {
            self.elements.push(self.range(element));
            self.collect(element);
        }
    }
}
