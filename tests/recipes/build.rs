//! Writes the first example of README and the examples of the guide into Rust files, which tests
//! and an example include.

use std::path::Path;
use std::{env, fs};

const README: &str = "../README.md";
/// The page of a service, whose examples are one file.
const SERVERS: &str = "../runtime/src/guide/servers.md";
/// Pages with a file for each section.
const PAGES: [&str; 2] = ["../runtime/src/guide/recipes.md", "../runtime/src/guide/retrying.md"];

fn main() {
    let folder = env::var("OUT_DIR").unwrap();
    let write = |name: &str, code| fs::write(Path::new(&folder).join(name).with_extension("rs"), code).unwrap();
    write("front_page", examples(&read(README)).next().unwrap().to_owned());
    write("servers", examples(&read(SERVERS)).collect());
    for page in PAGES.map(read) {
        for section in page.split("\n# ").skip(1) {
            let (name, text) = section.split_once('\n').unwrap();
            write(name, examples(text).collect());
        }
    }
}

fn read(page: &str) -> String {
    println!("cargo::rerun-if-changed={page}");
    fs::read_to_string(page).unwrap()
}

/// Returns the examples in Rust.
fn examples(page: &str) -> impl Iterator<Item = &str> {
    // The text of a block starts with its language.
    page.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("rust\n"))
}
