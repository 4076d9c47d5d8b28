//! The dependencies of the recipes.

const PAGE: &str = include_str!("../../runtime/src/guide/recipes.md");
const WORKSPACE: &str = include_str!("../../Cargo.toml");

/// Returns the version of a crate: the first string of its line that starts with a digit or `=`.
fn version<'a>(manifest: &'a str, name: &str) -> &'a str {
    let start = format!("{name} = ");
    let line = manifest.lines().find(|line| line.starts_with(&start)).unwrap();
    line.split('"').find(|text| text.trim_start_matches('=').starts_with(|c: char| c.is_ascii_digit())).unwrap()
}

/// `0.13` on the page is `0.13.5` in the workspace.
#[test]
fn versions_are_those_of_the_tests() {
    let (_, rest) = PAGE.split_once("```toml\n[dependencies]\n").unwrap();
    let (lines, _) = rest.split_once("```").unwrap();
    for line in lines.lines() {
        let (name, _) = line.split_once(" = ").unwrap();
        let tested = version(WORKSPACE, name).trim_start_matches('=');
        assert!(format!("{tested}.").starts_with(&format!("{}.", version(lines, name))), "{line}: {tested}");
    }
}
