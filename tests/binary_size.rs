//! A program contains the packed strings, and the descriptions only if it prints them.

mod scratch;

use std::fmt::Write as _;

use scratch::Scratch;

/// Returns a table with codes and descriptions, and the number of bytes in them. The names of the
/// variants, which the program prints too, are derived from the codes.
fn table(rows: usize) -> (String, usize) {
    let (mut table, mut bytes) = (r#"{"name": "service", "errors": ["#.to_owned(), 0);
    for row in 0..rows {
        let code = format!("InvalidParameterValue.Topic{row}NotFound");
        let description = format!("The topic in parameter {row} does not exist in this region.");
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

/// Builds the program with a table of `rows` rows.
fn program(name: &str, main: &str, rows: usize) -> Vec<u8> {
    let scratch = Scratch::new(name, main);
    scratch.write("spec/service.json", &table(rows).0);
    scratch.release()
}

/// A program of macOS consists of segments of 16 KiB, which is more than this test permits.
#[cfg(not(target_os = "macos"))]
#[test]
fn table_adds_little_more_than_its_strings() {
    let (_, strings) = table(500);
    let added = program("size-of-500", ALL, 500).len() - program("size-of-1", ALL, 1).len();
    assert!((strings..strings * 13 / 10).contains(&added), "{added} bytes for {strings} of strings");
}

#[test]
fn unused_descriptions_are_not_linked() {
    let contains = |program: &[u8], text: &str| program.windows(text.len()).any(|part| part == text.as_bytes());
    let program = program("no-description", NO_DESCRIPTION, 500);
    assert!(contains(&program, "Topic499NotFound"), "the program contains the codes");
    assert!(!contains(&program, "does not exist in this region"), "the program contains descriptions");
}
