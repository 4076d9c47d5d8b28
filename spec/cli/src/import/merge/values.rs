//! The values of cells as JSON, by the type of their key.

use errtable_spec::__private::nearest;
use errtable_spec::{Column, ColumnType, Fault, Retry, RowKey, Table};
use serde_json::Value;

use crate::error::Error;
use crate::import::listing::Listing;

/// Checks that the table has a key, so that it can be mapped to a column of a page.
pub(in crate::import) fn check_key(key: &str, columns: &[Column], listing: &Listing) -> Result<(), Error> {
    if key == RowKey::FormerVariants.as_str() {
        return Err(Error::new(format!("cannot import `{key}`")).with_help("set it in the table by hand"));
    }
    if RowKey::NAMES.contains(&key) || columns.iter().any(|column| column.name == key) {
        return Ok(());
    }
    let columns = columns.iter().map(|column| &*column.name);
    let known: Vec<_> = RowKey::NAMES.iter().copied().chain(columns).collect();
    let unknown = Error::new(format!("the table has no key or column `{key}`"));
    if let Some(near) = nearest(key, known.iter().copied()).and_then(|at| known.get(at)) {
        return Err(unknown.with_help(format!("did you mean `{near}`?")));
    }
    let texts = listing.codes.iter().flat_map(|listed| &listed.values).filter(|(own, _)| own == key);
    let ty = inferred_type(key, &texts.map(|(_, text)| &**text).collect::<Vec<_>>());
    let help = format!("declare the column in the table: `\"columns\": {{ \"{key}\": \"{ty}\" }}`");
    Err(unknown.with_help(help))
}

/// Collects the texts of each key, in the order of their first ones.
pub(super) fn texts_by_key<'t>(values: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(&'t str, Vec<&'t str>)> {
    let mut texts: Vec<(&str, Vec<&str>)> = Vec::new();
    for (key, text) in values {
        match texts.iter_mut().find(|(own, _)| *own == key) {
            Some((_, texts)) => texts.push(text),
            None => texts.push((key, vec![text])),
        }
    }
    texts
}

/// Returns the type of a new column with these texts. That of HTTP statuses does not depend on
/// them, so that texts such as `4xx` are skipped.
pub(super) fn inferred_type(key: &str, texts: &[&str]) -> &'static str {
    if key == "http_status" {
        return ColumnType::HttpStatus.name();
    }
    let fits = |ty: &ColumnType| !texts.is_empty() && texts.iter().all(|text| scalar(ty, text).is_some());
    let types = [ColumnType::Bool, ColumnType::U16, ColumnType::U64, ColumnType::I64];
    types.into_iter().find(fits).map_or("str", |ty| ty.name())
}

/// Returns why a new column with these texts is one of strings, if most of them are of another
/// type: the first text that is not, and what it is not.
pub(super) fn odd_text<'t>(key: &str, texts: &[&'t str]) -> Option<(&'t str, &'static str)> {
    if inferred_type(key, texts) != ColumnType::Str.name() {
        return None;
    }
    let fits = |ty: &ColumnType, text: &str| scalar(ty, text).is_some();
    [(ColumnType::I64, "an integer"), (ColumnType::Bool, "a boolean")].into_iter().find_map(|(ty, what)| {
        let odd: Vec<_> = texts.iter().filter(|text| !fits(&ty, text)).collect();
        odd.first().filter(|_| odd.len() * 2 < texts.len()).map(|first| (**first, what))
    })
}

/// Returns the value of a key, or why the text is none.
pub(in crate::import) fn value(key: &str, text: &str, table: &Table) -> Result<Value, String> {
    let invalid = |expected: &str| format!("`{key}` must be {expected}: `{text}`");
    match key {
        "retry" => text.parse::<Retry>().map(|_| text.into()).map_err(|_| {
            let classes: Vec<_> = Retry::ALL.iter().map(|class| class.as_str()).collect();
            invalid(&format!("one of {}", classes.join(", ")))
        }),
        "fault" => text.parse::<Fault>().map(|_| text.into()).map_err(|_| invalid("client or server")),
        "retry_after_ms" => scalar(&ColumnType::U64, text).ok_or_else(|| invalid("an integer")),
        _ => match table.columns.iter().find(|column| column.name == key) {
            Some(Column { ty, .. }) => scalar(ty, text).ok_or_else(|| match ty {
                ColumnType::HttpStatus => invalid("an HTTP status"),
                _ => invalid(&format!("of the type `{}`", ty.name())),
            }),
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
    use super::{inferred_type, odd_text};

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
        assert_eq!(inferred_type("x", &[]), "str");
        for text in ["404", "4xx"] {
            assert_eq!(inferred_type("http_status", &[text]), "http_status");
        }
    }

    #[test]
    fn odd_texts_are_found() {
        for (texts, odd) in [
            (&["1", "n/a", "-3"][..], Some(("n/a", "an integer"))),
            (&["yes", "no", "maybe"], Some(("maybe", "a boolean"))),
            (&["1", "n/a"], None),
            (&["1", "2"], None),
            (&[], None),
        ] {
            assert_eq!(odd_text("x", texts), odd, "{texts:?}");
        }
        assert_eq!(odd_text("http_status", &["404", "500", "4xx"]), None);
    }
}
