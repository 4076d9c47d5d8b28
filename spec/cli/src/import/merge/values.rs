//! The values of cells as JSON, by the type of their key.

use errtable_spec::{Column, ColumnType, Fault, Retry, RowKey, Table};
use serde_json::Value;

/// Returns why a key cannot be mapped to a column of a page.
pub(in crate::import) fn check_key(key: &str, columns: &[Column]) -> Result<(), (String, String)> {
    if key == RowKey::FormerVariants.as_str() {
        return Err((format!("cannot import `{key}`"), "set it in the table by hand".to_owned()));
    }
    if RowKey::NAMES.contains(&key) || columns.iter().any(|column| column.name == key) {
        return Ok(());
    }
    let help = format!("declare the column in the table: `\"columns\": {{ \"{key}\": \"str\" }}`");
    Err((format!("the table has no key or column `{key}`"), help))
}

/// Returns the type of a new column with these texts.
pub(super) fn inferred_type(key: &str, texts: &[&str]) -> &'static str {
    let fits = |ty: &ColumnType| texts.iter().all(|text| scalar(ty, text).is_some());
    let is_status = key == "http_status" && fits(&ColumnType::HttpStatus);
    let types = [ColumnType::Bool, ColumnType::U16, ColumnType::U64, ColumnType::I64];
    let types = is_status.then_some(ColumnType::HttpStatus).into_iter().chain(types);
    types.into_iter().find(|ty| fits(ty)).map_or("str", |ty| ty.name())
}

/// Returns the value of a key, or why the text is none.
pub(super) fn value(key: &str, text: &str, table: &Table) -> Result<Value, String> {
    let invalid = |expected: &str| format!("`{key}` must be {expected}: `{text}`");
    match key {
        "retry" => text.parse::<Retry>().map(|_| text.into()).map_err(|_| {
            let classes: Vec<_> = Retry::ALL.iter().map(|class| class.as_str()).collect();
            invalid(&format!("one of {}", classes.join(", ")))
        }),
        "fault" => text.parse::<Fault>().map(|_| text.into()).map_err(|_| invalid("client or server")),
        "retry_after_ms" => scalar(&ColumnType::U64, text).ok_or_else(|| invalid("an integer")),
        _ => match table.columns.iter().find(|column| column.name == key) {
            Some(column) => {
                scalar(&column.ty, text).ok_or_else(|| invalid(&format!("of the type `{}`", column.ty.name())))
            }
            None => Ok(text.into()),
        },
    }
}

/// Reads a value of a column.
fn scalar(ty: &ColumnType, text: &str) -> Option<Value> {
    match ty {
        ColumnType::Bool => match &*text.to_ascii_lowercase() {
            "true" | "yes" => Some(true.into()),
            "false" | "no" => Some(false.into()),
            _ => None,
        },
        ColumnType::U16 => text.parse::<u16>().ok().map(Value::from),
        ColumnType::U32 => text.parse::<u32>().ok().map(Value::from),
        ColumnType::U64 | ColumnType::DurationMs => text.parse::<u64>().ok().map(Value::from),
        ColumnType::I64 => text.parse::<i64>().ok().map(Value::from),
        ColumnType::F64 => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        ColumnType::HttpStatus => {
            text.parse::<u16>().ok().filter(|status| (100..600).contains(status)).map(Value::from)
        }
        ColumnType::Str => Some(text.into()),
        ColumnType::Enum(values) => values.iter().any(|value| value.text == text).then(|| text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::inferred_type;

    #[test]
    fn types_are_inferred() {
        for (texts, ty) in [
            (&["True", "no"][..], "bool"),
            (&["400", "65535"], "u16"),
            (&["400", "65536"], "u64"),
            (&["-1", "7"], "i64"),
            (&["7", "x"], "str"),
        ] {
            assert_eq!(inferred_type("x", texts), ty, "{texts:?}");
        }
        assert_eq!(inferred_type("http_status", &["404"]), "http_status");
    }
}
