//! Large bodies, sound and rejected, and how each is read.

use std::any::Any;
use std::collections::{BTreeMap, LinkedList};

use errtable::{CommonError, Error, Success, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A kind of large body.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// Generates a body of about a number of bytes.
    pub(crate) body: fn(usize) -> Vec<u8>,
    pub(crate) read: Read,
    /// The start of the error, or the empty text of a success.
    message: &'static str,
    /// Generates the body whose data is kept, of which `body` is a rejected form.
    pub(crate) sound: fn(usize) -> Vec<u8>,
}

type Read = fn(&[u8]) -> Outcome;

/// The data, of any type, which the caller keeps, or the error.
type Outcome = Result<Box<dyn Any>, Error<CommonError>>;

/// The kinds of sound bodies, of failures, and of malformed bodies.
pub(crate) const KINDS: &[Kind] = &[
    Kind::new("rows", rows, read::<Rows>, ""),
    Kind::new("keys", keys, read::<Keys>, ""),
    Kind::new("escaped keys", escaped_keys, read::<Keys>, ""),
    Kind::new("skipped rows", rows, read::<()>, ""),
    Kind::new("skipped keys", escaped_keys, read::<()>, ""),
    Kind::new("10,000 levels", levels, read::<()>, ""),
    Kind::new("long code", code, read::<()>, "LLLL"),
    Kind::new("long message", message, read::<()>, "LimitExceeded: mmmm"),
    Kind::new("error after rows", error_after_rows, read::<Rows>, "LimitExceeded").keeps(rows),
    Kind::new("error after an invalid row", error_after_invalid_row, read::<Rows>, "LimitExceeded").keeps(rows),
    Kind::new("invalid row", invalid_row, read::<Rows>, "invalid data at Response.Rows[").keeps(rows),
    Kind::new("invalid value", invalid_value, read::<Keys>, "invalid data at Response.k").keeps(escaped_keys),
    Kind::new("invalid value of a long key", invalid_value_of_long_key, read::<Keys>, "invalid data at Response…")
        .keeps(long_key),
    Kind::new("truncated", truncated, read::<Rows>, "the body is truncated").keeps(rows),
    Kind::new("truncated number", truncated_number, read::<()>, "the body is truncated"),
    Kind::new("trailing text", trailing_text, read::<()>, "the body is not valid JSON"),
    Kind::new("`Error` without a code", invalid_error, read::<Rows>, "failure without a code").keeps(rows),
    Kind::new("no `Response`", no_response, read::<()>, "the body is not a valid response envelope"),
    Kind::new("not UTF-8", not_utf8, read::<()>, "the body is not valid UTF-8"),
];

impl Kind {
    const fn new(name: &'static str, body: fn(usize) -> Vec<u8>, read: Read, message: &'static str) -> Self {
        Self { name, body, read, message, sound: body }
    }

    /// Sets the sound form of a body that is rejected after its data was read.
    const fn keeps(self, sound: fn(usize) -> Vec<u8>) -> Self {
        Self { sound, ..self }
    }

    /// Checks the outcome of a body of this kind.
    pub(crate) fn check(&self, outcome: &Outcome) {
        let text = outcome.as_ref().err().map(Error::to_string).unwrap_or_default();
        assert!(text.starts_with(self.message), "{}: {text:.200}", self.name);
        assert_eq!(text.is_empty(), self.message.is_empty(), "{}: {text:.200}", self.name);
    }
}

/// Rows in a list, and members in a tree, which do not move as they grow. So their peak is what is
/// kept.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Rows {
    #[expect(dead_code, reason = "only its memory is measured")]
    #[allow(clippy::linkedlist, reason = "a vector moves as it grows")]
    rows: LinkedList<Row>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only its memory is measured")]
struct Row {
    id: u64,
    name: String,
}

type Keys = BTreeMap<String, u64>;

fn read<T: DeserializeOwned + 'static>(body: &[u8]) -> Outcome {
    from_slice::<T, CommonError>(body).map(|Success { data, .. }| Box::new(data) as Box<dyn Any>)
}

fn response(members: &str) -> Vec<u8> {
    format!(r#"{{"Response":{{{members},"RequestId":"id-1"}}}}"#).into_bytes()
}

/// Repeats a part, each with its number, up to a size.
fn repeat(size: usize, mut part: impl FnMut(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 128);
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text += &part(number);
    }
    text
}

const ROW: &str = r#"{"Id":1,"Name":""}"#;
const INVALID_ROW: &str = r#"{"Id":"x"}"#;
const ERROR: &str = r#""Error":{"Code":"LimitExceeded"}"#;

/// Generates rows, and a last one.
fn rows_and(size: usize, last: &str) -> String {
    let rows = repeat(size, |id| format!(r#"{{"Id":{id},"Name":"instance-{id}"}},"#));
    format!(r#""Rows":[{rows}{last}]"#)
}

/// Generates members, and a last one.
fn members_and(size: usize, key: &str, last: &str) -> String {
    repeat(size, |number| format!("\"{key}{number}\":1,")) + last
}

fn rows(size: usize) -> Vec<u8> {
    response(&rows_and(size, ROW))
}

fn keys(size: usize) -> Vec<u8> {
    response(&members_and(size, "k", r#""k":1"#))
}

fn escaped_keys(size: usize) -> Vec<u8> {
    response(&members_and(size, "\\u006b", r#""k":1"#))
}

fn levels(size: usize) -> Vec<u8> {
    let value = "[".repeat(10_000) + &"]".repeat(10_000);
    response(&(repeat(size, |number| format!("\"k{number}\":{value},")) + r#""k":1"#))
}

fn code(size: usize) -> Vec<u8> {
    response(&format!(r#""Error":{{"Code":"{}"}}"#, "L".repeat(size)))
}

fn message(size: usize) -> Vec<u8> {
    response(&format!(r#""Error":{{"Code":"LimitExceeded","Message":"{}"}}"#, "m".repeat(size)))
}

fn error_after_rows(size: usize) -> Vec<u8> {
    response(&format!("{},{ERROR}", rows_and(size, ROW)))
}

fn error_after_invalid_row(size: usize) -> Vec<u8> {
    response(&format!("{},{ERROR}", rows_and(size, INVALID_ROW)))
}

fn invalid_row(size: usize) -> Vec<u8> {
    response(&rows_and(size, INVALID_ROW))
}

fn invalid_value(size: usize) -> Vec<u8> {
    response(&members_and(size, "\\u006b", r#""\u006b":"x""#))
}

fn long_key(size: usize) -> Vec<u8> {
    response(&format!(r#""{}":1"#, "k".repeat(size)))
}

fn invalid_value_of_long_key(size: usize) -> Vec<u8> {
    response(&format!(r#""{}":"x""#, "k".repeat(size)))
}

fn truncated(size: usize) -> Vec<u8> {
    format!(r#"{{"Response":{{{}"#, rows_and(size, r#"{"Id":1,"Na"#)).replace("\"Na]", "\"Na").into_bytes()
}

fn truncated_number(size: usize) -> Vec<u8> {
    format!(r#"{{"Response":{{{}"#, members_and(size, "k", r#""k":1."#)).into_bytes()
}

fn trailing_text(size: usize) -> Vec<u8> {
    [rows(size), b" x".to_vec()].concat()
}

fn invalid_error(size: usize) -> Vec<u8> {
    response(&(rows_and(size, ROW) + r#","Error":1"#))
}

fn no_response(size: usize) -> Vec<u8> {
    format!("{{{}}}", members_and(size, "\\u006b", r#""k":1"#)).into_bytes()
}

fn not_utf8(size: usize) -> Vec<u8> {
    [rows(size), b"\xff".to_vec()].concat()
}
