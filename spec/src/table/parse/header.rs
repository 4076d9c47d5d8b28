//! Reads a table file except its rows and its envelope, which depend on the columns of the bases.

use std::rc::Rc;

use crate::table::model::{Reserved, Table};
use crate::table::names::{check_table_name, check_variant_prefix};
use crate::table::parse::Reader;
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::envelope::UnreadEnvelope;
use crate::table::parse::json::Json;
use crate::table::parse::rows::Rows;
use crate::table::report::Report;
use crate::table::report::rule::Rule;
use crate::table::source::{SourceFile, Span, Spanned};
use crate::vocabulary::{Fault, Retry};

/// A table file with its rows and its envelope unread.
#[derive(Default)]
pub(crate) struct Header<'a> {
    /// The table without envelope, columns and rows. A missing or invalid name is empty.
    pub(crate) table: Table,
    pub(crate) extends: Vec<Spanned<String>>,
    pub(crate) default_retry: Option<Retry>,
    pub(crate) default_fault: Option<Fault>,
    pub(crate) variant_prefix: Option<Rc<str>>,
    pub(crate) columns: Vec<Spanned<ColumnDecl>>,
    /// Whether a column was dropped because its name is invalid. Rows may still use it.
    pub(crate) lacks_columns: bool,
    pub(crate) envelope: Option<UnreadEnvelope<'a>>,
    pub(crate) reserved: Vec<Spanned<Reserved>>,
    pub(crate) rows: Option<Rows<'a>>,
}

pub(crate) const TABLE_KEYS: &[&str] = &[
    "$schema",
    "name",
    "description",
    "source",
    "version",
    "extends",
    "envelope",
    "defaults",
    "columns",
    "reserved",
    "ignore_case",
    "variant_prefix",
    "errors",
];

impl<'a> Header<'a> {
    /// Reads a file. Reports what is invalid and leaves it out. Returns `None` if the file is not a
    /// JSON object.
    pub(crate) fn parse(source: &'a SourceFile, number: usize, report: &mut Report) -> Option<Self> {
        if source.text().trim_ascii().is_empty() {
            let span = Span { file: number, start: 0, end: 0 };
            let help = "a minimal table is `{\"name\": \"my-api\", \"errors\": []}`";
            report.error(Rule::EmptyFile, span, "empty file").add_help(help);
            return None;
        }
        match Json::parse(source, number) {
            Ok(json) => Reader { report }.header(json),
            Err(error) => {
                let span = Span { file: number, start: error.offset, end: error.offset };
                let message = format!("invalid JSON: {}", error.message);
                report.error(Rule::InvalidJson, span, message).add_help(error.help);
                None
            }
        }
    }
}

impl Reader<'_> {
    fn header<'a>(&mut self, json: Json<'a>) -> Option<Header<'a>> {
        let fields = self.object(json, "table", TABLE_KEYS, "")?;
        self.optional_string(&fields, "$schema");
        let mut header = Header {
            table: Table {
                description: self.optional_string(&fields, "description").unwrap_or_default(),
                source: self.optional_string(&fields, "source").unwrap_or_default(),
                version: self.optional_string(&fields, "version").unwrap_or_default(),
                ignore_case: self.flag(&fields, "ignore_case"),
                ..Table::default()
            },
            extends: fields.get("extends").and_then(|json| self.strings(json, "extends")).unwrap_or_default(),
            envelope: fields.get("envelope").map(UnreadEnvelope),
            reserved: fields.get("reserved").map(|json| self.reserved(json)).unwrap_or_default(),
            rows: fields.get("errors").map(Rows),
            ..Header::default()
        };
        if let Some(columns) = fields.get("columns") {
            (header.columns, header.lacks_columns) = self.columns(columns);
        }
        match fields.get("name") {
            Some(name) => header.table.name = self.name(name).unwrap_or_default(),
            None => self.missing_key(json, &fields, "name", "the name of the table, such as `\"name\": \"my-api\"`"),
        }
        let defaults = fields.get("defaults").and_then(|json| self.object(json, "`defaults`", &["retry", "fault"], ""));
        if let Some(defaults) = defaults {
            header.default_retry = defaults.get("retry").and_then(|json| self.retry(json));
            header.default_fault = defaults.get("fault").and_then(|json| self.fault(json));
        }
        header.variant_prefix = fields.get("variant_prefix").and_then(|json| self.variant_prefix(json));
        if header.rows.is_none() {
            self.missing_key(json, &fields, "errors", "the rows of the table, or an empty array");
        }
        Some(header)
    }

    fn name(&mut self, json: Json<'_>) -> Option<String> {
        let name = self.string(json, "`name`")?;
        self.check(&name, check_table_name).then_some(name.value)
    }

    fn variant_prefix(&mut self, json: Json<'_>) -> Option<Rc<str>> {
        let prefix = self.string(json, "`variant_prefix`")?;
        self.check(&prefix, check_variant_prefix).then(|| prefix.value.into())
    }
}
