//! The README is consistent with the repository: its tables, paths, and short first example.

use std::path::Path;

const README: &str = include_str!("../README.md");

/// Returns the code blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).map(|start| start.split_once("```").unwrap().0).collect()
}

#[test]
fn tables_match_the_examples() {
    assert_eq!(blocks("json"), [include_str!("spec/my-api.json"), include_str!("spec/columns.json")]);
}

#[test]
fn first_table_is_that_of_the_guide() {
    assert_eq!(blocks("json")[0], include_str!("../runtime/spec/my-api.json"));
}

#[test]
fn first_example_has_at_most_twenty_lines() {
    assert!(blocks("rust")[0].lines().count() <= 20);
}

#[test]
fn files_and_examples_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for folder in ["runtime", "macros", "spec", "spec/cli", "tests"] {
        assert!(README.contains(&format!("`{folder}/`")) && root.join(folder).is_dir(), "{folder}");
    }
    for link in README.split("](").skip(1) {
        let (path, _) = link.split_once(')').unwrap();
        assert!(root.join(path).is_file(), "{path}");
    }
    for command in README.split("cargo run -p ").skip(1) {
        let (package, rest) = command.split_once(" --example ").unwrap();
        let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
        let folder = if package == "errtable" { "runtime" } else { "tests" };
        assert!(root.join(format!("{folder}/examples/{name}.rs")).is_file(), "{name}");
    }
}
