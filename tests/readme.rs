//! The README is consistent with the repository: its table, its paths, and its short first example.

use std::path::Path;

const README: &str = include_str!("../README.md");

/// Returns the first code block of a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn table_matches_the_examples() {
    assert_eq!(block("json"), include_str!("spec/my-api.json"));
}

#[test]
fn first_example_has_at_most_twenty_lines() {
    assert!(block("rust").lines().count() <= 20);
}

#[test]
fn files_and_examples_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for folder in ["runtime", "macros", "spec", "tests"] {
        assert!(README.contains(&format!("`{folder}/`")) && root.join(folder).is_dir(), "{folder}");
    }
    for example in README.split("--example ").skip(1) {
        let name = example.split(|c: char| !c.is_alphanumeric()).next().unwrap();
        assert!(root.join(format!("tests/examples/{name}.rs")).is_file(), "{name}");
    }
}
