//! Compares the size of programs that read responses by errtable and by hand.
//!
//! `cargo run --release --manifest-path tests/benches/Cargo.toml --bin binary-size` builds each
//! program with cargo's default release profile, and prints the sum of its `text` and `data`
//! (`size` of binutils).

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

/// The codes of an enum.
const CODES: usize = 10;

/// A program that reads responses of an envelope.
struct Program {
    name: &'static str,
    /// The envelope, if errtable reads it.
    envelope: Option<fn() -> Value>,
    /// The items that all responses share.
    shared: &'static str,
    /// The body of a function that reads a response with the enum `E` and the type `T`.
    read: &'static str,
}

const OURS: &str = "match errtable::from_response::<T, E>(status, &(), body) {
        Ok(success) => success.data.sum(),
        Err(error) => error.api().map_or(0, |error| {
            error.known().map_or(0, |code| code as u64) + error.message().len() as u64
        }),
    }";

const PROGRAMS: [Program; 4] = [
    Program { name: "`nested`, errtable", envelope: Some(|| json!("nested")), shared: "", read: OURS },
    Program {
        name: "`nested`, by hand",
        envelope: None,
        shared: "#[derive(Deserialize)] struct Failure { code: String, message: String }
            #[derive(Deserialize)] struct Typed { error: Failure }",
        read: "if (200..300).contains(&status) {
                serde_json::from_slice::<T>(body).map_or(0, |data| data.sum())
            } else {
                serde_json::from_slice::<Typed>(body).map_or(0, |Typed { error }| {
                    E::from_code(&error.code).map_or(0, |code| code as u64) + error.message.len() as u64
                })
            }",
    },
    Program { name: "Tencent Cloud, errtable", envelope: Some(tencent), shared: "", read: OURS },
    Program {
        name: "Tencent Cloud, by hand",
        envelope: None,
        shared: r#"#[derive(Deserialize)] #[serde(rename_all = "PascalCase")]
            struct Failure { code: String, message: String }
            #[derive(Deserialize)] #[serde(rename_all = "PascalCase")]
            struct Flat<D> { error: Option<Failure>, #[serde(flatten)] data: Option<D> }
            #[derive(Deserialize)] #[serde(rename_all = "PascalCase")]
            struct Outer<D> { response: Flat<D> }"#,
        read: "let _ = status;
            let Ok(Outer { response }) = serde_json::from_slice::<Outer<T>>(body) else { return 0 };
            match response.error {
                Some(error) => {
                    E::from_code(&error.code).map_or(0, |code| code as u64) + error.message.len() as u64
                }
                None => response.data.map_or(0, |data| data.sum()),
            }",
    },
];

fn tencent() -> Value {
    let table: Value = serde_json::from_str(include_str!("../../spec/common.json")).expect("the table is valid JSON");
    table["envelope"].clone()
}

fn main() -> Result<(), Box<dyn Error>> {
    println!(
        "\n| bytes | the program with one | each further enum and type | type | enum |\n|---|---:|---:|---:|---:|"
    );
    for program in &PROGRAMS {
        let size =
            |enums, types| build(&program.source(enums, types), program.envelope.map(|envelope| tables(&envelope())));
        let each = |enums: [usize; 2], types: [usize; 2]| -> Result<usize, Box<dyn Error>> {
            Ok((size(enums[1], types[1])? - size(enums[0], types[0])?) / 8)
        };
        print!("| {} | {} | {} |", program.name, size(1, 1)?, each([2, 10], [2, 10])?);
        if program.envelope.is_some() {
            println!(" {} | {} |", each([1, 1], [2, 10])?, each([2, 10], [1, 1])?);
        } else {
            println!(" | |");
        }
    }
    let (table, strings) = descriptions(500);
    let added = build(PRINT_ALL, Some(table))? - build(PRINT_ALL, Some(descriptions(1).0))?;
    let ratio = added as f64 / strings as f64;
    println!("\n500 codes with descriptions, {strings} bytes, add {added} bytes ({ratio:.2}x)");
    Ok(())
}

/// Returns the tables of ten enums.
fn tables(envelope: &Value) -> Value {
    let codes = |number: usize| -> Vec<Value> {
        (0..CODES).map(|code| json!({"code": format!("Enum{number}.Code{code}")})).collect()
    };
    (0..10).map(|number| json!({"name": "codes", "envelope": envelope, "errors": codes(number)})).collect()
}

impl Program {
    /// Returns the source of a program that reads a body with each enum and type.
    fn source(&self, enums: usize, types: usize) -> String {
        let own = if self.envelope.is_some() { our_enum } else { hand_made_enum };
        let enums_source: String = (0..enums).map(own).collect();
        let types_source: String = (0..types).map(data).collect();
        let read = |number: usize| {
            let (code, data) = (number % enums, number % types);
            let read = self.read;
            format!(
                "fn read{number}(status: u16, body: &[u8]) -> u64 {{
                    type E = Enum{code}; type T = Data{data};
                    {read}
                }}\n"
            )
        };
        let count = enums.max(types);
        let functions: String = (0..count).map(read).collect();
        let calls: String = (0..count).map(|number| format!("sum += read{number}(status, body);\n")).collect();
        format!(
            "use serde::Deserialize;
            {} {enums_source} {types_source} {functions}
            fn main() {{
                let body = std::env::args().nth(1).unwrap_or_default();
                let (status, body) = (body.len() as u16, body.as_bytes());
                let mut sum = 0;
                {calls}
                println!(\"{{sum}}\");
            }}",
            self.shared
        )
    }
}

fn our_enum(number: usize) -> String {
    format!("#[errtable::error_table(\"spec/{number}.json\")] enum Enum{number} {{}}\n")
}

fn hand_made_enum(number: usize) -> String {
    let variants: String = (0..CODES).map(|code| format!("C{code}, ")).collect();
    let arm = |code| format!("\"Enum{number}.Code{code}\" => Self::C{code}, ");
    let arms: String = (0..CODES).map(arm).collect();
    format!(
        "#[derive(Clone, Copy)] enum Enum{number} {{ {variants} }}
        impl Enum{number} {{
            fn from_code(code: &str) -> Option<Self> {{ Some(match code {{ {arms} _ => return None }}) }}
        }}\n"
    )
}

/// Returns two structs of eight fields.
fn data(number: usize) -> String {
    let fields = |others: &str| {
        format!(
            "id_{number}: String, name_{number}: String, zone_{number}: Option<String>, count_{number}: u64,
            size_{number}: u32, ratio_{number}: f64, is_new_{number}: bool, {others}"
        )
    };
    let sum = format!(
        "self.id_{number}.len() as u64 + self.name_{number}.len() as u64
        + self.zone_{number}.as_ref().map_or(0, |zone| zone.len() as u64) + self.count_{number}
        + u64::from(self.size_{number}) + self.ratio_{number} as u64 + u64::from(self.is_new_{number})"
    );
    format!(
        "#[derive(Deserialize)] struct Data{number} {{ {} }}
        #[derive(Deserialize)] struct Item{number} {{ {} }}
        impl Data{number} {{
            fn sum(&self) -> u64 {{ {sum} + self.items_{number}.iter().map(Item{number}::sum).sum::<u64>() }}
        }}
        impl Item{number} {{ fn sum(&self) -> u64 {{ {sum} + self.zone_id_{number} }} }}\n",
        fields(&format!("items_{number}: Vec<Item{number}>")),
        fields(&format!("zone_id_{number}: u64")),
    )
}

const PRINT_ALL: &str = r#"
#[errtable::error_table("spec/0.json")]
enum Codes {}

fn main() {
    let code = std::env::args().nth(1).unwrap_or_default();
    match code.parse::<Codes>() {
        Ok(code) => println!("{code:#} {code:?} {} {:?} {}", code.retry(), code.retry_after(), code.fault()),
        Err(error) => println!("{error}"),
    }
}
"#;

/// Returns a list of one table with descriptions, and the number of bytes in its texts.
fn descriptions(rows: usize) -> (Value, usize) {
    let texts = |row: usize| {
        let code = format!("InvalidParameterValue.Topic{row}NotFound");
        (code, format!("The topic in parameter {row} does not exist in this region."))
    };
    let bytes = (0..rows).map(texts).map(|(code, description)| code.len() + description.len()).sum();
    let row = |(code, description)| json!({"code": code, "description": description});
    let errors: Vec<Value> = (0..rows).map(texts).map(row).collect();
    (json!([{"name": "service", "errors": errors}]), bytes)
}

/// Builds a program with tables, and returns its size.
fn build(source: &str, tables: Option<Value>) -> Result<usize, Box<dyn Error>> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = benches.join("target/binary-size");
    fs::create_dir_all(root.join("spec"))?;
    fs::create_dir_all(root.join("src"))?;
    let ours = tables.as_ref().map(|_| format!("errtable.path = '{}'\n", benches.join("../../runtime").display()));
    let manifest = format!(
        "[package]\nname = \"sized\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[workspace]\n",
        ours.unwrap_or_default()
    );
    fs::write(root.join("Cargo.toml"), manifest)?;
    for (number, table) in tables.iter().flat_map(Value::as_array).flatten().enumerate() {
        fs::write(root.join(format!("spec/{number}.json")), table.to_string())?;
    }
    fs::write(root.join("src/main.rs"), source)?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--release", "--manifest-path"]).arg(root.join("Cargo.toml"));
    output(cargo.env("CARGO_TARGET_DIR", root.join("target")))?;
    let sizes = output(Command::new("size").arg(root.join("target/release/sized")))?;
    // The first line has headings: `text data bss dec hex filename`.
    let numbers = sizes.lines().nth(1).ok_or("`size` prints two lines")?;
    numbers.split_whitespace().take(2).map(|number| Ok(number.parse::<usize>()?)).sum()
}

fn output(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
