//! The text of column values.

use errtable_spec::Value;

/// Returns a value as text, with its unit.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Unsigned(value) => value.to_string(),
        Value::DurationMs(value) => format!("{value} ms"),
        Value::Signed(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Str(value) => value.clone(),
        Value::Enum(value) => value.text.clone(),
    }
}

/// Returns a value as JSON.
pub(crate) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::Unsigned(value) | Value::DurationMs(value) => (*value).into(),
        Value::Signed(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Str(value) => value.as_str().into(),
        Value::Enum(value) => value.text.as_str().into(),
    }
}
