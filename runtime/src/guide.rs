//! The guide, in five pages.
//!
//! - [`table`]: the table format. Keys, retry classes, bases, columns, compatibility.
//! - [`envelopes`]: how to read responses of any form, and how to write them.
//! - [`retrying`]: a loop that handles each case, and recipes for retry crates.
//! - [`questions`]: matching, derives, features, paths.
//! - [`migrating`]: from strum and thiserror, and when to use these instead.

#[doc = include_str!("guide/envelopes.md")]
pub mod envelopes {}
#[doc = include_str!("guide/migrating.md")]
pub mod migrating {}
#[doc = include_str!("guide/questions.md")]
pub mod questions {}
#[doc = include_str!("guide/retrying.md")]
pub mod retrying {}
#[doc = include_str!("guide/table.md")]
pub mod table {}
