//! Reads a table file but for its rows: what it is called, what it extends, what its rows may say.

use crate::columns::Declared;
use crate::json::Json;
use crate::problems::Problems;
use crate::reader::Reader;
use crate::source::{Located, Source, Span};
use crate::text::check_table_name;
use crate::{Fault, Retry, Rule};

/// A table file as it is written, its rows unread: which keys they may have, the bases have a say in.
#[derive(Default)]
pub(crate) struct Header<'a> {
    pub(crate) name: Option<String>,
    pub(crate) description: String,
    pub(crate) source: String,
    pub(crate) version: String,
    pub(crate) extends: Vec<Located<String>>,
    pub(crate) retry: Option<Retry>,
    pub(crate) fault: Option<Fault>,
    pub(crate) columns: Vec<Located<Declared>>,
    /// Whether a column is not among these, because it cannot have its name: rows may use it all the same.
    pub(crate) lacks_columns: bool,
    pub(crate) ignore_case: bool,
    pub(crate) errors: Option<Json<'a>>,
}

const KEYS: &[&str] =
    &["$schema", "name", "description", "source", "version", "extends", "defaults", "columns", "ignore_case", "errors"];

impl<'a> Header<'a> {
    /// Reads a file; what cannot be used is a problem and left out. `None` where it is no JSON object.
    pub(crate) fn parse(source: &'a Source, number: usize, problems: &mut Problems) -> Option<Self> {
        if source.text().trim_ascii().is_empty() {
            let span = Span { source: number, start: 0, end: 0 };
            let help = "a table is at least `{\"name\": \"my-api\", \"errors\": []}`";
            problems.report(Rule::FileEmpty, span, "the file is empty").help(help);
            return None;
        }
        match Json::of_source(source, number) {
            Ok(json) => Reader { problems }.header(json),
            Err(error) => {
                let span = Span { source: number, start: error.offset, end: error.offset };
                let help = "mend the syntax here or just before, where a comma too many, a comment or a single quote may stand; \
                            the rest of the table is checked once it reads as JSON";
                problems.report(Rule::JsonSyntax, span, format!("not JSON: {}", error.message)).help(help);
                None
            }
        }
    }
}

impl Reader<'_> {
    fn header<'a>(&mut self, json: Json<'a>) -> Option<Header<'a>> {
        let fields = self.object(json, "a table", KEYS)?;
        self.optional_text(&fields, "$schema");
        let mut header = Header {
            description: self.optional_text(&fields, "description").unwrap_or_default(),
            source: self.optional_text(&fields, "source").unwrap_or_default(),
            version: self.optional_text(&fields, "version").unwrap_or_default(),
            extends: fields.get("extends").and_then(|json| self.texts(json, "extends")).unwrap_or_default(),
            ignore_case: fields.get("ignore_case").is_some_and(|json| self.flag(json, "`ignore_case`")),
            errors: fields.get("errors"),
            ..Header::default()
        };
        if let Some(columns) = fields.get("columns") {
            (header.columns, header.lacks_columns) = self.columns(columns);
        }
        match fields.get("name") {
            Some(name) => header.name = self.name(name),
            None => self.missing(json, &fields, "name", "the id of the table, such as `\"name\": \"my-api\"`"),
        }
        if let Some(defaults) =
            fields.get("defaults").and_then(|json| self.object(json, "`defaults`", &["retry", "fault"]))
        {
            header.retry = self.retry(&defaults);
            header.fault = self.fault(&defaults);
        }
        if header.errors.is_none() {
            self.missing(json, &fields, "errors", "the rows of the table, an empty array where there are none");
        }
        Some(header)
    }

    fn name(&mut self, json: Json<'_>) -> Option<String> {
        let name = self.text(json, "`name`")?;
        self.check(&name, check_table_name).then_some(name.value)
    }

    fn flag(&mut self, json: Json<'_>, what: &str) -> bool {
        let flag = json.boolean();
        if flag.is_none() {
            self.wrong_value(json, what, "`true` or `false`", None);
        }
        flag.unwrap_or_default()
    }
}
