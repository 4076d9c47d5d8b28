//! Reads the error codes that a page lists, and merges them into a table.

pub mod listing;
pub mod merge;
pub mod page;
