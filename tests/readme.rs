//! README and guide are consistent with the repository: tables, paths, and a short first example.

use std::fs;
use std::path::Path;

const README: &str = include_str!("../README.md");

/// Returns the code blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    blocks_of(README, language)
}

fn blocks_of<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|start| start.split_once("```").unwrap().0).collect()
}

#[test]
fn tables_match_the_examples() {
    let tables =
        [include_str!("spec/my-api.json"), include_str!("spec/orders.json"), include_str!("spec/columns.json")];
    assert_eq!(blocks("json"), tables);
}

#[test]
fn first_table_is_that_of_the_guide() {
    assert_eq!(blocks("json")[0], include_str!("../runtime/spec/my-api.json"));
}

/// A block is a table, or a part of one.
#[test]
fn tables_of_the_guide_are_parts_of_real_ones() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("runtime");
    let files = ["runtime/spec", "spec", "tests/foreign"].map(|folder| runtime.parent().unwrap().join(folder));
    let files = files.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "json"));
    let tables: Vec<_> = files.map(|path| without_space(&fs::read_to_string(path).unwrap())).collect();
    for page in ["envelopes.md", "table.md"] {
        let page = fs::read_to_string(runtime.join("src/guide").join(page)).unwrap();
        for block in blocks_of(&page, "json") {
            let part = without_space(block);
            assert!(tables.iter().any(|table| table.contains(&part)), "no table contains {block}");
        }
    }
}

fn without_space(json: &str) -> String {
    json.split_whitespace().collect()
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
