//! An index of the lines of a text finds each line, and nothing else.

#![no_main]

use std::collections::HashMap;

use errtable_spec::{Index, MAX_CODE_LEN, PackedIndex, build_index, build_index_ignore_case};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let codes: Vec<&str> = text.lines().collect();
    let exact = unpack(build_index(codes.iter().copied().zip(0..)));
    let ignoring_case = unpack(build_index_ignore_case(codes.iter().copied().zip(0..)));
    // The first of equal codes counts.
    let numbered = || codes.iter().enumerate().rev().filter(|(_, code)| (1..=MAX_CODE_LEN).contains(&code.len()));
    let rows: HashMap<_, _> = numbered().map(|(row, code)| ((*code).to_owned(), row)).collect();
    let rows_ignoring_case: HashMap<_, _> = numbered().map(|(row, code)| (code.to_ascii_lowercase(), row)).collect();
    let values: Vec<usize> = (0..codes.len()).collect();
    for text in codes.iter().flat_map(|code| neighbours(code)) {
        assert_eq!(exact.get::<_, false>(&text, &values), rows.get(&text).copied(), "{text:?}");
        let expected = rows_ignoring_case.get(&text.to_ascii_lowercase()).copied();
        assert_eq!(ignoring_case.get::<_, true>(&text, &values), expected, "{text:?}, ignoring case");
    }
});

/// Creates an index, which is never freed: its data are `'static`, as those of an expansion are.
fn unpack(packed: PackedIndex) -> Index {
    Index::new(packed.hasher, packed.joined.leak(), packed.displacements.leak(), packed.slots.leak())
}

/// Returns a code and texts that differ from it in one character or in case.
fn neighbours(code: &str) -> impl Iterator<Item = String> {
    let mut shorter = code.chars();
    shorter.next_back();
    let middle = code.char_indices().nth(code.len() / 2).map_or(0, |(at, _)| at);
    let (start, end) = code.split_at(middle);
    let next = |c: char| char::from_u32(u32::from(c) ^ 1).unwrap_or(c);
    let mut changed = end.chars();
    let changed = changed.next().map(|c| format!("{start}{}{}", next(c), changed.as_str()));
    let whole = [code.to_owned(), shorter.as_str().to_owned(), format!("{code}a"), format!("\0{code}")];
    whole.into_iter().chain([code.to_ascii_uppercase(), code.to_ascii_lowercase()]).chain(changed)
}
