//! An index of the lines of a text finds each line, and nothing else.

#![no_main]

use std::collections::HashMap;

use errtable_spec::__private::{build_index, build_index_ignore_case};
use errtable_spec::MAX_CODE_LEN;
use libfuzzer_sys::fuzz_target;

use rows::unpack;

#[path = "../../spec/tests/rows/mod.rs"]
mod rows;

/// The maximum number of codes in an index. A table of more than 32 has displacements.
const MAX_CODES: usize = 40;

fuzz_target!(|text: &str| {
    let codes = || text.lines().take(MAX_CODES).zip(0..);
    let exact = unpack(build_index(codes()));
    let ignoring_case = unpack(build_index_ignore_case(codes()));
    let (mut rows, mut rows_ignoring_case) = (HashMap::new(), HashMap::new());
    // The first of equal codes counts.
    for (code, row) in codes().filter(|(code, _)| (1..=MAX_CODE_LEN).contains(&code.len())) {
        rows.entry(code).or_insert(row);
        rows_ignoring_case.entry(code.to_ascii_lowercase()).or_insert(row);
    }
    let check = |text: &str| {
        assert_eq!(exact.find(text), rows.get(text).copied(), "{text:?}");
        let expected = rows_ignoring_case.get(&*text.to_ascii_lowercase()).copied();
        assert_eq!(ignoring_case.find_ignore_case(text), expected, "{text:?}, ignoring case");
    };
    for line in text.lines() {
        check(line);
        check_neighbours(line, check);
    }
});

/// Checks texts that differ from a code in case, in length, or in one character.
fn check_neighbours(code: &str, check: impl Fn(&str)) {
    check(&code.to_ascii_uppercase());
    check(&code.to_ascii_lowercase());
    check(&format!("{code}a"));
    check(&format!("\0{code}"));
    // Up to four characters.
    for (start, c) in code.char_indices().step_by(code.len() / 4 + 1) {
        let end = start + c.len_utf8();
        check(&code[..start]);
        check(&code[end..]);
        let changed = char::from_u32(u32::from(c) ^ 1).unwrap_or(c);
        check(&format!("{}{changed}{}", &code[..start], &code[end..]));
    }
}
