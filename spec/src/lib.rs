//! The tables of error codes behind [`errtable`](https://docs.rs/errtable): their format, their
//! checks and their packed form.
//!
//! A program depends on `errtable`, which re-exports what it needs. Depend on this crate to write a
//! tool that reads tables. Feature `table` loads a table with its bases, and reports all problems:
//!
//! ```
//! # #[cfg(feature = "table")] {
//! use errtable_spec::{Directory, Table};
//!
//! # let root = env!("CARGO_MANIFEST_DIR");
//! let loaded = Table::load(&Directory::new(root), "common.json");
//! for problem in &loaded.diagnostics {
//!     eprintln!("{problem}"); // with its position, the line and a help
//! }
//! let row = &loaded.table.rows[0];
//! println!("{}: {}, retry {}", row.code, row.description, row.retry);
//! # assert!(loaded.diagnostics.is_empty());
//! # }
//! ```
//!
//! The vocabulary is [`Retry`], [`RetryAction`] and [`Fault`]. `__private` is for errtable's own
//! packages, which require this exact version: it may change in any release.
//!
//! # Features
//!
//! Without features, this crate is `no_std` and has no dependencies. It contains the vocabulary,
//! and the readers of the data that an expansion embeds.
//!
//! | feature | enables |
//! |---|---|
//! | `table` | loading, checking and packing tables |
//! | `serde` | `Serialize` and `Deserialize` for the vocabulary |

#![cfg_attr(not(feature = "table"), no_std)]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

mod digits;
mod invisible;
#[cfg(feature = "table")]
mod markdown;
mod nearest;
mod packed;
#[cfg(feature = "table")]
mod table;
mod vocabulary;

pub use packed::shape::REST;
pub use packed::{MAX_CODE_LEN, MAX_CODES};
pub use vocabulary::{Fault, ParseFaultError, ParseRetryActionError, ParseRetryError, Retry, RetryAction};

#[cfg(feature = "table")]
pub use {
    table::column::{Column, ColumnType, EnumValue, Value},
    table::envelope::{Envelope, HeaderSample, Part, Placeholder, Sample},
    table::files::{Directory, Files},
    table::location::bundled_names,
    table::model::{Reserved, Table},
    table::names::variant_name,
    table::parse::envelope::named::{envelope_names, named_envelope},
    table::report::diagnostic::Diagnostic,
    table::report::rule::Rule,
    table::row::{KeyValue, Row, RowKey},
    table::{Loaded, SCHEMA, TABLE_KEYS},
};

#[doc(hidden)]
pub mod __private;
