//! The index finds exactly the codes of a table.

mod rows;

use std::collections::HashMap;

use errtable_spec::__private::{
    HashScope, Index, build_index, build_index_ignore_case, by_slot, by_slot_or_none, pack_unique,
};
use errtable_spec::MAX_CODES;
use proptest::prelude::*;

use self::rows::{Rows, unpack};

fn index(codes: &[String]) -> Rows {
    unpack(build_index(codes.iter().map(String::as_str).zip(0..)))
}

fn finds_all(codes: &[String]) {
    let index = index(codes);
    for (row, code) in codes.iter().enumerate() {
        assert_eq!(index.find(code), Some(row), "{code}");
    }
}

proptest! {
    #[test]
    fn index_agrees_with_a_hash_map(
        codes in proptest::collection::hash_set("[A-Za-z]{1,12}(\\.[A-Za-z]{0,40}){0,2}", 0..200),
        others in proptest::collection::vec("[A-Za-z.]{0,30}", 20),
    ) {
        let codes: Vec<_> = codes.into_iter().collect();
        let map: HashMap<_, _> = codes.iter().map(String::as_str).zip(0..).collect();
        let index = index(&codes);
        for text in codes.iter().chain(&others) {
            prop_assert_eq!(index.find(text), map.get(text.as_str()).copied());
        }
    }

    #[test]
    fn ignore_case_index_agrees_with_a_hash_map(
        codes in proptest::collection::hash_set("[a-z]{1,12}(\\.[a-z错Ä]{0,40}){0,2}", 0..60),
        flips in proptest::collection::vec(any::<bool>(), 64),
    ) {
        let codes: Vec<_> = codes.into_iter().collect();
        let index = unpack(build_index_ignore_case(codes.iter().map(String::as_str).zip(0..)));
        for (row, code) in codes.iter().enumerate() {
            let flipped: String = code
                .chars()
                .zip(flips.iter().cycle())
                .map(|(c, flip)| if *flip { c.to_ascii_uppercase() } else { c })
                .collect();
            prop_assert_eq!(index.find_ignore_case(&flipped), Some(row));
            prop_assert_eq!(index.find_ignore_case(&format!("{flipped}x")), codes.iter().position(|c| *c == format!("{code}x")));
        }
    }

    #[test]
    fn any_text_can_be_a_code(codes in proptest::collection::hash_set("\\PC{1,60}", 0..40)) {
        let codes: Vec<_> = codes.into_iter().collect();
        let index = index(&codes);
        for (row, code) in codes.iter().enumerate() {
            prop_assert_eq!(index.find(code), Some(row));
        }
    }
}

#[test]
fn alias_is_found_at_its_row() {
    let index = unpack(build_index([("A", 0), ("B", 1), ("Eh", 0)]));
    assert_eq!([index.find("A"), index.find("B"), index.find("Eh")], [Some(0), Some(1), Some(0)]);
}

#[test]
fn empty_table_has_no_codes() {
    let index = index(&[]);
    for text in ["", "A", "InternalError"] {
        assert_eq!(index.find(text), None);
    }
}

#[test]
fn codes_that_differ_in_one_byte_are_distinct() {
    for len in 1..=255 {
        let plain = "a".repeat(len);
        let codes: Vec<_> = (0..len).map(|at| format!("{}b{}", &plain[..at], &plain[at + 1..])).collect();
        let index = index(&codes);
        for (row, code) in codes.iter().enumerate() {
            assert_eq!(index.find(code), Some(row), "{code}");
        }
        assert_eq!(index.find(&plain), None);
        assert_eq!(index.find(&"a".repeat(256)), None);
    }
}

#[test]
fn largest_table_of_longest_codes_is_found() {
    let codes: Vec<_> = (0..MAX_CODES).map(|number| format!("{number:0>255}")).collect();
    finds_all(&codes);
}

#[test]
fn prefix_of_a_code_is_not_found() {
    let codes = ["AuthFailure.SignatureExpire".to_owned()];
    let index = index(&codes);
    for len in 0..codes[0].len() {
        assert_eq!(index.find(&codes[0][..len]), None);
    }
    assert_eq!(index.find("AuthFailure.SignatureExpire "), None);
    assert_eq!(index.find("authFailure.SignatureExpire"), None);
}

#[test]
fn texts_that_differ_from_a_code_in_two_bytes_are_not_found() {
    let code = "AuthFailure.SignatureExpire";
    let index = index(&[code.to_owned()]);
    for (first, second) in (0..code.len()).flat_map(|first| (first + 1..code.len()).map(move |second| (first, second)))
    {
        // The next byte of ASCII, or the one before.
        let other: String = code
            .bytes()
            .enumerate()
            .map(|(at, byte)| char::from(if at == first || at == second { byte ^ 1 } else { byte }))
            .collect();
        assert_eq!(index.find(&other), None, "{other}");
    }
}

#[test]
fn values_are_sorted_into_the_order_of_slots() {
    assert_eq!(by_slot::<_, 4>(&["a", "b", "c"], &[2, 0, 0, 0, 1, 0, 0, 0]), ["c", "a", "b", "a"]);
}

#[test]
fn free_slot_of_the_largest_table_has_no_value() {
    assert_eq!(by_slot_or_none::<_, 1>(&[(); MAX_CODES], &pack_unique([]).rows), [None]);
}

#[test]
fn invalid_codes_are_left_out() {
    let long = "x".repeat(256);
    let index = unpack(build_index([("A", 0), ("", 1), (long.as_str(), 2), ("B", 3), ("A", 4), ("C", MAX_CODES)]));
    assert_eq!(["A", "B", "C", "", &long].map(|text| index.find(text)), [Some(0), Some(3), None, None, None]);

    let index = unpack(build_index([("x".repeat(0xFF_FFFF).as_str(), 0), ("B", 1), ("C", 2)]));
    assert_eq!(["B", "C"].map(|text| index.find(text)), [Some(1), None], "after 16 MiB");

    let codes: Vec<_> = (0..=MAX_CODES).map(|number| number.to_string()).collect();
    let index = unpack(build_index(codes.iter().map(|code| (code.as_str(), 0))));
    assert_eq!(["65534", "65535"].map(|text| index.find(text)), [Some(0), None], "after 65,535 others");
}

#[test]
fn non_ascii_case_is_not_ignored() {
    let index = unpack(build_index_ignore_case([("Ä", 0), ("a", 1)]));
    assert_eq!(
        ["Ä", "ä", "A", "", &"a".repeat(256)].map(|text| index.find_ignore_case(text)),
        [Some(0), None, Some(1), None, None]
    );
}

#[test]
fn index_has_seven_to_fourteen_bytes_per_code() {
    // A power of two, which may be full.
    for (count, slots) in
        [(33, 64), (64, 64), (65, 128), (128, 128), (129, 256), (256, 256), (512, 512), (8000, 8192), (65_535, 65_536)]
    {
        let codes: Vec<_> = (0..count).map(|number| format!("Family{}.Code{number}", number % 90)).collect();
        let packed = build_index(codes.iter().map(String::as_str).zip(0..));
        assert_eq!((packed.slots.len(), packed.rows.len()), (slots * 4, slots * 2), "{count} codes");
        let bytes = packed.displacements.len() + packed.slots.len() + packed.rows.len();
        assert!((count * 7..=count * 14).contains(&bytes), "{bytes} bytes for {count} codes");
        finds_all(&codes);
    }
}

#[test]
fn every_byte_is_hashed_only_if_necessary() {
    let two =
        |len: usize, at: usize| ['b', 'c'].map(|byte| format!("{}{byte}{}", "a".repeat(at), "a".repeat(len - at - 1)));
    for (codes, scope) in [
        (two(5, 2), HashScope::Sums),
        (two(64, 40), HashScope::Sums),
        (two(71, 0), HashScope::Sums),
        (two(71, 47), HashScope::Sums),
        (two(71, 48), HashScope::Whole),
        (two(71, 54), HashScope::Whole),
        (two(71, 55), HashScope::Sums),
        (two(71, 70), HashScope::Sums),
    ] {
        let packed = build_index(codes.iter().map(String::as_str).zip(0..));
        assert_eq!(packed.hasher.scope, scope, "{codes:?}");
        finds_all(&codes);
        let [known, unknown] = codes;
        assert_eq!(index(&[known]).find(&unknown), None, "every byte is compared");
    }
}

#[test]
fn windows_fit_the_lengths_of_the_codes() {
    let windows = |lens: &[usize]| {
        let codes: Vec<_> = lens.iter().enumerate().map(|(row, len)| format!("{row:0len$}")).collect();
        finds_all(&codes);
        let windows = build_index(codes.iter().map(String::as_str).zip(0..)).hasher.windows;
        assert_eq!(windows.hashed >> (windows.count - 1), 1, "the last window is hashed, and none after it");
        (windows.width, windows.count)
    };
    assert_eq!(windows(&[15; 100]), (8, 2));
    assert_eq!(windows(&[16; 100]), (16, 2), "16 bytes are not short");
    assert_eq!(windows(&[64; 100]), (16, 4), "64 bytes are covered by four windows");
    assert_eq!(windows(&[48; 100]), (16, 3), "48 bytes are covered by three windows");
    assert_eq!(windows(&[&[15; 5][..], &[33; 95]].concat()), (8, 5), "5 % are short");
    assert_eq!(windows(&[&[15; 4][..], &[33; 96]].concat()), (16, 3), "4 % are short");
    assert_eq!(windows(&[&[15; 98][..], &[200; 2]].concat()), (8, 2), "98 % are covered");
    assert_eq!(windows(&[&[15; 97][..], &[200; 3]].concat()), (8, 5), "97 % are covered");
    assert_eq!(windows(&[200; 100]), (16, 4));
}

#[test]
fn codes_that_differ_only_in_length_are_found() {
    let runs: Vec<_> = (1..=255).map(|len| "a".repeat(len)).collect();
    finds_all(&runs);
    for pair in (0..runs.len()).flat_map(|first| [first + 1, first + 2, first + 16].map(|second| [first, second])) {
        finds_all(&pair.iter().filter_map(|at| runs.get(*at).cloned()).collect::<Vec<_>>());
    }
}

#[test]
fn numbered_codes_are_found() {
    let long = "InvalidParameterValue.".repeat(3);
    for count in [1, 2, 8, 16, 63, 257, 4000] {
        for (before, after) in [("", ""), ("C", ""), ("Code", ""), (&long[..22], ""), ("", &long), (&long, &long)] {
            finds_all(&(0..count).map(|number| format!("{before}{number}{after}")).collect::<Vec<_>>());
        }
    }
}

#[test]
fn colliding_products_are_resolved_by_the_next_seed() {
    let made = |first: &str, last: &str| {
        format!("Limit.{first}@}}>9}}}}xPAAAAAAA䑴`𤺐SBBBBBBBB{last}CCCCCCCCCCCCCCCCCCCCCCCC")
    };
    finds_all(&[made("AA", "x"), made("BB", "x"), made("AA", "y")]);
}

#[test]
fn index_without_bytes_finds_nothing() {
    let index = Rows([(Index::new(build_index([]).hasher, "", &[], &[], &[]), &[]); 2]);
    assert_eq!(["", "A", "AuthFailure.SignatureExpire"].map(|text| index.find(text)), [None; 3]);
}
