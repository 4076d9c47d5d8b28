//! The guide, in ten pages.
//!
//! - [`table`]: the table format. Keys, retry classes, bases, columns, compatibility.
//! - [`tables`]: the tables that are part of errtable, such as those of Kafka and PostgreSQL.
//! - [`evolving`]: how to add, rename, replace and remove codes.
//! - [`envelopes`]: how to read a response of any form: paste a sample of it into the table.
//! - [`numbers`]: codes that are integers, such as those of Kafka, MongoDB and JSON-RPC.
//! - [`retrying`]: a loop that handles each step, the waits, and the class of each error.
//! - [`recipes`]: code for ureq, reqwest, tower, backon, tokio-retry2, tokio-postgres, tonic,
//!   anyhow, tracing and metrics.
//! - [`servers`]: a service that answers with your codes, documents them and counts them.
//! - [`questions`]: matching, derives, envelopes, paths, features.
//! - [`migrating`]: from strum, thiserror and your own response types, and when to use these
//!   instead.

// GitHub shows the pages, too. There, a link leads to the file of a page or item, which the end of
// the page defines. In rustdoc, the definitions of `links.md` come first, so these are used. Tests
// of examples leave them out, so that their names have the file and the line of the page.
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/envelopes.md")]
pub mod envelopes {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/evolving.md")]
pub mod evolving {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/migrating.md")]
pub mod migrating {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/numbers.md")]
pub mod numbers {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/questions.md")]
pub mod questions {}
// The test `recipes` of errtable-tests has the dependencies of this page and `servers`.
#[cfg(not(doctest))]
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/recipes.md")]
pub mod recipes {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/retrying.md")]
pub mod retrying {}
#[cfg(not(doctest))]
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/servers.md")]
pub mod servers {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/table.md")]
pub mod table {}
#[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#[doc = include_str!("guide/tables.md")]
pub mod tables {}
