//! The table of error codes behind [`errtable`](https://docs.rs/errtable): what it can say, and how it is kept.
//!
//! Without features this crate is `no_std` and has no dependencies. It holds the vocabulary
//! ([`Retry`], [`Fault`]) and the readers of the packed data that an expansion holds.
//! Feature `table` adds the table itself: reading, checking and packing.
//!
//! A program uses `errtable`, which re-exports what it needs from here. What else is public here is for errtable's own packages, which
//! pin its exact version: it may change with any release.

#![cfg_attr(not(feature = "table"), no_std)]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

mod gaps;
mod hidden;
mod index;
mod nearest;
mod numbers;
mod texts;
mod vocabulary;

pub use gaps::{OptionalInts, OptionalStrs};
pub use hidden::is_invisible;
pub use index::{HashScope, Hasher, Index, MAX_CODE_LEN, MAX_CODES};
pub use nearest::nearest;
pub use numbers::PackedInts;
pub use texts::PackedStrs;
pub use vocabulary::{Fault, ParseFaultError, ParseRetryError, Retry};

#[cfg(feature = "table")]
mod check;
#[cfg(feature = "table")]
mod columns;
#[cfg(feature = "table")]
mod diagnostic;
#[cfg(feature = "table")]
mod files;
#[cfg(feature = "table")]
mod header;
#[cfg(feature = "table")]
mod json;
#[cfg(feature = "table")]
mod location;
#[cfg(feature = "table")]
mod merge;
#[cfg(feature = "table")]
mod plain;
#[cfg(feature = "table")]
mod problems;
#[cfg(feature = "table")]
mod reader;
#[cfg(feature = "table")]
mod resolve;
#[cfg(feature = "table")]
mod rows;
#[cfg(feature = "table")]
mod rule;
#[cfg(feature = "table")]
mod source;
#[cfg(feature = "table")]
mod table;
#[cfg(feature = "table")]
mod text;
#[cfg(feature = "table")]
mod text_map;
#[cfg(feature = "table")]
mod words;

#[cfg(feature = "table")]
pub use self::{
    columns::{Column, ColumnKind, EnumValue, Value},
    diagnostic::Diagnostic,
    files::{Directory, Files},
    gaps::pack_dictionary,
    index::{PackedIndex, build_index, build_index_ignore_case},
    location::bundled_names,
    numbers::pack_ints,
    plain::is_alphanumeric_or,
    rule::Rule,
    table::{Loaded, Row, Table, render},
    text::{Violation, check_code, check_table_name, check_variant_name},
    texts::pack_strs,
    words::did_you_mean,
};
