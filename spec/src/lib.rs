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
//! Tools use `Table::load`, what it returns, and the vocabulary: [`Retry`], [`RetryAction`] and
//! [`Fault`]. All other public items are for errtable's own packages, which pin an exact version.
//! They may change in any release.
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

pub use digits::parse_digits;
pub use invisible::is_invisible;
pub use nearest::nearest;
pub use packed::column_value::ColumnValue;
pub use packed::dictionary::{OptionalInts, OptionalStrs};
pub use packed::hash::{HashScope, Hasher};
pub use packed::index::{Index, by_slot};
pub use packed::ints::PackedInts;
pub use packed::shape::{
    Constant, Element, Failure, Field, Header, Node, Place, REST, Role, Shape, Slot, Writable, Written,
};
pub use packed::strs::PackedStrs;
pub use packed::unique::{HashedInts, UniqueInts, by_slot_or_none};
pub use packed::windows::Windows;
pub use packed::{MAX_CODE_LEN, MAX_CODES};
pub use vocabulary::{
    Fault, ParseFaultError, ParseRetryActionError, ParseRetryError, Retry, RetryAction, fmt_expected,
};

#[cfg(feature = "table")]
pub use {
    invisible::{escape_invisible, visible},
    markdown::{code_span, prose},
    packed::write::index::{PackedIndex, build_index, build_index_ignore_case},
    packed::write::unique::{PackedHash, PackedUnique, pack_unique},
    packed::write::{pack_dictionary, pack_ints, pack_strs},
    table::ascii::is_alphanumeric_or,
    table::check::check_retry_after,
    table::check::numbers::check_digits,
    table::column::{Column, ColumnType, EnumValue, Value},
    table::envelope::layout::Layout,
    table::envelope::{Envelope, HeaderSample, Part, Placeholder, Sample},
    table::files::{Directory, Files, is_utf16, read_limited},
    table::location::bundled_names,
    table::model::{Reserved, Table},
    table::names::free::FreeNames,
    table::names::{
        Violation, check_code, check_shadowing, check_spelling, check_table_name, check_variant_name, variant_name,
    },
    table::parse::envelope::named::{envelope_names, named_envelope},
    table::parse::json::Json,
    table::report::diagnostic::{Diagnostic, render},
    table::report::rule::Rule,
    table::report::suggest::{did_you_mean, short_list},
    table::row::{KeyValue, Row, RowKey, default_fault},
    table::{Loaded, SCHEMA, TABLE_KEYS},
};
