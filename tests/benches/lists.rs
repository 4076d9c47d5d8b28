//! The lists of codes to look up.

use std::collections::HashSet;
use std::fs;

use serde_json::Value;

use crate::names::names;

/// The number of generated misses of a list.
const OTHERS: usize = 8_000;

/// A list of codes, from which tables for all contenders are generated.
pub(crate) struct List {
    pub(crate) name: &'static str,
    pub(crate) codes: Vec<String>,
    /// Codes that are not in the list, for misses.
    pub(crate) others: Vec<String>,
    pub(crate) ignore_case: bool,
}

impl List {
    /// Returns a list of `codes`. The misses are `others` without these.
    fn new(name: &'static str, codes: &[String], others: &[String]) -> Self {
        let known: HashSet<&String> = codes.iter().collect();
        let others = others.iter().filter(|other| !known.contains(other)).cloned().collect();
        Self { name, codes: codes.to_vec(), others, ignore_case: false }
    }
}

/// Returns all lists: real codes, and generated ones for scale.
pub(crate) fn lists() -> Vec<List> {
    let common = codes(&json("../../spec/common.json")["errors"]);
    let real = json("../fixtures/real-codes.json");
    let (vpc, others) = (codes(&real["vpc"]), codes(&real["others"]));
    let union = [&vpc[..], &others].concat();
    let generated = |count| names(count, &mut fastrand::Rng::with_seed(count as u64));
    let misses = names(OTHERS, &mut fastrand::Rng::with_seed(7));
    vec![
        List::new("common", &common, &union),
        List::new("vpc", &vpc, &others),
        List::new("union", &union, &misses),
        List::new("generated-8000", &generated(8_000), &misses),
        List::new("generated-65535", &generated(65_535), &misses),
        List { ignore_case: true, ..List::new("ignore-case", &vpc, &others) },
    ]
}

fn json(path: &str) -> Value {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).expect("cannot read the codes");
    serde_json::from_str(&text).expect("the codes are valid JSON")
}

/// Returns the codes of an array of strings, or of rows with a `code`.
fn codes(array: &Value) -> Vec<String> {
    let array = array.as_array().expect("an array of codes");
    array.iter().map(|row| row.as_str().or(row["code"].as_str()).expect("a code").to_owned()).collect()
}
