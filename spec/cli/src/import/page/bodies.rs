//! Reads response bodies: JSON documents, in any number, often one per line.

use serde_json::{Deserializer, Map, Value};

use crate::import::page::codes::is_code;
use crate::import::page::document::Lines;
use crate::import::page::keys::{code_and_message, is_error_key, is_success};
use crate::import::page::{FoundRow, Place, on_one_line};

pub(super) fn read(text: &str) -> Vec<FoundRow> {
    let mut found = Vec::new();
    let mut lines = Lines::new(text);
    let mut bodies = Deserializer::from_str(text).into_iter::<Value>();
    while let Some(Ok(body)) = bodies.next() {
        collect(&body, is_failure(&body), lines.number(bodies.byte_offset()), &mut found);
    }
    // After text that is not JSON, such as in a log, each line is read on its own.
    let mut start = bodies.byte_offset();
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        if let Ok(body) = serde_json::from_str(line) {
            collect(&body, is_failure(&body), lines.number(start), &mut found);
        }
        start += line.len();
    }
    found
}

/// Returns whether a body is a failure, even without a message: `{"code": "A.B"}`, but not
/// `{"code": 200}` or `{"error": "some text"}`.
fn is_failure(body: &Value) -> bool {
    let code = body.as_object().and_then(code_and_message).map(|(code, _)| code);
    code.is_some_and(|code| is_code(code.trim()) && code.parse::<i64>().is_err())
}

/// Collects the codes of a value. `serde_json` limits its depth.
fn collect(value: &Value, is_error: bool, line: usize, found: &mut Vec<FoundRow>) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|value| collect(value, is_error, line, found)),
        Value::Object(object) => {
            found.extend(error(object, is_error, Place::Line(line)));
            for (key, value) in object {
                collect(value, is_error_key(key), line, found);
            }
        }
        _ => {}
    }
}

/// Returns the code and message of an object. An object that is not the value of `Error` requires
/// both.
fn error(object: &Map<String, Value>, is_error: bool, place: Place) -> Option<FoundRow> {
    let (code, message) = code_and_message(object)?;
    let description = on_one_line(message.unwrap_or_default());
    (!is_success(object) && (is_error || message.is_some())).then(|| FoundRow::new(code, description, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        read(text).into_iter().map(|row| (row.code, row.description)).collect()
    }

    #[test]
    fn envelopes_are_read() {
        for body in [
            r#"{"Response": {"Error": {"Code": "A.B", "Message": "text"}, "RequestId": "x"}}"#,
            r#"{"Response": {"RequestId": "x", "Error": {"Message": "text", "Code": "A.B"}}}"#,
            r#"{"code": 4400, "codeDesc": "A.B", "message": "text"}"#,
            r#"{"error": "A.B", "error_description": "text"}"#,
            r#"{"errors": [{"code": "A.B", "detail": "text"}]}"#,
            r#"{"name": "t", "errors": [{"code": "A.B", "description": "text"}]}"#,
        ] {
            assert_eq!(codes(body), [("A.B".to_owned(), "text".to_owned())], "{body}");
        }
    }

    #[test]
    fn body_without_message_is_read() {
        assert_eq!(codes(r#"{"error_code": "A.B", "request_id": "x"}"#), [("A.B".to_owned(), String::new())]);
    }

    #[test]
    fn successes_are_skipped() {
        for body in [
            r#"{"Response": {"Code": "A.B", "RequestId": "x"}}"#,
            r#"{"code": 200, "data": {}}"#,
            r#"{"error": "some text"}"#,
            r#"[{"code": "DE", "name": "Germany"}]"#,
            r#"{"code": 0, "codeDesc": "Success", "message": ""}"#,
            r#"{"Response": {"Error": null, "RequestId": "x"}}"#,
        ] {
            assert_eq!(codes(body), [], "{body}");
        }
    }

    #[test]
    fn lines_that_are_not_json_are_skipped() {
        let log = "{\"Error\":\n {\"Code\": \"A \"}}\n2026-01-01 {\n{\"Error\": {\"Code\": 7}}\n{\"Error\": {";
        let found = read(log);
        assert_eq!(codes(log).len(), 2);
        assert_eq!((found[0].code.as_str(), found[0].place), ("A ", Place::Line(2)));
        assert_eq!((found[1].code.as_str(), found[1].place), ("7", Place::Line(4)));
    }
}
