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
