//! Reads JSON values as what a table expects of them; each that is something else is a problem.

use std::borrow::Cow;

use crate::json::{Json, Kind};
use crate::problems::Problems;
use crate::source::{Located, Span};
use crate::text::Violation;
use crate::words::{did_you_mean, meant, shown};
use crate::{Fault, Retry, Rule};

/// Reads values, and reports those that are something else.
pub(crate) struct Reader<'p> {
    pub(crate) problems: &'p mut Problems,
}

/// The keys of an object, each there once, with their values.
pub(crate) struct Fields<'a> {
    entries: Vec<(Located<Cow<'a, str>>, Json<'a>)>,
    /// The known keys that an unknown one was probably meant to be: told once, as the unknown one.
    misspelt: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<Json<'a>> {
        // A loop: cargo optimises no macro, and this is asked of every row nine times.
        for (known, json) in &self.entries {
            if *known.value == *key {
                return Some(*json);
            }
        }
        None
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = (Located<Cow<'a, str>>, Json<'a>)> {
        self.entries.into_iter()
    }
}

impl Reader<'_> {
    /// An object with these keys; an unknown one is a problem.
    pub(crate) fn object<'a>(&mut self, json: Json<'a>, what: &str, keys: &[&str]) -> Option<Fields<'a>> {
        let mut fields = self.any_object(json, what)?;
        let unknown: Vec<_>;
        (fields.entries, unknown) = fields.entries.into_iter().partition(|(key, _)| keys.contains(&&*key.value));
        for (key, _) in unknown {
            self.unknown_key(&key, what, keys);
            fields.misspelt.extend(meant(&key.value, keys).map(str::to_owned));
        }
        Some(fields)
    }

    /// An object with any keys; one that stands twice is a problem.
    pub(crate) fn any_object<'a>(&mut self, json: Json<'a>, what: &str) -> Option<Fields<'a>> {
        let Some(entries) = json.entries() else {
            self.wrong_kind(json, what, Kind::Object);
            return None;
        };
        let mut fields = Fields { entries: Vec::with_capacity(entries.len()), misspelt: Vec::new() };
        for (key, value) in entries {
            let Some(text) = self.string(key) else { continue };
            match fields.entries.iter().find(|(earlier, _)| earlier.value == text) {
                Some((first, _)) => self.key_twice(&text, key.span, first.span),
                None => fields.entries.push((Located { value: text, span: key.span }, value)),
            }
        }
        Some(fields)
    }

    fn unknown_key(&mut self, key: &Located<Cow<'_, str>>, what: &str, keys: &[&str]) {
        let help = did_you_mean(&key.value, keys, &format!("the keys of {what} are"));
        self.problems.report(Rule::UnknownKey, key.span, format!("unknown key `{}`", shown(&key.value))).help(help);
    }

    fn key_twice(&mut self, key: &str, second: Span, first: Span) {
        let note = format!("first at {}", self.problems.place(first));
        let problem = self.problems.report(Rule::KeyTwice, second, format!("the key `{}` stands twice", shown(key)));
        problem.note(note).help("keep one of the two");
    }

    pub(crate) fn array<'a>(&mut self, json: Json<'a>, what: &str) -> Option<Vec<Json<'a>>> {
        let elements = json.elements();
        if elements.is_none() {
            self.wrong_kind(json, what, Kind::Array);
        }
        elements
    }

    pub(crate) fn texts(&mut self, json: Json<'_>, key: &str) -> Option<Vec<Located<String>>> {
        let elements = self.array(json, &format!("`{key}`"))?;
        let what = format!("an element of `{key}`");
        Some(elements.into_iter().filter_map(|json| self.text(json, &what)).collect())
    }

    pub(crate) fn text(&mut self, json: Json<'_>, what: &str) -> Option<Located<String>> {
        if json.kind() != Kind::String {
            self.wrong_kind(json, what, Kind::String);
            return None;
        }
        self.string(json).map(|value| Located { value: value.into_owned(), span: json.span })
    }

    /// The text of a key, where the object has it.
    pub(crate) fn optional_text(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        self.text(fields.get(key)?, &format!("`{key}`")).map(|text| text.value)
    }

    pub(crate) fn retry(&mut self, fields: &Fields<'_>) -> Option<Retry> {
        self.word(fields.get("retry")?, "retry", "retry class", Retry::ALL, Retry::as_str)
    }

    pub(crate) fn fault(&mut self, fields: &Fields<'_>) -> Option<Fault> {
        self.word(fields.get("fault")?, "fault", "fault", Fault::ALL, Fault::as_str)
    }

    /// One of a closed list of words.
    fn word<T: Copy>(
        &mut self,
        json: Json<'_>,
        key: &str,
        what: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Option<T> {
        let words: Vec<_> = all.iter().map(|word| as_str(*word)).collect();
        let position = self.one_of(json, &format!("`{key}`"), what, &words)?;
        all.get(position).copied()
    }

    /// The position of a text among the words that it may be.
    pub(crate) fn one_of(&mut self, json: Json<'_>, key: &str, what: &str, words: &[&str]) -> Option<usize> {
        let text = self.text(json, key)?;
        let position = words.iter().position(|word| *word == text.value);
        if position.is_none() {
            let help = did_you_mean(&text.value, words, "the words are");
            self.problems
                .report(Rule::UnknownWord, text.span, format!("unknown {what} `{}`", shown(&text.value)))
                .help(help);
        }
        position
    }

    /// Applies a rule about a text; says whether it holds.
    pub(crate) fn check(&mut self, text: &Located<String>, rule: impl Fn(&str) -> Result<(), Violation>) -> bool {
        match rule(&text.value) {
            Ok(()) => true,
            Err(Violation { rule, message, help }) => {
                self.problems.report(rule, text.span, message).help(help);
                false
            }
        }
    }

    /// Reports a value of the wrong type, with the help that its type suggests.
    pub(crate) fn wrong_kind(&mut self, json: Json<'_>, what: &str, expected: Kind) {
        let help = match (expected, json.kind()) {
            (Kind::String, Kind::Number | Kind::Boolean) => {
                Some(format!("put it in quotes: `\"{}\"`", shown(json.text())))
            }
            (Kind::Array, Kind::String) => {
                Some(format!("put it in brackets: `[\"{}\"]`", shown(json.text().trim_matches('"'))))
            }
            _ => None,
        };
        self.wrong_value(json, what, expected.with_article(), help);
    }

    /// Reports a value that is not what it must be.
    pub(crate) fn wrong_value(&mut self, json: Json<'_>, what: &str, expected: &str, help: Option<String>) {
        let message = format!("{what} must be {expected}, not {}", json.found());
        let help = help.unwrap_or_else(|| match json.kind() {
            Kind::Null => "leave the key out where there is nothing to say".to_owned(),
            _ => format!("write {expected}"),
        });
        self.problems.report(Rule::WrongType, json.span, message).help(help);
    }

    /// Reports a key that an object lacks, unless it stands there misspelt; `meaning` says what to add.
    pub(crate) fn missing(&mut self, json: Json<'_>, fields: &Fields<'_>, key: &str, meaning: &str) {
        if fields.misspelt.iter().any(|misspelt| misspelt == key) {
            return;
        }
        let span = Span { end: json.span.start + 1, ..json.span };
        self.problems
            .report(Rule::KeyMissing, span, format!("the key `{key}` is missing"))
            .help(format!("add `{key}`: {meaning}"));
    }

    fn string<'a>(&mut self, json: Json<'a>) -> Option<Cow<'a, str>> {
        match json.string() {
            Ok(text) => Some(text),
            Err(message) => {
                let help = "write the character itself, or a pair of surrogates";
                self.problems.report(Rule::JsonString, json.span, format!("not a JSON string: {message}")).help(help);
                None
            }
        }
    }
}
