//! Reads one table file: its rows, every part with its place, as the file alone gives them.

use std::borrow::Cow;

use crate::json::Json;
use crate::problems::Problems;
use crate::source::{Located, Source, Span};
use crate::text::{check_code, check_table_name};
use crate::words::did_you_mean;
use crate::{Fault, Retry};

/// A table file as it is written: nothing inherited, nothing filled in.
#[derive(Debug, Default)]
pub(crate) struct TableFile {
    pub(crate) name: Option<String>,
    pub(crate) description: String,
    pub(crate) source: String,
    pub(crate) version: String,
    pub(crate) extends: Vec<Located<String>>,
    pub(crate) retry: Option<Retry>,
    pub(crate) fault: Option<Fault>,
    pub(crate) rows: Vec<Row>,
}

/// A row as it is written. Only the code is always there.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) code: Located<String>,
    pub(crate) description: Option<String>,
    pub(crate) retry: Option<Retry>,
    pub(crate) retry_after_ms: Option<u64>,
    pub(crate) fault: Option<Fault>,
    pub(crate) evidence: Option<String>,
    pub(crate) variant: Option<Located<String>>,
    pub(crate) aliases: Option<Vec<Located<String>>>,
    pub(crate) deprecated: Option<String>,
}

const TABLE_KEYS: &[&str] = &["$schema", "name", "description", "source", "version", "extends", "defaults", "errors"];
const DEFAULT_KEYS: &[&str] = &["retry", "fault"];
const ROW_KEYS: &[&str] =
    &["code", "description", "retry", "retry_after_ms", "fault", "evidence", "variant", "aliases", "deprecated"];

impl TableFile {
    /// Reads a file; what cannot be used is a problem and left out, the rest is there.
    pub(crate) fn parse(source: &Source, number: usize, problems: &mut Problems) -> Self {
        if source.text().trim_ascii().is_empty() {
            let message = "the file is empty";
            let help = "a table is at least `{\"name\": \"my-api\", \"errors\": []}`";
            problems.report(Span { source: number, start: 0, end: 0 }, message).help(help);
            return Self::default();
        }
        match Json::of_source(source, number) {
            Ok(json) => Reader { source, problems }.table(json),
            Err(error) => {
                let span = Span { source: number, start: error.offset, end: error.offset };
                problems.report(span, format!("not JSON: {}", error.message)).help(
                    "mend the syntax here or just before; the rest of the table is checked once it reads as JSON",
                );
                Self::default()
            }
        }
    }
}

/// The fields of an object that are known and stand there once.
struct Fields<'a>(Vec<(&'static str, Json<'a>)>);

impl<'a> Fields<'a> {
    fn get(&self, key: &str) -> Option<Json<'a>> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, json)| *json)
    }
}

struct Reader<'a, 'p> {
    source: &'a Source,
    problems: &'p mut Problems,
}

impl<'a> Reader<'a, '_> {
    fn table(&mut self, json: Json<'a>) -> TableFile {
        let Some(fields) = self.object(json, "a table", TABLE_KEYS) else { return TableFile::default() };
        let mut table = TableFile::default();
        match fields.get("name") {
            Some(name) => {
                table.name =
                    self.text("`name`", name).filter(|name| self.check(name, check_table_name)).map(|n| n.value);
            }
            None => self.missing(json, "name", "the id of the table, such as `\"name\": \"my-api\"`"),
        }
        table.description = self.optional_text(&fields, "description").unwrap_or_default();
        table.source = self.optional_text(&fields, "source").unwrap_or_default();
        table.version = self.optional_text(&fields, "version").unwrap_or_default();
        table.extends = fields.get("extends").and_then(|json| self.texts("extends", json)).unwrap_or_default();
        if let Some(defaults) = fields.get("defaults").and_then(|json| self.object(json, "`defaults`", DEFAULT_KEYS)) {
            table.retry = self.retry(&defaults);
            table.fault = self.fault(&defaults);
        }
        match fields.get("errors") {
            Some(errors) => table.rows = self.rows(errors),
            None => self.missing(json, "errors", "the rows of the table, an empty array where there are none"),
        }
        table
    }

    fn rows(&mut self, json: Json<'a>) -> Vec<Row> {
        let rows = self.array("errors", json).unwrap_or_default();
        rows.into_iter().filter_map(|row| self.row(row)).collect()
    }

    /// A row that has a usable code is kept, whatever else is wrong in it: its variant exists.
    fn row(&mut self, json: Json<'a>) -> Option<Row> {
        let fields = self.object(json, "a row of `errors`", ROW_KEYS)?;
        let code = if let Some(code) = fields.get("code") {
            self.text("`code`", code).filter(|code| self.check(code, |text| check_code("code", text)))
        } else {
            self.missing(json, "code", "the code exactly as the service sends it");
            None
        };
        let row = Row {
            description: self.optional_text(&fields, "description"),
            retry: self.retry(&fields),
            retry_after_ms: fields.get("retry_after_ms").and_then(|json| self.milliseconds(json)),
            fault: self.fault(&fields),
            evidence: self.optional_text(&fields, "evidence"),
            variant: fields.get("variant").and_then(|json| self.text("`variant`", json)),
            aliases: fields.get("aliases").and_then(|json| self.aliases(json)),
            deprecated: self.optional_text(&fields, "deprecated"),
            // The keys above are checked even where the code is not usable.
            code: code?,
        };
        Some(row)
    }

    fn aliases(&mut self, json: Json<'a>) -> Option<Vec<Located<String>>> {
        let mut aliases = self.texts("aliases", json)?;
        aliases.retain(|alias| self.check(alias, |text| check_code("alias", text)));
        Some(aliases)
    }

    fn retry(&mut self, fields: &Fields<'a>) -> Option<Retry> {
        self.word(fields, "retry", "retry class", Retry::ALL, Retry::as_str)
    }

    fn fault(&mut self, fields: &Fields<'a>) -> Option<Fault> {
        self.word(fields, "fault", "fault", Fault::ALL, Fault::as_str)
    }

    /// One of a closed list of words.
    fn word<T: Copy>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        what: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(&format!("`{key}`"), fields.get(key)?)?;
        let found = all.iter().copied().find(|word| as_str(*word) == text.value);
        if found.is_none() {
            let words: Vec<_> = all.iter().map(|word| as_str(*word)).collect();
            let help = did_you_mean(&text.value, &words, "the words are");
            self.problems.report(text.span, format!("unknown {what} `{}`", text.value.escape_debug())).help(help);
        }
        found
    }

    fn milliseconds(&mut self, json: Json<'a>) -> Option<u64> {
        let number = json.text().parse().ok();
        if number.is_none() {
            let message = match json.kind() {
                "a number" => format!("`retry_after_ms` is `{}`", json.text()),
                kind => format!("`retry_after_ms` is {kind}"),
            };
            let help = format!("give whole milliseconds, from 0 to {}", u64::MAX);
            self.problems.report(json.span, message).help(help);
        }
        number
    }

    fn optional_text(&mut self, fields: &Fields<'a>, key: &str) -> Option<String> {
        self.text(&format!("`{key}`"), fields.get(key)?).map(|text| text.value)
    }

    fn texts(&mut self, key: &str, json: Json<'a>) -> Option<Vec<Located<String>>> {
        let elements = self.array(key, json)?;
        let what = format!("an element of `{key}`");
        Some(elements.into_iter().filter_map(|json| self.text(&what, json)).collect())
    }

    fn text(&mut self, what: &str, json: Json<'a>) -> Option<Located<String>> {
        if json.kind() != "a string" {
            self.wrong_kind(json, what, "a string");
            return None;
        }
        self.string(json).map(|value| Located { value: value.into_owned(), span: json.span })
    }

    fn array(&mut self, key: &str, json: Json<'a>) -> Option<Vec<Json<'a>>> {
        let elements = json.elements(self.source);
        if elements.is_none() {
            self.wrong_kind(json, &format!("`{key}`"), "an array");
        }
        elements
    }

    /// The known keys of an object; an unknown one, or one that stands twice, is a problem.
    fn object(&mut self, json: Json<'a>, what: &str, keys: &[&'static str]) -> Option<Fields<'a>> {
        let Some(entries) = json.entries(self.source) else {
            self.wrong_kind(json, what, "an object");
            return None;
        };
        let mut fields: Vec<(&'static str, Json<'a>, Span)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let Some(text) = self.string(key) else { continue };
            let Some(known) = keys.iter().copied().find(|known| *known == text) else {
                let help = did_you_mean(&text, keys, &format!("the keys of {what} are"));
                self.problems.report(key.span, format!("unknown key `{}`", text.escape_debug())).help(help);
                continue;
            };
            match fields.iter().find(|(earlier, ..)| *earlier == known) {
                Some((_, _, first)) => {
                    let note = format!("first at {}", self.problems.place(*first));
                    let problem = self.problems.report(key.span, format!("the key `{known}` stands twice"));
                    problem.note(note).help("keep one of the two");
                }
                None => fields.push((known, value, key.span)),
            }
        }
        Some(Fields(fields.into_iter().map(|(key, value, _)| (key, value)).collect()))
    }

    fn string(&mut self, json: Json<'a>) -> Option<Cow<'a, str>> {
        match json.string() {
            Ok(text) => Some(text),
            Err(message) => {
                let help = "write the character itself, or a pair of surrogates";
                self.problems.report(json.span, format!("not a JSON string: {message}")).help(help);
                None
            }
        }
    }

    /// Applies a rule about a text; says whether it holds.
    fn check(&mut self, text: &Located<String>, rule: impl Fn(&str) -> Result<(), (String, String)>) -> bool {
        match rule(&text.value) {
            Ok(()) => true,
            Err((message, help)) => {
                self.problems.report(text.span, message).help(help);
                false
            }
        }
    }

    fn wrong_kind(&mut self, json: Json<'a>, what: &str, expected: &str) {
        let message = format!("{what} must be {expected}, not {}", json.kind());
        self.problems.report(json.span, message).help(format!("write {expected} here"));
    }

    fn missing(&mut self, json: Json<'a>, key: &str, meaning: &str) {
        let span = Span { end: json.span.start + 1, ..json.span };
        self.problems.report(span, format!("the key `{key}` is missing")).help(format!("add `{key}`: {meaning}"));
    }
}
