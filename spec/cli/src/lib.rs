//! The library behind the `errtable` command.

#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]

pub mod import;
