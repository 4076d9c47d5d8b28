//! The keys of error codes in response bodies whose envelope is not known.

use serde_json::{Map, Value};

/// The keys of a code, without regard to case and `_`. `code_desc` is first: next to it, `code` is
/// a number.
const CODE_KEYS: &[&str] = &["code_desc", "error_code", "err_code", "code", "error"];

/// The keys of a message, without regard to case and `_`.
const MESSAGE_KEYS: &[&str] =
    &["message", "error_message", "error_msg", "err_msg", "msg", "description", "error_description", "detail"];

/// Returns the code and message of an object.
pub(super) fn code_and_message(object: &Map<String, Value>) -> Option<(String, Option<&str>)> {
    let code = CODE_KEYS.iter().filter_map(|key| get(object, key)).find_map(code_text)?;
    let message = MESSAGE_KEYS.iter().filter_map(|key| get(object, key)).find_map(Value::as_str);
    Some((code, message))
}

/// Returns whether an object contains the code of a success, as in `{"code": 0, "message": "OK"}`.
pub(super) fn is_success(object: &Map<String, Value>) -> bool {
    get(object, "code").and_then(code_text).is_some_and(|code| code == "0")
}

/// Returns whether the value of a key is an error: `Error`, `errors` or `error_info`.
pub(super) fn is_error_key(key: &str) -> bool {
    letters(key).take(5).eq("error".chars())
}

fn get<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o Value> {
    object.iter().find(|(key, _)| letters(key).eq(letters(name))).map(|(_, value)| value)
}

/// Returns the characters of a key in lower case and without `_`.
fn letters(key: &str) -> impl Iterator<Item = char> {
    key.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase())
}

fn code_text(value: &Value) -> Option<String> {
    match value {
        Value::String(code) if !code.trim().is_empty() => Some(code.clone()),
        Value::Number(code) if code.is_i64() || code.is_u64() => Some(code.to_string()),
        _ => None,
    }
}
