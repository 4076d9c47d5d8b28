//! Writes the tables of `errtable`, and the same codes in the form that each peer requires.

mod lists;
mod names;
mod number_peers;
mod peers;

use std::path::Path;
use std::{env, fs};

use lists::List;

fn main() {
    for file in ["build.rs", "lists.rs", "names.rs", "number_peers.rs", "peers.rs", "spec"] {
        println!("cargo::rerun-if-changed={file}");
    }
    fs::create_dir_all("spec").expect("cannot create the directory `spec`");
    let out = env::var("OUT_DIR").expect("cargo sets `OUT_DIR`");
    let out = Path::new(&out);
    for list in lists::lists() {
        write_if_changed(&Path::new("spec").join(format!("{}.json", list.name)), &table(&list));
        write_if_changed(&out.join(format!("{}.rs", list.name)), &peers::source(&list, out));
        if list.name == "vpc" {
            write_if_changed(&out.join("text.rs"), &peers::texts(&list));
        }
    }
    write_if_changed(&out.join("numbers.rs"), &number_peers::source());
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("cannot write a table or source file");
    }
}

/// Returns a table. The variants are numbered, because the names of some real codes collide.
fn table(List { name, codes, ignore_case, .. }: &List) -> String {
    let rows: Vec<String> = codes
        .iter()
        .enumerate()
        .map(|(row, code)| {
            format!(
                r#"    {{"code": "{code}", "variant": "V{row}", "description": "The condition {code}, in words."}}"#
            )
        })
        .collect();
    let rows = rows.join(",\n");
    format!("{{\n  \"name\": \"{name}\",\n  \"ignore_case\": {ignore_case},\n  \"errors\": [\n{rows}\n  ]\n}}\n")
}
