//! Reads JSON values as the parts of a table, and reports those that are something else.

pub(crate) mod columns;
pub(crate) mod envelope;
pub(crate) mod header;
pub(crate) mod json;
pub(crate) mod reserved;
pub(crate) mod rows;
mod values;

use std::borrow::Cow;

use self::json::{Json, JsonType};
use crate::table::names::Violation;
use crate::table::ordered_map::OrderedMap;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, one_of_list, suggestion};
use crate::table::source::{Span, Spanned};
use crate::vocabulary::{Fault, Retry};

/// A reader of JSON values.
struct Reader<'r> {
    report: &'r mut Report,
}

/// The keys of an object, each once, with their values.
struct Fields<'a> {
    entries: OrderedMap<Cow<'a, str>, (Span, Json<'a>)>,
    /// The keys that an unknown one was probably intended to be. They are not reported as missing.
    misspelt: Vec<String>,
}

impl<'a> Fields<'a> {
    fn get(&self, key: &str) -> Option<Json<'a>> {
        self.entries.get(key).map(|(_, json)| *json)
    }
}

impl Reader<'_> {
    /// Reads an object with these keys. Reports other ones as unknown, with `help` after the list
    /// of keys.
    fn object<'a>(&mut self, json: Json<'a>, what: &str, keys: &[&str], help: &str) -> Option<Fields<'a>> {
        let mut fields = self.any_object(json, what)?;
        self.report_unknown_keys(&mut fields, |key| keys.contains(&key), keys, help);
        Some(fields)
    }

    fn report_unknown_keys(
        &mut self,
        fields: &mut Fields<'_>,
        is_known: impl Fn(&str) -> bool,
        keys: &[&str],
        help: &str,
    ) {
        for (key, (span, _)) in fields.entries.iter().filter(|(key, _)| !is_known(key)) {
            let near = self.report.nearest(key, keys);
            let help = suggestion(near, keys) + if near.is_none() { help } else { "" };
            let message = format!("unknown key `{}`", excerpt(key));
            self.report.error(Rule::UnknownKey, *span, message).add_help(help);
            fields.misspelt.extend(near.map(str::to_owned));
        }
    }

    /// Reads an object with any keys. Reports duplicate ones.
    fn any_object<'a>(&mut self, json: Json<'a>, what: &str) -> Option<Fields<'a>> {
        let Some(entries) = json.entries() else {
            self.invalid_type(json, what, JsonType::Object);
            return None;
        };
        let mut fields = Fields { entries: OrderedMap::default(), misspelt: Vec::new() };
        for (key, value) in entries {
            let Some(text) = self.unescape(key) else { continue };
            match fields.entries.get(&text) {
                Some((first, _)) => self.duplicate_key(&text, key.span, *first),
                None => fields.entries.insert(text, (key.span, value)),
            }
        }
        Some(fields)
    }

    fn duplicate_key(&mut self, key: &str, second: Span, first: Span) {
        let note = format!("first defined at {}", self.report.position(first));
        let message = format!("duplicate key `{}`", excerpt(key));
        self.report.error(Rule::DuplicateKey, second, message).add_note(note).add_help("remove one of them");
    }

    fn array<'a>(&mut self, json: Json<'a>, what: &str) -> Option<Vec<Json<'a>>> {
        let elements = json.elements();
        if elements.is_none() {
            self.invalid_type(json, what, JsonType::Array);
        }
        elements
    }

    fn strings(&mut self, json: Json<'_>, key: &str) -> Option<Vec<Spanned<String>>> {
        let elements = self.array(json, &format!("`{key}`"))?;
        let what = format!("element of `{key}`");
        Some(elements.into_iter().filter_map(|json| self.string(json, &what)).collect())
    }

    fn string(&mut self, json: Json<'_>, what: &str) -> Option<Spanned<String>> {
        if json.ty() != JsonType::String {
            self.invalid_type(json, what, JsonType::String);
            return None;
        }
        self.unescape(json).map(|value| Spanned { value: value.into_owned(), span: json.span })
    }

    /// Reads the string of an optional key.
    fn optional_string(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        self.string(fields.get(key)?, &format!("`{key}`")).map(|text| text.value)
    }

    /// Reads an optional boolean, which is `false` by default.
    fn flag(&mut self, fields: &Fields<'_>, key: &str) -> bool {
        let Some(json) = fields.get(key) else { return false };
        let flag = json.boolean();
        if flag.is_none() {
            self.invalid_value(json, &format!("`{key}`"), "`true` or `false`", None);
        }
        flag.unwrap_or_default()
    }

    fn retry(&mut self, json: Json<'_>) -> Option<Retry> {
        self.vocabulary(json, "`retry`", "retry class", Retry::ALL, Retry::as_str)
    }

    fn fault(&mut self, json: Json<'_>) -> Option<Fault> {
        self.vocabulary(json, "`fault`", "fault", Fault::ALL, Fault::as_str)
    }

    fn vocabulary<T: Copy>(
        &mut self,
        json: Json<'_>,
        what: &str,
        noun: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Option<T> {
        let names: Vec<_> = all.iter().map(|value| as_str(*value)).collect();
        let index = self.one_of(json, what, |text| format!("unknown {noun} `{text}`"), &names)?;
        all.get(index).copied()
    }

    /// Reads one of some strings, and returns its index. `unknown` is the message about another
    /// one.
    fn one_of(
        &mut self,
        json: Json<'_>,
        what: &str,
        unknown: impl Fn(&str) -> String,
        values: &[&str],
    ) -> Option<usize> {
        if json.ty() != JsonType::String {
            let help = Some("use one of them, in quotes".to_owned());
            self.invalid_value(json, what, &one_of_list(values), help);
            return None;
        }
        let text = self.string(json, what)?;
        let index = values.iter().position(|value| *value == text.value);
        if index.is_none() {
            self.unknown_value(&text, unknown(&excerpt(&text.value)), values);
        }
        index
    }

    fn unknown_value(&mut self, text: &Spanned<String>, message: String, values: &[&str]) {
        let help = suggestion(self.report.nearest(&text.value, values), values);
        self.report.error(Rule::UnknownValue, text.span, message).add_help(help);
    }

    /// Applies a rule to a text and returns whether it holds.
    fn check(&mut self, text: &Spanned<String>, rule: impl Fn(&str) -> Result<(), Violation>) -> bool {
        match rule(&text.value) {
            Ok(()) => true,
            Err(Violation { rule, message, help }) => {
                self.report.error(rule, text.span, message).add_help(help);
                false
            }
        }
    }

    /// Reports a value of the wrong JSON type.
    fn invalid_type(&mut self, json: Json<'_>, what: &str, expected: JsonType) {
        let help = match (expected, json.ty()) {
            (JsonType::String, JsonType::Number | JsonType::Boolean) => {
                Some(format!("add quotes: `\"{}\"`", excerpt(json.raw())))
            }
            (JsonType::Array, JsonType::String) => {
                Some(format!("add brackets: `[\"{}\"]`", excerpt(json.raw().trim_matches('"'))))
            }
            _ => None,
        };
        self.invalid_value(json, what, expected.with_article(), help);
    }

    /// Reports an invalid value.
    fn invalid_value(&mut self, json: Json<'_>, what: &str, expected: &str, help: Option<String>) {
        let message = format!("invalid {what}: expected {expected}, found {}", json.describe());
        let help = help.unwrap_or_else(|| match json.ty() {
            JsonType::Null => format!("replace it with {expected}, or remove the key if it is optional"),
            _ => format!("replace it with {expected}"),
        });
        self.report.error(Rule::InvalidType, json.span, message).add_help(help);
    }

    /// Reports a missing key, unless it is misspelt. `meaning` describes the value to add.
    fn missing_key(&mut self, json: Json<'_>, fields: &Fields<'_>, key: &str, meaning: &str) {
        if fields.misspelt.iter().any(|misspelt| misspelt == key) {
            return;
        }
        let span = Span { end: json.span.start + 1, ..json.span };
        let help = format!("add `{key}`: {meaning}");
        self.report.error(Rule::MissingKey, span, format!("missing key `{key}`")).add_help(help);
    }

    fn unescape<'a>(&mut self, json: Json<'a>) -> Option<Cow<'a, str>> {
        match json.unescape() {
            Ok(text) => Some(text),
            Err(message) => {
                let help = r"write the character itself, or a surrogate pair such as `\ud83d\ude00`";
                self.report.error(Rule::InvalidEscape, json.span, format!("invalid escape: {message}")).add_help(help);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use crate::table::column::COLUMN_TYPES;
    use crate::table::envelope::PLACEHOLDERS;
    use crate::table::names::reserved::{COLLECTION_METHODS, CONSTANTS, KEYWORDS, METHODS};
    use crate::table::parse::envelope::named::envelope_names;
    use crate::table::row::RowKey;
    use crate::vocabulary::{Fault, Retry};

    fn strings(json: &Value) -> BTreeSet<&str> {
        json.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    }

    #[test]
    fn schema_lists_the_same_names() {
        let schema: Value = serde_json::from_str(include_str!("../../table.schema.json")).unwrap();
        let defs = &schema["$defs"];
        let row = defs["row"]["properties"].as_object().unwrap();
        let names = |lists: &[&[&'static str]]| lists.concat().into_iter().collect::<BTreeSet<_>>();
        let keys = names(&[RowKey::NAMES]);
        assert_eq!(row.keys().map(String::as_str).collect::<BTreeSet<_>>(), keys);
        let placeholders: Vec<_> = PLACEHOLDERS.iter().map(|(name, _)| *name).collect();
        let mut columns = names(&[RowKey::NAMES, METHODS, COLLECTION_METHODS, KEYWORDS, &placeholders]);
        // The pattern rejects them.
        columns.retain(|name| !["Self", "_"].contains(name));
        let lookups = METHODS.iter().filter_map(|method| method.strip_prefix("from_"));
        let not_unique = schema["properties"]["columns"]["properties"].as_object().unwrap();
        assert!(lookups.filter(|name| !keys.contains(name)).eq(not_unique.keys()));
        assert_eq!(strings(&defs["columnName"]["not"]["enum"]), columns);
        assert_eq!(strings(&row["variant"]["not"]["enum"]), names(&[CONSTANTS, METHODS, KEYWORDS]));
        assert_eq!(strings(&defs["columnType"]["enum"]), COLUMN_TYPES.iter().map(|(name, _)| *name).collect());
        assert_eq!(strings(&defs["envelopeName"]["enum"]), envelope_names().into_iter().collect());
        assert_eq!(strings(&defs["retry"]["enum"]), Retry::ALL.iter().map(|retry| retry.as_str()).collect());
        assert_eq!(strings(&defs["fault"]["enum"]), Fault::ALL.iter().map(|fault| fault.as_str()).collect());
    }
}
