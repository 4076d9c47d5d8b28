//! Reads JSON values as the parts of a table, and reports those that are something else.

use std::borrow::Cow;

use self::json::{Json, Kind};
use crate::table::names::Violation;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{did_you_mean, excerpt, nearest_to};
use crate::table::source::{Span, Spanned};
use crate::vocabulary::{Fault, Retry};

pub(crate) mod columns;
pub(crate) mod header;
mod json;
pub(crate) mod rows;

/// A reader of JSON values.
struct Reader<'r> {
    report: &'r mut Report,
}

/// The keys of an object, each once, with their values.
struct Fields<'a> {
    entries: Vec<(Spanned<Cow<'a, str>>, Json<'a>)>,
    /// The keys that an unknown one was probably intended to be. They are not reported as missing.
    misspelt: Vec<String>,
}

impl<'a> Fields<'a> {
    fn get(&self, key: &str) -> Option<Json<'a>> {
        // Not an iterator: macros are built unoptimised, and this is called nine times per row.
        for (known, json) in &self.entries {
            if *known.value == *key {
                return Some(*json);
            }
        }
        None
    }

    fn into_entries(self) -> impl Iterator<Item = (Spanned<Cow<'a, str>>, Json<'a>)> {
        self.entries.into_iter()
    }
}

impl Reader<'_> {
    /// Reads an object with these keys. Reports other ones as unknown.
    fn object<'a>(&mut self, json: Json<'a>, what: &str, keys: &[&str]) -> Option<Fields<'a>> {
        let mut fields = self.any_object(json, what)?;
        let unknown: Vec<_>;
        (fields.entries, unknown) = fields.entries.into_iter().partition(|(key, _)| keys.contains(&&*key.value));
        for (key, _) in unknown {
            let message = format!("unknown key `{}`", excerpt(&key.value));
            self.report.error(Rule::UnknownKey, key.span, message).help(did_you_mean(&key.value, keys));
            fields.misspelt.extend(nearest_to(&key.value, keys).map(str::to_owned));
        }
        Some(fields)
    }

    /// Reads an object with any keys. Reports duplicate ones.
    fn any_object<'a>(&mut self, json: Json<'a>, what: &str) -> Option<Fields<'a>> {
        let Some(entries) = json.entries() else {
            self.invalid_type(json, what, Kind::Object);
            return None;
        };
        let mut fields = Fields { entries: Vec::with_capacity(entries.len()), misspelt: Vec::new() };
        for (key, value) in entries {
            let Some(text) = self.unescape(key) else { continue };
            match fields.entries.iter().find(|(earlier, _)| earlier.value == text) {
                Some((first, _)) => self.duplicate_key(&text, key.span, first.span),
                None => fields.entries.push((Spanned { value: text, span: key.span }, value)),
            }
        }
        Some(fields)
    }

    fn duplicate_key(&mut self, key: &str, second: Span, first: Span) {
        let note = format!("first defined at {}", self.report.position(first));
        let message = format!("duplicate key `{}`", excerpt(key));
        self.report.error(Rule::DuplicateKey, second, message).note(note).help("remove one of the two");
    }

    fn array<'a>(&mut self, json: Json<'a>, what: &str) -> Option<Vec<Json<'a>>> {
        let elements = json.elements();
        if elements.is_none() {
            self.invalid_type(json, what, Kind::Array);
        }
        elements
    }

    fn strings(&mut self, json: Json<'_>, key: &str) -> Option<Vec<Spanned<String>>> {
        let elements = self.array(json, &format!("`{key}`"))?;
        let what = format!("element of `{key}`");
        Some(elements.into_iter().filter_map(|json| self.string(json, &what)).collect())
    }

    fn string(&mut self, json: Json<'_>, what: &str) -> Option<Spanned<String>> {
        if json.kind() != Kind::String {
            self.invalid_type(json, what, Kind::String);
            return None;
        }
        self.unescape(json).map(|value| Spanned { value: value.into_owned(), span: json.span })
    }

    /// Reads the string of an optional key.
    fn optional_string(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        self.string(fields.get(key)?, &format!("`{key}`")).map(|text| text.value)
    }

    fn retry(&mut self, json: Json<'_>) -> Option<Retry> {
        let names: Vec<_> = Retry::ALL.iter().map(|retry| retry.as_str()).collect();
        let position = self.one_of(json, "`retry`", "retry class", &names)?;
        Retry::ALL.get(position).copied()
    }

    fn fault(&mut self, json: Json<'_>) -> Option<Fault> {
        let names: Vec<_> = Fault::ALL.iter().map(|fault| fault.as_str()).collect();
        let position = self.one_of(json, "`fault`", "fault", &names)?;
        Fault::ALL.get(position).copied()
    }

    /// Reads one of some strings, and returns its position among them. `what` names the value in a
    /// type error, `kind` in an unknown value.
    fn one_of(&mut self, json: Json<'_>, what: &str, kind: &str, values: &[&str]) -> Option<usize> {
        let text = self.string(json, what)?;
        let position = values.iter().position(|value| *value == text.value);
        if position.is_none() {
            let message = format!("unknown {kind} `{}`", excerpt(&text.value));
            self.report.error(Rule::UnknownValue, text.span, message).help(did_you_mean(&text.value, values));
        }
        position
    }

    /// Applies a rule to a text and returns whether it holds.
    fn check(&mut self, text: &Spanned<String>, rule: impl Fn(&str) -> Result<(), Violation>) -> bool {
        match rule(&text.value) {
            Ok(()) => true,
            Err(Violation { rule, message, help }) => {
                self.report.error(rule, text.span, message).help(help);
                false
            }
        }
    }

    /// Reports a value of the wrong JSON type.
    fn invalid_type(&mut self, json: Json<'_>, what: &str, expected: Kind) {
        let help = match (expected, json.kind()) {
            (Kind::String, Kind::Number | Kind::Boolean) => Some(format!("add quotes: `\"{}\"`", excerpt(json.raw()))),
            (Kind::Array, Kind::String) => {
                Some(format!("add brackets: `[\"{}\"]`", excerpt(json.raw().trim_matches('"'))))
            }
            _ => None,
        };
        self.invalid_value(json, what, expected.with_article(), help);
    }

    /// Reports an invalid value.
    fn invalid_value(&mut self, json: Json<'_>, what: &str, expected: &str, help: Option<String>) {
        let message = format!("invalid {what}: expected {expected}, found {}", json.describe());
        let help = help.unwrap_or_else(|| match json.kind() {
            Kind::Null => "remove it".to_owned(),
            _ => format!("replace it with {expected}"),
        });
        self.report.error(Rule::InvalidType, json.span, message).help(help);
    }

    /// Reports a missing key, unless it is misspelt. `meaning` describes the value to add.
    fn missing_key(&mut self, json: Json<'_>, fields: &Fields<'_>, key: &str, meaning: &str) {
        if fields.misspelt.iter().any(|misspelt| misspelt == key) {
            return;
        }
        let span = Span { end: json.span.start + 1, ..json.span };
        let help = format!("add `{key}`: {meaning}");
        self.report.error(Rule::MissingKey, span, format!("missing key `{key}`")).help(help);
    }

    fn unescape<'a>(&mut self, json: Json<'a>) -> Option<Cow<'a, str>> {
        match json.unescape() {
            Ok(text) => Some(text),
            Err(message) => {
                let help = r"write the character itself, or a surrogate pair such as `\ud83d\ude00`";
                self.report.error(Rule::InvalidEscape, json.span, format!("invalid escape: {message}")).help(help);
                None
            }
        }
    }
}
