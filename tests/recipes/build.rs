//! Writes the examples of the guide into Rust files, which the test `recipes` includes.

use std::path::Path;
use std::{env, fs};

const PAGES: [&str; 2] = ["../runtime/src/guide/recipes.md", "../runtime/src/guide/retrying.md"];

fn main() {
    let folder = env::var("OUT_DIR").unwrap();
    for page in PAGES {
        println!("cargo::rerun-if-changed={page}");
        let page = fs::read_to_string(page).unwrap();
        for section in page.split("\n# ").skip(1) {
            let (name, text) = section.split_once('\n').unwrap();
            // The text of a block starts with its language.
            let blocks = text.split("```").skip(1).step_by(2);
            let examples: String = blocks.filter_map(|block| block.strip_prefix("rust\n")).collect();
            fs::write(Path::new(&folder).join(name).with_extension("rs"), examples).unwrap();
        }
    }
}
