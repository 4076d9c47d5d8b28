//! How a denied change is undone, without losing what it is for.

use crate::diff::change::{Change, Rule};

/// Returns what to do instead of a change, if there is a better way.
pub(super) fn repair(change: &Change) -> Option<String> {
    let code = change.code.as_deref().unwrap_or_default();
    let json = |text: &Option<String>| serde_json::Value::from(text.as_deref().unwrap_or_default()).to_string();
    Some(match change.rule {
        Rule::TableRemoved => "list the table in `errtable.toml`, with the `name` that it had".to_owned(),
        Rule::CodeRemoved | Rule::RemovedUndeprecated => {
            format!("keep the row of `{code}`, and add `\"deprecated\": \"why\"` to it")
        }
        Rule::RemovedEarly => format!("keep the row of `{code}` until then"),
        Rule::RemovedUnreserved => {
            let code_entry = format!("{{ \"code\": {} }}", serde_json::Value::from(code));
            let number_entry = |number: &str| format!("{{ \"number\": {number} }}");
            // The code, the number, or `CODE, NUMBER`.
            let free = change.old.as_deref().unwrap_or_default();
            let entries = match free.strip_prefix(code).and_then(|rest| rest.strip_prefix(", ")) {
                Some(number) => format!("{code_entry}, {}", number_entry(number)),
                None if free == code => code_entry,
                None => number_entry(free),
            };
            format!("add this to `reserved` of the table: `{entries}`")
        }
        Rule::VariantRenamed => {
            format!("keep the old name: add `\"former_variants\": [{}]` to the row", json(&change.old))
        }
        Rule::FormerVariantRemoved => format!("add {} to `former_variants` of the row again", json(&change.old)),
        Rule::CodeRenamed => format!("keep the old code: add `\"aliases\": [{}]` to the row", json(&change.old)),
        Rule::AliasRemoved => format!("add {} to `aliases` of the row again", json(&change.old)),
        Rule::NumberChanged | Rule::NumberReused => {
            "add a row for the new number, and keep the old one with `deprecated`".to_owned()
        }
        Rule::ReservationRemoved => "add it to `reserved` of the table again".to_owned(),
        Rule::ReservedUsed => "use another code or number".to_owned(),
        _ => return None,
    })
}
