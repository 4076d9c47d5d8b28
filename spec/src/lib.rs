//! The error-code table behind [`errtable`](https://docs.rs/errtable): its format, its checks and
//! its packed form.
//!
//! Without features this crate is `no_std` and has no dependencies. It contains the vocabulary
//! ([`Retry`], [`RetryAction`], [`Fault`]) and the readers of the data that an expansion embeds.
//! Feature `table` adds the table itself: loading, checking and packing. Feature `serde` implements
//! `Serialize` and `Deserialize` for the vocabulary.
//!
//! Programs use `errtable`, which re-exports what they need. Tools that read tables use
//! `Table::load` and its diagnostics. All other public items are for errtable's own packages,
//! which pin an exact version, and may change in any release.

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
    invisible::visible,
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
    table::files::{Directory, Files},
    table::location::bundled_names,
    table::model::{Reserved, Table},
    table::names::{
        Violation, check_code, check_shadowing, check_spelling, check_table_name, check_variant_name, variant_name,
    },
    table::parse::envelope::named::{envelope_names, named_envelope},
    table::parse::json::Json,
    table::report::diagnostic::{Diagnostic, render},
    table::report::rule::Rule,
    table::report::suggest::did_you_mean,
    table::row::{KeyValue, Row, RowKey, default_fault},
    table::{Loaded, SCHEMA, TABLE_KEYS},
};
