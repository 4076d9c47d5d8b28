//! The guide, in eight pages.
//!
//! - [`table`]: the table format. Keys, retry classes, bases, columns, compatibility.
//! - [`evolving`]: how to add, rename, replace and remove codes.
//! - [`envelopes`]: how to read a response of any form: paste a sample of it into the table.
//! - [`numbers`]: codes that are integers, such as those of Kafka, MongoDB and JSON-RPC.
//! - [`retrying`]: a loop that handles each step, the waits, and the class of each error.
//! - [`recipes`]: code for ureq, reqwest, tower, backon, tokio-retry2, anyhow and tracing, and for
//!   a server and its client.
//! - [`questions`]: matching, derives, envelopes, paths, features.
//! - [`migrating`]: from strum, thiserror and your own response types, and when to use these
//!   instead.

#[doc = include_str!("guide/envelopes.md")]
pub mod envelopes {}
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/evolving.md")]
pub mod evolving {}
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/migrating.md")]
pub mod migrating {}
#[doc = include_str!("guide/numbers.md")]
pub mod numbers {}
#[doc = include_str!("guide/questions.md")]
pub mod questions {}
// The test `recipes` of errtable-tests has the dependencies, and compiles the examples.
#[cfg(not(doctest))]
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/recipes.md")]
pub mod recipes {}
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/retrying.md")]
pub mod retrying {}
#[doc = include_str!("guide/links.md")]
#[doc = include_str!("guide/table.md")]
pub mod table {}
