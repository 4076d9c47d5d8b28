//! The list of tables and of all their codes.

use std::collections::BTreeMap;

use askama::Template;
use errtable_spec::Table;

use crate::doc::escape::fragment;
use crate::doc::page::{Facet, SCRIPT, STYLE, classes, families, family, selective, tables};

/// The codes of several tables.
pub(super) struct IndexPage<'t> {
    tables: &'t [Table],
    /// The tables of each distinct code, description, aliases and class, sorted by code.
    codes: BTreeMap<Key<'t>, Vec<&'t str>>,
    facets: Vec<Facet<'t>>,
}

/// The code, description, aliases and class of rows.
type Key<'t> = (&'t str, &'t str, &'t [String], &'static str);

#[derive(Template)]
#[template(path = "index.html")]
struct IndexHtml<'p> {
    page: &'p IndexPage<'p>,
}

#[derive(Template)]
#[template(path = "index.md")]
struct IndexMarkdown<'p> {
    page: &'p IndexPage<'p>,
}

impl<'t> IndexPage<'t> {
    /// Creates the pages that list tables.
    pub(super) fn new(all: &'t [Table]) -> Self {
        let mut codes: BTreeMap<Key<'t>, Vec<_>> = BTreeMap::new();
        for table in all {
            for row in &table.rows {
                let key = (&*row.code, &*row.description, &*row.aliases, row.retry.as_str());
                codes.entry(key).or_default().push(&*table.name);
            }
        }
        let facets = [
            families(codes.keys().map(|(code, ..)| *code)),
            classes(codes.keys().map(|(.., class)| *class)),
            tables(codes.values().flatten().copied()),
        ];
        let facets = selective(facets, codes.len());
        Self { tables: all, codes, facets }
    }

    /// Returns the page in HTML.
    pub(super) fn html(&self) -> askama::Result<String> {
        IndexHtml { page: self }.render()
    }

    /// Returns the page in Markdown.
    pub(super) fn markdown(&self) -> askama::Result<String> {
        IndexMarkdown { page: self }.render()
    }
}
