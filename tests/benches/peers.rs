//! The contenders of the lookup: a module for each, with a static table and a function to find.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use precomputed_map::builder::{CodeBuilder, MapBuilder, U8SeqWriter, U32SeqWriter};
use precomputed_map::phf::{HashOne as _, U64Hasher};
use rustc_hash::FxHasher;

use crate::lists::List;

/// A way to look up a code.
struct Peer {
    name: &'static str,
    /// The items of the module. The second argument is `OUT_DIR`.
    items: fn(&List, &Path) -> String,
    /// The statements before the closure.
    setup: &'static str,
    /// The body of a closure with `text: &str` and `near: usize` that returns `Option<u16>`.
    find: &'static str,
}

const STRUM: &str = "Code::from_str(text).ok().map(|code| code as u16)";

/// The contenders, `errtable` first.
static EXACT: [Peer; 13] = [
    Peer { name: "`from_code`", items: ours, setup: "", find: "Code::from_code(text).map(|code| code as u16)" },
    Peer { name: "strum `EnumString`", items: |list, _| strum(list, ""), setup: "", find: STRUM },
    Peer { name: "strum `EnumString`, `use_phf`", items: |list, _| strum(list, "use_phf"), setup: "", find: STRUM },
    Peer { name: "phf", items: |list, _| phf(list, "phf_chd"), setup: "", find: "MAP.get(text).copied()" },
    Peer {
        name: "phf, `ptrhash`",
        items: |list, _| phf(list, "phf_ptrhash"),
        setup: "",
        find: "MAP.get(text).copied()",
    },
    Peer { name: "hashify `map!`", items: hashify, setup: "", find: "find(text).copied()" },
    Peer { name: "lute `map!`", items: lute, setup: "", find: "MAP.get(text).copied()" },
    Peer { name: "precomputed-map", items: precomputed, setup: "", find: "MAP.get(text)" },
    Peer { name: "frozen-collections", items: frozen, setup: "", find: "MAP.get(text).copied()" },
    Peer {
        name: "`FxHashMap`",
        items: nothing,
        setup: "let map: &FxHashMap<&str, u16> = Box::leak(Box::new(CODES.iter().copied().zip(0..).collect()));",
        find: "map.get(text).copied()",
    },
    Peer {
        name: "`HashMap`",
        items: nothing,
        setup: "let map: &HashMap<&str, u16> = Box::leak(Box::new(CODES.iter().copied().zip(0..).collect()));",
        find: "map.get(text).copied()",
    },
    Peer {
        name: "binary search",
        items: nothing,
        setup: "let mut rows: Vec<(&str, u16)> = CODES.iter().copied().zip(0..).collect(); rows.sort_unstable();
            let rows: &[(&str, u16)] = rows.leak();",
        find: "rows.binary_search_by_key(&text, |(code, _)| code).ok().map(|at| rows[at].1)",
    },
    Peer {
        name: "one memcmp",
        items: nothing,
        setup: "",
        // A miss is not another code of the list, so the floor finds the same rows as the others.
        find: "(CODES[near] == text).then_some(near as u16)",
    },
];

/// The contenders that ignore ASCII case.
static IGNORE_CASE: [Peer; 5] = [
    Peer {
        name: "`from_code_ignore_case`",
        items: ours,
        setup: "",
        find: "Code::from_code_ignore_case(text).map(|code| code as u16)",
    },
    Peer {
        name: "strum `ascii_case_insensitive`",
        items: |list, _| strum(list, "ascii_case_insensitive"),
        setup: "",
        find: STRUM,
    },
    Peer {
        name: "`to_ascii_lowercase` and `FxHashMap`",
        items: nothing,
        setup: "let rows = CODES.iter().map(|code| code.to_ascii_lowercase()).zip(0..);
            let map: &FxHashMap<String, u16> = Box::leak(Box::new(rows.collect()));",
        find: "map.get(&text.to_ascii_lowercase()).copied()",
    },
    Peer {
        name: "unicase `Ascii` and `FxHashMap`",
        items: nothing,
        setup: "let rows = CODES.iter().copied().map(unicase::Ascii::new).zip(0..);
            let map: &FxHashMap<unicase::Ascii<&str>, u16> = Box::leak(Box::new(rows.collect()));",
        find: "map.get(&unicase::Ascii::new(text)).copied()",
    },
    Peer {
        name: "one `eq_ignore_ascii_case`",
        items: nothing,
        setup: "",
        find: "CODES[near].eq_ignore_ascii_case(text).then_some(near as u16)",
    },
];

/// The most codes of a list for strum, which would take minutes to build.
const MOST_FOR_STRUM: usize = 8_000;

/// Returns the source of a list: its codes, and the contenders.
pub(crate) fn source(list: &List, out: &Path) -> String {
    let List { codes, others, ignore_case, .. } = list;
    let mut source = format!("static CODES: &[&str] = &{codes:?};\nstatic OTHERS: &[&str] = &{others:?};\n");
    let mut contenders = String::new();
    let all: &[Peer] = if *ignore_case { &IGNORE_CASE } else { &EXACT };
    for peer in all.iter().filter(|peer| codes.len() <= MOST_FOR_STRUM || !peer.name.starts_with("strum")) {
        let Peer { name, setup, find, .. } = peer;
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let module = words.collect::<Vec<_>>().join("_").to_lowercase();
        let items = (peer.items)(list, out);
        let _ = write!(
            source,
            "#[allow(long_running_const_eval, unused_imports, unused_variables)]
            mod {module} {{
                use std::collections::HashMap;
                use std::str::FromStr as _;
                use rustc_hash::FxHashMap;
                use crate::CODES;
                {items}
                pub(crate) fn contender() -> crate::lookup::Contender {{
                    {setup}
                    crate::lookup::contender({name:?}, move |text: &str, near: usize| -> Option<u16> {{ {find} }})
                }}
            }}\n"
        );
        let _ = write!(contenders, "{module}::contender(), ");
    }
    source + &format!("fn contenders() -> Vec<lookup::Contender> {{ vec![{contenders}] }}\n")
}

/// Returns the source for `as_str` and `Display`.
pub(crate) fn texts(List { name, codes, .. }: &List) -> String {
    let variants = variants(codes);
    format!(
        "mod codes {{
            pub(crate) const CODES: &[&str] = &{codes:?};

            #[errtable::error_table(\"spec/{name}.json\")]
            pub(crate) enum Ours {{}}

            #[derive(Clone, Copy, strum::Display, strum::IntoStaticStr, strum::VariantArray)]
            pub(crate) enum Match {{ {variants} }}
        }}\n"
    )
}

fn listed(codes: &[String], one: impl Fn(usize, &str) -> String) -> String {
    codes.iter().enumerate().map(|(row, code)| one(row, code)).collect()
}

/// Returns the variants of an enum for strum.
fn variants(codes: &[String]) -> String {
    listed(codes, |row, code| format!("#[strum(serialize = {code:?})] V{row},"))
}

/// Returns entries such as `"InternalError" => 0_u16,`.
fn entries(list: &List, arrow: &str) -> String {
    listed(&list.codes, |row, code| format!("{code:?} {arrow} {row}_u16,"))
}

fn nothing(_: &List, _: &Path) -> String {
    String::new()
}

fn ours(list: &List, _: &Path) -> String {
    format!("#[errtable::error_table(\"spec/{}.json\")] pub(crate) enum Code {{}}", list.name)
}

fn strum(list: &List, option: &str) -> String {
    let variants = variants(&list.codes);
    format!(
        "#[derive(Clone, Copy, strum::EnumString)] #[strum({option})] #[repr(u16)] pub(crate) enum Code {{ {variants} }}"
    )
}

fn phf(list: &List, version: &str) -> String {
    let entries = entries(list, "=>");
    format!("use ::{version} as phf; static MAP: phf::Map<&'static str, u16> = phf::phf_map! {{ {entries} }};")
}

fn hashify(list: &List, _: &Path) -> String {
    let entries = entries(list, "=>");
    format!("fn find(code: &str) -> Option<&'static u16> {{ hashify::map!(code.as_bytes(), u16, {entries}) }}")
}

fn lute(list: &List, _: &Path) -> String {
    format!("static MAP: ::lute::Map<&str, u16> = ::lute::map! {{ {} }};", entries(list, "=>"))
}

fn frozen(list: &List, _: &Path) -> String {
    let entries = entries(list, ":");
    format!(
        "use frozen_collections::{{MapQuery as _, fz_string_map}};
        fz_string_map!(static MAP: Map<&'static str, u16>, {{ {entries} }});"
    )
}

/// Returns what a build script of a user writes, with the hash of `FxHashMap`.
fn precomputed(list: &List, out: &Path) -> String {
    let codes: Vec<&str> = list.codes.iter().map(String::as_str).collect();
    let rows: Vec<usize> = (0..codes.len()).collect();
    let map = MapBuilder::new()
        .set_seed(7)
        .set_hash(&|seed, code: &&str| U64Hasher::<FxHasher>::hash_one(seed, *code))
        .build(&codes)
        .expect("the codes have a perfect hash");
    let file = |kind| {
        let path = out.join(format!("{}.{kind}", list.name));
        // The writer requires that the file does not exist.
        let _ = fs::remove_file(&path);
        path
    };
    let mut bytes = U8SeqWriter::new("Bytes".into(), file("u8"));
    let mut words = U32SeqWriter::new("Words".into(), file("u32"));
    let mut source = Vec::new();
    let mut write = || -> std::io::Result<()> {
        let hash = "precomputed_map::phf::U64Hasher<rustc_hash::FxHasher>";
        let mut builder = CodeBuilder::new("Map".into(), hash.into(), &mut bytes, &mut words);
        let keys = map.reorder(&codes).map(|code| format!("{code:?}"));
        let keys = builder.create_keys("Keys".into(), "&'static str".into(), &map, keys)?;
        let rows = builder.create_list("Rows".into(), "u16".into(), map.reorder(&rows))?;
        let pair = builder.create_pair(keys, rows);
        map.create_map("MAP".into(), pair, &mut builder)?;
        builder.codegen(&mut source)
    };
    write().expect("cannot write the table of precomputed-map");
    bytes.codegen(&mut source).expect("a vector accepts all writes");
    words.codegen(&mut source).expect("a vector accepts all writes");
    String::from_utf8(source).expect("the source is UTF-8")
}
