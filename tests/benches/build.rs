//! Writes the tables, and the same codes in the form that each peer requires.

#[path = "names.rs"]
mod names;

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=names.rs");
    println!("cargo::rerun-if-changed=spec");
    fs::create_dir_all("spec").expect("cannot create the directory `spec`");
    let out = env::var("OUT_DIR").expect("cargo sets `OUT_DIR`");
    let mut source = String::new();
    for count in [26, 500, 8_000] {
        let names = names::names(count, &mut fastrand::Rng::with_seed(count as u64));
        write_if_changed(Path::new(&format!("spec/codes-{count}.json")), &table(count, &names));
        source.push_str(&peers(count, &names));
        if count == 500 {
            fs::write(Path::new(&out).join("text.rs"), texts(count, &names)).expect("cannot write to `OUT_DIR`");
        }
    }
    fs::write(Path::new(&out).join("peers.rs"), source).expect("cannot write to `OUT_DIR`");
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("cannot write to `spec`");
    }
}

fn table(count: usize, names: &[String]) -> String {
    let rows: Vec<String> = names
        .iter()
        .map(|name| format!(r#"    {{"code": "{name}", "description": "The condition {name}, in words."}}"#))
        .collect();
    format!("{{\n  \"name\": \"codes-{count}\",\n  \"errors\": [\n{}\n  ]\n}}\n", rows.join(",\n"))
}

fn listed(names: &[String], one: impl Fn(usize, &str) -> String) -> String {
    names.iter().enumerate().map(|(row, name)| one(row, name)).collect()
}

/// Returns the variants of an enum for strum.
fn variants(names: &[String]) -> String {
    listed(names, |row, name| format!("#[strum(serialize = \"{name}\")] V{row},"))
}

fn texts(count: usize, names: &[String]) -> String {
    let variants = variants(names);
    let codes = listed(names, |_, name| format!("\"{name}\","));
    format!(
        r#"
mod codes {{
    pub(crate) const CODES: &[&str] = &[{codes}];

    #[errtable::error_table("spec/codes-{count}.json")]
    pub(crate) enum Ours {{}}

    #[derive(Clone, Copy, strum::Display, strum::IntoStaticStr, strum::VariantArray)]
    pub(crate) enum Match {{ {variants} }}
}}
"#
    )
}

fn peers(count: usize, names: &[String]) -> String {
    let variants = variants(names);
    let entries = listed(names, |row, name| format!("\"{name}\" => {row}_u16,"));
    let codes = listed(names, |_, name| format!("\"{name}\","));
    format!(
        r#"
pub(crate) mod codes_{count} {{
    pub(crate) const CODES: &[&str] = &[{codes}];

    #[errtable::error_table("spec/codes-{count}.json")]
    pub(crate) enum Ours {{}}

    #[derive(Clone, Copy, strum::EnumString)]
    #[repr(u16)]
    pub(crate) enum Match {{ {variants} }}

    #[derive(Clone, Copy, strum::EnumString)]
    #[strum(use_phf)]
    #[repr(u16)]
    pub(crate) enum Phf {{ {variants} }}

    pub(crate) use chd::MAP as CHD;
    mod chd {{
        use ::phf_chd as phf;
        pub(crate) static MAP: phf::Map<&'static str, u16> = phf::phf_map! {{ {entries} }};
    }}

    pub(crate) use ptrhash::MAP as PTRHASH;
    mod ptrhash {{
        use ::phf_ptrhash as phf;
        pub(crate) static MAP: phf::Map<&'static str, u16> = phf::phf_map! {{ {entries} }};
    }}

    pub(crate) fn hashify(code: &str) -> Option<&'static u16> {{
        hashify::map!(code.as_bytes(), u16, {entries})
    }}
}}
"#
    )
}
