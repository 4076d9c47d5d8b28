//! A program carries what it calls: packed strings, and no descriptions where it prints none.

mod scratch;

use std::fmt::Write as _;

use scratch::Scratch;

/// Rows of codes, with descriptions, and the bytes of these strings. The names of the variants, which the program prints, too, are
/// made of the codes.
fn table(rows: usize) -> (String, usize) {
    let (mut table, mut bytes) = (r#"{"name": "service", "errors": ["#.to_owned(), 0);
    for row in 0..rows {
        let code = format!("InvalidParameterValue.Topic{row}NotFound");
        let description = format!("The topic that parameter {row} names does not exist in this region.");
        bytes += code.len() + description.len();
        let comma = if row == 0 { "" } else { "," };
        write!(table, r#"{comma}{{"code": "{code}", "description": "{description}"}}"#).unwrap();
    }
    (table + "]}", bytes)
}

const ALL: &str = r#"
#[errtable::error_table("spec/service.json")]
enum ServiceError {}

fn main() {
    let code = std::env::args().nth(1).unwrap_or_default();
    match code.parse::<ServiceError>() {
        Ok(code) => println!("{code:#} {code:?} {} {:?} {}", code.retry(), code.retry_after(), code.fault()),
        Err(error) => println!("{error}"),
    }
}
"#;

const NO_DESCRIPTION: &str = r#"
use errtable::{ApiError, Code};

#[errtable::error_table("spec/service.json")]
enum ServiceError {}

fn main() {
    let code = std::env::args().nth(1).unwrap_or_default();
    let retry = ServiceError::from_code(&code).map(ServiceError::retry);
    println!("{retry:?} {}", ApiError::new(Code::<ServiceError>::from(code), "message"));
}
"#;

/// The program with a table of so many rows.
fn program(name: &str, main: &str, rows: usize) -> Vec<u8> {
    let scratch = Scratch::new(name, main);
    scratch.write("spec/service.json", &table(rows).0);
    scratch.release()
}

#[test]
fn a_table_adds_little_more_than_its_strings() {
    let (_, strings) = table(500);
    let added = program("size-of-500", ALL, 500).len() - program("size-of-1", ALL, 1).len();
    assert!((strings..strings * 13 / 10).contains(&added), "{added} bytes for {strings} of strings");
}

#[test]
fn a_program_that_prints_no_description_carries_none() {
    let holds = |program: &[u8], text: &str| program.windows(text.len()).any(|part| part == text.as_bytes());
    let program = program("no-description", NO_DESCRIPTION, 500);
    assert!(holds(&program, "Topic499NotFound"), "the codes are there");
    assert!(!holds(&program, "does not exist in this region"), "the descriptions are not");
}
