//! The guide, in seven pages.
//!
//! - [`table`]: the table format. Keys, retry classes, bases, columns, compatibility.
//! - [`envelopes`]: how to read a response of any form: paste a sample of it into the table.
//! - [`numbers`]: codes that are integers, such as those of Kafka, MongoDB and JSON-RPC.
//! - [`retrying`]: a loop that handles each case, and the waits of a retry crate.
//! - [`recipes`]: code for reqwest, tower, tokio-retry2, anyhow and tracing.
//! - [`questions`]: matching, derives, features, paths.
//! - [`migrating`]: from strum and thiserror, and when to use these instead.

#[doc = include_str!("guide/envelopes.md")]
pub mod envelopes {}
#[doc = include_str!("guide/migrating.md")]
pub mod migrating {}
#[doc = include_str!("guide/numbers.md")]
pub mod numbers {}
#[doc = include_str!("guide/questions.md")]
pub mod questions {}
// The test `recipes` of errtable-tests has the dependencies, and compiles the examples.
#[cfg(not(doctest))]
#[doc = include_str!("guide/recipes.md")]
pub mod recipes {}
#[doc = include_str!("guide/retrying.md")]
pub mod retrying {}
#[doc = include_str!("guide/table.md")]
pub mod table {}
