//! The contenders of the lookup by number, in a module for each list.

use std::fs;

use serde_json::Value;

/// The tables in `tests/fixtures/numbers`.
const LISTS: [&str; 3] = ["kafka", "mongodb", "mysql"];

/// Returns the source of all lists.
pub(crate) fn source() -> String {
    LISTS.map(module).concat()
}

fn module(name: &str) -> String {
    let numbers = numbers(name);
    let each = |one: &dyn Fn(usize, i64) -> String| -> String {
        numbers.iter().enumerate().map(|(row, number)| one(row, *number)).collect()
    };
    let variants = each(&|row, _| format!("V{row}, "));
    let numbered = each(&|row, number| format!("V{row} = {number}, "));
    let arms = each(&|row, number| format!("{number} => Code::V{row}, "));
    let entries = each(&|row, number| format!("{number}_i64 => Code::V{row}, "));
    let pairs = each(&|row, number| format!("({number}, Code::V{row}), "));
    format!(
        "mod {name} {{
            use rustc_hash::FxHashMap;
            use ::phf_chd as phf;

            pub(crate) static NUMBERS: &[i64] = &{numbers:?};

            #[errtable::error_table(\"../fixtures/numbers/{name}.json\")]
            enum Ours {{}}

            #[derive(Clone, Copy)]
            enum Code {{ {variants} }}

            #[derive(num_enum::TryFromPrimitive)]
            #[repr(i64)]
            enum NumEnum {{ {numbered} }}

            fn find(number: i64) -> Option<Code> {{
                Some(match number {{ {arms} _ => return None }})
            }}

            static MAP: phf::Map<i64, Code> = phf::phf_map! {{ {entries} }};

            pub(crate) fn contenders() -> [crate::Contender; 5] {{
                let map: FxHashMap<i64, Code> = [{pairs}].into_iter().collect();
                [
                    crate::contender(\"`from_number`\", Ours::from_errno),
                    crate::contender(\"`match`\", find),
                    crate::contender(\"num_enum\", |number| NumEnum::try_from(number).ok()),
                    crate::contender(\"phf\", |number| MAP.get(&number).copied()),
                    crate::contender(\"`FxHashMap`\", move |number| map.get(&number).copied()),
                ]
            }}
        }}\n"
    )
}

fn numbers(name: &str) -> Vec<i64> {
    let path = format!("../fixtures/numbers/{name}.json");
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).expect("cannot read the numbers");
    let table: Value = serde_json::from_str(&text).expect("the table is valid JSON");
    let rows = table["errors"].as_array().expect("a table has rows");
    rows.iter().map(|row| row["errno"].as_i64().expect("a number")).collect()
}
