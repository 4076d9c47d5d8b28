//! Enums over unusual but valid tables: codes of unusual form, and tables of 1 to 1,000 rows.

mod scratch;

use std::fmt::Write as _;

use errtable::{Code, ErrorCode, error_table};
use scratch::Scratch;

/// Codes and texts of unusual form.
#[error_table("fixtures/tables/hostile.json")]
pub enum Hostile {}

/// Texts that need no escape in an expansion.
#[error_table("fixtures/tables/ascii.json")]
pub enum Ascii {}

/// The table of [`Ascii`] with carriage returns, which must be escaped.
#[error_table("fixtures/tables/carriage-return.json")]
pub enum CarriageReturn {}

#[test]
fn unusual_codes_are_exact_and_round_trip() {
    assert_eq!(Hostile::ALL.len(), 11);
    for code in Hostile::ALL.iter().copied() {
        assert_eq!(Hostile::from_code(code.as_str()), Some(code), "{code}");
        assert_eq!(code.to_string().parse(), Ok(code));
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<Hostile>(&json).unwrap(), code);
        assert_eq!(Code::<Hostile>::from(code.as_str()), code);
    }
    assert_eq!(Hostile::from_code("Spaced "), Some(Hostile::Spaced));
    assert_eq!((Hostile::from_code(" Spaced"), Hostile::from_code("Spaced  ")), (None, None), "not trimmed");
    assert_eq!(Hostile::Spaced.meaning(), "  \n  ");
    assert_eq!(Hostile::Ticks.as_str(), "``");
    assert_eq!(Hostile::from_code("签名").map(Hostile::meaning), Some("签名过期。"));
    assert!(Hostile::Unusual.meaning().contains('\u{8}'), "the description is not escaped");
    assert_eq!("Other`".parse(), Ok(Hostile::Unusual));
    assert_eq!(<Hostile as ErrorCode>::NAME, "hostile");
}

#[test]
fn texts_are_escaped_in_literals() {
    assert_eq!(Ascii::PlainText.meaning(), "one\n\ttwo \0 \u{1b}[0m /* three */ // four {{5}} `six");
    assert_eq!(CarriageReturn::PlainText.meaning(), "one\r\ntwo\rthree");
    assert_eq!(Hostile::HiddenText.meaning(), "one\r\ntwo\u{85}three\u{2028}four\0five");
    assert_eq!(Hostile::HiddenText.note_zh(), Some("eight\r\0nine"));
}

#[test]
fn debug_writes_variant_names() {
    for (code, name) in [
        (Hostile::Unusual, "Unusual"),
        (Hostile::AB, "AB"),
        (Hostile::Ticks, "Ticks"),
        (Hostile::XY, "XY"),
        (Hostile::XYZ, "XYZ"),
        (Hostile::HiddenText, "HiddenText"),
    ] {
        assert_eq!(format!("{code:?}"), name, "{code}");
    }
}

/// The checks of an enum of `ROWS` rows.
const CHECK: &str = r#"
    assert_eq!(MODULE::E::ALL.len(), ROWS);
    assert_eq!(size_of::<MODULE::E>(), BYTES);
    assert_eq!(size_of::<errtable::Code<MODULE::E>>(), 16);
    for (row, code) in MODULE::E::ALL.iter().enumerate() {
        assert_eq!(code.as_str(), format!("Family.Code{row}"));
        assert_eq!(MODULE::E::from_code(code.as_str()), Some(*code));
        assert_eq!(code.meaning(), format!("Text {row}."));
    }
    assert_eq!(MODULE::E::from_code("Family.CodeROWS"), None);
"#;

#[test]
fn enum_of_257_codes_takes_two_bytes() {
    let (mut modules, mut checks) = (String::new(), String::new());
    let sizes = [(1, 1), (255, 1), (256, 1), (257, 2), (1000, 2)];
    for (rows, bytes) in sizes {
        let module = format!("rows_{rows}");
        let path = format!("spec/{module}.json");
        write!(modules, "mod {module} {{\n    #[errtable::error_table(\"{path}\")]\n    pub enum E {{}}\n}}\n")
            .unwrap();
        let check = CHECK.replace("MODULE", &module).replace("ROWS", &rows.to_string());
        checks += &check.replace("BYTES", &bytes.to_string());
    }
    let scratch = Scratch::new(
        "sizes",
        &format!("#![deny(warnings)]\n{modules}\nfn main() {{{checks}    println!(\"all\");\n}}\n"),
    );
    for (rows, _) in sizes {
        let table = (0..rows).map(|row| format!(r#"{{"code": "Family.Code{row}", "description": "Text {row}."}}"#));
        let table = table.collect::<Vec<_>>().join(",\n");
        scratch.write(&format!("spec/rows_{rows}.json"), &format!(r#"{{"name": "rows-{rows}", "errors": [{table}]}}"#));
    }
    assert_eq!(scratch.run(), "all\n");
}
