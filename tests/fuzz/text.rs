//! Mutations of texts with lines and cells: a part replaces another, or is repeated after it.
//!
//! Mutations of bytes rarely write the same text twice, as two rows with the same code require.

use std::ops::Range;

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;

/// Mutates an input, and returns its new size. Every second mutation is that of libFuzzer.
pub(crate) fn mutate(input: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut rng = Rng::with_seed(seed.into());
    let text = if rng.bool() { None } else { str::from_utf8(&input[..size]).ok() };
    match text.and_then(|text| mutate_text(text, &mut rng)).filter(|text| text.len() <= max_size) {
        Some(text) => {
            input[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        None => fuzzer_mutate(input, size, max_size),
    }
}

/// Returns a mutated text, or `None` if there are no two parts to choose.
fn mutate_text(text: &str, rng: &mut Rng) -> Option<String> {
    let parts = match rng.u8(..4) {
        0 => parts(text, |c| c == '\n'),
        1 => parts(text, |c| matches!(c, '\n' | '\t' | '|' | ',' | '<')),
        2 => parts(text, char::is_whitespace),
        _ => parts(text, |c| !c.is_alphanumeric()),
    };
    let [from, to] = [rng.choice(&parts)?, rng.choice(&parts)?];
    let part = &text[from.clone()];
    let kept = if rng.bool() { &text[to.clone()] } else { "" };
    Some([&text[..to.start], kept, part, &text[to.end..]].concat())
}

/// Returns the ranges that end with a separator.
fn parts(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut start = 0;
    let part = |part: &str| {
        let end = start + part.len();
        std::mem::replace(&mut start, end)..end
    };
    text.split_inclusive(is_separator).map(part).collect()
}
