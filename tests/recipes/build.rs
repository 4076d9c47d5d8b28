//! Writes the examples of the guide's recipes into Rust files, which the test `recipes` includes.

use std::path::Path;
use std::{env, fs};

const PAGE: &str = "../runtime/src/guide/recipes.md";

fn main() {
    println!("cargo::rerun-if-changed={PAGE}");
    let page = fs::read_to_string(PAGE).unwrap();
    let folder = env::var("OUT_DIR").unwrap();
    for section in page.split("\n# ").skip(1) {
        let (name, text) = section.split_once('\n').unwrap();
        // A block of another language, such as JSON, has the language after its fence.
        let blocks = text.split("```").skip(1).step_by(2);
        let examples: String = blocks.filter_map(|block| block.strip_prefix('\n')).collect();
        fs::write(Path::new(&folder).join(name).with_extension("rs"), examples).unwrap();
    }
}
