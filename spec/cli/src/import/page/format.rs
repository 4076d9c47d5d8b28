//! The formats of pages.

use clap::ValueEnum;
use errtable_spec::__private::Json;
use serde::Serialize;

use crate::import::page::mapping::Mapping;
use crate::import::page::{
    Found, bodies, constants, html, markdown, openapi, records, separated, smithy, text as plain_text,
};
use crate::place::member;

/// A format of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text: a heading line, then a code and its description per line.
    Text,
    /// Markdown with pipe tables.
    Markdown,
    /// HTML with tables.
    Html,
    /// Comma-separated values with headings. Semicolons are accepted, too.
    Csv,
    /// Tab-separated values with headings.
    Tsv,
    /// Source code with constants, such as `NAME = "Code"`. The comment before is the description.
    Constants,
    /// Response bodies in JSON or NDJSON.
    Bodies,
    /// A JSON array of objects, or an object of objects whose keys are names.
    Json,
    /// A Smithy model, as JSON AST: structures with the trait `error`.
    Smithy,
    /// OpenAPI 3 in JSON: a schema with an enum.
    Openapi,
}

impl Format {
    /// All formats, in the order in which they are tried.
    pub const ALL: [Self; 10] = [
        Self::Smithy,
        Self::Openapi,
        Self::Json,
        Self::Bodies,
        Self::Html,
        Self::Markdown,
        Self::Tsv,
        Self::Csv,
        Self::Text,
        Self::Constants,
    ];

    /// Returns the name, as `--from` accepts it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Constants => "constants",
            Self::Bodies => "bodies",
            Self::Json => "json",
            Self::Smithy => "smithy",
            Self::Openapi => "openapi",
        }
    }

    /// Returns what the reader of the format looks for.
    pub(super) fn looks_for(self) -> &'static str {
        match self {
            Self::Text => "a line with headings such as `Error Code Description`, followed by a code per line",
            Self::Markdown => "a pipe table with headings such as `| Error Code | Description |`",
            Self::Html => "a `<table>` with headings such as `Error Code` and `Description`",
            Self::Csv => "a line with headings such as `code,description`",
            Self::Tsv => "a line with headings such as `code` and `description`, separated by a tab",
            Self::Constants => "constants such as `NAME = \"Code\"` or `NAME(\"Code\")`",
            Self::Bodies => "JSON objects with a code and a message, such as `{\"Code\": \"…\", \"Message\": \"…\"}`",
            Self::Json => "a JSON array of objects with keys such as `code` and `description`",
            Self::Smithy => "a Smithy model in JSON with structures that have the trait `smithy.api#error`",
            Self::Openapi => "an OpenAPI 3 document in JSON with an enum in `/components/schemas`",
        }
    }

    /// Returns whether a page can be in this format. Cheap: the reader decides.
    pub(super) fn is_possible(self, text: &str) -> bool {
        let start = text.trim_start();
        match self {
            Self::Bodies | Self::Json => start.starts_with(['{', '[']),
            Self::Smithy => has_key(start, "smithy"),
            Self::Openapi => has_key(start, "openapi"),
            Self::Html => start.starts_with('<'),
            _ => true,
        }
    }

    pub(super) fn read(self, text: &str, mapping: &Mapping) -> Found {
        match self {
            Self::Text => plain_text::read(text, mapping),
            Self::Markdown => markdown::read(text, mapping),
            Self::Html => html::read(text, mapping),
            Self::Csv => separated::read_csv(text, mapping),
            Self::Tsv => separated::read_tsv(text, mapping),
            Self::Constants => constants::read(text).into(),
            Self::Bodies => bodies::read(text).into(),
            Self::Json => records::read(text, mapping),
            Self::Smithy => smithy::read(text),
            Self::Openapi => openapi::read(text, mapping),
        }
    }
}

/// Returns whether a text is a JSON object with a key.
fn has_key(text: &str, key: &str) -> bool {
    let is_possible = text.starts_with('{') && text.contains(&format!("\"{key}\""));
    is_possible && Json::of(text).is_some_and(|root| member(root, key).is_some())
}
