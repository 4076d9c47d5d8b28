//! The README shows the table that its examples use, its first example is short, and its links lead somewhere.

use std::path::Path;

const README: &str = include_str!("../README.md");

/// The first block of code in a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn its_table_is_the_one_that_its_examples_use() {
    assert_eq!(block("json"), include_str!("spec/my-api.json"));
}

#[test]
fn its_first_example_is_at_most_twenty_lines() {
    assert!(block("rust").lines().count() <= 20);
}

#[test]
fn its_files_and_examples_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for folder in ["runtime", "macros", "spec", "tests"] {
        assert!(README.contains(&format!("`{folder}/`")) && root.join(folder).is_dir(), "{folder}");
    }
    for example in README.split("--example ").skip(1) {
        let name = example.split(|c: char| !c.is_alphanumeric()).next().unwrap();
        assert!(root.join(format!("tests/examples/{name}.rs")).is_file(), "{name}");
    }
}
